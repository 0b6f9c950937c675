"""Columns get the results that the walker gives one by one, for every set of answers."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmtchoose.bulk.arrow_columns import combined
from nmtchoose.bulk.deciding import MOST_ROWS, Decider, result_columns
from nmtchoose.bulk.layout import layout_in, layout_of, layout_text
from nmtchoose.engine.assess import assess
from nmtchoose.engine.therapies import offering
from nmtchoose.errors import FileError
from nmtchoose.files.answers_file import read_answers
from nmtchoose.loading.load import load_pair
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Kind, Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables
from tests.amounts import few_or_many, on_random_draws
from tests.bulk.packed import columns_of, screened, told, without_order
from tests.engine.any_answers import any_answers, random_answers
from tests.engine.small import HEALTHY, QUESTIONNAIRE, TABLE
from tests.proof.random_tables import NUMBERS, questionnaires, tables

ROOT = Path(__file__).parents[2]


@cache
def _shipped() -> tuple[Questionnaire, RuleTable]:
    return load_pair(ROOT / "questions.yaml", ROOT / "rules.yaml")


def _same(questionnaire: Questionnaire, table: RuleTable, clients: list[Answers]) -> None:
    found = screened(questionnaire, table, clients)
    assert [without_order(row) for row in found] == [
        told(assess(questionnaire, table, answers), table, questionnaire) for answers in clients
    ]


def test_the_example_clients_get_the_same_results() -> None:
    questionnaire, table = _shipped()
    paths = sorted((ROOT / "examples").glob("*.json"))
    _same(questionnaire, table, [read_answers(str(path), questionnaire) for path in paths])


@few_or_many(80, 300)
@pytest.mark.parametrize("offered", [(), ("swedish", "chair")], ids=["all therapies", "two therapies"])
def test_random_clients_of_the_shipped_pair_get_the_same_results(offered: tuple[str, ...], times: int) -> None:
    questionnaire, everything = _shipped()
    table = offering(everything, offered) if offered else everything
    random = Random(7)
    _same(questionnaire, table, [random_answers(questionnaire, random) for _ in range(times)])


@given(st.lists(any_answers(QUESTIONNAIRE), min_size=1, max_size=20))
def test_any_clients_of_a_small_pair_get_the_same_results(clients: list[Answers]) -> None:
    _same(QUESTIONNAIRE, TABLE, clients)


@few_or_many(8, 100)
def test_random_rule_tables_give_the_same_results(times: int) -> None:
    def check(data: st.DataObject) -> None:
        questionnaire = data.draw(questionnaires())
        table = data.draw(tables(questionnaire))
        random = Random(data.draw(st.integers(0, 10_000)))
        _same(questionnaire, table, [_any(questionnaire, random) for _ in range(25)])

    on_random_draws(times, check)


def _any(questionnaire: Questionnaire, random: Random) -> Answers:
    answers = {**random_answers(questionnaire, random)}
    for question in questionnaire.questions:
        if question.kind is Kind.NUMBER and isinstance(answers.get(question.id), int):
            answers[question.id] = random.choice(NUMBERS)
    return answers


def test_as_many_clients_as_a_block_holds_keep_their_order() -> None:
    decider = Decider(Tables(QUESTIONNAIRE, TABLE))
    one = columns_of(decider.layout, [HEALTHY, {**HEALTHY, "signs": ("chest",)}])
    many = {name: np.tile(values, MOST_ROWS // 2) for name, values in one.items()}
    found = result_columns(decider, many, MOST_ROWS, full=False)["disposition"].to_pylist()
    assert found == ["proceed", "call_emergency"] * (MOST_ROWS // 2)


def test_no_clients_get_no_results_in_the_same_columns() -> None:
    decider = Decider(Tables(QUESTIONNAIRE, TABLE))
    nobody = {name: values[:0] for name, values in columns_of(decider.layout, [HEALTHY]).items()}
    found = result_columns(decider, nobody, 0, full=True)
    somebody = result_columns(decider, columns_of(decider.layout, [HEALTHY]), 1, full=True)
    assert {name: len(column) for name, column in found.items()} == dict.fromkeys(somebody, 0)


@given(any_answers(QUESTIONNAIRE))
def test_packed_answers_come_back_but_for_the_text(answers: Answers) -> None:
    layout = layout_of(QUESTIONNAIRE)
    without_text = {**answers, **({"notes": "given"} if answers.get("notes") else {})}
    assert layout.answers(layout.packed(answers)) == without_text


def test_numbers_that_stand_for_nothing_are_no_answers() -> None:
    layout = layout_of(QUESTIONNAIRE)
    kept = {question: answer for question, answer in HEALTHY.items() if question not in ("signs", "blood_thinner")}
    assert layout.answers({**layout.packed(HEALTHY), "signs": 1 << 7, "blood_thinner": 200, "notes": 9}) == kept


def test_a_written_layout_is_read_back() -> None:
    layout = layout_of(QUESTIONNAIRE)
    assert layout_in(layout_text(layout)) == layout


@pytest.mark.parametrize("text", ["{}", "[]", '{"format": "nmtchoose/packed/9"}', "not JSON"])
def test_anything_else_is_no_layout(text: str) -> None:
    with pytest.raises(FileError, match="it does not say how it is packed"):
        layout_in(text)


def test_a_choice_of_many_more_than_a_word_holds_goes_on_in_further_columns() -> None:
    column = layout_of(QUESTIONNAIRE).by_id["signs"]
    wide = type(column)("wide", Kind.MANY, tuple(f"o{number}" for number in range(100)))
    assert wide.names == ("wide", "wide/2")
    assert wide.answer(wide.packed(("o1", "o99"))) == ("o1", "o99")


def test_combinations_are_told_apart_where_no_number_could_hold_them_all() -> None:
    first, second = np.array([1, 1, 2, 1], np.uint8), np.array([5, 6, 5, 5], np.uint8)
    found = combined([first, second], [1 << 40, 1 << 40])
    alike = [found.rows[number] for number in found.of_row]
    assert [(first[row], second[row]) for row in alike] == [(1, 5), (1, 6), (2, 5), (1, 5)]
    assert len(found.rows) == 3
