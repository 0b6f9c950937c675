"""Packed answers under a questionnaire that has changed since."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from nmtchoose.bulk.layout import Layout, layout_in, layout_of, layout_text
from nmtchoose.bulk.packed import Carrier, Packed
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from tests.bulk.feeds import rows_of
from tests.engine.any_answers import random_answers

Pair = tuple[Questionnaire, RuleTable]


def _packed(clients: list[Answers], layout: Layout) -> Any:
    rows = [layout.packed(one) for one in clients]
    kinds = {name: getattr(pa, f"uint{column.bits}")() for column in layout.columns for name in column.names}
    return pa.table({name: pa.array([row[name] for row in rows], kind) for name, kind in kinds.items()})


def _read(clients: list[Answers], layout: Layout, questionnaire: Questionnaire) -> Packed:
    written = layout_in(layout_text(layout))
    return Carrier(questionnaire, written).packed(_packed(clients, layout), "f", np.arange(1, len(clients) + 1))


def _before(layout: Layout, question: str, **changes: object) -> Layout:
    columns = tuple(replace(one, **changes) if one.id == question else one for one in layout.columns)  # type: ignore[arg-type]
    return Layout("an older one", columns)


def _backwards(layout: Layout) -> Layout:
    return Layout("an older one", tuple(replace(one, options=one.options[::-1]) for one in reversed(layout.columns)))


def test_answers_keep_their_meaning_when_questions_and_options_change_places(built_in_pair: Pair) -> None:
    questionnaire, random = built_in_pair[0], Random(4)
    clients = [random_answers(questionnaire, random) for _ in range(200)]
    layout = layout_of(questionnaire)
    block = _read(clients, _backwards(layout), questionnaire)
    assert [row for _, row in rows_of([block])] == [layout.packed(one) for one in clients]


def test_a_number_keeps_its_value_when_its_bounds_change(built_in_pair: Pair) -> None:
    questionnaire = built_in_pair[0]
    older = _before(layout_of(questionnaire), "age", minimum=0, maximum=300)
    block = _read([{"age": 44}, {"age": 200}, {"age": 45}], older, questionnaire)
    assert [row["age"] for _, row in rows_of([block])] == [
        layout_of(questionnaire).packed({"age": age})["age"] for age in (44, 45)
    ]
    assert [(one.line, one.faults[0].code.id) for one in block.rejects] == [(2, "A004")]


@pytest.mark.parametrize(
    ("question", "answer", "code"), [("pressure", "very_firm", "A002"), ("pain_sites", ("neck", "tail"), "A002")]
)
def test_an_option_that_is_gone_rejects_only_those_who_chose_it(
    question: str, answer: Any, code: str, built_in_pair: Pair
) -> None:
    questionnaire = built_in_pair[0]
    options = (*(one.id for one in questionnaire[question].options), "very_firm", "tail")
    older = _before(layout_of(questionnaire), question, options=options)
    block = _read([{"age": 44}, {question: answer}], older, questionnaire)
    assert block.lines.to_pylist() == [1]
    assert [(one.line, one.faults[0].code.id) for one in block.rejects] == [(2, code)]


def test_a_question_that_is_gone_rejects_only_those_who_answered_it(built_in_pair: Pair) -> None:
    questionnaire = built_in_pair[0]
    older = _before(layout_of(questionnaire), "pressure", id="strength")
    block = _read([{"age": 44}, {"strength": "light"}], older, questionnaire)
    assert block.lines.to_pylist() == [1]
    assert [one.faults[0].code.id for one in block.rejects] == ["A001"]


def test_a_question_that_is_new_counts_as_not_answered(built_in_pair: Pair) -> None:
    questionnaire = built_in_pair[0]
    layout = layout_of(questionnaire)
    older = Layout("an older one", tuple(one for one in layout.columns if one.id != "pressure"))
    block = _read([{"age": 44}], older, questionnaire)
    assert [row for _, row in rows_of([block])] == [layout.packed({"age": 44})]


@pytest.mark.parametrize("question", ["age", "pain_sites", "heart_blood"])
@pytest.mark.parametrize("number", [-1, 1 << 62])
def test_a_number_that_no_answer_has_is_left_out_and_named(built_in_pair: Pair, question: str, number: int) -> None:
    questionnaire = built_in_pair[0]
    layout = layout_of(questionnaire)
    table = _packed([{"age": 44}, {"age": 45}], layout)
    values = table.column(question).to_pylist()
    damaged = table.set_column(
        table.schema.get_field_index(question), question, pa.array([values[0], number], pa.int64())
    )
    block = Carrier(questionnaire, layout).packed(damaged, "f", np.arange(1, 3))
    assert [row["age"] for _, row in rows_of([block])] == [layout.packed({"age": 44})["age"]]
    assert [(one.line, bool(one.faults)) for one in block.rejects] == [(2, True)]


def test_a_special_answer_beside_an_option_is_no_answer(built_in_pair: Pair) -> None:
    questionnaire = built_in_pair[0]
    layout = layout_of(questionnaire)
    both = layout.by_id["heart_blood"].places["none"].mask | layout.by_id["heart_blood"].places["aneurysm"].mask
    table = _packed([{"age": 44}, {"age": 45}], layout)
    kind = table.schema.field("heart_blood").type
    damaged = table.set_column(
        table.schema.get_field_index("heart_blood"),
        "heart_blood",
        pa.array([layout.packed({})["heart_blood"], both], kind),
    )
    block = Carrier(questionnaire, layout).packed(damaged, "f", np.arange(1, 3))
    assert block.rows == 1
    assert [(one.line, bool(one.faults)) for one in block.rejects] == [(2, True)]
