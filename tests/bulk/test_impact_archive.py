"""Whole archives, in files of several kinds, under two pairs."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from nmtchoose.bulk.comparing import Comparing, impacts
from nmtchoose.bulk.impact import Change, Direction, Impact, impact_lines, impact_record, write_examples
from nmtchoose.bulk.sources import find_sources
from nmtchoose.formats.assessment_json import listed_answers
from nmtchoose.formats.reading import read_given
from nmtchoose.model.answers import Answers
from nmtchoose.model.condition import Is
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind, Questionnaire
from nmtchoose.model.rules import RuleTable, Stage
from nmtchoose.model.tables import Tables
from nmtchoose.proof.strictness import shifts
from tests.bulk.feeds import write_lines, write_natural, write_packed
from tests.engine.any_answers import random_answers
from tests.engine.small import HEALTHY, QUESTIONNAIRE, TABLE, question, rule

Pair = tuple[Questionnaire, RuleTable]

NEW_RULE = rule("tender", Stage.CONTRAINDICATION, Is("goals", ("less_pain",)), pressure_limit=2)
OLD: Pair = (QUESTIONNAIRE, TABLE)
NEW: Pair = (
    QUESTIONNAIRE,
    replace(TABLE, rules=(*(one for one in TABLE.rules if one.id not in ("thinner", "point")), NEW_RULE)),
)


def _clients(count: int) -> list[Answers]:
    random = Random(3)
    return [random_answers(QUESTIONNAIRE, random) for _ in range(count)]


def _impact(*files: Path, old: Pair = OLD, new: Pair = NEW, processes: int = 1) -> Impact:
    sources = find_sources([str(one) for one in files])
    *_, (_, impact) = impacts(sources, Comparing(Tables(*old), Tables(*new)), processes)
    return impact


FORMS: dict[str, Callable[[Path, Sequence[Answers]], Path]] = {
    "archive.jsonl": write_lines,
    "natural.parquet": lambda path, clients: write_natural(path, clients, QUESTIONNAIRE),
    "packed.parquet": lambda path, clients: write_packed(path, clients, QUESTIONNAIRE),
}


@pytest.mark.parametrize("name", FORMS)
def test_an_archive_of_any_kind_has_the_impact_of_its_clients(name: str, tmp_path: Path) -> None:
    clients = _clients(400)
    impact = _impact(FORMS[name](tmp_path / name, clients))
    found = shifts(
        [(str(line), listed_answers(one)) for line, one in enumerate(clients, start=1)], Tables(*OLD), Tables(*NEW)
    )
    assert (impact.records, impact.changed, impact.left_out) == (400, len(found), 0)
    first = min(int(one.name) for one in found if "disposition: proceed_with_care -> proceed" in one.milder)
    example = impact.examples[Change(Direction.LESS_STRICT, "disposition: proceed_with_care -> proceed")][0]
    assert example.name == f"{tmp_path / name}:{first} (c-{first - 1})"


@pytest.mark.slow
def test_several_processes_find_what_one_finds(tmp_path: Path) -> None:
    files = [write_packed(tmp_path / f"{number}.parquet", _clients(40), QUESTIONNAIRE) for number in range(6)]
    assert _impact(*files, processes=2) == _impact(*files)


def test_a_record_that_cannot_be_read_is_left_out_and_named(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "archive.jsonl", [HEALTHY, {"age": 999}, HEALTHY])
    impact = _impact(path)
    assert (impact.records, impact.left_out) == (2, 1)
    assert [(one.file, one.line) for one in impact.faulty] == [(str(path), 2)]
    assert any(line.startswith(f"  {path}:2: age:") for line in impact_lines(impact, Tables(*OLD), Tables(*NEW)))


def test_an_answer_that_only_one_questionnaire_knows_is_left_out_under_the_other(tmp_path: Path) -> None:
    asking_more = replace(QUESTIONNAIRE, questions=(*QUESTIONNAIRE.questions, question("cold", Kind.ONE, "yes")))
    cold = rule("cold", Stage.DEFER, Is("cold", ("yes",)), disposition=Disposition.DEFER)
    later = (asking_more, replace(TABLE, rules=(*TABLE.rules, cold)))
    path = write_lines(tmp_path / "archive.jsonl", [{**HEALTHY, "cold": "yes"}])
    change = Change(Direction.STRICTER, "disposition: proceed -> defer")
    assert _impact(path, old=OLD, new=later).counts[change] == 1


def test_questions_that_neither_asks_any_more_are_left_out_of_a_packed_archive(tmp_path: Path) -> None:
    asked_then = replace(QUESTIONNAIRE, questions=(question("cold", Kind.ONE, "yes"), *QUESTIONNAIRE.questions))
    path = write_packed(tmp_path / "archive.parquet", [{**HEALTHY, "cold": "yes"}], asked_then)
    impact = _impact(path)
    assert (impact.records, impact.changed, impact.left_out) == (1, 0, 0)


def test_the_lines_tell_the_counts_and_then_the_examples_with_the_less_strict_first(tmp_path: Path) -> None:
    thinner: Answers = {**HEALTHY, "blood_thinner": "yes", "clot": "no"}
    path = write_lines(tmp_path / "archive.jsonl", [{**HEALTHY, "goals": ("less_pain",)}, thinner, thinner])
    lines = list(impact_lines(_impact(path), Tables(*OLD), Tables(*NEW)))
    assert lines[0] == "3 of 3 results change: 2 less strict, 1 stricter, 0 otherwise different."
    assert f"  2 x disposition: proceed_with_care -> proceed (first: {path}:2 (c-1))" in lines
    examples = [line for line in lines if line.startswith(("LESS STRICT", "stricter: "))]
    assert examples == [f"LESS STRICT: {path}:2 (c-1)", f"stricter: {path}:1 (c-0)"]


def test_the_record_holds_every_change_and_no_answers(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "archive.jsonl", [{**HEALTHY, "goals": ("less_pain",)}])
    record = json.loads(json.dumps(impact_record(_impact(path))))
    assert record["results"] == {"less_strict": 0, "stricter": 1, "different": 0}
    assert {
        "direction": "stricter",
        "change": "pressure limit: 5 -> 2",
        "count": 1,
        "examples": [{"file": str(path), "line": 1, "record": "c-0"}],
    } in record["changes"]
    assert "less_pain" not in json.dumps(record)


def test_examples_are_written_as_answers_files(tmp_path: Path) -> None:
    client: Answers = {**HEALTHY, "goals": ("less_pain",)}
    path = write_packed(tmp_path / "archive.parquet", [HEALTHY, client], QUESTIONNAIRE)
    (written,) = write_examples(_impact(path), tmp_path / "examples")
    assert read_given(str(written), QUESTIONNAIRE) == client
