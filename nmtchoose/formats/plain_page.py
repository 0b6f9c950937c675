"""A page as plain lines: one fact on a line, everything in words, for screen readers and simple terminals."""

from collections.abc import Iterator

from nmtchoose.formats.body_map import told
from nmtchoose.pages.page import (
    Block,
    BodyMap,
    Bullets,
    Card,
    Comparison,
    Facts,
    Heading,
    Page,
    Paragraph,
    Subheading,
    shown,
)


def plain_lines(page: Page, encoding: str = "utf-8") -> tuple[str, ...]:
    """Return `page` in lines of any length that `encoding` can encode: nothing is drawn, so they suit every width."""
    ready = shown(page, encoding)
    lines = [line for block in ready.blocks for line in _lines(block)]
    foot = ("", ready.foot) if ready.foot else ()
    if ready.head:
        return (ready.head, *lines, *foot)
    return (*(lines[1:] if lines and not lines[0] else lines), *foot)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text) | Subheading(text):
            yield from ("", text)
        case Paragraph(text):
            yield text
        case Bullets(items):
            yield from (f"- {item}" for item in items)
        case Facts(pairs):
            yield from (labelled(label, value) for label, value in pairs)
        case Card(title, _, body):
            yield from ("", title)
            for part in body:
                yield from _lines(part)
        case Comparison():
            yield from _compared(block)
        case BodyMap(marks, beside):
            yield from (labelled(meaning, places) for _, meaning, places in told(marks))
            yield from (labelled(label, value) for label, value in beside)


def _compared(comparison: Comparison) -> Iterator[str]:
    for place, column in enumerate(comparison.columns):
        yield from ("", f"{column.name}: {column.standing}" if column.standing else column.name)
        for row in comparison.rows:
            yield from (f"{column.short}. {labelled(row.label, point.text)}" for point in row.cells[place])


def labelled(label: str, value: str) -> str:
    """Return label and value on one line."""
    return f"{with_mark(label)} {value}"


def with_mark(label: str) -> str:
    """Return a label with a colon; one that is a question keeps its own mark."""
    return label if label.endswith(("?", ":", ".")) else f"{label}:"
