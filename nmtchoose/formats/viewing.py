"""How a page is shown here: drawn or plain, how wide, in which encoding, with or without colour."""

import io
import os
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from nmtchoose.formats.text_page import plain_lines
from nmtchoose.pages.page import Page

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDEST = 100
"""Longer lines are hard to read."""

NARROWEST = 30
"""Below this there is no room for a box."""

_USUAL_WIDTH = 80
_OFF = ("", "0", "no", "off", "false")


@dataclass(frozen=True, slots=True)
class Viewing:
    """`plain` for lines without drawing; otherwise a page `width` columns wide, with or without `colour`."""

    plain: bool
    width: int
    encoding: str
    colour: bool


def choose_viewing(
    stream: TextIO, environ: Mapping[str, str], *, plain: bool = False, no_color: bool = False
) -> Viewing:
    """Return how to show a page on `stream`.

    Plain when asked for (`plain`, or `ACCESSIBLE` or `NMTCHOOSE_PLAIN` in `environ`), on a dumb terminal, and where
    there is no room. A file or pipe gets the drawn page without colour, as `no_color` and `NO_COLOR` ask for.
    """
    terminal = stream.isatty()
    width = min(_width(stream, environ, terminal=terminal), WIDEST)
    asked = plain or _on(environ.get("ACCESSIBLE")) or _on(environ.get("NMTCHOOSE_PLAIN"))
    dumb = environ.get("TERM", "").lower() in ("dumb", "unknown")
    return Viewing(
        plain=asked or dumb or width < NARROWEST,
        width=width,
        encoding=getattr(stream, "encoding", None) or "utf-8",
        colour=terminal and not no_color and not environ.get("NO_COLOR"),
    )


def show(page: Page, stream: TextIO, viewing: Viewing) -> None:
    """Write `page` to `stream` as `viewing` says; what the encoding lacks is replaced, so this never fails on it."""
    if viewing.plain:
        stream.write("".join(f"{line}\n" for line in drawn(page, viewing, wrapped=stream.isatty())))
    else:
        draw(_rich(page, viewing), stream, viewing)


def drawn(page: Page, viewing: Viewing, *, wrapped: bool = True) -> list[str]:
    """Return the lines of `page`, without blanks at their ends; plain ones as wide as they are unless `wrapped`."""
    if viewing.plain:
        said = plain_lines(page, viewing.encoding)
        return list(_wrapped(said, viewing.width)) if wrapped else list(said)
    text = io.StringIO()
    draw(_rich(page, viewing), text, viewing)
    return text.getvalue().splitlines()


def _rich(page: Page, viewing: Viewing) -> "RenderableType":
    from nmtchoose.formats.terminal_page import rich_page

    return rich_page(page, viewing.width, viewing.encoding)


def draw(content: "RenderableType", stream: TextIO, viewing: Viewing) -> None:
    """Write to `stream` what Rich makes of `content`; without colour, there are no blanks at the ends of lines."""
    from rich.console import Console

    text = stream if viewing.colour else io.StringIO()
    Console(
        file=text,
        width=viewing.width,
        no_color=not viewing.colour,
        force_terminal=viewing.colour or None,
        markup=False,
        emoji=False,
        highlight=False,
    ).print(content)
    if isinstance(text, io.StringIO) and text is not stream:
        stream.write("".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines()))


def _wrapped(lines: Iterable[str], width: int) -> Iterator[str]:
    """Break lines between words, so that a terminal does not break them inside one; a pipe keeps one fact a line."""
    for line in lines:
        indent = "  " if line.startswith("- ") else ""
        yield from textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False) or [""]


def _on(value: str | None) -> bool:
    return value is not None and value.strip().lower() not in _OFF


def _width(stream: TextIO, environ: Mapping[str, str], *, terminal: bool) -> int:
    columns = environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 0:
        return int(columns)
    if not terminal:
        return _USUAL_WIDTH
    try:
        return os.get_terminal_size(stream.fileno()).columns or _USUAL_WIDTH
    except OSError:
        return _USUAL_WIDTH
