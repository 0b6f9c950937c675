from __future__ import annotations

import pytest

from nmtchoose.model.condition import (
    ALWAYS,
    NEVER,
    AllOf,
    Answered,
    AnyOf,
    AtLeastOf,
    Condition,
    CountAtLeast,
    Fact,
    InRange,
    Is,
    Not,
)
from nmtchoose.words.conditions import in_words
from tests.pages.clinic import QUESTIONNAIRE

NECK = Is("pain_sites", ("neck",))
FIFTY = InRange("age", 50, None)
LEGS = ("calf_left", "calf_right", "foot_left", "foot_right")


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (NECK, "pain sites include Neck"),
        (Is("pain_sites", ("neck", "jaw")), "pain sites include Neck or Jaw"),
        (Is("pain_sites", ("calf_left",)), "pain sites include Calf (left)"),
        (Is("pain_sites", ("neck", *LEGS)), "pain sites include any of the legs or Neck"),
        (Is("pain_sites", ("none",)), 'pain sites are "None of these"'),
        (Not(NECK), "pain sites do not include Neck"),
        (Is("pregnant", ("yes",)), "pregnant is Yes"),
        (Not(Is("pregnant", ("yes", "unsure"))), 'pregnant is not Yes or "Not sure"'),
        (FIFTY, "age is at least 50 years"),
        (InRange("age", None, 49), "age is at most 49 years"),
        (InRange("age", 18, 64), "age is between 18 and 64 years"),
        (InRange("age", 44, 44), "age is 44 years"),
        (InRange("pain_weeks", 12, None), "pain weeks are at least 12"),
        (CountAtLeast("pain_sites", 2), "at least 2 answers are chosen for pain sites"),
        (Answered("notes"), "notes are answered"),
        (Not(Answered("age")), "age is not answered"),
        (AllOf((NECK, FIFTY)), "pain sites include Neck, and age is at least 50 years"),
        (AnyOf((NECK, FIFTY)), "pain sites include Neck, or age is at least 50 years"),
        (
            AllOf((AnyOf((NECK, FIFTY)), Answered("age"))),
            "(pain sites include Neck, or age is at least 50 years), and age is answered",
        ),
        (Not(AllOf((NECK, FIFTY))), "not all of these: pain sites include Neck; age is at least 50 years"),
        (Not(AnyOf((NECK, FIFTY))), "none of these: pain sites include Neck; age is at least 50 years"),
        (
            AtLeastOf(2, (NECK, FIFTY, Answered("age"))),
            "at least 2 of these: pain sites include Neck; age is at least 50 years; age is answered",
        ),
        (Fact("focal_pain", NECK), '"focal pain" (pain sites include Neck)'),
        (AllOf((NECK,)), "pain sites include Neck"),
        (ALWAYS, "always"),
        (NEVER, "never"),
        (Is("lost_question", ("some_option",)), "lost question is some option"),
    ],
)
def test_a_condition_reads_as_english(condition: Condition, words: str) -> None:
    assert in_words(condition, QUESTIONNAIRE) == words
