"""Numbers that share a screen."""

from __future__ import annotations

import pytest

from nmtchoose.errors import ContentError
from nmtchoose.loading.load import load_pair
from nmtchoose.model.questionnaire import Questionnaire
from tests.loading.examples import QUESTIONS, RULES, changed

PAIN = """\
  pain_now:
    {section: wishes, kind: number, purpose: fit, screen: numbers, minimum: 0, maximum: 10, unit: of 10,
     ask: Pain right now, why: It guides the pressure.}
  pain_worst:
    {section: wishes, kind: number, purpose: fit, screen: numbers, minimum: 0, maximum: 10, unit: of 10,
     ask: Pain at its worst, why: It guides the pressure.}
"""
TEXT = changed(
    changed(QUESTIONS, "questions:\n", "screens:\n  numbers: {ask: 'From 0 to 10, how bad is it?'}\nquestions:\n"),
    "  pressure:\n",
    f"{PAIN}  pressure:\n",
)


def asked(questions: str) -> Questionnaire:
    return load_pair(questions.encode(), RULES.encode())[0]


def test_numbers_that_follow_each_other_share_a_screen() -> None:
    now, worst = asked(TEXT)["pain_now"], asked(TEXT)["pain_worst"]
    assert now.stem is not None
    assert now.stem == worst.stem
    assert now.stem.ask.client == "From 0 to 10, how bad is it?"


@pytest.mark.parametrize(
    ("old", "new", "because"),
    [
        ("  pain_worst:\n", "  between: {section: wishes, kind: text, purpose: fit, ask: A, why: B}\n  pain_worst:\n",
         "another question comes between"),
        ("     ask: Pain at its worst", "     ask_when: {pain_sites: neck}, ask: Pain at its worst",
         "another condition"),
        ("minimum: 0, maximum: 10, unit: of 10,\n     ask: Pain right",
         "minimum: 0, maximum: 20, unit: of 20,\n     ask: Pain right",
         "too many numbers"),
    ],
)  # fmt: skip
def test_a_screen_is_for_few_numbers_asked_together(old: str, new: str, because: str) -> None:
    with pytest.raises(ContentError, match=f"S021.*{because}"):
        asked(changed(TEXT, old, new))
