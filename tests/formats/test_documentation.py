"""docs/exports.md says what the code does."""

from __future__ import annotations

import re

from nmtchoose.formats.csv_columns import RESULT
from nmtchoose.formats.registry import FORMATS
from tests.shipped import ROOT

PAGE = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")


def table_after(heading: str) -> list[list[str]]:
    """Return the cells of the table whose header begins with `heading`."""
    lines = PAGE[PAGE.index(f"| {heading} |") :].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_table_of_formats_is_the_registry() -> None:
    assert [[name, endings, several] for name, endings, _, several in table_after("format")] == [
        [f"`{one.name}`", " ".join(f"`{end}`" for end in one.endings), "yes" if one.several else "no"]
        for one in FORMATS
    ]


def test_the_table_of_columns_is_the_code() -> None:
    assert [name for name, _ in table_after("column")] == [f"`{name}`" for name, _ in RESULT]


def test_every_ending_and_format_in_an_example_exists() -> None:
    named = re.findall(r"--format ([a-z-]+)", PAGE)
    endings = re.findall(r"-o \w+(\.[\w.]+)", PAGE)
    assert set(named) <= {one.name for one in FORMATS}
    assert set(endings) <= {end for one in FORMATS for end in one.endings}
