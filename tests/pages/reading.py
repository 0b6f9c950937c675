"""Reading pages and what renderers make of them, without using either's own code."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from enum import Enum

from msgspec import Struct
from msgspec.structs import asdict

from nmtchoose.formats.viewing import Viewing, show
from nmtchoose.pages.page import BodyMap, Comparison, Heading, Page


def texts_in(value: object) -> Iterator[str]:
    """Yield every text anywhere inside a page or block, except a page's own title and the ids of body regions."""
    if isinstance(value, Page):
        yield from texts_in(value.blocks)
        yield from texts_in(value.foot)
    elif isinstance(value, tuple):
        for one in value:
            yield from texts_in(one)
    elif isinstance(value, Struct):
        yield from texts_in(tuple(one for name, one in asdict(value).items() if name not in ("region", "side")))
    elif isinstance(value, str) and not isinstance(value, Enum) and value:
        yield value


def whole(page: Page) -> str:
    return "\n".join(texts_in(page))


def headings(page: Page) -> list[str]:
    return [block.text for block in page.blocks if isinstance(block, Heading)]


def under(page: Page, heading: str) -> str:
    """Return the texts between `heading` and the next one, one in a line."""
    start = page.blocks.index(Heading(heading)) + 1
    end = next((at for at in range(start, len(page.blocks)) if isinstance(page.blocks[at], Heading)), len(page.blocks))
    return "\n".join(texts_in(page.blocks[start:end]))


def rendered(page: Page, *, plain: bool = False, width: int = 80, encoding: str = "utf-8") -> str:
    """Return what a strict stream of that encoding receives."""
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding=encoding, errors="strict", newline="\n")
    show(page, stream, Viewing(plain, width, encoding, colour=False))
    stream.flush()
    return written.getvalue().decode(encoding)


def run_together(text: str) -> str:
    """Return `text` without blanks and frames, so that wrapping does not matter."""
    return "".join(char for char in text if not char.isspace() and char not in "│┃|")


def words_in_cells(page: Page) -> Counter[str]:
    tables = [block for block in page.blocks if isinstance(block, Comparison)]
    cells = [point.text for table in tables for row in table.rows for cell in row.cells for point in cell]
    return Counter(word for text in cells for word in text.split())


def blocks_of_one_column(page: Page) -> Page:
    """Return `page` without the blocks that put texts side by side."""
    return Page(page.title, tuple(block for block in page.blocks if not isinstance(block, Comparison | BodyMap)))
