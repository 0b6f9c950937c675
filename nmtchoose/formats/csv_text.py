"""Intakes as CSV for spreadsheets and statistics: one row for each, with nothing in it that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from nmtchoose.formats.csv_columns import Cell, columns, row_of
from nmtchoose.pages.intake import Intake, Practice
from nmtchoose.words.printable import OBEYED

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet run a text as a formula (OWASP, CSV injection); the wide signs do in some languages."""


def csv_text(intakes: Sequence[Intake], practice: Practice) -> str:
    """Return a line of column names and a line for each intake, as RFC 4180 has them (comma, CRLF)."""
    all_columns = columns(practice)
    rows = (row_of(intake, practice) for intake in intakes)
    cells = ([column.cell(row) for column in all_columns] for row in rows)
    return table_text([[column.name for column in all_columns], *cells])


def table_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Return rows of cells as CSV, each text disarmed."""
    text = io.StringIO()
    csv.writer(text).writerows([disarmed(cell) for cell in row] for row in rows)
    return text.getvalue()


def disarmed(cell: Cell) -> Cell:
    """Return `cell` with nothing in it that a terminal obeys, and an apostrophe before what a spreadsheet would run.

    Numbers stay numbers, and lines stay lines.
    """
    if isinstance(cell, str) and not cell.isprintable():
        cell = OBEYED.sub("", cell)
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
