"""Every case of tests/cases ends as its author expects, and together they reach everything."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from nmtchoose.authoring.cases import PROFILES, Case, Expected, read_cases
from nmtchoose.authoring.run_cases import Coverage, Outcome, coverage, run_case
from nmtchoose.model.condition import ALWAYS
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.tables import Tables
from tests.shipped import ROOT, shipped_pair

CASES = ROOT / "tests" / "cases"
FILES = sorted(path for path in CASES.glob("*.yaml") if path.name != PROFILES)
BENIGN = CASES / "benign.yaml", CASES / "benign_new.yaml"


@cache
def _cases() -> tuple[Case, ...]:
    return read_cases([CASES], shipped_pair()[0])


@cache
def _outcomes() -> tuple[Outcome, ...]:
    return tuple(run_case(case, Tables(*shipped_pair())) for case in _cases())


@cache
def _reached() -> Coverage:
    return coverage(_outcomes(), Tables(*shipped_pair()))


@pytest.mark.parametrize("file", FILES, ids=lambda one: one.stem)
def test_every_case_of_a_file_ends_as_expected(file: Path) -> None:
    wrong = [outcome for outcome in _outcomes() if Path(outcome.case.file) == file and outcome.differences]
    assert not wrong, "\n".join(line for outcome in wrong for line in _told(outcome))


def _told(outcome: Outcome) -> Iterator[str]:
    case = outcome.case
    yield f"{case.file}:{case.line} {case.id}: {case.describe}"
    yield from (f"  {difference}" for difference in outcome.differences)


def test_every_case_says_what_it_expects() -> None:
    """Benign cases may leave it open, because they are judged together."""
    silent = [case.id for case in _cases() if case.expected == Expected() and Path(case.file) not in BENIGN]
    assert silent == []


@pytest.mark.parametrize("file", BENIGN, ids=lambda one: one.stem)
def test_benign_people_are_rarely_sent_to_a_doctor_and_never_to_an_emergency(file: Path) -> None:
    dispositions = [one.assessment.disposition for one in _outcomes() if Path(one.case.file) == file]
    assert len(dispositions) >= 60
    assert not any(one.is_emergency for one in dispositions)
    sent = sum(one in (Disposition.MEDICAL_URGENT, Disposition.MEDICAL_SOON) for one in dispositions)
    assert sent / len(dispositions) <= 0.04


def test_every_name_that_a_case_expects_exists() -> None:
    """A misspelt rule that must not fire would never be noticed otherwise."""
    questionnaire, table = shipped_pair()
    known = {*questionnaire.sites_by_name, *(therapy.id for therapy in table.therapies), *_rules_in_the_file()}
    assert [(case.id, name) for case in _cases() for name in _names_in(case) if name not in known] == []


def _rules_in_the_file() -> Iterator[str]:
    """Also the rules that a setting switches off, which the table leaves out."""
    for rules in yaml.load((ROOT / "rules.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)["rules"].values():
        yield from rules


def _names_in(case: Case) -> Iterator[str]:
    expected = case.expected
    yield from (*expected.fires, *expected.not_fires, *expected.status, *expected.avoids, *(expected.therapies or ()))


def test_every_rule_fires_in_some_case() -> None:
    assert _reached().unreached["rules"] == ()


def test_every_rule_has_a_near_miss_where_it_does_not_fire() -> None:
    always = {rule.id for rule in shipped_pair()[1].rules if rule.when == ALWAYS}
    assert [rule for rule in _reached().near_misses if rule not in always] == []


def test_every_option_of_every_question_is_chosen_in_some_case() -> None:
    assert _reached().unreached["options"] == ()


def test_every_disposition_is_reached() -> None:
    assert _reached().unreached["dispositions"] == ()


def test_every_kind_of_recommendation_is_reached() -> None:
    assert _reached().unreached["recommendations"] == ()
