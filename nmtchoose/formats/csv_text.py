"""Intakes as CSV for spreadsheets and statistics: one row for each, with nothing in it that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from nmtchoose.formats.csv_columns import Cell, columns, row_of
from nmtchoose.pages.intake import Intake, Practice

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet run a text as a formula (OWASP, CSV injection); the wide signs do in some languages."""


def csv_text(intakes: Sequence[Intake], practice: Practice) -> str:
    """Return a line of column names and a line for each intake, as RFC 4180 has them (comma, CRLF)."""
    all_columns = columns(practice)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([disarmed(column.name) for column in all_columns])
    for intake in intakes:
        row = row_of(intake, practice)
        writer.writerow([disarmed(column.cell(row)) for column in all_columns])
    return text.getvalue()


def disarmed(cell: Cell) -> Cell:
    """Return `cell` with an apostrophe before a text that a spreadsheet would run; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
