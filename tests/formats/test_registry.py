from __future__ import annotations

import json
from pathlib import PurePath

import pytest

from nmtchoose.errors import UsageError
from nmtchoose.files.answers_file import check_answers
from nmtchoose.formats.registry import FORMATS, ascii_json, entities, exported, format_named, format_of
from tests.formats.intakes import EXAMPLES, PRACTICE, example


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("result.json", "json"),
        ("result.answers.json", "answers"),
        ("result.fhir.json", "fhir"),
        ("RESULT.CSV", "csv"),
        ("a.b.jsonl", "jsonl"),
        ("a.ndjson", "jsonl"),
        ("a.md", "markdown"),
        ("a.html", "html"),
        ("a.large.html", "html-large"),
        ("a.therapist.html", "html-therapist"),
    ],
)
def test_the_longest_ending_of_a_file_says_the_format(file: str, name: str) -> None:
    assert (found := format_of(PurePath(file))) and found.name == name


def test_an_unknown_ending_says_no_format() -> None:
    assert format_of(PurePath("result.docx")) is None
    assert format_of(PurePath("html")) is None


def test_no_two_formats_share_a_name_or_an_ending() -> None:
    names = [one.name for one in FORMATS]
    endings = [end for one in FORMATS for end in one.endings]
    assert len(set(names)) == len(names)
    assert len(set(endings)) == len(endings)


def test_an_unknown_format_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UsageError, match=r"no format 'cvs'.*Did you mean 'csv'"):
        format_named("cvs")


@pytest.mark.parametrize("wanted", FORMATS, ids=lambda one: one.name)
def test_every_format_takes_every_example(wanted: object) -> None:
    for name in EXAMPLES:
        assert exported(wanted, [example(name)], PRACTICE).endswith("\n")  # type: ignore[arg-type]


def test_exported_answers_are_answers_again() -> None:
    before = example("sequence").answers
    document = json.loads(exported(format_named("answers"), [example("sequence")], PRACTICE))
    assert check_answers(document["answers"], PRACTICE.tables.questionnaire) == before


def test_json_and_html_can_be_said_in_ascii_without_loss() -> None:
    assert ascii_json('{"a": "é€\U0001f600"}').isascii()
    assert json.loads(ascii_json('{"a": "é€\U0001f600"}')) == {"a": "é€\U0001f600"}
    assert entities("<p>é</p>") == "<p>&#233;</p>"
