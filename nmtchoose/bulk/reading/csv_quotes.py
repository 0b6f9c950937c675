"""Quotation marks of CSV: which cells they hold together, and where one is left open."""

from __future__ import annotations

import re
from collections.abc import Iterator


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
