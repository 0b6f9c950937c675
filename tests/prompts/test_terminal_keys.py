"""questionary itself, fed with keys through a pipe: what every key does, without a screen."""

from __future__ import annotations

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from nmtchoose.desk.prompter import Screen, Turn, Typed
from nmtchoose.errors import CannotPromptError
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Question
from nmtchoose.prompts.terminal import TerminalPrompter
from tests.prompts.clinic import AGE, FEVER, NOTES, PAIN, PREGNANT, PRESSURE, SIGNS, WEEKS, screen
from tests.prompts.screen import KEYS

EVERY_KIND = pytest.mark.parametrize("question", [SIGNS, FEVER, AGE, WEEKS, PAIN, NOTES], ids=lambda one: one.id)


def press(shown: Screen, *keys: str) -> Answer | Typed | Turn:
    """Return the reply to `shown` when `keys` are pressed; running out of keys is the end of input."""
    with create_pipe_input() as keyboard:
        keyboard.send_text("".join(KEYS.get(key, key) for key in keys))
        keyboard.close()
        return TerminalPrompter(keyboard=keyboard, display=DummyOutput()).ask(shown)


@EVERY_KIND
def test_shift_tab_goes_back_from_every_kind(question: Question) -> None:
    assert press(screen(question), "back") is Turn.BACK


def test_going_back_validates_nothing() -> None:
    assert press(screen(AGE), "abc", "back") is Turn.BACK


@pytest.mark.parametrize("question", [SIGNS, FEVER, PAIN], ids=lambda one: one.id)
def test_the_last_row_of_a_list_goes_back(question: Question) -> None:
    assert press(screen(question), "end", "enter") is Turn.BACK


@pytest.mark.parametrize("question", [AGE, NOTES], ids=lambda one: one.id)
def test_a_typed_sign_goes_back_where_answers_are_typed(question: Question) -> None:
    assert press(screen(question), "<", "enter") is Turn.BACK


def test_back_does_nothing_on_the_first_question() -> None:
    assert press(screen(FEVER, can_go_back=False), "back", "2", "enter") == "no"
    assert press(screen(AGE, can_go_back=False), "back", "44", "enter") == 44


@EVERY_KIND
def test_ctrl_c_stops_from_every_kind(question: Question) -> None:
    with pytest.raises(KeyboardInterrupt):
        press(screen(question), "ctrl-c")


@EVERY_KIND
def test_ctrl_d_is_the_end_of_input_from_every_kind(question: Question) -> None:
    with pytest.raises(EOFError):
        press(screen(question), "ctrl-d")


def test_ctrl_d_ends_even_where_something_was_typed() -> None:
    with pytest.raises(EOFError):
        press(screen(NOTES), "some words", "home", "ctrl-d", "enter")


def test_arrows_and_enter_choose() -> None:
    assert press(screen(FEVER), "down", "down", "enter") == "no"


@pytest.mark.parametrize(("question", "typed", "answer"), [(FEVER, "2", "no"), (AGE, "44", 44)])
def test_a_line_feed_is_enter_too(question: Question, typed: str, answer: Answer) -> None:
    assert press(screen(question), typed, "\n") == answer


def test_enter_alone_never_answers_a_safety_choice() -> None:
    with pytest.raises(EOFError):
        press(screen(FEVER), "enter", "enter", "enter")


def test_enter_alone_never_answers_a_list() -> None:
    with pytest.raises(EOFError):
        press(screen(SIGNS), "enter", "enter", "enter")


def test_enter_alone_never_answers_a_number() -> None:
    with pytest.raises(EOFError):
        press(screen(AGE), "enter", "enter")


@pytest.mark.parametrize(
    ("question", "current"),
    [(SIGNS, ("chest", "face")), (FEVER, "no"), (PREGNANT, "declined"), (AGE, 44), (AGE, "declined"), (NOTES, "quiet")],
)
def test_enter_keeps_the_answer_given_before(question: Question, current: Answer) -> None:
    assert press(screen(question, current=current), "enter") == current


