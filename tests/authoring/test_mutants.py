"""`nmtchoose test --mutants`: wrong edits that nothing notices, and cases for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from nmtchoose.authoring.mutants.mutants import mutants, wrong_edits
from nmtchoose.model.condition import AllOf, AnyOf, AtLeastOf, Condition, InRange, Is, Not
from nmtchoose.model.tables import Tables
from tests.authoring.command import Done, run, write_pair
from tests.authoring.pairs import loaded
from tests.authoring.test_test_command import HEAD, PASSING

QUESTIONNAIRE = loaded()[0]
NECK, OLD = Is("pain_sites", ("neck",)), InRange("age", 50, None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sound pair in a folder."""
    return write_pair(tmp_path / "mine")


def survey(folder: Path, *words: str | Path) -> Done:
    """Try wrong edits of the pair in `folder`."""
    pair = ("--questions", folder / "questions.yaml", "--rules", folder / "rules.yaml")
    return run("test", *words, "--mutants", *pair)


@pytest.mark.parametrize(
    ("condition", "kind", "edited"),
    [
        (AllOf((NECK, OLD)), "any for all", AnyOf((NECK, OLD))),
        (AllOf((NECK, OLD)), "part dropped", AllOf((OLD,))),
        (AllOf((NECK, OLD)), "negated", AllOf((Not(NECK), OLD))),
        (AtLeastOf(2, (NECK, OLD)), "one off", AtLeastOf(1, (NECK, OLD))),
        (Not(NECK), "negated", NECK),
        (OLD, "one off", InRange("age", 51, None)),
        (InRange("age", None, 5), "ten times", InRange("age", None, 50)),
        (Is("health", ("fever",)), "negated", Not(Is("health", ("fever",)))),
    ],
)
def test_the_obvious_wrong_edits_are_made(condition: Condition, kind: str, edited: Condition) -> None:
    assert (kind, edited) in list(wrong_edits(condition, QUESTIONNAIRE))


def test_another_option_stands_for_each() -> None:
    edits = dict(wrong_edits(Is("health", ("fever",)), QUESTIONNAIRE))
    assert edits["neighbour option"] != Is("health", ("fever",))


def test_what_does_not_concern_safety_is_left_alone() -> None:
    assert {one.id for one in mutants(Tables(*loaded()))}.isdisjoint({"old-neck-pain", "light-touch"})


def test_survivors_are_named_with_their_rule(folder: Path) -> None:
    done = survey(folder)
    assert "| all | 36 | 0 |" in done.out
    assert "  rule operation: hold lost (ask_first without nmt)\n" in done.out


def test_a_case_notices_what_it_speaks_of(folder: Path) -> None:
    (folder / "cases.yaml").write_text(HEAD + PASSING, encoding="utf-8")
    done = survey(folder, folder / "cases.yaml")
    assert "| all | 36 | 0 |" not in done.out
    assert "hold lost" in done.out


def test_suggested_cases_pass_and_notice_the_survivors(folder: Path) -> None:
    assert survey(folder, "--suggest", folder / "more.yaml").code == 0
    pair = ("--questions", folder / "questions.yaml", "--rules", folder / "rules.yaml")
    assert run("test", folder / "more.yaml", *pair).code == 0
    done = survey(folder, folder / "more.yaml")
    assert "100.0 % noticed" in done.out
    assert "Noticed by nobody" not in done.out


def test_too_few_noticed_fails_where_that_is_wanted(folder: Path) -> None:
    assert survey(folder, "--require-coverage", "97").code == 3
    assert survey(folder, "--require-coverage", "10").code == 0


def test_suggested_cases_overwrite_nothing(folder: Path) -> None:
    (folder / "more.yaml").write_text("mine", encoding="utf-8")
    assert survey(folder, "--suggest", folder / "more.yaml").code == 1
    assert (folder / "more.yaml").read_text(encoding="utf-8") == "mine"


def test_an_edit_that_can_only_make_results_stricter_is_no_survivor(folder: Path) -> None:
    (header, *_, every) = [line for line in survey(folder).out.splitlines() if line.startswith("| ")]
    counts = dict(zip(header.split("|"), every.split("|"), strict=True))
    assert int(counts[" only stricter, proved "]) > 0
