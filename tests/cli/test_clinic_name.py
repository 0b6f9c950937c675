"""The name of the practice, once configured, stands at the head of what is handed over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.clients import EXAMPLES
from tests.cli.conftest import Run

NAME = "Quiet Hands & Co"
NMT = EXAMPLES / "nmt.json"


@pytest.fixture
def named(run: Run) -> Run:
    assert run("config", "set", "clinic", NAME).code == 0
    return run


@pytest.mark.parametrize("flags", [("--plain",), (), ("--therapist",), ("--therapist", "--plain")])
def test_it_is_the_first_line_of_a_result_and_stands_there_once(flags: tuple[str, ...], named: Run) -> None:
    out = named("screen", NMT, *flags).out
    assert out.splitlines()[0] == NAME
    assert out.count(NAME) == 1


@pytest.mark.parametrize("form", ["html", "html-large", "html-therapist"])
def test_it_stands_above_the_title_of_both_pages(form: str, named: Run) -> None:
    out = named("screen", NMT, "--format", form).out
    assert out.count("Quiet Hands &amp; Co") == 1
    assert out.index("Quiet Hands &amp; Co") < out.index("<h1>")


@pytest.mark.parametrize("form", ["markdown", "markdown-therapist"])
def test_it_stands_above_the_title_in_markdown(form: str, named: Run) -> None:
    head, _, rest = named("screen", NMT, EXAMPLES / "later.json", "--format", form).out.partition("\n\n")
    assert head.replace("\\", "") == NAME
    assert rest.startswith("# ")
    assert "Quiet Hands" not in rest


@pytest.mark.parametrize("form", ["json", "answers", "jsonl", "csv", "fhir"])
def test_it_is_no_part_of_what_programs_read(form: str, named: Run) -> None:
    assert "Quiet Hands" not in named("screen", NMT, "--format", form).out


def test_it_is_on_no_other_page(named: Run) -> None:
    for words in (("compare",), ("explain", NMT, "--no-changes"), ("sheet",), ("sheet", "--html"), ("fhir",)):
        assert "Quiet Hands" not in named(*words).out, words


def test_nothing_comes_before_what_to_do_in_an_emergency(named: Run) -> None:
    for flags in (("--plain",), ("--format", "html"), ("--format", "markdown"), ("--format", "html-therapist")):
        assert "Quiet Hands" not in named("screen", EXAMPLES / "emergency.json", *flags).out, flags
    assert "Quiet Hands" not in named("screen", NMT, EXAMPLES / "emergency.json", "--plain").out


def test_a_saved_record_does_not_hold_it_and_its_page_does(named: Run, tmp_path: Path) -> None:
    named("intake", "--answers", NMT, "--save", "--by", "Sam", "--consented")
    assert "Quiet Hands" not in json.dumps(named("records", "export").out)
    assert "Quiet Hands" in named("records", "export", "--format", "html").out
