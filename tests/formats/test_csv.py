from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmtchoose.formats.csv_columns import columns, csv_text, disarmed
from nmtchoose.model.questionnaire import NONE, SPECIAL_ANSWERS, UNSURE
from nmtchoose.pages.intake import Intake
from nmtchoose.words.printable import OBEYED
from tests.formats.intakes import PRACTICE, SMALL, example, intake


def rows(*intakes: Intake, small: bool = False) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_text(intakes, SMALL if small else PRACTICE), newline="")))


def small_row(**answers: object) -> dict[str, str]:
    return rows(intake(answers, SMALL), small=True)[0]  # type: ignore[arg-type]


def test_each_intake_is_one_row() -> None:
    told = rows(example("nmt"), example("emergency"), example("later"))
    assert [row["disposition"] for row in told] == ["proceed", "call_emergency", "defer"]


def test_every_column_has_its_own_name() -> None:
    names = [name for name, _ in columns(PRACTICE)]
    assert len(set(names)) == len(names)


def test_every_option_and_every_special_answer_is_a_column() -> None:
    names = {name for name, _ in columns(PRACTICE)}
    for question in PRACTICE.tables.questionnaire.questions:
        for answer in (*(option.id for option in question.options), *question.specials):
            assert f"{question.id}/{answer}" in names


def test_a_chosen_option_is_1_and_one_that_was_offered_and_not_chosen_is_0() -> None:
    row = small_row(age=30, pressure="medium")
    assert (row["pressure/light"], row["pressure/medium"], row["pressure/deep"]) == ("0", "1", "0")


def test_a_question_without_an_answer_leaves_all_its_columns_empty() -> None:
    row = small_row(age=30)
    assert [value for name, value in row.items() if name.startswith("pain_sites/")] == [""] * 6


def test_an_option_that_was_not_offered_is_empty() -> None:
    assert small_row(age=12, pressure="light")["pressure/deep"] == ""


def test_none_of_these_is_a_no_to_every_option() -> None:
    row = small_row(pain_sites=(NONE,))
    assert (row["pain_sites/none"], row["pain_sites/neck"]) == ("1", "0")


def test_not_sure_is_not_a_no() -> None:
    row = small_row(right_now=(UNSURE,))
    assert (row["right_now/unsure"], row["right_now/chest_pressure"]) == ("1", "")


def test_a_special_answer_to_a_number_stands_in_its_own_column() -> None:
    assert (small_row(age=44)["age"], small_row(age=44)["age/unsure"]) == ("44", "0")
    assert (small_row(age=UNSURE)["age"], small_row(age=UNSURE)["age/unsure"]) == ("", "1")


@pytest.mark.parametrize("word", SPECIAL_ANSWERS)
def test_a_text_that_is_one_word_stands_in_its_column(word: str) -> None:
    assert small_row(notes=word)["notes"] == word


def test_no_therapy_stands_in_the_row_of_an_emergency() -> None:
    row = rows(example("emergency"))[0]
    assert {value for name, value in row.items() if name.startswith("therapy/")} == {""}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert disarmed(f"{start}1+1") == f"'{start}1+1"


def test_a_formula_in_free_text_or_in_a_file_name_is_disarmed() -> None:
    formula = '=HYPERLINK("http://x","y")'
    row = rows(intake({"notes": formula}, SMALL, "@SUM(A1).json"), small=True)[0]
    assert (row["notes"], row["name"]) == (f"'{formula}", "'@SUM(A1).json")


def test_a_number_stays_a_number() -> None:
    assert disarmed(-3) == -3


@given(st.text(min_size=1).filter(lambda text: not OBEYED.search(text)))
def test_whatever_a_cell_holds_it_comes_back_after_its_apostrophe(text: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerow([disarmed(text)])
    back = next(csv.reader(io.StringIO(out.getvalue(), newline="")))[0]
    assert back in (text, f"'{text}")
    assert back[0] not in "=+-@\t\r"
