"""Archives for the benchmarks: as many records as wanted, taken at random from a few thousand made-up interviews.

    python benchmarks/archive.py ROWS ARCHIVE.parquet|ARCHIVE.jsonl|ARCHIVE.csv [SEED]

Each interview holds the answers that count of a random client: about 97 of them. Rows are in random order, so that no
compression finds two alike in a row.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks.clients import clients as examples
from benchmarks.clients import shipped_pair
from nmtchoose.bulk.layout import RECORD, layout_of, layout_text
from nmtchoose.bulk.writing import parquet_writer
from nmtchoose.engine.evaluate import view
from nmtchoose.formats.assessment_json import answers_record
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire
from tests.bulk.packed import columns_of
from tests.engine.any_answers import random_answers

DIFFERENT = 5_000
ROW_GROUP = 262_144
_LINES = 20_000


def interviews(questionnaire: Questionnaire, count: int = DIFFERENT, seed: int = 3) -> list[Answers]:
    """Return the answers of `count` made-up clients."""
    random = Random(seed)
    return [dict(view(questionnaire, random_answers(questionnaire, random)).answers) for _ in range(count)]


def write_packed(
    path: Path, rows: int, clients: Sequence[Answers], questionnaire: Questionnaire, seed: int = 1
) -> None:
    """Write `rows` records drawn from `clients` in packed form."""
    layout = layout_of(questionnaire)
    columns = columns_of(layout, clients)
    fields = [pa.field(name, f"uint{one.bits}", nullable=False) for one in layout.columns for name in one.names]
    schema = pa.schema([pa.field(RECORD, pa.string()), *fields], metadata={b"nmtchoose.layout": layout_text(layout)})
    done, writer = 0, None
    for chosen in _drawn(rows, len(clients), ROW_GROUP, seed):
        ids = pa.array([f"r{number:09}" for number in range(done, done + len(chosen))])
        packed = [pa.array(columns[field.name][chosen]) for field in fields]
        table = pa.table([ids, *packed], schema=schema)
        writer = writer or parquet_writer(path, table)
        writer.write_table(table)
        done += len(chosen)
    if writer:
        writer.close()


def write_lines(path: Path, rows: int, clients: Sequence[Answers], questionnaire: Questionnaire, seed: int = 1) -> None:
    """Write `rows` answers files drawn from `clients`, one to a line."""
    told = [
        json.dumps(answers_record(one, questionnaire), separators=(",", ":"), ensure_ascii=False) for one in clients
    ]
    lines = [f"{one}\n".encode() for one in told]
    with path.open("wb") as out:
        for chosen in _drawn(rows, len(clients), _LINES, seed):
            out.write(b"".join([lines[place] for place in chosen]))


def write_examples(
    path: Path, rows: int, clients: Sequence[Answers], questionnaire: Questionnaire, seed: int = 1
) -> None:
    """Write `rows` of the example interviews with 20 answers or more, one to a line: answers alone, some 550 bytes."""
    told = [answers_record(one, questionnaire)["answers"] for one in examples(questionnaire).values() if len(one) >= 20]
    lines = [f"{json.dumps({'answers': one}, separators=(',', ':'), ensure_ascii=False)}\n".encode() for one in told]
    with path.open("wb") as out:
        for chosen in _drawn(rows, len(lines), _LINES, seed):
            out.write(b"".join([lines[place] for place in chosen]))


def write_natural(
    path: Path, rows: int, clients: Sequence[Answers], questionnaire: Questionnaire, seed: int = 1
) -> None:
    """Write `rows` records as Parquet with a column for each question, lists for choices of several."""
    table = pa.table({one.id: _cells(one, clients) for one in questionnaire.questions})
    with pq.ParquetWriter(path, table.schema) as writer:
        for chosen in _drawn(rows, len(clients), ROW_GROUP, seed):
            writer.write_table(table.take(pa.array(chosen)))


def write_csv(path: Path, rows: int, clients: Sequence[Answers], questionnaire: Questionnaire, seed: int = 1) -> None:
    """Write `rows` records as CSV with a column for each question, several options in a cell with spaces between."""
    told = [[_cell(one.get(question.id)) for question in questionnaire.questions] for one in clients]
    lines = [f"{','.join(cells)}\n".encode() for cells in told]
    with path.open("wb") as out:
        out.write(f"{','.join(question.id for question in questionnaire.questions)}\n".encode())
        for chosen in _drawn(rows, len(clients), _LINES, seed):
            out.write(b"".join([lines[place] for place in chosen]))


def _cells(question: Question, clients: Sequence[Answers]) -> pa.Array:
    answers = [one.get(question.id) for one in clients]
    if question.kind is Kind.MANY:
        return pa.array(answers, pa.list_(pa.string()))
    return pa.array([None if one is None else str(one) for one in answers], pa.string())


def _cell(answer: Answer | None) -> str:
    return " ".join(answer) if isinstance(answer, tuple) else "" if answer is None else str(answer)


def _drawn(rows: int, different: int, at_once: int, seed: int) -> Iterator[NDArray[np.int64]]:
    draw = np.random.default_rng(seed)
    for start in range(0, rows, at_once):
        yield draw.integers(0, different, min(at_once, rows - start))


def main() -> None:
    """Write the archive that the command line names."""
    rows, path = int(sys.argv[1]), Path(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    questionnaire, _ = shipped_pair()
    write_to = {".jsonl": write_lines, ".csv": write_csv}.get(path.suffix, write_packed)
    write_to(path, rows, interviews(questionnaire), questionnaire, seed)


if __name__ == "__main__":
    main()
