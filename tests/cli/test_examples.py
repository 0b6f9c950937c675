"""The examples: one client for each way that an intake can end."""

from __future__ import annotations

import pytest

from nmtchoose.engine.assess import assess
from nmtchoose.files.answers_file import read_answers
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from tests.cli.clients import EXAMPLES

ENDINGS = [
    ("emergency", "call_emergency", "none", ()),
    ("doctor-first", "medical_urgent", "none", ()),
    ("later", "defer", "therapy", ("swedish",)),
    ("talk-first", "clearance", "therapy", ("swedish",)),
    ("adapted-session", "proceed_with_care", "therapy", ("swedish",)),
    ("nmt", "proceed", "therapy", ("nmt",)),
    ("deep-tissue", "proceed", "therapy", ("deep_tissue",)),
    ("swedish", "proceed", "therapy", ("swedish",)),
    ("sequence", "proceed", "sequence", ("nmt", "swedish")),
    ("tie", "proceed", "either", ("deep_tissue", "swedish")),
    ("not-enough", "proceed", "not_enough_information", ("swedish",)),
    ("shoulder", "proceed", "therapy", ("nmt",)),
    ("low-back", "proceed", "therapy", ("nmt",)),
    ("four-medicines", "proceed_with_care", "sequence", ("nmt", "swedish")),
]


@pytest.mark.parametrize(("name", "disposition", "kind", "therapies"), ENDINGS)
def test_an_example_shows_what_it_is_named_after(
    name: str,
    disposition: str,
    kind: str,
    therapies: tuple[str, ...],
    built_in_pair: tuple[Questionnaire, RuleTable],
) -> None:
    answers = read_answers(str(EXAMPLES / f"{name}.json"), built_in_pair[0])
    assessment = assess(*built_in_pair, answers)
    booking = assessment.recommendation
    assert assessment.complete
    assert (assessment.disposition, booking.kind, booking.therapies) == (disposition, kind, therapies)


def test_every_example_is_tested() -> None:
    assert {ending[0] for ending in ENDINGS} == {path.stem for path in EXAMPLES.iterdir()}
