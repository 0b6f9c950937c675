"""What keys do to a list, without a terminal."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from nmtchoose.desk.prompter import Sheet, Told, Turn
from nmtchoose.model.questionnaire import Question
from nmtchoose.prompts.listing import Listing, answered, menu, opened, review, turned
from nmtchoose.prompts.rows import GO_BACK, NOT_YET, Role
from nmtchoose.prompts.wording import DROPPED, SHOW_RESULT
from tests.prompts.clinic import FEVER, PAIN, PREGNANT, PRESSURE, SIGNS, screen

SHEET = Sheet(
    (
        Told("fever", "Right now", "Do you have a fever today?", "No"),
        Told("age", "About you", "How old are you?", "44 years"),
    ),
    dropped=("For how long has it hurt?",),
)


def labels(listing: Listing) -> list[str]:
    return [row.label for row in listing.visible]


def type_in(listing: Listing, text: str) -> Listing:
    for char in text:
        listing = listing.typed(char)
    return listing


def test_special_answers_and_the_way_back_stand_under_the_options() -> None:
    assert labels(opened(screen(FEVER)))[1:] == ["Yes", "No", "Not sure", GO_BACK]


def test_the_first_question_offers_no_way_back() -> None:
    assert GO_BACK not in labels(opened(screen(FEVER, can_go_back=False)))


def test_a_safety_choice_begins_on_a_row_that_is_no_answer() -> None:
    listing = opened(screen(FEVER))
    assert listing.pointed.label == NOT_YET
    refused = answered(listing, screen(FEVER))
    assert isinstance(refused, Listing)
    assert "choose an answer first" in refused.message


def test_a_safety_choice_that_was_answered_begins_on_its_answer() -> None:
    shown = screen(FEVER, current="unsure")
    assert opened(shown).pointed.label == "Not sure"
    assert NOT_YET not in labels(opened(shown))
    assert answered(opened(shown), shown) == "unsure"


def test_an_answer_that_is_offered_no_more_is_not_preselected() -> None:
    only_no = tuple(option for option in FEVER.options if option.id == "no")
    assert opened(screen(FEVER, options=only_no, current="yes")).pointed.label == NOT_YET


def test_a_choice_of_taste_begins_on_its_first_option() -> None:
    assert opened(screen(PRESSURE)).pointed.label == "Light"


@pytest.mark.parametrize("key", ["0", "u"])
def test_a_special_answer_never_takes_a_tick_away(key: str) -> None:
    refused = opened(screen(SIGNS)).picked("1").picked("2").picked(key)
    assert refused.ticked == {"chest", "breath"}
    assert "Untick the other lines first" in refused.message


def test_an_option_clears_a_special_answer() -> None:
    assert opened(screen(SIGNS)).picked("u").picked("3").ticked == {"face"}


def test_two_special_answers_never_stand_together() -> None:
    assert opened(screen(SIGNS)).picked("0").picked("u").ticked == {"unsure"}


def test_space_unticks_what_is_ticked() -> None:
    assert opened(screen(SIGNS)).picked("1").toggled().ticked == frozenset()


def test_enter_on_an_untouched_list_is_refused_and_names_the_explicit_answer() -> None:
    refused = answered(opened(screen(SIGNS)), screen(SIGNS))
    assert isinstance(refused, Listing)
    assert "None of these" in refused.message


def test_the_refusal_goes_when_something_is_done() -> None:
    refused = answered(opened(screen(SIGNS)), screen(SIGNS))
    assert isinstance(refused, Listing)
    assert refused.moved(1).message == ""
    assert refused.toggled().message == ""


def test_none_is_an_answer_of_its_own() -> None:
    assert answered(opened(screen(SIGNS)).picked("0"), screen(SIGNS)) == ("none",)


def test_a_list_answer_comes_in_the_order_of_the_questionnaire() -> None:
    assert answered(opened(screen(SIGNS)).picked("3").picked("1"), screen(SIGNS)) == ("chest", "face")


def test_a_list_shows_what_was_ticked_before() -> None:
    listing = opened(screen(SIGNS, current=("breath", "face")))
    assert listing.ticked == {"breath", "face"}
    assert listing.pointed.value == "breath"


def test_enter_on_the_way_back_goes_back_whatever_is_ticked() -> None:
    listing = opened(screen(SIGNS)).picked("1").moved(1000)
    assert listing.pointed.role is Role.BACK
    assert answered(listing, screen(SIGNS)) is Turn.BACK


def test_the_pointer_skips_headings_and_comes_round() -> None:
    listing = opened(screen(SIGNS))
    assert listing.moved(1).moved(1).pointed.value == "face"
    assert listing.moved(-1).pointed.label == GO_BACK
    assert listing.moved(-1).moved(1).pointed.value == "chest"


def test_the_place_counts_rows_that_can_be_chosen() -> None:
    assert opened(screen(SIGNS)).moved(2).place == (3, 8)


@pytest.mark.parametrize("key", ["a", "i", "9", "6", "d"])
def test_keys_without_a_row_do_nothing(key: str) -> None:
    listing = opened(screen(SIGNS))
    assert listing.typed(key) == listing


@pytest.mark.parametrize(("question", "key", "answer"), [(FEVER, "u", "unsure"), (PREGNANT, "d", "declined")])
def test_not_sure_and_declined_have_the_same_key_in_every_short_list(question: Question, key: str, answer: str) -> None:
    assert answered(opened(screen(question)).typed(key), screen(question)) == answer


def test_the_review_begins_on_the_way_to_the_result() -> None:
    assert turned(review(SHEET)) is Turn.ON


def test_the_review_is_searched_by_question_and_by_answer() -> None:
    assert turned(type_in(review(SHEET), "fever")) == "fever"
    assert turned(type_in(review(SHEET), "44")) == "age"


def test_the_review_ends_with_what_was_left_out_and_the_way_back() -> None:
    assert labels(review(SHEET))[-3:] == [DROPPED, "For how long has it hurt?", GO_BACK]
    assert turned(review(SHEET).moved(1000)) is Turn.BACK


def test_the_pointer_never_stands_on_what_was_left_out() -> None:
    stops = [review(SHEET).moved(step).pointed.label for step in range(4)]
    assert stops == [SHOW_RESULT, "Do you have a fever today?", "How old are you?", GO_BACK]


def test_a_digit_points_at_a_single_choice_and_leaves_it_to_enter() -> None:
    listing = opened(screen(FEVER)).typed("2")
    assert listing.pointed.value == "no"
    assert answered(listing, screen(FEVER)) == "no"


def test_typing_searches_a_long_list_and_keeps_the_special_answers() -> None:
    assert labels(type_in(opened(screen(PAIN)), "knee")) == [
        "Knee (left)",
        "Knee (right)",
        "None of these",
        GO_BACK,
    ]


@pytest.mark.parametrize(
    ("sought", "found"),
    [("cuff", "Shoulder (left)"), ("lowerb", "Lower back"), ("rightkn", "Knee (right)"), ("NAPE", "Neck")],
)
def test_a_search_knows_synonyms_and_minds_neither_blanks_nor_case(sought: str, found: str) -> None:
    assert type_in(opened(screen(PAIN)), sought).pointed.label == found


def test_what_fits_nothing_is_said_and_ticks_nothing() -> None:
    listing = type_in(opened(screen(PAIN)), "xylophone")
    assert "Nothing here fits 'xylophone'" in listing.message
    assert listing.taken().ticked == frozenset()
    refused = answered(listing, screen(PAIN))
    assert isinstance(refused, Listing)
    assert refused.ticked == frozenset()


def test_space_is_a_letter_while_something_is_sought() -> None:
    listing = type_in(opened(screen(PAIN)), "left").spaced()
    listing = type_in(listing, "knee").spaced()
    assert listing.ticked == frozenset()
    assert listing.pointed.label == "Knee (left)"


def test_tab_ticks_what_was_found_and_ends_the_search() -> None:
    listing = type_in(opened(screen(PAIN)), "jaw").taken()
    listing = type_in(listing, "nape").taken()
    assert not listing.sought
    assert answered(listing, screen(PAIN)) == ("jaw", "neck")


def test_enter_ticks_what_was_found_before_it_answers() -> None:
    found = answered(type_in(opened(screen(PAIN)), "nape"), screen(PAIN))
    assert isinstance(found, Listing)
    assert answered(found, screen(PAIN)) == ("neck",)


def test_both_knees_are_two() -> None:
    listing = type_in(type_in(opened(screen(PAIN)), "both").spaced(), "knees").taken()
    assert listing.ticked == {"knee_left", "knee_right"}


def test_zero_is_none_of_these_in_every_list() -> None:
    assert opened(screen(SIGNS)).typed("0").ticked == {"none"}
    assert opened(screen(PAIN)).typed("0").ticked == {"none"}


def test_a_search_finds_special_answers_too() -> None:
    assert type_in(opened(screen(PAIN)), "none").pointed.label == "None of these"


def test_erasing_widens_a_search_again() -> None:
    listing = type_in(opened(screen(PAIN)), "kn").erased().erased()
    assert listing.visible == listing.rows


def test_the_pointer_stays_on_its_row_when_a_search_ends() -> None:
    assert type_in(opened(screen(PAIN)), "nape").seeking("").pointed.label == "Neck"


def test_a_site_says_its_side() -> None:
    assert "Knee (left)" in labels(opened(screen(PAIN)))


def test_a_side_that_the_label_says_is_not_said_twice() -> None:
    told = tuple(
        replace(option, label=f"{(option.side or '').title()} {option.label}".strip()) for option in PAIN.options
    )
    assert "Left Knee" in labels(opened(screen(PAIN, options=told)))


def test_a_menu_is_a_plain_list() -> None:
    assert labels(menu((("change", "Change an answer"), ("finish", "Finish")))) == ["Change an answer", "Finish"]
