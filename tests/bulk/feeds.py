"""The same answers of many clients in every form that is read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from nmtchoose.bulk.layout import RECORD, layout_of, layout_text
from nmtchoose.bulk.packed import Packed
from nmtchoose.bulk.parquet_files import LAYOUT_KEY
from nmtchoose.bulk.pieces import portions
from nmtchoose.bulk.reader import Reader
from nmtchoose.bulk.sources import Source, find_sources
from nmtchoose.engine.assess import assess
from nmtchoose.engine.interview import state
from nmtchoose.formats.csv_columns import csv_text
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Kind, Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake, Practice

Row = tuple[str, dict[str, int]]
"""The id of a record and the value of each packed column."""


def as_json(answers: Answers) -> dict[str, Any]:
    """Return answers as an answers file has them."""
    return {question: list(one) if isinstance(one, tuple) else one for question, one in answers.items()}


def write_lines(path: Path, clients: Sequence[Answers]) -> Path:
    """Write an answers file on each line, with the record ids c-0, c-1 ..."""
    lines = [json.dumps({"record": f"c-{number}", "answers": as_json(one)}) for number, one in enumerate(clients)]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def write_list(path: Path, clients: Sequence[Answers]) -> Path:
    """Write a JSON list of answers files."""
    documents = [{"record": f"c-{number}", "answers": as_json(one)} for number, one in enumerate(clients)]
    path.write_text(json.dumps(documents, indent=1), encoding="utf-8")
    return path


def write_export(path: Path, clients: Sequence[Answers], pair: tuple[Questionnaire, RuleTable]) -> Path:
    """Write what `export --format csv` writes: a column for each option."""
    questionnaire, rules = pair
    intakes = [
        Intake(one, assess(questionnaire, rules, one), record=f"c-{number}") for number, one in enumerate(clients)
    ]
    practice = Practice(Tables(questionnaire, rules), rules.regions["us"])
    path.write_text(csv_text(intakes, practice), encoding="utf-8", newline="")
    return path


def write_natural(path: Path, clients: Sequence[Answers], questionnaire: Questionnaire) -> Path:
    """Write Parquet with a column for each question; lists for choices of several."""
    columns: dict[str, Any] = {"record": pa.array([f"c-{number}" for number in range(len(clients))])}
    for question in questionnaire.questions:
        kind = pa.list_(pa.string()) if question.kind is Kind.MANY else pa.string()
        cells = [as_json(one).get(question.id) for one in clients]
        columns[question.id] = pa.array([str(one) if isinstance(one, int) else one for one in cells], kind)
    pq.write_table(pa.table(columns), path, row_group_size=max(len(clients) // 2, 1))
    return path


def write_packed(path: Path, clients: Sequence[Answers], questionnaire: Questionnaire) -> Path:
    """Write packed Parquet."""
    layout = layout_of(questionnaire)
    rows = [layout.packed(one) for one in clients]
    columns: dict[str, Any] = {RECORD: pa.array([f"c-{number}" for number in range(len(clients))])}
    for column in layout.columns:
        kind = getattr(pa, f"uint{column.bits}")()
        columns |= {name: pa.array([row[name] for row in rows], kind) for name in column.names}
    table = pa.table(columns).replace_schema_metadata({LAYOUT_KEY: layout_text(layout).encode()})
    pq.write_table(table, path, row_group_size=max(len(clients) // 2, 1))
    return path


def blocks_of(path: Path, questionnaire: Questionnaire) -> list[Packed]:
    """Read a file as `bulk` does."""
    return blocks_from(find_sources([str(path)]), questionnaire)


def blocks_from(sources: Sequence[Source], questionnaire: Questionnaire) -> list[Packed]:
    """Read sources as `bulk` does."""
    reader = Reader(questionnaire)
    return [block for portion in portions(sources) for block in reader.blocks(portion)]


def rows_of(blocks: Sequence[Packed]) -> list[Row]:
    """Return the rows of all blocks."""
    return [
        (block.records[row].as_py(), {name: int(column[row]) for name, column in block.columns.items()})
        for block in blocks
        for row in range(block.rows)
    ]


def kept(clients: Sequence[Answers], pair: tuple[Questionnaire, RuleTable]) -> list[Answers]:
    """Return of each client the answers that count; exports hold no others."""
    return [state(*pair, one).kept for one in clients]
