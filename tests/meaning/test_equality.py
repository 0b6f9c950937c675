"""The circuit and the walker say the same about every client, whichever back end reads the circuit."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from nmtchoose.engine.assess import assess
from nmtchoose.engine.evaluate import truth, view
from nmtchoose.loading.load import load_pair
from nmtchoose.meaning.block import Block, Plan, bits_of
from nmtchoose.meaning.circuit import Levels, Values, Wire
from nmtchoose.meaning.result import Meaning, meaning_of
from nmtchoose.meaning.several import Several
from nmtchoose.meaning.verdict import Verdict, verdict, verdict_in
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables
from tests.amounts import few_or_many, on_random_draws
from tests.engine.any_answers import any_answers, random_answers
from tests.engine.small import QUESTIONNAIRE, TABLE
from tests.proof.random_tables import NUMBERS, questionnaires, tables
from tests.proof.tables import all_answers

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
SMALL = meaning_of(Tables(QUESTIONNAIRE, TABLE))


def true_inputs(meaning: Meaning, answers: Answers) -> set[Wire]:
    return {wire for question, wires in meaning.given.items() for wire in wires.true_with(answers.get(question))}


def read(meaning: Meaning, answers: Answers) -> Verdict:
    return verdict(meaning.result, Values(meaning.circuit, true_inputs(meaning, answers)))


class Row(NamedTuple):
    """One client of a block."""

    block: Block
    place: int

    def true(self, wires: Mapping[T, Wire]) -> tuple[T, ...]:
        return tuple(key for key, wire in wires.items() if self.block.spread(wire)[self.place])

    def limit(self, levels: Levels) -> int:
        return int(self.block.limit(levels)[self.place])


def read_together(meaning: Meaning, clients: Sequence[Answers]) -> list[Verdict]:
    plan = Plan(meaning.circuit, meaning.result.outputs)
    true = [true_inputs(meaning, answers) for answers in clients]
    given = {wire: bits_of(np.array([wire in one for one in true])) for wire in plan.inputs}
    block = plan.block(len(clients), given)
    return [verdict(meaning.result, Row(block, place)) for place in range(len(clients))]


@few_or_many(3, 24)
def test_on_all_answers_to_random_small_tables(times: int) -> None:
    def check(data: st.DataObject) -> None:
        questionnaire: Questionnaire = data.draw(questionnaires())
        table: RuleTable = data.draw(tables(questionnaire))
        meaning = meaning_of(Tables(questionnaire, table))
        clients = list(all_answers(questionnaire, NUMBERS))
        for answers, together in zip(clients, read_together(meaning, clients), strict=True):
            expected = verdict_in(assess(questionnaire, table, answers))
            assert read(meaning, answers) == expected
            assert together == expected

    on_random_draws(times, check)


@few_or_many(3, 24)
def test_of_conditions_on_random_small_tables(times: int) -> None:
    def check(data: st.DataObject) -> None:
        questionnaire: Questionnaire = data.draw(questionnaires())
        table: RuleTable = data.draw(tables(questionnaire))
        clients = list(all_answers(questionnaire, NUMBERS))
        several = Several(Tables(questionnaire, table), clients)
        for rule in table.rules:
            said = [truth(rule.when, view(questionnaire, answers)) for answers in clients]
            true, false = (sum((one is value) << place for place, one in enumerate(said)) for value in (True, False))
            assert several.truth(rule.when) == (true, false)

    on_random_draws(times, check)


@given(any_answers(QUESTIONNAIRE))
def test_on_a_scale_with_fewer_levels(answers: Answers) -> None:
    table = replace(TABLE, pressure=("light", "medium", "firm", "hard"))
    meaning = meaning_of(Tables(QUESTIONNAIRE, table))
    assert read(meaning, answers) == verdict_in(assess(QUESTIONNAIRE, table, answers))


@given(any_answers(QUESTIONNAIRE))
def test_on_odd_answers_to_a_small_table(answers: Answers) -> None:
    assert read(SMALL, answers) == verdict_in(assess(QUESTIONNAIRE, TABLE, answers))


@few_or_many(15, 100)
def test_on_random_clients_of_the_shipped_files(times: int) -> None:
    questionnaire, table = load_pair(ROOT / "questions.yaml", ROOT / "rules.yaml")
    meaning = meaning_of(Tables(questionnaire, table))
    choose = random.Random(20261126)
    clients = [random_answers(questionnaire, choose) for _ in range(times)]
    for answers, together in zip(clients, read_together(meaning, clients), strict=True):
        assert together == verdict_in(assess(questionnaire, table, answers))
