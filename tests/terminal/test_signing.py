"""A clinician at a real terminal: nothing can be signed before all of it has been on the screen."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.prompts.screen import UTF8, Terminal
from tests.signatures.signed import Folder

SIZES = [(80, 24), (40, 20)]
SENTENCES = [f"Sentence {number:02} of the caution says what to mind." for number in range(1, 41)]
THINNER = "blood-thinner"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A pair with one rule that is much longer than a screen."""
    folder = Folder(tmp_path)
    folder.edit("caution: Bruises come more easily.", f"caution: {' '.join(SENTENCES)}")
    return folder


def reviewing(folder: Folder, *flags: str, columns: int, rows: int) -> Terminal:
    """Start with the long rule."""
    signer = ("--by", "N. N.", "--licence", "1")
    command = [sys.executable, "-m", "nmtchoose", "review", str(folder.rules.parent), "--rule", THINNER, *signer]
    terminal = Terminal(
        [*command, *flags], columns=columns, rows=rows, environment={**UTF8, "COLUMNS": "", "LINES": ""}
    )
    terminal.wait_for("1 to look at")
    terminal.press("enter")
    return terminal


def turn(terminal: Terminal, page: int) -> None:
    """Read on, and wait for the whole of `page`."""
    terminal.press("home", "enter")
    terminal.wait_for(f"page {page}/")
    terminal.wait_for_silence()


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_all_of_a_long_item_is_read_before_it_can_be_accepted(folder: Folder, columns: int, rows: int) -> None:
    with reviewing(folder, columns=columns, rows=rows) as terminal:
        terminal.wait_for("page 1/")
        terminal.wait_for_silence()
        seen, page = "", 1
        while "Accept" not in terminal.text():
            seen += terminal.text()
            terminal.press("1")
            terminal.wait_for("No line has the key 1.")
            turn(terminal, page := page + 1)
        seen = " ".join((seen + terminal.text()).split())
        assert [one for one in range(1, 41) if f"Sentence {one:02}" not in seen] == []
        assert not folder.reviews.exists()
        terminal.press("1")
        terminal.wait_for("1 accepted")
        assert terminal.wait_for_end() == 0
    assert f"rule/{THINNER}" not in folder.open()


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_the_key_for_reading_on_signs_nothing_on_the_last_page(folder: Folder, columns: int, rows: int) -> None:
    with reviewing(folder, columns=columns, rows=rows) as terminal:
        terminal.wait_for("page 1/")
        terminal.wait_for_silence()
        page = 1
        while "Accept" not in terminal.text():
            turn(terminal, page := page + 1)
        terminal.press("0")
        terminal.wait_for("No line has the key 0.")
        assert "Rests on" in terminal.text()
        assert not folder.reviews.exists()


def test_in_plain_lines_an_item_is_read_to_its_end_too(folder: Folder) -> None:
    with reviewing(folder, "--plain", columns=40, rows=20) as terminal:
        terminal.wait_for("Choose 0-5:")
        terminal.press("1", "enter")
        terminal.wait_for("There is no 1.")
        terminal.press("accept", "enter")
        terminal.wait_for("That fits none of them.")
        assert not folder.reviews.exists()
