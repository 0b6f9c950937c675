"""questionary itself, fed with keys through a pipe: what every key does, without a screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from nmtchoose.desk.prompter import Screen, Turn, Typed
from nmtchoose.errors import CannotPromptError
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Question
from nmtchoose.prompts.choosing import released
from nmtchoose.prompts.terminal import TerminalPrompter
from tests.prompts.clinic import AGE, FEVER, NOTES, PAIN, PREGNANT, PRESSURE, SIGNS, WEEKS, screen
from tests.prompts.screen import KEYS
from tests.prompts.test_listing import SHEET

EVERY_KIND = pytest.mark.parametrize("question", [SIGNS, FEVER, AGE, WEEKS, PAIN, NOTES], ids=lambda one: one.id)


def press(shown: Screen, *keys: str, every: float = 1.0) -> Answer | Typed | Turn:
    """Return the reply to `shown` when `keys` are pressed so many seconds apart, letter by letter.

    Running out of keys is the end of input.
    """
    with pressed(*keys, every=every) as prompter:
        return prompter.ask(shown)


@contextmanager
def pressed(*keys: str, every: float = 1.0, times: Iterable[float] = ()) -> Iterator[TerminalPrompter]:
    """Give a prompter on whose keyboard `keys` are pressed, so many seconds apart or at those `times`."""
    with create_pipe_input() as keyboard:
        keyboard.send_text("".join(KEYS.get(key, key) for key in keys))
        keyboard.close()
        prompter = TerminalPrompter(
            keyboard=keyboard, display=DummyOutput(), clock=partial(next, iter(times or count(step=every)))
        )
        with released(prompter):
            yield prompter


@EVERY_KIND
def test_shift_tab_goes_back_from_every_kind(question: Question) -> None:
    assert press(screen(question), "back") is Turn.BACK


def test_going_back_validates_nothing() -> None:
    assert press(screen(AGE), "abc", "back") is Turn.BACK


@pytest.mark.parametrize("question", [AGE, NOTES], ids=lambda one: one.id)
def test_a_typed_sign_goes_back_where_answers_are_typed(question: Question) -> None:
    assert press(screen(question), "<", "enter") is Turn.BACK


def test_back_does_nothing_on_the_first_question() -> None:
    assert press(screen(FEVER, can_go_back=False), "back", "2") == "no"
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


@pytest.mark.parametrize("question", [SIGNS, FEVER, PRESSURE, PAIN], ids=lambda one: one.id)
def test_enter_alone_never_answers_a_list(question: Question) -> None:
    with pytest.raises(EOFError):
        press(screen(question), "enter", "enter", "enter")


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
    assert press(screen(SIGNS), "down", "space", "down", "space", "up", "space", "enter") == ("breath",)


def test_the_keys_that_tick_everything_in_questionary_do_nothing() -> None:
    assert press(screen(SIGNS), "0", "a", "escape", "i", "escape", "enter") == ("none",)


def test_none_stands_alone() -> None:
    assert press(screen(SIGNS), "1", "2", "0", "enter") == ("chest", "breath")
    assert press(screen(SIGNS), "1", "1", "0", "enter") == ("none",)
    assert press(screen(SIGNS), "0", "2", "enter") == ("none",)


def test_digits_pick_rows() -> None:
    assert press(screen(PRESSURE), "2") == "firm"
    assert press(screen(SIGNS), "3", "1", "enter") == ("chest", "face")


def test_a_slash_searches_every_list() -> None:
    assert press(screen(PAIN), "/kneecap", "down", "down", "tab", "enter") == ("knee_right",)
    assert press(screen(SIGNS), "/speech", "enter", "enter") == ("face",)
    assert press(screen(FEVER), "/sure", "enter") == "unsure"


@pytest.mark.parametrize("words", ["left knee", "knee left", "the left knee", "knne left"])
def test_words_typed_with_spaces_tick_nothing_but_what_they_mean(words: str) -> None:
    assert press(screen(PAIN), "/", words, "enter", "enter") == ("knee_left",)


@pytest.mark.parametrize("words", ["not sure", "unsure"])
def test_words_typed_into_a_choice_are_searched_for(words: str) -> None:
    assert press(screen(FEVER), words, "enter", every=0.2) == "unsure"


def test_searching_takes_letters_that_are_keys_elsewhere() -> None:
    assert press(screen(PAIN), "/ja", "tab", "right hii", "backspace", "tab", "enter") == ("jaw", "hip_right")


def test_a_question_mark_never_leaves_the_question() -> None:
    assert press(screen(SIGNS), "?", "1", "?", "enter") == ("chest",)
    assert press(screen(AGE), "4", "?", "4", "enter") == 44


@pytest.mark.parametrize("question", [SIGNS, AGE], ids=lambda one: one.id)
def test_escape_asks_before_it_stops(question: Question) -> None:
    with pytest.raises(KeyboardInterrupt):
        press(screen(question), "escape", "y")


def test_n_goes_on_where_it_was() -> None:
    assert press(screen(AGE), "4", "escape", "n", "4", "enter") == 44
    assert press(screen(SIGNS), "2", "q", "n", "enter") == ("breath",)


def test_nothing_else_answers_whether_to_stop() -> None:
    assert press(screen(SIGNS), "2", "q", "enter", "1", "space", "n", "enter") == ("breath",)


def test_a_word_that_begins_with_q_and_ends_with_y_does_not_stop() -> None:
    assert press(screen(SIGNS), "2", "quickly", "down", "down", "down", "down", "n", "enter", every=0.2) == ("breath",)


def test_keys_that_came_with_the_answer_before_answer_no_safety_question() -> None:
    with pressed("2", "down", "enter", "y", "enter", "2", "down", "down", "enter") as prompter:
        assert prompter.ask(screen(PRESSURE)) == "firm"
        with pytest.raises(EOFError):
            prompter.ask(screen(FEVER))


def test_keys_that_came_with_the_answer_before_are_kept_for_a_matter_of_taste() -> None:
    with pressed("2", "2") as prompter:
        assert prompter.ask(screen(FEVER)) == "no"
        assert prompter.ask(screen(PRESSURE)) == "firm"


@pytest.mark.parametrize("rest", ["2", "enter"])
def test_the_rest_of_a_number_answers_no_later_question(rest: str) -> None:
    with pressed("1", rest, rest, "down", "enter", times=(0, 0.25, 0.6, 2, 3)) as prompter:
        assert prompter.ask(screen(FEVER)) == "yes"
        assert prompter.ask(screen(PRESSURE)) == "light"


def test_what_was_ticked_before_going_back_is_there_again() -> None:
    with create_pipe_input() as keyboard:
        prompter = TerminalPrompter(keyboard=keyboard, display=DummyOutput())
        with released(prompter):
            keyboard.send_text(f"3{KEYS['back']}")
            assert prompter.ask(screen(SIGNS)) is Turn.BACK
            keyboard.send_text("5")
            keyboard.send_text(KEYS["back"])
            assert prompter.ask(screen(AGE)) is Turn.BACK
            keyboard.send_text(KEYS["enter"])
            assert prompter.ask(screen(SIGNS)) == ("face",)
            keyboard.send_text("0" + KEYS["enter"])
            assert prompter.ask(screen(AGE)) == 50


def test_a_letter_alone_answers_after_a_moment() -> None:
    with create_pipe_input() as keyboard:
        prompter = TerminalPrompter(keyboard=keyboard, display=DummyOutput())
        with released(prompter):
            keyboard.send_text("n")
            assert prompter.ask(screen(FEVER)) == "no"


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


def test_a_paste_far_longer_than_any_answer_is_not_taken_in() -> None:
    assert press(screen(AGE), f"\x1b[200~{'9' * 50_000}\x1b[201~", "44", "enter") == 44


def test_a_paste_into_a_list_is_ignored() -> None:
    assert press(screen(SIGNS), "\x1b[200~1\r2\r\x1b[201~", "0", "enter") == ("none",)


def test_a_window_without_a_console_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoConsoleScreenBufferError(Exception):
        """As prompt_toolkit raises it on Windows."""

    def no_console(*given: object) -> None:
        raise NoConsoleScreenBufferError

    monkeypatch.setattr("nmtchoose.prompts.terminal.create_output", no_console)
    with create_pipe_input() as keyboard, pytest.raises(CannotPromptError, match=r"winpty.*--plain.*P003"):
        TerminalPrompter(keyboard=keyboard).ask(screen(FEVER))


def test_a_menu_returns_the_id_chosen() -> None:
    with pressed("down", "back", "down", "enter") as prompter:
        assert prompter.choose("What now?", (("change", "Change"), ("finish", "Finish"))) == "finish"


def test_a_menu_is_not_answered_by_enter_alone() -> None:
    with pressed("enter", "enter") as prompter, pytest.raises(EOFError):
        prompter.choose("May we keep it?", (("agree", "Yes, keep them"), ("decline", "No, keep nothing")))


def test_the_review_is_not_answered_by_enter_alone() -> None:
    with pressed("enter", "enter") as prompter, pytest.raises(EOFError):
        prompter.review(SHEET)
