"""Records of JSON into packed columns: each is read as the single command reads a file, so that faults are the same."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from json import JSONDecoder
from typing import NamedTuple

import pyarrow as pa

from nmtchoose.bulk.reading.arrow_columns import id_text
from nmtchoose.bulk.reading.codes import packed_columns, tables_of
from nmtchoose.bulk.reading.packed import Packed, Rejected, readable
from nmtchoose.errors import AnswerError, Code, fault
from nmtchoose.files.answers_file import FORMAT, LARGEST, check_answers, parsed
from nmtchoose.files.earlier_answers import is_earlier
from nmtchoose.formats.assessment_json import ASSESSMENT_FORMAT
from nmtchoose.model.questionnaire import Questionnaire

ROWS = 1 << 16
"""Rows of a block at most."""

IDENTIFIED_BY = ("record", "id", "client", "file", "name")
"""Where the id of a record stands beside its answers; the first that is there counts."""

_ANY_JSON = JSONDecoder()
_SIGN = re.compile(r"[^ \t\r\n]")


class Given(NamedTuple):
    """One record as it was given: the file, the line or place in it from 1, and its bytes."""

    file: str
    line: int
    content: bytes


class Told(NamedTuple):
    """What a record holds: its id, where it has one, and its answers as they stand there, unchecked."""

    record: str | None
    answers: Mapping[str, object]


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
            yield self.packed(Given(file, number, line) for number, line in some if line.strip())

    def packed(self, records: Iterable[Given]) -> Packed:
        """Return records, at most `ROWS` of them, as one block."""
        rows: list[tuple[str, int, str | None, list[int]]] = []
        rejects: list[Rejected] = []
        for file, line, content in records:
            record, answers = Told(None, {})
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
        tables = self._tables
        if not is_earlier(answers, self._questionnaire):
            with suppress(KeyError, TypeError, AnswerError):
                return [tables[question][tuple(one) if type(one) is list else one] for question, one in answers.items()]
        checked = check_answers(answers, self._questionnaire, file)
        return [tables[question][one] for question, one in checked.items()]


def told_in(content: bytes, name: str) -> Told:
    """Return what an answers file, its answers alone or a line of the export holds; raises AnswerError for others."""
    if len(content) > LARGEST:
        raise AnswerError([fault(Code.FILE_TOO_LARGE, file=name, limit=f"{LARGEST:,} bytes")])
    document = parsed(content, name)
    if not isinstance(document, dict):
        raise AnswerError([fault(Code.ANSWERS_NO_MAPPING, file=name)])
    if "format" not in document and "answers" not in document:
        return Told(None, document)
    if document.get("format", FORMAT) not in (FORMAT, ASSESSMENT_FORMAT):
        raise AnswerError([fault(Code.ANSWERS_OTHER_FORMAT, file=name, wanted=FORMAT)])
    answers = document.get("answers")
    if not isinstance(answers, dict):
        raise AnswerError([fault(Code.ANSWERS_NO_MAPPING, file=name)])
    return Told(next((id_text(document[one]) for one in IDENTIFIED_BY if document.get(one) is not None), None), answers)


def records_in(content: bytes, file: str) -> Iterator[Given]:
    """Yield every record of a JSON document: those of a list, or the document itself as the only one.

    Where a list cannot be read further, all of it comes as one more record: what is wrong with it is said about that.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not text.lstrip().startswith("["):
        yield Given(file, 1, content)
        return
    at, place = _next_sign(text, text.index("[") + 1), 1
    try:
        while text[at] != "]" or place > 1:
            _, end = _ANY_JSON.raw_decode(text, at)
            yield Given(file, place, text[at:end].encode())
            at, place = _next_sign(text, end), place + 1
            if text[at] == "]":
                break
            if text[at] != ",":
                raise ValueError
            at = _next_sign(text, at + 1)
        if text[at + 1 :].strip():
            raise ValueError
    except (ValueError, IndexError, RecursionError):
        yield Given(file, place, content)


def _next_sign(text: str, at: int) -> int:
    found = _SIGN.search(text, at)
    return found.start() if found else len(text)
