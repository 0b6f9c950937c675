"""The interview with a scripted prompter: where answers and Back lead."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from nmtchoose.desk.conduct import conduct
from nmtchoose.desk.interview import begun, changing
from nmtchoose.desk.prompter import Turn, Voice
from nmtchoose.errors import AnswerError
from nmtchoose.model.answers import Answer, Answers
from tests.prompts.clinic import TABLES
from tests.prompts.script import Script, ScriptedPrompter

CALM: dict[str, Answer] = {
    "signs": ("none",),
    "fever": "no",
    "pregnant": "no",
    "age": 44,
    "pain": ("neck",),
    "weeks": 6,
    "pressure": "firm",
    "notes": "",
}


def interview(script: Script, answers: Mapping[str, Answer] | None = None) -> tuple[Answers, ScriptedPrompter]:
    with ScriptedPrompter(script) as prompter:
        return conduct(begun(TABLES, answers or {}, Voice.CLIENT), prompter).answers, prompter


def test_every_question_that_applies_is_asked_once_and_in_order() -> None:
    answers, prompter = interview(CALM)
    assert answers == CALM
    assert prompter.asked == list(CALM)


def test_a_question_that_does_not_apply_is_not_asked() -> None:
    _, prompter = interview({**{one: CALM[one] for one in CALM if one != "weeks"}, "pain": ("none",)})
    assert "weeks" not in prompter.asked


def test_answers_given_before_are_not_asked_again() -> None:
    _, prompter = interview({"notes": "quiet"}, {one: CALM[one] for one in CALM if one != "notes"})
    assert prompter.asked == ["notes"]


def test_back_shows_the_question_before_with_its_answer() -> None:
    _, prompter = interview({**CALM, "fever": ["no", "yes"], "pregnant": [Turn.BACK, "no"]})
    assert prompter.asked[:4] == ["signs", "fever", "pregnant", "fever"]
    assert prompter.screens[3].current == "no"
    assert prompter.said == ["Back to: Do you have a fever today?"]


def test_back_again_goes_further_back() -> None:
    _, prompter = interview(
        {**CALM, "signs": [("none",), ("none",)], "fever": ["no", Turn.BACK], "pregnant": [Turn.BACK, "no"]}
    )
    assert prompter.asked[:6] == ["signs", "fever", "pregnant", "fever", "signs", "pregnant"]


def test_after_an_answer_given_again_comes_the_first_open_question() -> None:
    _, prompter = interview(
        {
            **CALM,
            "fever": ["no", "no"],
            "pregnant": ["no", Turn.BACK],
            "age": [Turn.BACK, 44],
        }
    )
    assert prompter.asked[2:7] == ["pregnant", "age", "pregnant", "fever", "age"]


def test_the_first_question_has_no_way_back() -> None:
    _, prompter = interview(CALM)
    assert [screen.can_go_back for screen in prompter.screens] == [False] + [True] * 7


def test_a_question_that_opens_behind_us_is_asked() -> None:
    answers, prompter = interview(
        {**CALM, "pain": [("none",), ("neck",)], "pressure": [Turn.BACK, "firm"]},
    )
    assert prompter.asked[4:8] == ["pain", "pressure", "pain", "weeks"]
    assert answers["weeks"] == 6


def test_an_answer_that_no_longer_applies_is_kept_for_changing_back() -> None:
    answers, prompter = interview(
        {**CALM, "pain": [("neck",), ("none",)], "weeks": [6, Turn.BACK], "pressure": [Turn.BACK, "firm"]}
    )
    assert prompter.asked[-5:] == ["pressure", "weeks", "pain", "pressure", "notes"]
    assert answers["pain"] == ("none",)
    assert answers["weeks"] == 6


def test_an_emergency_ends_it_at_once() -> None:
    answers, prompter = interview({"signs": ("chest",)})
    assert prompter.asked == ["signs"]
    assert answers == {"signs": ("chest",)}


def test_every_answer_is_handed_on_as_soon_as_it_is_given() -> None:
    seen: list[list[str]] = []
    conduct(begun(TABLES, {}, Voice.CLIENT), ScriptedPrompter(CALM), lambda now: seen.append(list(now.answers)))
    assert seen[0] == ["signs"]
    assert seen[-1] == list(CALM)
    assert len(seen) == len(CALM)


def test_one_answer_can_be_changed_in_a_finished_interview() -> None:
    with ScriptedPrompter({"age": 45}) as prompter:
        changed = conduct(changing(begun(TABLES, CALM, Voice.CLIENT), "age"), prompter)
    assert changed.answers == {**CALM, "age": 45}
    assert prompter.screens[0].current == 44


def test_the_answers_handed_in_are_left_alone() -> None:
    before = {"signs": ("none",)}
    interview({one: CALM[one] for one in CALM if one != "signs"}, before)
    assert before == {"signs": ("none",)}


def test_progress_never_runs_backwards() -> None:
    _, prompter = interview(CALM)
    places = [(screen.part, screen.number) for screen in prompter.screens]
    assert places == sorted(places)
    assert [screen.part for screen in prompter.screens] == [1, 1, 2, 2, 3, 3, 4, 4]
    assert {screen.parts for screen in prompter.screens} == {4}


def test_a_section_that_comes_again_is_a_part_of_its_own() -> None:
    signs, fever, pregnant, *rest = TABLES.questionnaire.questions
    parted = replace(TABLES.questionnaire, questions=(signs, pregnant, fever, *rest))
    with ScriptedPrompter(CALM) as prompter:
        conduct(begun(replace(TABLES, questionnaire=parted), {}, Voice.CLIENT), prompter)
    assert [screen.part for screen in prompter.screens] == [1, 2, 3, 4, 5, 5, 6, 6]
    assert {screen.parts for screen in prompter.screens} == {6}


def test_a_script_without_a_reply_fails_with_the_name_of_the_question() -> None:
    with pytest.raises(AssertionError, match="fever"):
        interview({"signs": ("none",)})


def test_a_script_that_is_not_used_up_fails() -> None:
    with pytest.raises(AssertionError, match="weeks"):
        interview({**CALM, "pain": ("none",)})


def test_a_script_is_checked_like_a_person() -> None:
    with pytest.raises(AnswerError):
        interview({"signs": ("none", "chest")})
    with pytest.raises(AnswerError):
        interview({"signs": ()})


def test_a_script_cannot_go_back_from_the_first_question() -> None:
    with pytest.raises(AssertionError, match="no way back"):
        interview({"signs": Turn.BACK})
