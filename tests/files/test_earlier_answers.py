"""Answers to earlier questions, and answers to a whole screen written in short."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from nmtchoose.desk.prompter import Voice
from nmtchoose.errors import AnswerError
from nmtchoose.files.answers_file import check_answers
from nmtchoose.files.drafts import Draft, restore
from nmtchoose.loading.load import load_pair
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Questionnaire
from tests.loading.examples import QUESTIONS, RULES, changed

SIGNS = """\
  chest_signs:
    section: now
    kind: each
    purpose: emergency
    ask: Is any of this so?
    why: It needs help.
    options:
      pain: {label: Chest pain, was: {lists: [chest, tight]}}
      faint: {label: A faint, was: {lists: fainted, fainted_once: yes}}
      cough: {label: A cough with blood}
"""
LINES = changed(QUESTIONS, "  age:\n", f"{SIGNS}  age:\n")
RENAMED = changed(LINES, "    kind: number\n", "    was: years\n    kind: number\n")
TODAY = load_pair(RENAMED.encode(), RULES.encode())[0]


def now(raw: Mapping[str, object], questionnaire: Questionnaire = TODAY) -> dict[str, Answer]:
    return check_answers(raw, questionnaire)


@pytest.mark.parametrize(
    ("earlier", "today"),
    [
        ({"lists": ["chest"]}, {"chest_signs.pain": "yes", "chest_signs.faint": "no"}),
        ({"lists": ["tight", "fainted"]}, {"chest_signs.pain": "yes", "chest_signs.faint": "yes"}),
        ({"lists": ["none"]}, {"chest_signs.pain": "no", "chest_signs.faint": "no"}),
        ({"lists": ["unsure"]}, {"chest_signs.pain": "unsure", "chest_signs.faint": "unsure"}),
        (
            {"lists": ["unsure"], "lists.chest": "no", "lists.tight": "no", "lists.fainted": "yes"},
            {"chest_signs.pain": "no", "chest_signs.faint": "yes"},
        ),
        ({"fainted_once": "yes"}, {"chest_signs.faint": "yes"}),
        ({"fainted_once": "no"}, {"chest_signs.faint": "no"}),
        ({"years": 44}, {"age": 44}),
        ({"lists": ["chest"], "chest_signs.pain": "no"}, {"chest_signs.pain": "no", "chest_signs.faint": "no"}),
    ],
)
def test_an_earlier_answer_is_carried_over_where_the_file_says_so(
    earlier: dict[str, object], today: dict[str, Answer]
) -> None:
    assert now(earlier) == today


GATES = """\
  health:
    section: now
    kind: each
    purpose: safety
    ask: Any trouble with these?
    why: It decides the pressure.
    options:
      heart: {label: Heart, was: {hearts: [attack, stent]}}
      vessels: {label: Blood vessels, was: {hearts: veins}}
      medicine: {label: Any medicine, was: {pills: [aspirin, hormone], hearts: thinner}}
  hearts:
    section: now
    kind: many
    purpose: safety
    ask_when: {health: [heart, vessels]}
    ask: Which of these?
    why: It decides the pressure.
    options: {attack: Attack, stent: Stent, veins: Veins}
  pills:
    section: now
    kind: many
    purpose: safety
    ask_when: {health: medicine}
    ask: Which of these do you take?
    why: It decides the pressure.
    options:
      aspirin: Aspirin
      hormone: Hormone
      thinner: {label: Thinner, was: {hearts: thinner}}
  age:
"""
GATED = load_pair(changed(QUESTIONS, "  age:\n", GATES).encode(), RULES.encode())[0]


@pytest.mark.parametrize(
    ("earlier", "today"),
    [
        ({"hearts": ["stent"]}, {"health.heart": "yes", "health.vessels": "no", "hearts": ("stent",)}),
        ({"hearts": ["none"]}, {"health.heart": "no", "health.vessels": "no", "hearts": ("none",)}),
        ({"hearts": ["unsure"]}, {"health.heart": "unsure", "health.vessels": "unsure", "hearts": ("unsure",)}),
        ({"pills": ["aspirin"]}, {"health.medicine": "yes", "pills": ("aspirin",)}),
        ({"pills": ["none"]}, {"pills": ("none",)}),
        (
            {"hearts": ["thinner", "veins"], "pills": ["aspirin"]},
            {
                "health.heart": "no",
                "health.vessels": "yes",
                "health.medicine": "yes",
                "hearts": ("veins",),
                "pills": ("aspirin", "thinner"),
            },
        ),
        (
            {"hearts": ["thinner"], "pills": ["none"]},
            {
                "health.heart": "no",
                "health.vessels": "no",
                "health.medicine": "yes",
                "hearts": ("none",),
                "pills": ("thinner",),
            },
        ),
        (
            {"health.heart": "no", "hearts": ["stent"]},
            {"health.heart": "no", "health.vessels": "no", "hearts": ("stent",)},
        ),
    ],
)
def test_an_earlier_list_answers_the_lines_that_came_to_stand_before_it(
    earlier: dict[str, object], today: dict[str, Answer]
) -> None:
    """Of pills without a thinner nobody knows whether there was one: that line stays open."""
    assert now(earlier, GATED) == today


def test_a_line_that_is_new_stays_unanswered() -> None:
    assert "chest_signs.cough" not in now({"lists": ["none"]})


def test_what_has_no_place_now_is_refused_by_the_name_of_its_question() -> None:
    with pytest.raises(AnswerError, match="earlier question 'lists'") as refused:
        now({"lists": ["chest", "crash"]})
    assert "crash" not in str(refused.value)


@pytest.mark.parametrize("nothing", [[], None, "", 5, False, [None], {}])
def test_what_is_no_answer_is_never_a_no(nothing: object) -> None:
    try:
        given = now({"lists": nothing})
    except AnswerError:
        return
    assert given == {}


def test_a_list_that_lost_an_option_still_says_what_it_said_of_the_rest() -> None:
    text = changed(LINES, "{label: A cough with blood}", "{label: A cough with blood, was: {right_now: cough}}")
    today = load_pair(text.encode(), RULES.encode())[0]
    assert now({"right_now": ["cough"]}, today) == {"right_now": ("none",), "chest_signs.cough": "yes"}
    assert now({"right_now": ["face_droop"]}, today) == {"right_now": ("face_droop",)}


def test_a_draft_keeps_what_is_carried_over_and_names_the_rest() -> None:
    asked = {"lists": "Is any of these so?"}
    draft = Draft(
        id="one",
        saved=datetime.now(UTC),
        voice=Voice.CLIENT,
        client="",
        by="",
        raw={"lists": ["chest", "crash"]},
        asked=asked,
    )
    restored = restore(draft, TODAY)
    assert restored.answers == {"chest_signs.pain": "yes", "chest_signs.faint": "no"}
    assert restored.lost == ("Is any of these so? (crash)",)


def test_a_screen_may_be_answered_in_short() -> None:
    short = {"chest_signs": {"pain": "unsure", "rest": "no"}}
    assert now(short) == {"chest_signs.pain": "unsure", "chest_signs.faint": "no", "chest_signs.cough": "no"}


def test_without_the_rest_only_what_is_named_is_answered() -> None:
    assert now({"chest_signs": {"pain": "yes"}}) == {"chest_signs.pain": "yes"}


def test_a_line_in_full_counts_before_the_rest() -> None:
    both = {"chest_signs": {"rest": "no"}, "chest_signs.cough": "yes"}
    assert now(both)["chest_signs.cough"] == "yes"


def test_a_line_that_there_is_not_is_refused() -> None:
    with pytest.raises(AnswerError, match="A001"):
        now({"chest_signs": {"pian": "yes"}})