def test_space_ticks_and_unticks() -> None:
    assert press(screen(SIGNS), "space", "down", "space", "up", "space", "enter") == ("breath",)


def test_the_keys_that_tick_everything_in_questionary_do_nothing() -> None:
    assert press(screen(SIGNS), "0", "a", "i", "enter") == ("none",)


def test_none_stands_alone() -> None:
    assert press(screen(SIGNS), "1", "2", "0", "enter") == ("chest", "breath")
    assert press(screen(SIGNS), "1", "1", "0", "enter") == ("none",)
    assert press(screen(SIGNS), "0", "2", "enter") == ("breath",)


def test_digits_pick_rows() -> None:
    assert press(screen(PRESSURE), "2", "enter") == "firm"
    assert press(screen(SIGNS), "3", "1", "enter") == ("chest", "face")


def test_typing_searches_a_long_list() -> None:
    assert press(screen(PAIN), "kneecap", "down", "tab", "enter") == ("knee_right",)
    assert press(screen(PAIN), "kneecap", "down", "enter", "enter") == ("knee_right",)


@pytest.mark.parametrize("words", ["left knee", "knee left", "the left knee", "knne left"])
def test_words_typed_with_spaces_tick_nothing_but_what_they_mean(words: str) -> None:
    keys = [key if key != " " else "space" for key in words]
    assert press(screen(PAIN), *keys, "enter", "enter") == ("knee_left",)


def test_searching_takes_letters_that_are_keys_elsewhere() -> None:
    assert press(screen(PAIN), "ja", "tab", "hii", "backspace", "tab", "enter") == ("jaw", "hip_left")


def test_a_question_mark_never_leaves_the_question() -> None:
    assert press(screen(PAIN), "?", "jaw", "?", "tab", "enter") == ("jaw",)
    assert press(screen(AGE), "4", "?", "4", "enter") == 44


def test_a_question_mark_within_free_text_is_text() -> None:
    assert press(screen(NOTES), "?", "why?", "enter") == "why?"


def test_a_refused_number_can_be_mended() -> None:
    assert press(screen(AGE), "5", "enter", "6", "enter") == 56


@pytest.mark.parametrize(("typed", "answer"), [("d", "declined"), ("Prefer not to say", "declined")])
def test_a_special_answer_can_be_typed(typed: str, answer: str) -> None:
    assert press(screen(AGE), typed, "enter") == answer


def test_a_length_of_time_may_be_typed_in_words() -> None:
    assert press(screen(WEEKS), "5 months", "enter") == Typed(21, "5 months")


def test_free_text_may_stay_empty() -> None:
    assert press(screen(NOTES), "enter") == ""


def test_a_pasted_line_break_neither_sends_nor_stays() -> None:
    assert press(screen(NOTES), "\x1b[200~line one\r\nline\ttwo\x1b[201~", "enter") == "line one line two"


def test_a_paste_into_a_list_is_ignored() -> None:
    assert press(screen(SIGNS), "\x1b[200~1\r2\r\x1b[201~", "0", "enter") == ("none",)


def test_a_window_without_a_console_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoConsoleScreenBufferError(Exception):
        """As prompt_toolkit raises it on Windows."""

    def no_console(*given: object) -> None:
        raise NoConsoleScreenBufferError

    monkeypatch.setattr("prompt_toolkit.output.create_output", no_console)
    with create_pipe_input() as keyboard, pytest.raises(CannotPromptError, match=r"P003 .*winpty.*--plain"):
        TerminalPrompter(keyboard=keyboard).ask(screen(FEVER))


def test_a_menu_returns_the_id_chosen() -> None:
    with create_pipe_input() as keyboard:
        keyboard.send_text(KEYS["down"] + KEYS["back"] + KEYS["enter"])
        keyboard.close()
        prompter = TerminalPrompter(keyboard=keyboard, display=DummyOutput())
        assert prompter.choose("What now?", (("change", "Change"), ("finish", "Finish"))) == "finish"
