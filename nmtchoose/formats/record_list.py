"""Records as a list that fits the screen: when, who, and a flag in words and colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from nmtchoose.formats.viewing import Viewing
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import RuleTable
from nmtchoose.store.entries import Summary
from nmtchoose.words.printable import can_encode, encodable, printable
from nmtchoose.words.terms import FLAG

NARROW = 72
"""Below this width the list has two lines for each record."""

_STYLES = {
    Disposition.CALL_EMERGENCY: "bold red",
    Disposition.EMERGENCY_TODAY: "bold red",
    Disposition.MEDICAL_URGENT: "red",
    Disposition.MEDICAL_SOON: "red",
    Disposition.DEFER: "yellow",
    Disposition.CLEARANCE: "yellow",
    Disposition.PROCEED_WITH_CARE: "green",
    Disposition.PROCEED: "green",
}
_NO_FLAG = "No flag"
_HEADS = ("Id", "When", "Client", "Flag", "Suggested")


@dataclass(frozen=True, slots=True)
class Row:
    """One record in words."""

    id: str
    when: str
    client: str
    flag: str
    suggested: str
    style: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The words in the order of the heads."""
        return (self.id, self.when, self.client, self.flag, self.suggested)


def record_rows(summaries: Sequence[Summary], rules: RuleTable) -> tuple[Row, ...]:
    """Return the summaries in words; a therapy that the rules no longer have keeps its id."""
    shorts = {therapy.id: therapy.short for therapy in rules.therapies}
    return tuple(_row(summary, shorts) for summary in summaries)


def _row(summary: Summary, shorts: dict[str, str]) -> Row:
    named = ", ".join(shorts.get(one, one) for one in summary.therapies) or "nothing"
    flag = _NO_FLAG if summary.disposition is Disposition.PROCEED else FLAG[summary.disposition]
    return Row(
        id=summary.id,
        when=f"{summary.taken_at.astimezone():%Y-%m-%d %H:%M}",
        client=printable(summary.client) or "-",
        flag=flag,
        suggested=f"{printable(named)} (amended)" if summary.amended else printable(named),
        style=_STYLES[summary.disposition],
    )


def show_records(rows: Sequence[Row], stream: TextIO, viewing: Viewing) -> None:
    """Write `rows` to `stream`: as a table, or as plain lines that each read as a sentence."""
    if viewing.plain:
        for row in rows:
            line = f"{row.id}, {row.when}, client {row.client}: {row.flag}. Suggested: {row.suggested}."
            stream.write(f"{encodable(line, viewing.encoding)}\n")
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    narrow = viewing.width < NARROW
    table = Table(box=box.SIMPLE_HEAD if can_encode("─", viewing.encoding) else box.ASCII, pad_edge=False)
    for head in _HEADS[:1] + _HEADS[3:] if narrow else _HEADS:
        table.add_column(head, no_wrap=head in ("Id", "When", "Flag"), overflow="fold")
    for row in rows:
        cells = [Text(encodable(cell, viewing.encoding)) for cell in row.cells]
        cells[3].stylize(row.style)
        if narrow:
            first = Text(encodable(f"{row.id}\n{row.when}\n{row.client}", viewing.encoding))
            cells = [first, *cells[3:]]
        table.add_row(*cells)
    Console(file=stream, width=viewing.width, no_color=not viewing.colour, markup=False, highlight=False).print(table)
