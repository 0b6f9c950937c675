"""What a proof says to a person, and what happens without a solver."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from nmtchoose.errors import Code, UsageError
from nmtchoose.meaning import solver
from nmtchoose.model.condition import AllOf, InRange, Is, Not
from nmtchoose.model.rules import Stage
from nmtchoose.model.tables import Tables
from nmtchoose.proof.prove import prove
from nmtchoose.proof.results import Property, report_lines
from tests.engine.small import sign
from tests.proof.tables import QUESTIONNAIRE, SOUND, rule, with_rules


def test_a_sound_pair_gets_one_line_for_each_property_and_one_for_the_size() -> None:
    lines = report_lines(prove(Tables(QUESTIONNAIRE, SOUND)))
    assert len(lines) == len(Property) + 1
    assert all(line.startswith("proved: ") for line in lines[:-1])
    assert lines[-1].endswith("seconds.")


def test_a_counterexample_is_told_with_the_answers_that_stand_out() -> None:
    lines = report_lines(prove(Tables(QUESTIONNAIRE, with_rules(rule("face", Stage.EMERGENCY, sign("face"))))))
    start = next(place for place, line in enumerate(lines) if line.startswith("DOES NOT HOLD"))
    assert lines[start + 1].startswith("  face: the rule fires, and yet this is offered: ")
    assert lines[start + 2] == "    signs: Face"


def test_a_dead_rule_is_told_with_what_cannot_all_be_so() -> None:
    dead = rule("dead", Stage.MEDICAL, AllOf((Is("goals", ("relax",)), Not(Is("goals", ("relax",))))))
    lines = report_lines(prove(Tables(QUESTIONNAIRE, with_rules(dead))))
    start = lines.index("  The rule dead can never fire, because these cannot all be so:")
    assert set(lines[start + 1 : start + 3]) == {"    goals include Relax", "    goals do not include Relax"}


def test_progress_is_told_before_each_check() -> None:
    seen: list[tuple[Property, int]] = []
    report = prove(Tables(QUESTIONNAIRE, SOUND), lambda proved, done: seen.append((proved, done)))
    assert len(seen) == sum(one.checks for one in report.findings)
    assert (Property.EVERY_RULE_CAN_FIRE, 0) in seen


@contextmanager
def no_solver(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setattr(solver, "find_spec", lambda name: None)
        yield


def test_without_a_solver_the_extra_to_install_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with no_solver(monkeypatch), pytest.raises(UsageError) as error:
        prove(Tables(QUESTIONNAIRE, SOUND))
    assert error.value.faults[0].code is Code.PROVER_MISSING
    assert "pip install '.[prove]'" in error.value.faults[0].mend


def test_whether_proofs_can_run_here_is_known_before(monkeypatch: pytest.MonkeyPatch) -> None:
    assert solver.is_installed()
    with no_solver(monkeypatch):
        assert not solver.is_installed()


def test_a_threshold_stands_in_the_words_of_an_example() -> None:
    old_only = rule("old", Stage.EMERGENCY, InRange("age", 95, None))
    lines = report_lines(prove(Tables(QUESTIONNAIRE, with_rules(old_only))))
    assert "    age: 95" in lines
