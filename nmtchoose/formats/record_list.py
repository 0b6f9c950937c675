"""Records on the screen: a list of them with flags, and how numbers such as pain went over the visits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TextIO

from nmtchoose.formats.viewing import Viewing, draw
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.pages.body_marks import PAIN_WORST
from nmtchoose.pages.page import Block, Facts, Heading, Tone
from nmtchoose.pages.suggestion import TONES
from nmtchoose.records.entries import Summary
from nmtchoose.words.printable import can_encode, encodable, printable
from nmtchoose.words.terms import FLAG

NARROW = 72
"""Below this width the list has two lines for each record."""

_HEADS = ("Id", "When", "Client", "Flag", "Suggested")


Row = tuple[tuple[str, str, str, str, str], Tone]
"""One record in words, in the order of the heads, and what its flag is about."""


def record_rows(summaries: Sequence[Summary], rules: RuleTable) -> Iterator[Row]:
    """Yield the summaries in words; a therapy that the rules no longer have keeps its id."""
    shorts = {therapy.id: therapy.short for therapy in rules.therapies}
    for one in summaries:
        named = printable(", ".join(shorts.get(therapy, therapy) for therapy in one.therapies)) or "nothing"
        cells = (
            one.id,
            f"{one.taken_at.astimezone():%Y-%m-%d %H:%M}",
            printable(one.client) or "-",
            "No flag" if one.disposition is Disposition.PROCEED else FLAG[one.disposition],
            f"{named} (amended)" if one.amended else named,
        )
        yield cells, TONES[one.disposition]


def show_records(rows: Iterable[Row], stream: TextIO, viewing: Viewing) -> None:
    """Write `rows` to `stream`: as a table, or as plain lines that each read as a sentence."""
    if viewing.plain:
        for said, _ in rows:
            line = "{}, {}, client {}: {}. Suggested: {}.".format(*said)
            stream.write(f"{encodable(line, viewing.encoding)}\n")
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from nmtchoose.formats.terminal_page import LOOKS

    narrow = viewing.width < NARROW
    table = Table(box=box.SIMPLE_HEAD if can_encode("─", viewing.encoding) else box.ASCII, pad_edge=False)
    for head in _HEADS[:1] + _HEADS[3:] if narrow else _HEADS:
        table.add_column(head, no_wrap=head in ("Id", "When", "Flag"), overflow="fold")
    for said, tone in rows:
        cells = [Text(encodable(cell, viewing.encoding)) for cell in said]
        cells[3].stylize(LOOKS[tone])
        if narrow:
            first = Text(encodable("\n".join(said[:3]), viewing.encoding))
            cells = [first, *cells[3:]]
        table.add_row(*cells)
    draw(table, stream, viewing)


Visit = tuple[str, Mapping[str, object]]
"""The day of a visit, and its answers."""


def trend_blocks(visits: Sequence[Visit], questionnaire: Questionnaire, viewing: Viewing) -> Iterator[Block]:
    """Yield a heading and the visits for every question on a scale from 0, such as pain now and how it holds back.

    Visits come in the order given, with a bar unless lines are plain. Pain at its worst is left out: it goes up and
    down with the pain of the same week.
    """
    for question in questionnaire.questions:
        on_a_scale = question.kind is Kind.NUMBER and question.minimum == 0 and question.unit.startswith("of ")
        lines = tuple(_lines(question, visits, viewing)) if on_a_scale and question.id != PAIN_WORST else ()
        if lines:
            yield from (Heading(question.ask.staff), Facts(lines))


def _lines(question: Question, visits: Sequence[Visit], viewing: Viewing) -> Iterator[tuple[str, str]]:
    most = question.maximum or 10
    room = max(min(viewing.width - 24, 40), most)
    for day, answers in visits:
        number = answers.get(question.id)
        if isinstance(number, int) and 0 <= number <= most:
            drawn = "" if viewing.plain else bar(number / most, room, viewing.encoding)
            yield day, f"{drawn}{number} {question.unit}"


def bar(share: float, room: int, encoding: str) -> str:
    """Return a bar of `room` columns that is filled to a share of it, with a space after it."""
    filled, empty = ("█", "░") if can_encode("█░", encoding) else ("#", ".")
    long = round(room * share)
    return f"{filled * long}{empty * (room - long)} "
