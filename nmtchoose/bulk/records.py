"""Records of JSON into packed columns: each is read as the single command reads a file, so that faults are the same.

An answer becomes a number by one look into a table. The number says the question (its place, in the high bits) and the
place of the packed answer among those met so far. What a table does not know is checked by `check_answer`; only choices
are remembered, for what was written is never kept.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from json import JSONDecoder
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nmtchoose.bulk.arrow_columns import id_text
from nmtchoose.bulk.layout import LayoutColumn, layout_of
from nmtchoose.bulk.packed import Column, Packed, Rejected, readable
from nmtchoose.engine.answering import check_answer
from nmtchoose.errors import AnswerError, Code, fault
from nmtchoose.files.answers_file import FORMAT, LARGEST, check_answers, parsed
from nmtchoose.files.earlier_answers import in_todays_terms, is_earlier
from nmtchoose.formats.assessment_json import ASSESSMENT_FORMAT
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire

ROWS = 1 << 16
"""Rows of a block at most."""

IDENTIFIED_BY = ("record", "id", "client", "file", "name")
"""Where the id of a record stands beside its answers; the first that is there counts."""

_ANY_JSON = JSONDecoder()
_SIGN = re.compile(r"[^ \t\r\n]")
_SHIFT = 20  # bits below the place of the question
PLACE = (1 << _SHIFT) - 1
"""The bits of a number that say the answer; all of them are 0 where there is none."""

_MOST_KEPT = 1 << (_SHIFT - 2)
"""Answers that are remembered for one question. No block has as many rows as there is room left beyond."""

Given = tuple[str, int, bytes]
"""One record as it was given: the file, the line or place in it from 1, and its bytes."""


class RecordPacker:
    """Packs records for one questionnaire; what it learns about answers it keeps from block to block."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire
        self._tables = tables_of(questionnaire)

    def lines(self, content: bytes, file: str, first: int = 1) -> Iterator[Packed]:
        """Yield the lines of `file` from line `first` on; empty ones are no records."""
        lines = content.split(b"\n")
        for start in range(0, len(lines), ROWS):
            some = enumerate(lines[start : start + ROWS], first + start)
            yield self.packed((file, number, line) for number, line in some if line.strip())

    def packed(self, records: Iterable[Given]) -> Packed:
        """Return records, at most `ROWS` of them, as one block."""
        rows: list[tuple[str, int, str | None, list[int]]] = []
        rejects: list[Rejected] = []
        for file, line, content in records:
            record: str | None = None
            answers: Mapping[str, object] = {}
            try:
                record, answers = told_in(content, file)
                rows.append((file, line, record, self._numbers(answers, file)))
            except AnswerError as error:
                rejects.append(Rejected(file, line, record, error.faults, readable(answers, self._questionnaire)))
        files, lines, ids, numbers = zip(*rows, strict=True) if rows else ((), (), (), ())
        return Packed(
            packed_columns(numbers, self._tables),
            pa.array(files, pa.string()).dictionary_encode(),
            pa.array(lines, pa.int64()),
            pa.array(ids, pa.string()),
            rejects,
        )

    def _numbers(self, answers: Mapping[str, object], file: str) -> list[int]:
        tables, earlier = self._tables, is_earlier(answers, self._questionnaire)
        now, left = in_todays_terms(answers, self._questionnaire) if earlier else (answers, ())
        with suppress(KeyError, TypeError, AnswerError):
            if not left:
                return [tables[question][tuple(one) if type(one) is list else one] for question, one in now.items()]
        checked = check_answers(answers, self._questionnaire, file)
        return [tables[question][one] for question, one in checked.items()]


