"""The sentence over a suggested case: what the person says, and what follows."""

from __future__ import annotations

import pytest

from nmtchoose.model.answers import Answers
from nmtchoose.model.disposition import Disposition
from nmtchoose.words.case_titles import case_title
from tests.shipped import shipped_pair

QUESTIONNAIRE, _ = shipped_pair()


@pytest.mark.parametrize(
    ("answers", "disposition", "title"),
    [
        (
            {"trouble_area": ("leg",), "pain_sites": ("knee_left",), "pain_weeks": 3},
            Disposition.PROCEED,
            "Left knee; for 3 weeks: a session as usual.",
        ),
        (
            {"age": 56, "head_signs.fainted": "yes", "faint_checked": "no"},
            Disposition.MEDICAL_URGENT,
            "56 years old; fainted; faint checked (no): an urgent visit to a doctor.",
        ),
        (
            {"head_signs.fainted": "unsure"},
            Disposition.CLEARANCE,
            "Not sure about fainted: talk or ask a doctor first.",
        ),
        ({}, Disposition.PROCEED, "Nothing that stands out: a session as usual."),
    ],
)
def test_a_title_reads_as_one_sentence(answers: Answers, disposition: Disposition, title: str) -> None:
    assert case_title(answers, list(answers), disposition, QUESTIONNAIRE) == title
