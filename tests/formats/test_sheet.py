from __future__ import annotations

from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmtchoose.errors import AnswerError
from nmtchoose.files.answers_file import check_answers
from nmtchoose.formats.reading import answers_given
from nmtchoose.formats.sheet_form import BLANK, asked, fingerprint, sheet_text
from nmtchoose.formats.sheet_reading import answers_in_sheet
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import NONE, SPECIAL_ANSWERS, UNSURE
from tests.formats.filled_sheets import filled_sheet
from tests.formats.intakes import EXAMPLES, PRACTICE, SMALL, any_answers, example

EMPTY = sheet_text(SMALL.tables.questionnaire)


def read(text: str) -> dict[str, Answer]:
    return answers_in_sheet(text, SMALL.tables.questionnaire, "sheet.txt")


def ticked(label: str) -> str:
    return EMPTY.replace(f"[ ] {label}", f"[x] {label}", 1)


@given(any_answers(SMALL.tables.questionnaire))
def test_a_filled_sheet_holds_the_same_answers(answers: dict[str, Answer]) -> None:
    assert read(filled_sheet(SMALL.tables.questionnaire, answers)) == answers


@given(st.data())
def test_a_filled_sheet_of_the_real_questionnaire_holds_the_same_answers(data: st.DataObject) -> None:
    asked = PRACTICE.tables.questionnaire
    drawn = data.draw(any_answers(asked))
    told = {name: answer for name, answer in drawn.items() if asked[name].noted_of is None}
    answers = check_answers(told, asked)  # in the terms of today's questions
    assert answers_in_sheet(filled_sheet(asked, answers), asked) == answers


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_comes_back_from_its_sheet(name: str) -> None:
    before = example(name).answers
    text = filled_sheet(PRACTICE.tables.questionnaire, before)
    assert answers_given(text.encode(), PRACTICE.tables.questionnaire) == before


@pytest.mark.parametrize("word", SPECIAL_ANSWERS)
def test_a_text_that_is_one_word_comes_back_where_that_word_is_no_answer_to_choose(word: str) -> None:
    asked = PRACTICE.tables.questionnaire
    answers = {"anything_else": word}
    assert answers_in_sheet(filled_sheet(asked, answers), asked) == answers


def test_an_empty_sheet_answers_nothing() -> None:
    assert read(EMPTY) == {}


@pytest.mark.parametrize("sign", ["x", "X", "✓", " x ", "*"])
def test_any_sign_between_the_brackets_is_a_tick(sign: str) -> None:
    assert read(EMPTY.replace("[ ] Medium", f"[{sign}] Medium")) == {"pressure": "medium"}


@pytest.mark.parametrize("sign", ["✓", "✔", "☑", "☒", "☒\ufe0f", "x", "X", "*", "(x)", "( X )", "[ ✓ ]", "[yes]"])
def test_a_tick_in_place_of_the_brackets_is_read(sign: str) -> None:
    assert read(EMPTY.replace("[ ] Medium", f"{sign} Medium")) == {"pressure": "medium"}
    assert read(EMPTY.replace("[ ] Light", f"{sign} Light")) == {"pressure": "light"}


@pytest.mark.parametrize("sign", ["", "-", "<x>", "[x", "x]", "[?]", "[-]", "[no]", "x[ ]", "[ ][x]"])
@pytest.mark.parametrize("label", ["Light", "Medium", "Nothing hurts"])
def test_an_option_whose_box_is_gone_or_unreadable_is_named_by_its_line(sign: str, label: str) -> None:
    at = next(n for n, line in enumerate(EMPTY.splitlines(), 1) if line.endswith(f"[ ] {label}"))
    with pytest.raises(AnswerError, match=rf"sheet.txt:{at}: .*A031"):
        read(EMPTY.replace(f"[ ] {label}", f"{sign} {label}"))


def test_a_tick_in_a_row_of_boxes_is_read_or_named() -> None:
    practice = PRACTICE.tables.questionnaire
    row = sheet_text(practice)
    for box, answer in (("☒ Yes", "yes"), ("✓ No ", "no")):
        filled = row.replace(f"[ ] {box[2:]}", box, 1)
        assert answers_in_sheet(filled, practice) == {"right_now.chest_pressure": answer}
    with pytest.raises(AnswerError, match="A031"):
        answers_in_sheet(row.replace("[ ] No ", "No ", 1), practice)


def test_not_sure_at_a_list_is_one_box() -> None:
    assert read(ticked("Not sure")) == {"right_now": ("unsure",)}


def test_a_tick_below_a_question_that_lost_its_number_answers_no_other_question() -> None:
    with pytest.raises(AnswerError, match="A031"):
        read(
            ticked("Light").replace(next(x for x in EMPTY.splitlines() if "How firm do you like it?" in x), "How firm?")
        )


def test_a_number_without_its_place_is_named() -> None:
    with pytest.raises(AnswerError, match="A031"):
        read(EMPTY.replace(f"(0 to 120 years) Answer: {BLANK}", "44"))


def test_a_number_on_the_line_below_its_place_is_read() -> None:
    assert read(EMPTY.replace(f"years) Answer: {BLANK}", f"years) Answer: {BLANK}\n   44")) == {"age": 44}


def test_a_sheet_with_its_empty_form_quoted_below_is_read_once() -> None:
    assert read(f"{ticked('Light')}\n> " + "\n> ".join(EMPTY.splitlines())) == {"pressure": "light"}


