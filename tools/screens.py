"""Write what people see on the main screens to docs/screens: `make screens`.

Each file holds one screen four times: drawn and in plain lines, 80 and 40 columns wide. The frames come from the real
command in an emulated terminal. With `--check`, nothing is written and the exit code says whether they are up to date.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from nmtchoose.prompts.protocol import Voice  # noqa: E402
from nmtchoose.prompts.wording import asked  # noqa: E402
from tests.prompts.screen import Terminal, words  # noqa: E402
from tests.terminal.interviews import PAIR, answered_before, example, intake  # noqa: E402

FOLDER = ROOT / "docs" / "screens"
TALL = 300
RESULT_LINES = 40
TITLES = {
    "first-question": "The first question",
    "places": "Where it hurts: a long list",
    "number": "A number",
    "turn-the-screen": "Staff: before a private question",
    "private-question": "Staff: the private question that the client answers",
    "review": "Staff: the review before the result",
    "result": "The top of the result",
    "emergency": "A sign of an emergency at the first question",
}


@dataclass(frozen=True, slots=True)
class Look:
    """A way to see the interview. Plain lines scroll by, so that all of them are shown."""

    columns: int
    rows: int
    plain: bool

    @property
    def title(self) -> str:
        """What stands above the frame."""
        return f"{self.columns} columns, {'plain lines' if self.plain else f'{self.rows} rows'}"


SIZES = ((80, 24), (40, 20))
LOOKS = tuple(Look(columns, TALL if plain else rows, plain) for plain in (False, True) for columns, rows in SIZES)


def frames(look: Look, folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield every screen's name and lines, as they look in one terminal."""
    yield from _first_and_emergency(look, folder)
    yield from _places_and_number(look, folder)
    yield from _private_and_result(look, folder)


def _first_and_emergency(look: Look, folder: Path) -> Iterator[tuple[str, list[str]]]:
    with _intake(look, folder / "a") as terminal:
        _wait_for(terminal, look, "right_now")
        yield "first-question", _shown(terminal)
        terminal.resize(look.columns, TALL)
        terminal.press("1", "enter")
        terminal.wait_for("Has help been called?")
        terminal.wait_until(lambda: _is_complete(terminal, look), "the menu")
        yield "emergency", _since(terminal, "chest pain" if look.plain else "\u2192 chest pain")


def _places_and_number(look: Look, folder: Path) -> Iterator[tuple[str, list[str]]]:
    with _intake(look, folder / "b", "--answers", answered_before(folder, "pain_sites", example("nmt"))) as terminal:
        _wait_for(terminal, look, "pain_sites")
        yield "places", _shown(terminal)
        terminal.press("neck", *([] if look.plain else ["space"]), "enter")
        _wait_for(terminal, look, "pain_weeks")
        terminal.press("8", "enter")
        _wait_for(terminal, look, "pain_now")
        yield "number", _shown(terminal)


def _private_and_result(look: Look, folder: Path) -> Iterator[tuple[str, list[str]]]:
    file = answered_before(folder, "comfort", example("nmt"))
    with _intake(look, folder / "c", "--staff", "--answers", file) as terminal:
        terminal.wait_for("Please turn the screen to the client.")
        terminal.wait_until(lambda: _is_complete(terminal, look), "the pause")
        yield "turn-the-screen", _shown(terminal)
        terminal.press("enter")
        _wait_for(terminal, look, "comfort")
        yield "private-question", _shown(terminal)
        terminal.press("0", "enter")
        terminal.wait_for("Please turn the screen back to us.")
        terminal.press("enter")
        terminal.wait_for("Before the result")
        terminal.wait_until(lambda: _is_complete(terminal, look), "the review")
        yield "review", _shown(terminal)
        terminal.resize(look.columns, TALL)
        terminal.press("enter")
        terminal.wait_for_end()
        yield "result", _result(terminal)


def _intake(look: Look, drafts: Path, *flags: str) -> Terminal:
    plain = ("--plain",) if look.plain else ()
    return intake(drafts, *plain, *flags, columns=look.columns, rows=look.rows)
