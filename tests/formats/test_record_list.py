"""The list of records."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from nmtchoose.formats.record_list import record_rows, show_records
from nmtchoose.formats.viewing import Viewing
from nmtchoose.model.disposition import Disposition
from nmtchoose.records.entries import Summary
from tests.pages.clinic import TABLE

WHEN = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def summary(disposition: Disposition, *therapies: str, client: str = "C-17", amended: int = 0) -> Summary:
    return Summary("ab12cd34ef", WHEN, client, disposition, therapies, "Sam", full=True, amended=amended)


def drawn(*summaries: Summary, width: int = 80, plain: bool = False, colour: bool = False) -> str:
    text = io.StringIO()
    show_records(record_rows(summaries, TABLE), text, Viewing(plain, width, "utf-8", colour))
    return text.getvalue()


@pytest.mark.parametrize("disposition", Disposition)
def test_every_flag_is_said_in_words(disposition: Disposition) -> None:
    ((cells, _),) = record_rows([summary(disposition)], TABLE)
    assert cells[3]
    assert cells[3] in drawn(summary(disposition))


@pytest.mark.parametrize("width", [30, 50, 72, 80, 100])
def test_the_list_fits_the_screen(width: int) -> None:
    long = summary(Disposition.CALL_EMERGENCY, "nmt", "swedish", client="A reference that is quite long", amended=1)
    assert max(len(line.rstrip()) for line in drawn(long, width=width).splitlines()) <= width


def test_plain_lines_read_as_sentences() -> None:
    line = drawn(summary(Disposition.CLEARANCE, "nmt", amended=2), plain=True)
    assert "client C-17: Talk first. Suggested: " in line
    assert line.endswith("(amended).\n")


def test_nothing_in_a_reference_is_obeyed_by_the_terminal() -> None:
    assert "\x1b" not in drawn(summary(Disposition.PROCEED, client="\x1b[31mred"))
