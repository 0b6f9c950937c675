"""From the first question to the result, by keys and by lines, wide and narrow, UTF-8 and ASCII."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from nmtchoose.files.drafts import list_drafts
from tests.prompts.screen import ASCII, UTF8, words
from tests.terminal.interviews import answer_by_keys, answer_by_lines, example, intake, leave, wait_for_line

WIDE = pytest.param(80, 24, UTF8, id="80x24 utf-8")
NARROW = pytest.param(40, 20, ASCII, id="40x20 ascii")
sizes = pytest.mark.parametrize(("columns", "rows", "environment"), [WIDE, NARROW])
SUGGESTED = "Neuromuscular therapy (NMT)"


@sizes
def test_by_keys(drafts: Path, columns: int, rows: int, environment: Mapping[str, str]) -> None:
    with intake(drafts, columns=columns, rows=rows, environment=environment) as terminal:
        answer_by_keys(terminal, example("nmt"))
        terminal.wait_for("Before the result")
        terminal.press("y", "enter")
        assert leave(terminal) == 0
        assert SUGGESTED in words(terminal.written)
        assert terminal.is_in_order()
        assert environment is UTF8 or terminal.written.isascii()
    assert list_drafts(drafts) == ()


@sizes
def test_by_lines(drafts: Path, columns: int, rows: int, environment: Mapping[str, str]) -> None:
    with intake(drafts, "--plain", columns=columns, rows=rows, environment=environment) as terminal:
        answer_by_lines(terminal, example("nmt"))
        wait_for_line(terminal, "Before the result", "b for back:")
        terminal.press("y", "enter")
        assert leave(terminal) == 0
        assert SUGGESTED in words(terminal.written)
        assert "\x1b" not in terminal.written
        assert environment is UTF8 or terminal.written.isascii()
    assert list_drafts(drafts) == ()
