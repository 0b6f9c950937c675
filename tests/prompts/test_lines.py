"""Several lines on one screen: what keys do to them, and what Enter gives."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from nmtchoose.desk.prompter import Screen
from nmtchoose.model.answers import Answer
from nmtchoose.prompts.keys import answered_lines, opened_lines, pressed_on_line
from nmtchoose.prompts.listing import Listing
from tests.prompts.clinic import LINES, NUMBERS, lines_screen

SHOWN = lines_screen()
SLOWLY, TYPING = 2.0, 0.3


def press(
    *keys: str, every: float = SLOWLY, shown: Screen = SHOWN, left: Mapping[str, Answer] | None = None
) -> Listing:
    listing = opened_lines(shown, left or {})
    for number, key in enumerate(keys):
        if key == "enter":
            left_open = answered_lines(listing, shown)
            assert isinstance(left_open, Listing)
            listing = left_open
        else:
            listing = pressed_on_line(listing, key, number * every)
    return listing


def said(listing: Listing) -> dict[str, Answer]:
    return {one.split(".")[-1].removeprefix("pain_"): answer for one, answer in (listing.said or {}).items()}


def pointed(listing: Listing) -> str:
    return listing.pointed.label if listing.pointed else ""


def test_nothing_is_answered_before_a_key_is_pressed() -> None:
    assert said(press()) == {}
    assert pointed(press()) == "Chest pain"


def test_a_key_answers_the_line_and_the_pointer_goes_on() -> None:
    listing = press("n", "y", "?")
    assert said(listing) == {"chest": "no", "faint": "yes", "numb": "unsure"}
    assert pointed(press("n")) == "You fainted"


def test_the_pointer_stays_on_the_last_line() -> None:
    assert pointed(press("n", "n", "n")) == "One side went numb"


def test_an_answer_can_be_changed() -> None:
    assert said(press("y", "up", "n")) == {"chest": "no"}
    assert said(press("n", "n", "home", "y")) == {"chest": "yes", "faint": "no"}


def test_quick_answers_all_count() -> None:
    assert said(press("n", "n", "n", every=TYPING)) == {"chest": "no", "faint": "no", "numb": "no"}


def test_a_key_that_trembles_answers_once() -> None:
    assert said(press("n", "n", every=0.05)) == {"chest": "no"}


@pytest.mark.parametrize("word", ["yes", "no", "not sure", "unsure"])
def test_an_answer_may_be_typed_in_full(word: str) -> None:
    meant = {"yes": "yes", "no": "no"}.get(word, "unsure")
    assert said(press(*word, every=TYPING)) == {"chest": meant}


def test_words_of_a_line_are_searched_for_and_answer_nothing() -> None:
    listing = press(*"numb", every=TYPING)
    assert said(listing) == {}
    assert listing.sought == "numb"
    assert pointed(listing) == "One side went numb"


@pytest.mark.parametrize("word", ["under the ribs", "nodes", "none", "usually"])
def test_a_word_that_begins_like_an_answer_answers_nothing(word: str) -> None:
    private = [replace(one, private=True, specials=("unsure", "declined")) for one in LINES]
    assert said(press(*word, every=TYPING, shown=lines_screen(private))) == {}


def test_what_is_found_is_pointed_at_and_answered_by_its_own_key() -> None:
    found = answered_lines(press(*"/angina"), SHOWN)
    assert isinstance(found, Listing)
    assert pointed(found) == "Chest pain"
    assert said(pressed_on_line(found, "y", 100)) == {"chest": "yes"}


@pytest.mark.parametrize("key", ["1", " ", "0", "x", "tab", "left", "w", "/", "h"])
def test_a_wrong_key_records_nothing(key: str) -> None:
    assert said(press(key)) == {}


def test_leaving_the_search_comes_back_to_a_line() -> None:
    assert pointed(press("y", "/", "q", "q", "escape")) == "You fainted"


def test_enter_goes_on_only_when_every_line_has_an_answer() -> None:
    refused = answered_lines(press("n", "down", "y"), SHOWN)
    assert isinstance(refused, Listing)
    assert pointed(refused) == "You fainted"
    assert refused.message == "Please answer this line too: y, n or ?."
    assert answered_lines(press("n", "y", "?"), SHOWN) == ("no", "yes", "unsure")


def test_enter_says_how_many_lines_are_left() -> None:
    for keys, told in ((), "3 lines"), (("n",), "the 2 lines left"):
        refused = answered_lines(press(*keys), SHOWN)
        assert isinstance(refused, Listing)
        assert refused.message == f"Please answer {told}: y, n or ?."


def test_answers_given_before_are_there_again() -> None:
    shown = lines_screen(chest="no", faint="yes")
    assert said(press(shown=shown)) == {"chest": "no", "faint": "yes"}
    assert pointed(press(shown=shown)) == "One side went numb"


def test_what_was_said_before_going_back_is_kept() -> None:
    assert said(press(left={LINES[0].id: "yes"})) == {"chest": "yes"}


def test_a_private_line_can_be_declined() -> None:
    private = [replace(one, private=True, specials=("unsure", "declined")) for one in LINES]
    assert said(press("d", shown=lines_screen(private))) == {"chest": "declined"}


def test_a_number_answers_its_line() -> None:
    assert said(press("4", "7", shown=lines_screen(NUMBERS))) == {"now": 4, "worst": 7}


def test_ten_is_one_number() -> None:
    assert said(press("1", "0", "7", every=TYPING, shown=lines_screen(NUMBERS))) == {"now": 10, "worst": 7}
    assert said(press("1", "0", "7", shown=lines_screen(NUMBERS))) == {"now": 10, "worst": 7}


def test_one_waits_until_somebody_goes_on() -> None:
    assert pointed(press("1", shown=lines_screen(NUMBERS))) == "Right now"
    for key in ("down", "enter"):
        assert said(press("1", key, "0", shown=lines_screen(NUMBERS))) == {"now": 1, "worst": 0}


def test_another_number_at_once_is_for_the_next_line_and_later_corrects_this_one() -> None:
    assert said(press("1", "4", every=TYPING, shown=lines_screen(NUMBERS))) == {"now": 1, "worst": 4}
    assert said(press("1", "4", shown=lines_screen(NUMBERS))) == {"now": 4}


def test_the_same_number_twice_answers_two_lines() -> None:
    assert said(press("4", "4", every=TYPING, shown=lines_screen(NUMBERS))) == {"now": 4, "worst": 4}


def test_arrows_move_along_the_numbers() -> None:
    assert said(press("4", "up", "right", "right", "left", shown=lines_screen(NUMBERS))) == {"now": 5}
    assert said(press("left", "right", shown=lines_screen(NUMBERS))) == {"now": 10}
