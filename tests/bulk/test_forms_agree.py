"""Every form that answers come in gives the same packed columns as checking them one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmtchoose.bulk.layout import layout_of
from nmtchoose.files.answers_file import check_answers
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from tests.bulk.feeds import (
    Row,
    as_json,
    blocks_of,
    kept,
    rows_of,
    write_export,
    write_lines,
    write_list,
    write_natural,
    write_packed,
)
from tests.engine.any_answers import any_answers, random_answers

Pair = tuple[Questionnaire, RuleTable]

FORMS: dict[str, Callable[[Path, Sequence[Answers], Pair], Path]] = {
    "lines.jsonl": lambda path, clients, _: write_lines(path, clients),
    "list.json": lambda path, clients, _: write_list(path, clients),
    "export.csv": lambda path, clients, pair: write_export(path, kept(clients, pair), pair),
    "natural.parquet": lambda path, clients, pair: write_natural(path, clients, pair[0]),
    "packed.parquet": lambda path, clients, pair: write_packed(path, clients, pair[0]),
}


def _one_by_one(clients: Sequence[Answers], questionnaire: Questionnaire) -> list[Row]:
    layout = layout_of(questionnaire)
    return [
        (f"c-{number}", layout.packed(check_answers(as_json(one), questionnaire))) for number, one in enumerate(clients)
    ]


def _expected(name: str, clients: Sequence[Answers], pair: Pair) -> list[Row]:
    if name != "export.csv":
        return _one_by_one(clients, pair[0])
    return _one_by_one([_with_cells(one, pair[0]) for one in kept(clients, pair)], pair[0])


def _with_cells(answers: Answers, questionnaire: Questionnaire) -> Answers:
    """Leave out an empty text that has no column for a special answer beside it: its one cell is empty either way."""
    return {name: one for name, one in answers.items() if one != "" or questionnaire[name].specials}


@pytest.mark.parametrize("name", FORMS)
def test_many_clients_are_packed_as_one_by_one(name: str, built_in_pair: Pair, tmp_path: Path) -> None:
    random = Random(7)
    given = [random_answers(built_in_pair[0], random) for _ in range(60)]
    clients = [check_answers(as_json(one), built_in_pair[0]) for one in given]  # in the terms of today's questions
    blocks = blocks_of(FORMS[name](tmp_path / name, clients, built_in_pair), built_in_pair[0])
    assert [one for block in blocks for one in block.rejects] == []
    assert rows_of(blocks) == _expected(name, clients, built_in_pair)


@pytest.mark.parametrize("name", FORMS)
@given(chosen=st.data())
def test_odd_answers_are_packed_as_one_by_one(
    name: str, chosen: st.DataObject, minimal_pair: Pair, tmp_path: Path
) -> None:
    clients = chosen.draw(st.lists(any_answers(minimal_pair[0]), min_size=1, max_size=6))
    blocks = blocks_of(FORMS[name](tmp_path / name, clients, minimal_pair), minimal_pair[0])
    assert rows_of(blocks) == _expected(name, clients, minimal_pair)


@pytest.mark.parametrize("name", FORMS)
def test_every_row_says_where_it_stands(name: str, minimal_pair: Pair, tmp_path: Path) -> None:
    random = Random(1)
    clients = [random_answers(minimal_pair[0], random) for _ in range(5)]
    path = FORMS[name](tmp_path / name, clients, minimal_pair)
    blocks = blocks_of(path, minimal_pair[0])
    first = 2 if name.endswith(".csv") else 1  # the row of names is row 1 of a sheet
    assert [line for block in blocks for line in block.lines.to_pylist()] == list(range(first, first + 5))
    assert {file for block in blocks for file in block.files.to_pylist()} == {str(path)}
