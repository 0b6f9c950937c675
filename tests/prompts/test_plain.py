"""Plain lines: what is written, and what typed lines mean."""

from __future__ import annotations

from io import StringIO

import pytest

from nmtchoose.desk.prompter import Screen, Turn, Typed, Voice
from nmtchoose.model.answers import Answer
from nmtchoose.prompts.plain import PlainPrompter
from tests.prompts.clinic import AGE, FEVER, NOTES, NUMBERS, PAIN, PREGNANT, SIGNS, WEEKS, lines_screen, screen
from tests.prompts.test_listing import SHEET


def talk(shown: Screen, *lines: str) -> tuple[Answer | Typed | Turn, str]:
    """Return the reply to `shown` when `lines` are typed, and everything that was written."""
    display = StringIO()
    reply = PlainPrompter(keyboard=StringIO("".join(f"{line}\n" for line in lines)), display=display).ask(shown)
    return reply, display.getvalue()


def reply_to(shown: Screen, *lines: str) -> Answer | Typed | Turn:
    return talk(shown, *lines)[0]


def test_options_are_numbered_across_headings() -> None:
    _, written = talk(screen(SIGNS), "none")
    assert "Brain and nerves:\n3. One side of the face" in written
    assert "0. None of these\n6. Not sure\n" in written


def test_the_invitation_says_which_keys_work() -> None:
    assert "Choose 1-3, b for back, ? for help:" in talk(screen(FEVER), "1")[1]
    assert "Choose 1-3, ? for help:" in talk(screen(FEVER, can_go_back=False), "1")[1]


@pytest.mark.parametrize("typed", ["2", "2.", "no", "No", "n", " NO "])
def test_a_choice_is_taken_by_number_or_words(typed: str) -> None:
    assert reply_to(screen(FEVER), typed) == "no"


@pytest.mark.parametrize("typed", ["1 3", "1,3", "3, 1", "1 and 3", "chest, droops", "1, droops"])
def test_a_list_takes_several_numbers_or_words(typed: str) -> None:
    assert reply_to(screen(SIGNS), typed) == ("chest", "face")


def test_a_whole_label_with_commas_is_one_option() -> None:
    assert reply_to(screen(SIGNS), "One side of the face droops, or speech is slurred") == ("face",)


@pytest.mark.parametrize("typed", ["none", "0", "None of these", "none of these."])
def test_none_of_these_can_be_typed(typed: str) -> None:
    assert reply_to(screen(SIGNS), typed) == ("none",)


def test_synonyms_name_a_site() -> None:
    assert reply_to(screen(PAIN), "nape, kneecap, TMJ", "nape, TMJ") == ("jaw", "neck")


def test_words_that_fit_several_rows_are_asked_again_with_their_numbers() -> None:
    reply, written = talk(screen(PAIN), "knee", "16")
    assert "15 Knee (left); 16 Knee (right)" in written
    assert reply == ("knee_right",)


@pytest.mark.parametrize("typed", ["", "9", "7", "maybe", "1 0", "!"])
def test_a_line_that_is_no_answer_is_asked_again(typed: str) -> None:
    reply, written = talk(screen(SIGNS), typed, "2")
    assert reply == ("breath",)
    assert written.count("Choose one or more of 0-6") == 2


def test_an_empty_line_is_never_an_answer_to_a_choice() -> None:
    reply, written = talk(screen(FEVER), "", ",", "2")
    assert reply == "no"
    assert written.count("Please type a number from 1 to 3.") == 2


def test_an_empty_line_keeps_the_answer_given_before() -> None:
    reply, written = talk(screen(FEVER, current="no"), "")
    assert reply == "no"
    assert "Current answer: No. Press Enter to keep it." in written


def test_what_was_understood_is_said() -> None:
    assert "You chose: Jaw; Knee (left)." in talk(screen(PAIN), "jaw, 15")[1]


def test_a_private_answer_is_not_repeated() -> None:
    _, written = talk(screen(PREGNANT, current="yes"), "2")
    after_the_list = written.split("4. Prefer not to say")[1]
    assert "Yes" not in after_the_list
    assert "No." not in after_the_list


def test_b_goes_back() -> None:
    assert reply_to(screen(FEVER), "b") is Turn.BACK
    assert reply_to(screen(AGE), "b") is Turn.BACK


def test_b_is_no_way_back_from_the_first_question() -> None:
    reply, written = talk(screen(FEVER, can_go_back=False), "b", "1")
    assert reply == "yes"
    assert "fits none" in written


def test_back_is_a_word_like_any_other_in_free_text() -> None:
    assert reply_to(screen(NOTES), "back") == "back"


def test_a_question_mark_tells_why_and_asks_again() -> None:
    reply, written = talk(screen(FEVER), "?", "2")
    assert "Why we ask: With a fever, rest comes first." in written
    assert reply == "no"


@pytest.mark.parametrize(("typed", "weeks"), [("6w", 6), ("3 days", 0), ("5 months", 21), ("1 year", 52)])
def test_a_length_of_time_is_taken_as_it_was_typed(typed: str, weeks: int) -> None:
    assert reply_to(screen(WEEKS), typed) == Typed(weeks, "6 weeks" if typed == "6w" else typed)


