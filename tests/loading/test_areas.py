"""Places that are asked area by area: `areas` on a question of the kind `sites`."""

from __future__ import annotations

import pytest

from nmtchoose.engine.evaluate import offered_options, view
from nmtchoose.errors import ContentError
from nmtchoose.loading.load import load_pair
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Questionnaire
from tests.loading.examples import QUESTIONS, RULES, changed

AREA = """\
  area:
    section: wishes
    kind: many
    purpose: fit
    ask: Which part of the body is it?
    why: The therapist plans around it.
    options: {arm: Arms, leg: Legs, throat: Throat}
  pain_sites:
    areas: area
"""
TEXT = changed(changed(QUESTIONS, "  pain_sites:\n", AREA), "words: [nape]}", "words: [nape], heading: Throat}")


def asked(text: str = TEXT) -> Questionnaire:
    return load_pair(text.encode(), RULES.encode())[0]


@pytest.mark.parametrize(
    ("answers", "places"),
    [
        ({"area": ("leg",)}, ["calf_left", "calf_right"]),
        ({"area": ("arm", "throat")}, ["neck", "shoulder_left", "shoulder_right"]),
        ({"area": ("none",)}, []),
    ],
)
def test_only_the_places_of_the_chosen_areas_are_offered(answers: Answers, places: list[str]) -> None:
    questions = asked()
    assert [one.id for one in offered_options(questions["pain_sites"], view(questions, answers))] == places


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("leg: Legs,", "leg: Feet,", "N007"),
        ("    areas: area\n", "    areas: aera\n", "N006"),
        ("    kind: sites\n", "    kind: number\n", "M0"),
    ],
)
def test_areas_belong_to_places_and_name_their_headings(old: str, new: str, code: str) -> None:
    with pytest.raises(ContentError, match=code):
        asked(changed(TEXT, old, new))
