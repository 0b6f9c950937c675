"""The built-in rules carry every rule of the clinical reference."""

from __future__ import annotations

from nmtchoose.authoring.clinical_basis import REFERENCE_IDS, carried
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable


def test_the_reference_has_every_rule_of_both_its_parts() -> None:
    assert len(REFERENCE_IDS) == 72 + 46 + 17 + 56 + 8


def test_every_rule_of_the_reference_is_carried_by_a_rule(built_in_pair: tuple[Questionnaire, RuleTable]) -> None:
    assert [reference for reference, rules in carried(built_in_pair[1]).items() if not rules] == []
