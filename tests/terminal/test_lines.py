"""Several lines on one screen, in a real terminal and in plain lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from nmtchoose.files.drafts import list_drafts
from tests.loading.examples import RULES
from tests.loading.test_each import TEXT
from tests.terminal.interviews import intake


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, ...]:
    """The flags for a pair whose first screen has three lines."""
    for name, text in (("questions", TEXT), ("rules", RULES)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return ("--questions", str(tmp_path / "questions.yaml"), "--rules", str(tmp_path / "rules.yaml"))


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 20), (40, 12)])
def test_a_screen_of_lines_is_answered_by_letters(
    tmp_path: Path, pair: tuple[str, ...], columns: int, rows: int
) -> None:
    with intake(tmp_path / "drafts", *pair, columns=columns, rows=rows) as terminal:
        terminal.wait_for("In the last day")
        assert terminal.line_with("»").split() == ["»", "[", "]", "Chest", "pain", "or", "tightness"]
        terminal.press("n")
        terminal.wait_for("[no ] Chest")
        terminal.press("?")
        terminal.wait_for("[ ? ] You fainted")
        terminal.press("enter")
        terminal.wait_for("Please answer this line too")
        terminal.press("n", "enter")
        terminal.wait_for("Is any of this happening")
    (draft,) = list_drafts(tmp_path / "drafts")
    assert draft.raw == {"signs.chest": "no", "signs.faint": "unsure", "signs.seen": "no"}


def test_back_keeps_what_was_said(tmp_path: Path, pair: tuple[str, ...]) -> None:
    with intake(tmp_path / "drafts", *pair) as terminal:
        terminal.wait_for("In the last day")
        terminal.press("n", "up", "down", "y", "n", "enter")
        terminal.wait_for("Is any of this happening")
        terminal.press("back")
        terminal.wait_for("[yes] You fainted")
        assert "[no ] Chest pain or tightness" in terminal.text()


def test_plain_lines_ask_line_by_line(tmp_path: Path, pair: tuple[str, ...]) -> None:
    with intake(tmp_path / "drafts", *pair, "--plain") as terminal:
        terminal.wait_for("1 of 3. Chest pain or tightness (y, n or ?):")
        for place, key in ((2, "n"), (3, "?")):
            terminal.press(key, "enter")
            terminal.wait_for(f"{place} of 3.")
        terminal.press("y", "enter")
        terminal.wait_for("Is any of this happening")
    (draft,) = list_drafts(tmp_path / "drafts")
    assert draft.raw == {"signs.chest": "no", "signs.faint": "unsure", "signs.seen": "yes"}
