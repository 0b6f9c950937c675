"""A page as text: plain lines for screen readers, one fact on a line, everything in words; or Markdown, escaped."""

import re
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


_SIGNS = re.compile(r"([\\`*_{}\[\]<>|~#&!])")
_START_OF_LINE = re.compile(r"^([-+=]|\d+[.)])")  # what starts a list or underlines a heading at the start of a line


def markdown_page(page: Page) -> str:
    """Return `page` as Markdown. The body map is told in words; a comparison becomes a table."""
    ready = shown(page, "utf-8")
    title = f"# {_text(ready.title)}"
    blocks = (block for part in ready.blocks for block in _block(part) if block != f"#{title}")
    head, foot = ((_line(text),) if text else () for text in (ready.head, ready.foot))
    return "\n\n".join((*head, title, *blocks, *foot)).rstrip("\n") + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield f"## {_text(text)}"
        case Subheading(text):
            yield f"### {_text(text)}"
        case Paragraph(text):
            yield _line(text)
        case Bullets(items):
            yield "\n".join(f"- {_line(item)}" for item in items)
        case Facts(pairs):
            yield _facts(pairs)
        case Card(title, _, body):
            yield f"## {_text(title)}"
            for part in body:
                yield from _block(part)
        case Comparison():
            yield _table(block)
        case BodyMap(marks, beside):
            yield _facts((*((meaning, places) for _, meaning, places in told(marks)), *beside))


def _facts(pairs: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"- **{_text(with_mark(label))}** {_text(value)}" for label, value in pairs)


def _table(comparison: Comparison) -> str:
    names = [f"{one.name}: {one.standing}" if one.standing else one.name for one in comparison.columns]
    rows = [[row.label, *("; ".join(point.text for point in cell) for cell in row.cells)] for row in comparison.rows]
    lines = [["", *names], ["---"] * (len(names) + 1), *rows]
    return "\n".join(f"| {' | '.join(line if at == 1 else map(_text, line))} |" for at, line in enumerate(lines))


def _line(text: str) -> str:
    return _START_OF_LINE.sub(lambda start: f"{start[1][:-1]}\\{start[1][-1]}", _text(text))


def _text(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)