def test_a_number_alone_is_no_length_of_time() -> None:
    reply, written = talk(screen(WEEKS), "6", "6 months")
    assert "6 days, 6 weeks, 6 months or 6 years?" in written
    assert reply == Typed(26, "6 months")


def test_a_number_out_of_range_is_asked_again() -> None:
    reply, written = talk(screen(AGE), "5", "ten", "44")
    assert reply == 44
    assert "The number is not between 16 and 120 years." in written


@pytest.mark.parametrize("typed", ["d", "declined", "prefer not to say"])
def test_a_number_can_be_declined(typed: str) -> None:
    assert reply_to(screen(AGE), typed) == "declined"


def test_free_text_may_stay_empty_and_loses_control_characters() -> None:
    assert reply_to(screen(NOTES), "") == ""
    assert reply_to(screen(NOTES), "\x1b[31mred\x07 \u202eflag") == "[31mred flag"


def test_free_text_can_be_taken_back() -> None:
    assert reply_to(screen(NOTES, current="old words"), "") == "old words"
    assert reply_to(screen(NOTES, current="old words"), "-") == ""


def test_staff_read_their_own_words_and_hints() -> None:
    _, written = talk(screen(SIGNS, voice=Voice.STAFF), "2")
    assert "happening to the client now" in written
    assert "Read every line aloud." in written


def test_the_hint_is_said_once() -> None:
    display = StringIO()
    prompter = PlainPrompter(keyboard=StringIO("1\n44\n"), display=display)
    prompter.ask(screen(FEVER))
    prompter.ask(screen(AGE))
    assert display.getvalue().count("press Enter.") == 1


def test_a_menu_takes_a_number_or_words() -> None:
    choices = (("change", "Change an answer"), ("finish", "Finish"))
    display = StringIO()
    assert PlainPrompter(keyboard=StringIO("3\nfin\n"), display=display).choose("What now?", choices) == "finish"
    assert "There is no 3." in display.getvalue()


@pytest.mark.parametrize(
    ("typed", "reply"),
    [("y", Turn.ON), ("\nyes", Turn.ON), ("b", Turn.BACK), ("2", "age"), ("old", "age"), ("9\n1", "fever")],
)
def test_the_review_takes_a_yes_a_number_or_back(typed: str, reply: str | Turn) -> None:
    display = StringIO()
    assert PlainPrompter(keyboard=StringIO(f"{typed}\n"), display=display).review(SHEET) == reply
    assert "About you:\n2. How old are you? 44 years.\n" in display.getvalue()
    assert "Left out, because it is no longer asked:\nFor how long has it hurt?\n" in display.getvalue()


def test_a_pause_waits_for_enter() -> None:
    with pytest.raises(EOFError):
        PlainPrompter(keyboard=StringIO(), display=StringIO()).pause("Turn the screen.")
    PlainPrompter(keyboard=StringIO("\n"), display=StringIO()).pause("Turn the screen.")


def test_a_number_question_numbers_none_of_its_special_answers() -> None:
    _, written = talk(screen(AGE), "44")
    assert "1. Prefer" not in written
    assert 'd for "Prefer not to say"' in written


def test_the_end_of_input_is_raised() -> None:
    with pytest.raises(EOFError):
        reply_to(screen(FEVER))


def talk_lines(shown: Screen, *lines: str) -> tuple[tuple[Answer, ...] | Turn, str]:
    display = StringIO()
    prompter = PlainPrompter(keyboard=StringIO("".join(f"{line}\n" for line in lines)), display=display)
    return prompter.ask_lines(shown), display.getvalue()


def test_lines_are_asked_one_after_the_other_below_one_question() -> None:
    reply, text = talk_lines(lines_screen(), "n", "y", "?")
    assert reply == ("no", "yes", "unsure")
    assert text.count("In the last 24 hours, did you have any of this?") == 1
    assert "2 of 3. You fainted (y, n or ?):" in text


@pytest.mark.parametrize("words", [("no", "YES", "not sure"), ("n", "y.", "u")])
def test_a_line_takes_the_words_of_its_answers(words: tuple[str, ...]) -> None:
    assert talk_lines(lines_screen(), *words)[0] == ("no", "yes", "unsure")


def test_what_is_no_answer_to_a_line_is_asked_again() -> None:
    reply, text = talk_lines(lines_screen(), "", "1", "n", "n", "n")
    assert reply == ("no", "no", "no")
    assert text.count("Please type y, n or ?.") == 2


def test_b_goes_back_by_a_line_and_from_the_first_to_the_question_before() -> None:
    assert talk_lines(lines_screen(), "n", "b", "y", "n", "n")[0] == ("yes", "no", "no")
    assert talk_lines(lines_screen(), "b")[0] is Turn.BACK


def test_only_lines_without_an_answer_are_asked() -> None:
    assert talk_lines(lines_screen(chest="no", numb="no"), "y")[0] == ("no", "yes", "no")


def test_h_explains_a_line() -> None:
    assert "Even for a moment." in talk_lines(lines_screen(chest="no"), "h", "n", "n")[1]


def test_numbers_are_lines_too() -> None:
    assert talk_lines(lines_screen(NUMBERS), "4", "11", "10")[0] == (4, 10)
