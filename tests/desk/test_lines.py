"""Several lines on one screen as a part of the conversation."""

from __future__ import annotations

from datetime import UTC, datetime

from nmtchoose.desk.conduct import conduct, sheet_for
from nmtchoose.desk.emergency import second_look
from nmtchoose.desk.interview import Interview, back, begun, changing, due
from nmtchoose.desk.prompter import Screen, Turn, Voice
from nmtchoose.loading.load import load_pair
from nmtchoose.model.answers import Answers, Correction
from nmtchoose.model.tables import Tables
from tests.loading.examples import RULES, changed
from tests.loading.test_each import ALL_NO, TEXT
from tests.prompts.script import ScriptedPrompter

DANGER = changed(RULES, "when: {right_now: heart}", "when: {signs: chest}")
TABLES = Tables(*load_pair(TEXT.encode(), DANGER.encode()))
LIKES: Answers = {"late.warm": "yes"}
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def at(answers: Answers) -> Interview:
    return begun(TABLES, answers, Voice.CLIENT)


def shown(interview: Interview) -> Screen:
    screen = due(interview)
    assert screen is not None
    return screen


def ids(screen: Screen) -> list[str]:
    return [line.question.id for line in screen.lines]


def test_all_lines_are_shown_together() -> None:
    screen = shown(at({}))
    assert ids(screen) == ["signs.chest", "signs.faint", "signs.seen"]
    assert screen.headed.text == "In the last day, did you have this?"


def test_a_line_that_does_not_apply_is_not_shown() -> None:
    assert ids(shown(at(ALL_NO))) == ["late.warm"]


def test_half_a_screen_goes_on_at_its_first_open_line() -> None:
    screen = shown(at({"signs.chest": "no"}))
    assert screen.question.id == "signs.faint"
    assert [line.current for line in screen.lines] == ["no", None, None]


def test_a_screen_counts_as_one_question() -> None:
    assert (shown(at({})).number, shown(at(ALL_NO)).number) == (1, 2)


def test_an_emergency_ends_the_interview_after_the_last_line_of_its_screen() -> None:
    prompter = ScriptedPrompter({"signs.chest": "yes", "signs.faint": "no", "signs.seen": "no"})
    with prompter:
        interview = conduct(at({}), prompter)
    assert interview.state.emergency
    assert list(interview.answers) == ["signs.chest", "signs.faint", "signs.seen"]


def test_back_shows_the_whole_screen_before() -> None:
    interview = back(at(ALL_NO), shown(at(ALL_NO)))
    assert ids(shown(interview)) == list(ALL_NO)


def test_there_is_no_way_back_from_the_first_screen() -> None:
    assert not any(line.can_go_back for line in shown(at({"signs.chest": "no"})).lines)


def test_back_says_what_stands_above_the_lines() -> None:
    prompter = ScriptedPrompter({"late.warm": Turn.BACK, **ALL_NO, "signs.chest": "yes"})
    with prompter:
        conduct(at(ALL_NO), prompter)
    assert prompter.said == ["Back to: In the last day, did you have this?"]


def test_the_review_tells_a_screen_in_one_row() -> None:
    sheet = sheet_for(at({**ALL_NO, "signs.seen": "unsure", **LIKES}))
    assert [(one.question_id, one.asked, one.answer) for one in sheet.told] == [
        ("signs.chest", "In the last day, did you have this?", "Not sure: A doctor has looked at it. No to the rest"),
        ("late.warm", "Which of these do you like?", "Yes to all"),
    ]


def test_a_row_of_the_review_opens_the_whole_screen() -> None:
    assert ids(shown(changing(at(ALL_NO), "signs.chest"))) == list(ALL_NO)


def test_a_wrong_key_on_a_line_is_taken_back_as_such() -> None:
    before = at({**ALL_NO, "signs.chest": "yes"})
    with ScriptedPrompter(ALL_NO, ["right"]) as prompter:
        after = second_look(before, prompter, lambda: NOON)
    assert after.corrected == (Correction("signs.chest", "yes", NOON.isoformat()),)
    assert not after.state.emergency
