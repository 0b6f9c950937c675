from __future__ import annotations

import io

import pytest

from nmtchoose.formats.viewing import choose_viewing, show
from nmtchoose.pages.page import Card, Page, Paragraph, Tone

PAGE = Page("", (Card("Stop", Tone.EMERGENCY, (Paragraph("Now"),)),))


class Terminal(io.StringIO):
    """A terminal that keeps what was written to it; its width can only be told by COLUMNS."""

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        raise OSError


def test_a_terminal_gets_the_drawn_page_in_colour() -> None:
    viewing = choose_viewing(Terminal(), {"TERM": "xterm-256color", "COLUMNS": "60"})
    assert (viewing.plain, viewing.colour, viewing.width) == (False, True, 60)


def test_a_pipe_gets_the_drawn_page_without_colour() -> None:
    viewing = choose_viewing(io.StringIO(), {"TERM": "xterm"})
    assert (viewing.plain, viewing.colour, viewing.width) == (False, False, 80)


@pytest.mark.parametrize(
    "environ",
    [{"TERM": "dumb"}, {"ACCESSIBLE": "1"}, {"NMTCHOOSE_PLAIN": "yes"}, {"COLUMNS": "20"}],
)
def test_plain_lines_where_drawing_does_not_work(environ: dict[str, str]) -> None:
    assert choose_viewing(Terminal(), environ).plain


@pytest.mark.parametrize("value", ["", "0", "false", "No"])
def test_a_wish_for_plain_lines_can_be_switched_off(value: str) -> None:
    assert not choose_viewing(Terminal(), {"ACCESSIBLE": value}).plain


def test_plain_lines_when_asked_for() -> None:
    assert choose_viewing(Terminal(), {}, plain=True).plain


def test_no_colour_with_the_flag_or_the_variable() -> None:
    assert not choose_viewing(Terminal(), {}, no_color=True).colour
    assert not choose_viewing(Terminal(), {"NO_COLOR": "1"}).colour
    assert choose_viewing(Terminal(), {"NO_COLOR": ""}).colour


@pytest.mark.parametrize("columns", ["wide", "0", "-5", "²"])
def test_a_senseless_width_is_ignored(columns: str) -> None:
    assert choose_viewing(Terminal(), {"COLUMNS": columns}).width == 80


def test_a_very_wide_terminal_keeps_lines_readable() -> None:
    assert choose_viewing(Terminal(), {"COLUMNS": "300"}).width == 100


def test_colour_is_only_written_where_it_was_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured, colourless = Terminal(), Terminal()
    show(PAGE, coloured, choose_viewing(coloured, {}))
    show(PAGE, colourless, choose_viewing(colourless, {}, no_color=True))
    assert "\x1b[1;31m" in coloured.getvalue()
    assert "31m" not in colourless.getvalue()
    assert "Stop" in colourless.getvalue()
