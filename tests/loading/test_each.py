"""A screen of several lines, `kind: each`: what is asked, and what conditions on it mean."""

from __future__ import annotations

import pytest

from nmtchoose.engine.evaluate import Truth, truth, view
from nmtchoose.errors import ContentError
from nmtchoose.loading.load import load_pair
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Kind, Questionnaire
from tests.loading.examples import QUESTIONS, RULES, changed

LINES = """\
questions:
  signs:
    section: now
    kind: each
    purpose: emergency
    ask: {client: "In the last day, did you have this?", staff: "In the last day, did the client have this?"}
    why: These signs need help before any massage.
    options:
      chest: {label: Chest pain or tightness, words: [angina]}
      faint: {label: You fainted, staff: Fainted, help: Even for a moment.}
      seen: {label: A doctor has looked at it, reassuring: true}
    groups:
      bad: [chest, faint]
  late:
    section: now
    kind: each
    purpose: fit
    ask: Which of these do you like?
    why: It makes the session yours.
    ask_when: {signs: {none_of: [bad]}}
    options:
      warm: Warm
      quiet: {label: Quiet, show_when: {signs: seen}}
"""
TEXT = changed(QUESTIONS, "questions:\n", LINES)
ALL_NO: Answers = {"signs.chest": "no", "signs.faint": "no", "signs.seen": "no"}


def asked(questions: str = TEXT) -> Questionnaire:
    return load_pair(questions.encode(), RULES.encode())[0]


def meaning(condition: str, answers: Answers) -> Truth:
    """Return what `condition` means as the `ask_when` of a later question."""
    questions = asked()
    text = changed(TEXT, "  age:\n", f"  age:\n    ask_when: {condition}\n")
    question = asked(text)["age"]
    assert question.ask_when is not None
    return truth(question.ask_when, view(questions, answers))


def test_every_line_is_a_question_with_yes_no_and_not_sure() -> None:
    faint = asked()["signs.faint"]
    assert (faint.kind, faint.ask.client, faint.ask.staff) == (Kind.ONE, "You fainted", "Fainted")
    assert [one.id for one in faint.options] == ["yes", "no"]
    assert faint.specials == ("unsure",)


def test_the_screen_itself_is_no_question() -> None:
    assert "signs" not in asked().by_id


def test_lines_share_what_stands_above_them() -> None:
    chest, faint = asked()["signs.chest"], asked()["signs.faint"]
    assert chest.stem == faint.stem
    assert chest.stem is not None
    assert chest.stem.ask.client == "In the last day, did you have this?"


def test_a_line_has_what_asks_the_screen_and_itself() -> None:
    assert asked()["late.warm"].ask_when is not None
    kept = view(asked(), {**ALL_NO, "late.warm": "yes", "late.quiet": "yes"})
    assert kept.applies["late.warm"] is True
    assert kept.applies["late.quiet"] is False


@pytest.mark.parametrize(
    ("condition", "answers", "wanted"),
    [
        ("{signs: chest}", {"signs.chest": "yes"}, True),
        ("{signs: chest}", {"signs.chest": "unsure"}, True),
        ("{signs: chest}", {"signs.chest": "no"}, False),
        ("{signs: chest}", {}, None),
        ("{signs: seen}", {"signs.seen": "yes"}, True),
        ("{signs: seen}", {"signs.seen": "unsure"}, False),
        ("{signs: seen}", {}, None),
        ("{signs: bad}", {"signs.faint": "yes"}, True),
        ("{signs: [chest, faint]}", {"signs.chest": "no", "signs.faint": "no"}, False),
        ("{signs: {all_of: [chest, faint]}}", {"signs.chest": "yes", "signs.faint": "unsure"}, True),
        ("{signs: {none_of: [bad]}}", ALL_NO, True),
        ("{signs: {count_at_least: 2}}", {"signs.chest": "yes", "signs.faint": "unsure"}, True),
        ("{signs: {count_at_least: 2}}", {"signs.chest": "yes", "signs.faint": "no", "signs.seen": "unsure"}, False),
        ("{signs: none}", ALL_NO, True),
        ("{signs: none}", {**ALL_NO, "signs.chest": "unsure"}, False),
        ("{signs: none}", {"signs.chest": "no"}, None),
        ("{signs: unsure}", {**ALL_NO, "signs.faint": "unsure"}, True),
        ("{signs: {answered: true}}", ALL_NO, True),
        ("{signs: {answered: true}}", {"signs.chest": "yes"}, False),
        ("{signs.chest: no}", {"signs.chest": "no"}, True),
    ],
)
def test_a_condition_names_the_lines(condition: str, answers: Answers, wanted: Truth) -> None:
    assert meaning(condition, answers) is wanted


def test_not_sure_leaves_open_what_is_no_risk() -> None:
    questions = asked(changed(TEXT, "  age:\n", "  age:\n    ask_when: {late: warm}\n"))
    when = questions["age"].ask_when
    assert when is not None
    assert truth(when, view(questions, {**ALL_NO, "late.warm": "unsure"})) is None


@pytest.mark.parametrize("line", ["none: Nothing", "unsure_as: chest", "minimum: 1"])
def test_an_each_has_no_answer_of_its_own(line: str) -> None:
    text = changed(TEXT, "    groups:\n      bad", f"    {line}\n    groups:\n      bad")
    with pytest.raises(ContentError):
        asked(text)


def test_a_condition_on_an_unknown_line_is_a_fault() -> None:
    with pytest.raises(ContentError, match="chesst"):
        asked(changed(TEXT, "{signs: seen}", "{signs: chesst}"))
