"""An emergency: what is shown, and the way back from a wrong key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from nmtchoose.desk.conduct import conduct
from nmtchoose.desk.emergency import alarm_of, second_look
from nmtchoose.desk.interview import Interview, back, begun, due, result_of
from nmtchoose.desk.prompter import Turn, Voice
from nmtchoose.model.answers import Answers, Correction
from nmtchoose.model.tables import Tables
from tests.prompts.clinic import TABLES
from tests.prompts.script import Script, ScriptedPrompter
from tests.shipped import shipped_pair

NOON = datetime(2026, 11, 22, 12, 0, 30, tzinfo=UTC)
SHIPPED = Tables(*shipped_pair())
US = SHIPPED.rules.regions["us"]
CHEST: Answers = {"right_now.short_breath": "yes"}


def looked_again(prompter: ScriptedPrompter) -> Interview:
    with prompter:
        before = conduct(begun(TABLES, {"fever": "no"}, Voice.CLIENT), ScriptedPrompter({"signs": ("chest",)}))
        return second_look(before, prompter, lambda: NOON)


def test_the_alarm_says_the_number_what_it_may_be_and_what_was_answered() -> None:
    alarm = alarm_of(result_of(SHIPPED, CHEST), US, Voice.CLIENT)
    assert (alarm.number, alarm.title) == ("911", "Call 911 now")
    assert alarm.do[:2] == (
        "Sudden short breath, sharp pain on breathing in, coughing blood or fainting can be a sign of a clot in the "
        "lung or of heart trouble.",
        "Please sit upright and stay still while we call.",
    )
    assert alarm.tell[0].startswith("Suddenly short of breath")


def test_what_led_to_a_follow_up_is_told_first() -> None:
    alarm = alarm_of(
        result_of(SHIPPED, {"right_now.chest_pressure": "yes", "chest_course": "new_or_unchecked"}), US, Voice.CLIENT
    )
    assert alarm.tell[:2] == (
        "Chest pain or tightness: yes",
        "Has a doctor checked that chest pain or tightness? No, not as it is now",
    )


def test_staff_read_what_to_do_for_the_client() -> None:
    alarm = alarm_of(result_of(SHIPPED, CHEST), US, Voice.STAFF)
    assert alarm.do[0] == "Call 911."


def test_a_second_look_is_asked_for_at_the_very_question() -> None:
    prompter = ScriptedPrompter({"signs": ("none",)}, ["right"])
    interview = looked_again(prompter)
    assert prompter.asked == ["signs"]
    assert prompter.screens[0].current == ("chest",)
    assert "second look" in prompter.said[0]
    assert interview.answers["signs"] == ("none",)
    assert interview.corrected == (Correction("signs", ("chest",), "2026-11-22T12:00:30+00:00"),)


def test_who_does_not_confirm_is_shown_the_question_again() -> None:
    prompter = ScriptedPrompter({"signs": [("none",), ("chest",)]}, ["again"])
    interview = looked_again(prompter)
    assert interview.answers["signs"] == ("chest",)
    assert interview.corrected == ()


def test_back_at_the_second_look_takes_nothing_back() -> None:
    with ScriptedPrompter({"fever": "no", "signs": ("chest",)}) as script:
        order = replace(TABLES.questionnaire, questions=TABLES.questionnaire.questions[1::-1])
        before = conduct(begun(Tables(order, TABLES.rules), {}, Voice.CLIENT), script)
    interview = second_look(before, ScriptedPrompter({"signs": Turn.BACK}), lambda: NOON)
    assert interview.answers == before.answers
    assert interview.again == "fever"


def started(**ticked: str) -> Answers:
    """The first screen of the shipped questions with these lines ticked, and what they opened answered."""
    first = (one.id for one in SHIPPED.questionnaire.questions if one.screen_id == "right_now/")
    return {one: ticked.pop(one.split(".")[1], "no") for one in first} | ticked


def second_look_at(answers: Answers, script: Script, choices: Sequence[str] = ()) -> tuple[ScriptedPrompter, Interview]:
    with ScriptedPrompter(script, choices) as prompter:
        return prompter, second_look(begun(SHIPPED, answers, Voice.CLIENT), prompter, lambda: NOON)


def test_a_second_look_begins_with_the_line_whose_tick_opened_the_question() -> None:
    answers = started(chest_pressure="yes", chest_course="new_or_unchecked")
    prompter, interview = second_look_at(answers, started(chest_pressure="no"), ["right"])
    assert prompter.pointed == ["right_now.chest_pressure"]
    assert "chest_course" not in prompter.asked
    assert [one.question for one in interview.corrected] == ["right_now.chest_pressure"]
    assert not interview.state.emergency


def test_what_the_tick_opened_is_looked_at_too_where_it_is_still_ticked() -> None:
    answers = started(chest_pressure="yes", chest_course="new_or_unchecked")
    again = {**started(chest_pressure="yes"), "chest_course": "checked_same"}
    prompter, interview = second_look_at(answers, again, ["right"])
    assert prompter.asked[-1] == "chest_course"
    assert [one.question for one in interview.corrected] == ["chest_course"]


def test_a_second_look_begins_with_the_line_that_meant_the_emergency_and_not_with_the_last_one() -> None:
    answers = started(short_breath="yes")
    prompter, _ = second_look_at(answers, started(), ["right"])
    assert prompter.pointed == ["right_now.short_breath"]


def test_back_from_what_a_tick_opened_leads_to_that_tick() -> None:
    interview = begun(SHIPPED, started(chest_pressure="yes"), Voice.CLIENT)
    screen = due(interview)
    assert screen and screen.question.id == "chest_course"
    assert back(interview, screen).again == "right_now.chest_pressure"