def test_two_sheets_that_disagree_are_refused() -> None:
    with pytest.raises(AnswerError, match=r"pressure.*A005"):
        read(f"{ticked('Light')}\n{ticked('Medium')}")


def test_a_sheet_that_was_made_far_too_long_is_refused() -> None:
    with pytest.raises(AnswerError, match="F003"):
        read(EMPTY + "a\n" * 900_000)


@pytest.mark.parametrize("blank", ["[]", "[_]", "[  ]"])
def test_brackets_without_a_sign_are_no_tick(blank: str) -> None:
    assert read(EMPTY.replace("[ ]", blank)) == {}


def test_a_number_may_be_written_into_the_blank_or_in_its_place() -> None:
    place = f"(0 to 120 years) Answer: {BLANK}"
    assert read(EMPTY.replace(place, "(0 to 120 years) Answer: 44")) == {"age": 44}
    assert read(EMPTY.replace(place, "(0 to 120 years) Answer: ____44______")) == {"age": 44}


def test_a_length_of_time_may_be_written_in_words() -> None:
    assert read(EMPTY.replace(f"(0 to 5000 weeks) Answer: {BLANK}", "Answer: 2 years")) == {"pain_weeks": 104}


def test_a_sheet_may_be_quoted_rewrapped_and_saved_on_windows() -> None:
    answers = example("nmt").answers
    lines = [
        part
        for line in filled_sheet(PRACTICE.tables.questionnaire, answers).splitlines()
        for part in wrap(line, 50) or [""]
    ]
    for text in ("\r\n".join(lines), "\n".join(f"> {line}" for line in lines), "﻿" + "\n".join(lines)):
        assert answers_given(text.encode(), PRACTICE.tables.questionnaire) == answers


def test_a_special_answer_next_to_others_is_refused() -> None:
    both = ticked("Neck").replace("[ ] Nothing hurts", "[x] Nothing hurts")
    with pytest.raises(AnswerError, match=r"pain_sites: 'Nothing hurts' stands alone.*A005"):
        read(both)


def test_two_answers_where_one_fits_are_refused_with_the_line_of_the_question() -> None:
    both = ticked("Light").replace("[ ] Medium", "[x] Medium")
    at = next(n for n, line in enumerate(EMPTY.splitlines(), 1) if "How firm do you like it?" in line)
    with pytest.raises(AnswerError, match=rf"sheet.txt:{at}: pressure: there are two answers.*A005"):
        read(both)


def test_a_number_next_to_not_sure_is_refused() -> None:
    text = EMPTY.replace(f"(0 to 120 years) Answer: {BLANK}\n   [ ] Not sure", "Answer: 44\n   [x] Not sure")
    with pytest.raises(AnswerError, match=r"age.*A005"):
        read(text)


def test_words_of_an_option_that_were_changed_are_named_by_their_line() -> None:
    at = next(n for n, line in enumerate(EMPTY.splitlines(), 1) if line.endswith("[ ] Light"))
    with pytest.raises(AnswerError, match=rf"sheet.txt:{at}: .*A031"):
        read(EMPTY.replace("[ ] Light", "[ ] Very light"))


def test_every_fault_is_told_in_one_go() -> None:
    text = ticked("Neck").replace("[ ] Nothing hurts", "[x] Nothing hurts").replace(BLANK, "many", 1)
    with pytest.raises(AnswerError) as caught:
        read(text)
    assert [one.code.id for one in caught.value.faults] == ["A009", "A005"]


def test_a_sheet_of_another_questionnaire_is_refused() -> None:
    with pytest.raises(AnswerError, match=r"this was filled in on another version.*A030"):
        answers_in_sheet(EMPTY, PRACTICE.tables.questionnaire)


def test_a_sheet_without_its_fingerprint_is_refused() -> None:
    text = EMPTY.replace(fingerprint(SMALL.tables.questionnaire), "")
    with pytest.raises(AnswerError, match="A032"):
        answers_given(text.encode(), SMALL.tables.questionnaire)


def test_a_question_says_when_to_answer_it_by_the_numbers_of_others() -> None:
    lines = {one.question.id: (one.number, one.line) for one in asked(SMALL.tables.questionnaire)}
    assert lines["pain_weeks"] == ("5", 'If you ticked anything but "Nothing hurts" at 4: How long has it hurt?')
    lines = {one.question.id: (one.number, one.line) for one in asked(PRACTICE.tables.questionnaire)}
    assert lines["right_now.chest_pressure"] == ("1a", "Chest pain or tightness")


def test_numbers_are_given_once() -> None:
    numbers = [one.number for one in asked(PRACTICE.tables.questionnaire)]
    assert len(set(numbers)) == len(numbers)


def test_the_sheet_fits_80_columns() -> None:
    assert max(map(len, sheet_text(PRACTICE.tables.questionnaire).splitlines())) <= 80


@given(st.text(max_size=300))
def test_whatever_stands_on_a_sheet_reading_ends_with_answers_or_a_message(text: str) -> None:
    try:
        read(f"{fingerprint(SMALL.tables.questionnaire)}\n1. Is any of\n{text}\n4. Where does it\n[x] {text}")
    except AnswerError as error:
        assert error.faults


def test_none_and_not_sure_of_a_list_are_ticked_by_their_own_words() -> None:
    assert read(ticked("None of these")) == {"right_now": (NONE,)}
    assert read(ticked("Not sure")) == {"right_now": (UNSURE,)}