def told_in(content: bytes, name: str) -> tuple[str | None, Mapping[str, object]]:
    """Return the id, if any, and the unchecked answers of an answers file, its answers alone or a line of the export.

    Raises AnswerError for what is none of these.
    """
    if len(content) > LARGEST:
        raise AnswerError([fault(Code.FILE_TOO_LARGE, file=name, limit=f"{LARGEST:,} bytes")])
    document = parsed(content, name)
    if not isinstance(document, dict):
        raise AnswerError([fault(Code.ANSWERS_NO_MAPPING, file=name)])
    if "format" not in document and "answers" not in document:
        return None, document
    if document.get("format", FORMAT) not in (FORMAT, ASSESSMENT_FORMAT):
        raise AnswerError([fault(Code.ANSWERS_OTHER_FORMAT, file=name, wanted=FORMAT)])
    answers = document.get("answers")
    if not isinstance(answers, dict):
        raise AnswerError([fault(Code.ANSWERS_NO_MAPPING, file=name)])
    return next((id_text(document[one]) for one in IDENTIFIED_BY if document.get(one) is not None), None), answers


def records_in(content: bytes, file: str) -> Iterator[Given]:
    """Yield every record of a JSON document: those of a list, or the document itself as the only one.

    Where a list cannot be read further, all of it comes as one more record: what is wrong with it is said about that.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not text.lstrip().startswith("["):
        yield file, 1, content
        return
    at, place = _next_sign(text, text.index("[") + 1), 1
    try:
        while text[at] != "]" or place > 1:
            _, end = _ANY_JSON.raw_decode(text, at)
            yield file, place, text[at:end].encode()
            at, place = _next_sign(text, end), place + 1
            if text[at] == "]":
                break
            if text[at] != ",":
                raise ValueError
            at = _next_sign(text, at + 1)
        if text[at + 1 :].strip():
            raise ValueError
    except (ValueError, IndexError, RecursionError):
        yield file, place, content


def _next_sign(text: str, at: int) -> int:
    found = _SIGN.search(text, at)
    return found.start() if found else len(text)


class Table(dict[object, int]):
    """The numbers of the answers to one question, by the answer as a file holds it, lists as tuples.

    What is not in it is checked and learned when it is looked up; raises AnswerError for what is no answer.
    """

    def __init__(self, place: int, question: Question, column: LayoutColumn) -> None:
        super().__init__()
        self._base = place << _SHIFT
        self._question, self._column = question, column
        self._places = {column.packed(None): 0}

    def __missing__(self, raw: object) -> int:
        column, question = self._column, self._question
        if type(raw) is int and question.kind is Kind.NUMBER and column.minimum <= raw <= column.maximum:
            answer: Answer = raw  # nearly every number: no need to ask further
        else:
            answer = check_answer(question, question.options, raw)
        number = self._base + self._places.setdefault(column.packed(answer), len(self._places))
        if self._question.kind in (Kind.ONE, Kind.MANY):
            self[raw] = number
        return number

    def columns(self, places: NDArray[np.signedinteger[Any]]) -> Iterator[tuple[str, Column]]:
        """Yield the packed columns of a block, by name, for the places of its answers, and forget what is too much."""
        met = list(self._places)
        for at, name in enumerate(self._column.names):
            yield name, np.array([one[at] for one in met], self._column.dtype)[places]
        if max(len(self), len(met)) > _MOST_KEPT:
            self.clear()
            self._places = {met[0]: 0}


def tables_of(questionnaire: Questionnaire) -> dict[str, Table]:
    """Return the table of every question by its id, in the order of the questionnaire."""
    both = zip(questionnaire.questions, layout_of(questionnaire).columns, strict=True)
    return {one.id: Table(place, one, column) for place, (one, column) in enumerate(both)}


def packed_columns(numbers: Sequence[Collection[int]], tables: Mapping[str, Table]) -> dict[str, Column]:
    """Return the packed columns of a block, which has the `numbers` of each row."""
    rows = len(numbers)
    counts = np.fromiter(map(len, numbers), np.int64, rows)
    flat = np.fromiter(chain.from_iterable(numbers), np.int64, int(counts.sum()))
    block = np.zeros((len(tables), rows), np.int32)
    block[flat >> _SHIFT, np.repeat(np.arange(rows), counts)] = flat & PLACE
    both = zip(block, tables.values(), strict=True)
    return {name: column for places, table in both for name, column in table.columns(places)}
