"""Lines of JSON into packed columns: quick for what every feed holds, and the single command's way for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, Literal, TypeVar

import msgspec

from nmtchoose.batch.reading.building import BlockRows
from nmtchoose.batch.reading.codes import numbers_of, tables_of
from nmtchoose.batch.reading.one_record import checked_in, id_text, told_in
from nmtchoose.batch.reading.packed import Packed
from nmtchoose.errors import AnswerError
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.records.answers_file import FORMAT, LARGEST

Value = str | int | tuple[str, ...]
"""Narrower than what JSON allows: no fractions, no true, no null. All of those go the slow way."""

Values = dict[str, Value]
Value_ = TypeVar("Value_")

_ID = str | int | None
_NOT_QUICK = (msgspec.MsgspecError, AnswerError, KeyError, UnicodeDecodeError, RecursionError)
_ANSWERS = b'"answers"'


class _Stamp(msgspec.Struct):
    """Which questionnaire was asked. Both names are always there, so a third colon means that one is there twice."""

    version: str
    sha256: str


class _Plain(msgspec.Struct, Generic[Value_], forbid_unknown_fields=True):
    """What most feeds have on a line, and nothing else. What is not there is None."""

    answers: dict[str, Value_]
    format: str | None = None
    questionnaire: _Stamp | None = None
    record: _ID = None
    id: _ID = None


class _Line(msgspec.Struct):
    """What a line may hold beside its answers and still be read quickly. What is not there is None."""

    answers: Values
    format: str | None = None
    questionnaire: _Stamp | None = None
    record: _ID = None
    id: _ID = None
    client: _ID = None
    file: _ID = None
    name: _ID = None
    answered: str | None = None
    by: str | None = None


_FIELDS = len(_Line.__struct_fields__)
_COLONS_IN_STAMP = 2


class LinePacker:
    """Packs lines of JSON for one questionnaire; what it learns about answers it keeps from block to block."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire
        self._tables = tables_of(questionnaire)
        self._known = {question: table.known for question, table in self._tables.items()}
        plain: Any = _Plain  # which values there are is known only now, which types cannot say
        self._decode_plain = msgspec.json.Decoder(plain[_known_values(questionnaire)]).decode
        self._decode_line = msgspec.json.Decoder(_Line).decode
        self._decode_answers = msgspec.json.Decoder(Values).decode

    def packed(self, lines: Sequence[bytes], file: str, first: int = 1) -> Packed:
        """Return the lines of `file` from line `first` on as one block; empty ones are no records."""
        rows = BlockRows(self._tables)
        self.add(rows, lines, file, first)
        return rows.packed()

    def block(self) -> BlockRows:
        """Return an empty block, for `add`."""
        return BlockRows(self._tables)

    def add(self, rows: BlockRows, lines: Sequence[bytes], file: str, first: int = 1) -> None:
        """Add the lines of `file` from line `first` on to `rows`.

        A name brings one colon. As many colons as names mean that none of them stands there twice: JSON would keep the
        last one, and an answers file like that is refused.
        """
        rows.begin(file)
        known, decode, add = self._known, self._decode_plain, rows.add
        for number, line in enumerate(lines, first):
            try:
                told = decode(line)
                answers = told.answers
                numbers = b"".join([known[question][answer] for question, answer in answers.items()])
            except (msgspec.MsgspecError, KeyError, UnicodeDecodeError, RecursionError):
                self._add_less_quickly(rows, number, line, file)
                continue
            format_, record, other_id = told.format, told.record, told.id
            names = 1 + len(answers) + (format_ is not None) + (record is not None) + (other_id is not None)
            if told.questionnaire is not None:
                names += 1 + _COLONS_IN_STAMP
            if line.count(b":") == names and (format_ is None or format_ == FORMAT) and len(line) <= LARGEST:
                record = other_id if record is None else record
                add(number, record if record is None or isinstance(record, str) else id_text(record), numbers)
            else:
                self._add_less_quickly(rows, number, line, file)

    def _add_less_quickly(self, rows: BlockRows, number: int, line: bytes, file: str) -> None:
        """Add a line with an answer that is not known yet, with the answers alone, or with more beside them."""
        try:
            if _ANSWERS not in line:
                self._add_bare(rows, number, line)
                return
            told = self._decode_line(line)
            numbers = self._met(told.answers)
        except _NOT_QUICK:
            self._add_slowly(rows, number, line, file)
        else:
            if _says_no_more(told, line) and told.format in (None, FORMAT):
                rows.add(number, _record(told), numbers)
            else:
                self._add_slowly(rows, number, line, file)

    def _add_bare(self, rows: BlockRows, number: int, line: bytes) -> None:
        """Add a line that holds the answers alone."""
        answers = self._decode_answers(line)
        if "format" in answers or "answers" in answers:
            raise KeyError
        if line.count(b":") != len(answers) or len(line) > LARGEST:
            raise KeyError
        rows.add(number, None, self._met(answers))

    def _met(self, answers: Values) -> bytes:
        return b"".join([self._tables[question].met(answer) for question, answer in answers.items()])

    def _add_slowly(self, rows: BlockRows, number: int, line: bytes, file: str) -> None:
        """Add a line as the single command reads it, or what is wrong with it."""
        if not line.strip():
            return
        record = None
        try:
            told = told_in(line, file)
            record = told.record
            rows.add(number, record, numbers_of(checked_in(told, self._questionnaire, file), self._tables))
        except AnswerError as error:
            rows.reject(number, record, error.faults)


def _known_values(questionnaire: Questionnaire) -> Any:
    """Return the type of all answers but texts. Options that are known come as one and the same text each time."""
    names = [name for one in questionnaire.questions for name in (*one.specials, *(each.id for each in one.options))]
    option: Any = Literal[tuple(dict.fromkeys(names))]
    return option | int | tuple[option, ...]


def _says_no_more(told: _Line, line: bytes) -> bool:
    """Return whether everything in `line` was read, and no name stands there twice.

    A colon that is not a name's stands in a text that was read.
    """
    if len(line) > LARGEST:
        return False
    fields = msgspec.structs.astuple(told)
    names = len(told.answers) + _FIELDS - fields.count(None) + (_COLONS_IN_STAMP if told.questionnaire else 0)
    colons = line.count(b":")
    if colons == names:
        return True
    texts = [text for text in (*fields[1:], *told.answers.values()) if isinstance(text, str)]
    return b"\\" not in line and colons == names + sum(text.count(":") for text in texts)


def _record(told: _Line) -> str | None:
    """Return the id; the order is that of `IDENTIFIED_BY`."""
    for one in (told.record, told.id, told.client, told.file, told.name):
        if one is not None:
            return one if isinstance(one, str) else id_text(one)
    return None
