"""Rows of CSV as an Arrow table, with the values of answers numbered; and where a quotation mark is left open."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv

from nmtchoose.bulk.reading.column_names import TableColumns
from nmtchoose.bulk.reading.packed import Rejected
from nmtchoose.errors import Code, fault
from nmtchoose.model.answers import Answers

_NUMBERED = pa.dictionary(pa.int32(), pa.binary())


@dataclass(frozen=True, slots=True)
class CsvRows:
    """The columns that matter, by their place in the file, and where each row stands; `count` counts all rows."""

    columns: Mapping[int, Any]
    lines: NDArray[np.int64]
    rejects: tuple[Rejected, ...]
    count: int


def csv_rows(
    content: bytes, meaning: TableColumns, delimiter: str, file: str, first: int, told: Callable[[str], Answers]
) -> CsvRows:
    """Return the rows in `content`, the first of which is row `first` of `file`; one without a word is no record.

    One with too few or too many cells is a reject, with the answers that its text is `told` to say.
    """
    wrong: list[Any] = []
    names = [str(place) for place in range(meaning.count)]
    numbered = {names[place] for one in meaning.questions for place in one.places}

    def skip(row: Any) -> str:
        wrong.append(row)
        return "skip"

    content = _tellable(content, delimiter, meaning.count)
    table = csv.read_csv(
        pa.py_buffer(content),
        csv.ReadOptions(column_names=names, use_threads=False, block_size=len(content) + 1),
        csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=skip
        ),
        csv.ConvertOptions(
            check_utf8=False,
            include_columns=[names[place] for place in meaning.places] or names[:1],
            column_types={name: _NUMBERED if name in numbered else pa.binary() for name in names},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )
    at_fault = [row.number for row in wrong]
    lines = np.setdiff1d(np.arange(1, table.num_rows + len(wrong) + 1), at_fault) + (first - 1)
    columns = {place: table.column(names[place]).combine_chunks() for place in meaning.places}
    said = np.logical_or.reduce(
        [np.zeros(len(lines), bool), *(one.is_valid().to_numpy(zero_copy_only=False) for one in columns.values())]
    )
    if not said.all():
        columns, lines = {place: one.filter(pa.array(said)) for place, one in columns.items()}, lines[said]
    faults = (fault(Code.ROW_TOO_SHORT, file, found=row.actual_columns, wanted=row.expected_columns) for row in wrong)
    rejects = (
        Rejected(file, first + row.number - 1, None, (one,), told(row.text or ""))
        for row, one in zip(wrong, faults, strict=True)
    )
    return CsvRows(columns, lines, tuple(rejects), table.num_rows + len(wrong))


def _tellable(content: bytes, delimiter: str, cells: int) -> bytes:
    """Return `content` as text wherever a row has too few or too many cells: Arrow tells of such a row only as text."""
    with suppress(UnicodeDecodeError):
        content.decode()
        return content
    return b"".join(
        line if line.count(delimiter.encode()) + 1 == cells else line.decode("utf-8", "replace").encode()
        for line in content.splitlines(keepends=True)
    )


def quoted_cell(delimiter: bytes) -> re.Pattern[bytes]:
    """Return what finds cells in quotation marks; `open` is there where nothing closes the cell as it should."""
    sign = re.escape(delimiter)
    start, text = rb"(?:(?<=[\r\n" + sign + rb'])|\A)"', rb'[^"]*(?:""[^"]*)*'
    return re.compile(start + text + rb'(?:"(?=[\r\n' + sign + rb']|\Z)|(?P<open>"|\Z))')


def parts(content: bytes, delimiter: bytes) -> Iterator[tuple[bytes, bool]]:
    """Yield rows of CSV in parts, and whether a part is one row with an open quotation mark.

    Such a mark would swallow the rows below up to the next one: they are read as if it were not there.
    """
    quoted, start = quoted_cell(delimiter), 0
    while b'"' in content and (found := _open(quoted, content, start)):
        before = quoted.sub(lambda cell: b"x" * len(cell.group()), content[start : found.start()])
        row = start + before.rfind(b"\n") + 1
        end = content.find(b"\n", found.start()) + 1 or len(content)
        if row > start:
            yield content[start:row], False
        yield content[row:end], True
        start = end
    if start < len(content):
        yield content[start:], False


def _open(quoted: re.Pattern[bytes], content: bytes, start: int) -> re.Match[bytes] | None:
    """Return the first cell that nothing closes, or that is closed in the middle of a cell of another row."""
    cells = (cell for cell in quoted.finditer(content, start) if cell["open"] is not None)
    return next((cell for cell in cells if not cell["open"] or b"\n" in cell.group()), None)
