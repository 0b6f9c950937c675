"""What keys do to a list, without a terminal."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from prompt_toolkit.data_structures import Size

from nmtchoose.desk.prompter import Screen, Sheet, Told, Turn
from nmtchoose.model.questionnaire import Option, Question
from nmtchoose.prompts.keys import AT_ONCE, pressed, settled
from nmtchoose.prompts.listing import Listing, answered, menu, opened, picked, review, turned
from nmtchoose.prompts.rows import ROW_KEYS
from nmtchoose.prompts.terminal_layout import Around, joined, laid_out
from nmtchoose.prompts.wording import DROPPED, SHOW_RESULT
from tests.prompts.clinic import FEVER, PAIN, PREGNANT, PRESSURE, SIGNS, screen
from tests.prompts.practised import LOOK
from tests.prompts.screen import words

SHEET = Sheet(
    (
        Told("fever", "Right now", "Do you have a fever today?", "No"),
        Told("age", "About you", "How old are you?", "44 years"),
    ),
    dropped=("For how long has it hurt?",),
)
TWELVE = replace(
    SIGNS,
    options=tuple(Option(f"sign{number}", f"Sign of kind {letter}") for number, letter in enumerate("stuvwzSTUVWZ", 1)),
)
"""A list in which some keys are letters, and no word begins with a key."""


def read(shown: Screen) -> Listing:
    """The list for `shown`, when all of it has been on the screen."""
    listing = opened(shown)
    return replace(listing, past=len(listing.scrolled), read=len(listing.scrolled))


def labels(listing: Listing) -> list[str]:
    return [row.label for row in listing.visible]


def press(listing: Listing, *keys: str, every: float = 2 * AT_ONCE) -> Listing:
    """Press keys one after another, so many seconds apart."""
    for number, key in enumerate(keys):
        listing = pressed(listing, key, number * every)
    return listing


def type_in(listing: Listing, text: str) -> Listing:
    """Type words as people do."""
    return press(listing, *text, every=0.2)


def pointed(listing: Listing) -> str:
    return listing.pointed.label if listing.pointed else ""


def test_special_answers_stand_under_the_options_and_stay_in_view() -> None:
    listing = opened(screen(FEVER))
    assert labels(listing) == ["Yes", "No", "Not sure"]
    assert [row.label for row in listing.pinned] == ["Not sure"]


@pytest.mark.parametrize("question", [FEVER, PRESSURE, SIGNS, PAIN], ids=lambda one: one.id)
def test_a_list_begins_on_no_row_and_enter_answers_nothing(question: Question) -> None:
    listing = read(screen(question))
    assert listing.pointed is None
    refused = answered(listing, screen(question))
    assert isinstance(refused, Listing)
    assert refused.message


def test_a_menu_begins_on_no_row_and_enter_chooses_nothing() -> None:
    refused = picked(menu((("agree", "Yes, keep them"), ("decline", "No, keep nothing"))))
    assert isinstance(refused, Listing)
    assert "choose an answer first" in refused.message


def test_a_choice_that_was_answered_begins_on_its_answer() -> None:
    shown = screen(FEVER, current="unsure")
    assert pointed(opened(shown)) == "Not sure"
    assert answered(opened(shown), shown) == "unsure"


def test_an_answer_that_is_offered_no_more_is_not_preselected() -> None:
    only_no = tuple(option for option in FEVER.options if option.id == "no")
    assert opened(screen(FEVER, options=only_no, current="yes")).pointed is None


@pytest.mark.parametrize("key", ["0", "u"])
def test_a_special_answer_never_takes_a_tick_away(key: str) -> None:
    refused = press(read(screen(SIGNS)), "1", "2", key)
    assert refused.ticked == {"chest", "breath"}
    assert "stands alone. Untick the rest first, or press x to untick all." in refused.message


@pytest.mark.parametrize("key", ["3", "0"])
def test_nothing_takes_a_special_answer_away_but_its_own_key(key: str) -> None:
    refused = press(read(screen(SIGNS)), "u", key)
    assert refused.ticked == {"unsure"}
    assert "'Not sure' is ticked and stands alone: untick it first (u)." in refused.message
    assert press(refused, "u", "3").ticked == {"face"}


@pytest.mark.parametrize("key", ["1", "u", " "])
def test_a_key_that_trembles_is_one_key(key: str) -> None:
    once = press(read(screen(SIGNS)), "down", key)
    assert press(read(screen(SIGNS)), "down", *[key] * 2, every=0.1).ticked == once.ticked
    assert once.ticked
    assert not press(read(screen(SIGNS)), "down", key, key).ticked


def test_x_unticks_all() -> None:
    assert press(read(screen(SIGNS)), "1", "2", "x").ticked == frozenset()


def test_space_unticks_what_is_ticked() -> None:
    assert press(read(screen(SIGNS)), "1", " ").ticked == frozenset()


def test_space_without_a_pointer_ticks_nothing() -> None:
    refused = press(read(screen(SIGNS)), " ")
    assert not refused.ticked
    assert refused.message


def test_enter_on_an_untouched_list_is_refused_and_names_the_explicit_answer() -> None:
    refused = answered(read(screen(SIGNS)), screen(SIGNS))
    assert isinstance(refused, Listing)
    assert "None of these" in refused.message


def test_the_refusal_goes_when_something_is_done() -> None:
    refused = answered(read(screen(SIGNS)), screen(SIGNS))
    assert isinstance(refused, Listing)
    assert refused.moved(1).message == ""
    assert press(refused, "1").message == ""


def test_none_is_an_answer_of_its_own() -> None:
    assert answered(press(read(screen(SIGNS)), "0"), screen(SIGNS)) == ("none",)


def test_none_counts_only_after_the_whole_list_was_in_sight() -> None:
    half = replace(opened(screen(SIGNS)), past=3, read=3)
    shown = press(half, "0")
    assert not shown.ticked
    assert "3 lines were out of sight" in shown.message
    assert shown.top == 3
    assert press(replace(shown, past=7, read=7, letter=None), "0").ticked == {"none"}


def test_a_list_answer_comes_in_the_order_of_the_questionnaire() -> None:
    assert answered(press(read(screen(SIGNS)), "3", "1"), screen(SIGNS)) == ("chest", "face")


def test_a_list_shows_what_was_ticked_before() -> None:
    listing = opened(screen(SIGNS, current=("breath", "face")))
    assert listing.ticked == {"breath", "face"}
    assert listing.pointed
    assert listing.pointed.value == "breath"


def test_what_was_ticked_when_a_question_was_left_is_there_again() -> None:
    listing = opened(screen(SIGNS), frozenset(("breath",)))
    assert listing.ticked == {"breath"}


def test_the_pointer_skips_headings_and_comes_round() -> None:
    listing = read(screen(SIGNS))
    assert pointed(press(listing, "down", "down", "down")).startswith("One side of the face")
    assert pointed(press(listing, "up")) == "Not sure"
    assert pointed(press(listing, "up", "down")).startswith("Chest pain")


def test_end_is_the_last_answer() -> None:
    assert pointed(press(read(screen(SIGNS)), "end")) == "Not sure"
    assert pointed(press(read(screen(SIGNS)), "end", "home")).startswith("Chest pain")


def test_j_and_k_move_as_often_as_they_are_pressed() -> None:
    assert press(read(screen(SIGNS)), "j", "j", "k", every=0.1).at == press(read(screen(SIGNS)), "down").at


def test_page_down_goes_to_the_first_row_that_was_hidden() -> None:
    listing = replace(opened(screen(SIGNS)), top=0, past=3)
    assert pointed(press(listing, "pagedown")).startswith("One side of the face")


@pytest.mark.parametrize("key", ["9", "7"])
def test_a_digit_without_a_row_says_so(key: str) -> None:
    listing = press(read(screen(SIGNS)), key)
    assert not listing.ticked
    assert f"No line has the key {key}." in listing.message


def test_not_sure_and_declined_have_the_same_key_in_every_list() -> None:
    assert {row.value: row.key for row in opened(screen(PREGNANT)).pinned} == {"unsure": "u", "declined": "d"}


def test_every_row_has_one_key_of_its_own() -> None:
    keys = [row.key for row in opened(screen(TWELVE)).rows]
    assert keys == [*ROW_KEYS[:12], "0", "u"]
    assert all(len(key) == 1 for key in keys)


@pytest.mark.parametrize("digits", ["10", "12", "31", "150"])
def test_a_number_typed_into_a_list_of_many_lines_ticks_nothing(digits: str) -> None:
    listing = press(read(screen(TWELVE)), *digits, every=0.1)
    assert not listing.ticked
    assert "One key at a time, please." in listing.message


def test_a_number_typed_into_a_choice_between_numbers_answers_nothing() -> None:
    low, high = Option("low", "Under 140/90"), Option("high", "140 to 159")
    listing = press(read(screen(FEVER, options=(low, high))), *"150", every=0.1)
    assert not settled(listing, 100).chosen
    assert settled(press(read(screen(FEVER, options=(low, high))), "2"), AT_ONCE).chosen


@pytest.mark.parametrize(
    ("rows", "digits", "told"),
    [
        (12, "10", "Row 10 is b"),
        (12, "44", "The keys are 1 to 9, then b to e"),
        (10, "44", "The keys are 1 to 9, then b"),
    ],
)
def test_the_one_key_of_a_row_is_said_where_its_number_is_typed(rows: int, digits: str, told: str) -> None:
    shown = screen(TWELVE, options=TWELVE.options[:rows])
    assert press(read(shown), *digits, every=0.1).message == f"{told}. One key at a time, please."


def test_rows_have_letters_where_a_line_begins_with_the_digit_of_another() -> None:
    ago = screen(FEVER, options=(Option("now", "In the last 24 hours"), Option("week", "1 to 7 days ago")))
    assert [row.key for row in opened(ago).rows] == ["b", "c", "u"]
    assert press(read(ago), "1").message == "No line has the key 1."


def test_two_digits_with_a_pause_are_two_ticks() -> None:
    assert len(press(read(screen(TWELVE)), "1", "2").ticked) == 2


def test_a_letter_ticks_and_is_taken_back_when_a_word_follows() -> None:
    assert press(read(screen(TWELVE)), "b").ticked == {"sign10"}
    word = type_in(read(screen(TWELVE)), "be")
    assert word.sought == "be"
    assert not word.ticked


def test_a_word_takes_no_earlier_tick_along() -> None:
    assert type_in(press(read(screen(TWELVE)), "1"), "xyzzy").ticked == {"sign1"}


def test_quit_answers_nothing_and_asks_first() -> None:
    listing = type_in(press(read(screen(SIGNS)), "1"), "q")
    assert listing.leaving
    assert listing.ticked == {"chest"}


def test_escape_asks_before_leaving() -> None:
    assert press(read(screen(SIGNS)), "escape").leaving


def test_a_digit_answers_a_single_choice_at_once() -> None:
    listing = press(read(screen(FEVER)), "2")
    assert listing.chosen
    assert answered(listing, screen(FEVER)) == "no"


@pytest.mark.parametrize(("key", "answer"), [("y", "yes"), ("n", "no"), ("u", "unsure")])
def test_a_letter_answers_a_single_choice_when_no_word_follows(key: str, answer: str) -> None:
    listing = press(read(screen(FEVER)), key)
    assert not settled(listing, AT_ONCE / 2).chosen
    assert settled(listing, AT_ONCE).chosen
    assert answered(listing, screen(FEVER)) == answer


def test_not_sure_in_words_is_no_no() -> None:
    listing = type_in(read(screen(FEVER)), "not sure")
    assert not settled(listing, 100).chosen
    assert answered(listing, screen(FEVER)) == "unsure"


def test_n_is_no_key_where_two_answers_say_no() -> None:
    two = (Option("no", "No, never"), Option("no_more", "No, not any more"), Option("yes", "Yes"))
    listing = press(read(screen(FEVER, options=two)), "n")
    assert listing.sought == "n"


def test_the_review_waits_for_a_yes() -> None:
    assert isinstance(turned(review(SHEET)), Listing)
    assert turned(settled(press(review(SHEET), "y"), AT_ONCE)) is Turn.ON


def test_the_review_is_searched_by_question_and_by_answer() -> None:
    assert turned(type_in(review(SHEET), "fever")) == "fever"
    assert turned(type_in(review(SHEET), "44")) == "age"


def test_the_review_ends_with_what_was_left_out_and_the_way_on() -> None:
    assert labels(review(SHEET))[-3:] == [DROPPED, "For how long has it hurt?", SHOW_RESULT]


def test_the_pointer_never_stands_on_what_was_left_out() -> None:
    stops = [pointed(press(review(SHEET), *["down"] * step)) for step in range(1, 4)]
    assert stops[-1] == SHOW_RESULT


def test_typing_searches_a_long_list() -> None:
    assert labels(type_in(opened(screen(PAIN)), "/knee")) == ["Knee (left)", "Knee (right)"]


@pytest.mark.parametrize(("sought", "found"), [("lowerb", "Lower back"), ("rightkn", "Knee (right)"), ("NAPE", "Neck")])
def test_a_search_knows_synonyms_and_minds_neither_blanks_nor_case(sought: str, found: str) -> None:
    assert pointed(type_in(opened(screen(PAIN)), f"/{sought}")) == found


def test_where_two_fit_as_well_none_is_taken() -> None:
    listing = type_in(opened(screen(PAIN)), "/knee")
    assert listing.pointed is None
    refused = answered(listing, screen(PAIN))
    assert isinstance(refused, Listing)
    assert not refused.ticked
    assert "Several lines fit 'knee'" in refused.message
    assert press(listing, "down", "tab").ticked == {"knee_left"}


def test_the_key_that_finds_begins_anew_once_a_search_was_refused() -> None:
    refused = answered(type_in(opened(screen(PAIN)), "/knee"), screen(PAIN))
    assert isinstance(refused, Listing)
    assert type_in(refused, "/neck").sought == "neck"
    assert type_in(opened(screen(PAIN)), "/left/right").sought == "left/right"


def test_what_fits_nothing_is_said_and_ticks_nothing() -> None:
    listing = type_in(opened(screen(PAIN)), "/xylophone")
    assert "Nothing here fits 'xylophone'" in listing.message
    assert listing.taken().ticked == frozenset()
    refused = answered(listing, screen(PAIN))
    assert isinstance(refused, Listing)
    assert refused.ticked == frozenset()


def test_space_is_a_letter_while_something_is_sought() -> None:
    listing = type_in(opened(screen(PAIN)), "/left knee ")
    assert listing.ticked == frozenset()
    assert pointed(listing) == "Knee (left)"


def test_tab_ticks_what_was_found_and_leaves_the_field_open() -> None:
    listing = press(type_in(opened(screen(PAIN)), "/jaw"), "tab")
    listing = press(type_in(listing, "nape"), "tab")
    assert listing.sought == ""
    assert answered(listing, screen(PAIN)) == ("jaw", "neck")


def test_enter_ticks_what_was_found_and_closes_the_field() -> None:
    found = answered(type_in(opened(screen(PAIN)), "/nape"), screen(PAIN))
    assert isinstance(found, Listing)
    assert found.sought is None
    assert answered(found, screen(PAIN)) == ("neck",)


def test_escape_closes_the_field_and_ticks_nothing() -> None:
    listing = press(type_in(opened(screen(PAIN)), "/nape"), "escape")
    assert listing.sought is None
    assert not listing.leaving
    assert not listing.ticked


def test_enter_where_nothing_is_found_says_the_ways_out() -> None:
    refused = answered(type_in(read(screen(PAIN)), "xyzzy"), screen(PAIN))
    assert isinstance(refused, Listing)
    assert refused.message == "Nothing here fits 'xyzzy': press Backspace, or Esc for the whole list."


def test_both_knees_are_two() -> None:
    assert press(type_in(opened(screen(PAIN)), "/both knees"), "tab").ticked == {"knee_left", "knee_right"}


def test_zero_is_none_of_these_in_every_list() -> None:
    assert press(read(screen(SIGNS)), "0").ticked == {"none"}
    assert press(read(screen(PAIN)), "0").ticked == {"none"}


def test_a_search_finds_special_answers_too() -> None:
    assert pointed(type_in(opened(screen(PAIN)), "/none")) == "None of these"


def test_erasing_widens_a_search_and_then_closes_it() -> None:
    listing = press(type_in(opened(screen(PAIN)), "/kn"), "backspace", "backspace")
    assert listing.visible == listing.rows
    assert press(listing, "backspace").sought is None


def test_the_pointer_stays_on_its_row_when_a_search_ends() -> None:
    assert pointed(press(type_in(opened(screen(PAIN)), "/nape"), "escape")) == "Neck"


def test_a_site_says_its_side() -> None:
    assert "Knee (left)" in labels(opened(screen(PAIN)))


def test_a_side_that_the_label_says_is_not_said_twice() -> None:
    told = tuple(
        replace(option, label=f"{(option.side or '').title()} {option.label}".strip()) for option in PAIN.options
    )
    assert "Left Knee" in labels(opened(screen(PAIN, options=told)))


def test_the_review_tells_every_question_whole() -> None:
    asked = "Has a midwife or doctor said that this pregnancy needs extra care?"
    sheet = Sheet((Told("care", "About you", asked, "Yes"),))
    _, lines = laid_out(review(sheet), Around((), ()), LOOK, Size(rows=20, columns=40))
    assert f"{asked} → Yes" in words("".join(fragment[1] for fragment in joined(lines)))
