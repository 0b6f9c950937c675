"""Record a whole interview as a moving picture, docs/pictures/interview.svg: `make recording`.

Every frame is what the real command shows in an emulated terminal: each question, then the one screen with the answer.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from nmtchoose.files.answers_file import read_answers
from nmtchoose.model.tables import Tables
from tests.prompts.practised import keys_for, keys_for_lines
from tests.shipped import shipped_pair
from tests.terminal.interviews import asked, intake, leave, wait_for_question

ROOT = Path(__file__).resolve().parents[1]

TARGET = ROOT / "docs" / "pictures" / "interview.svg"
TABLES = Tables(*shipped_pair())
EXAMPLE = "nmt"
COLUMNS, ROWS = 80, 24
SECONDS, AT_THE_END = 4.5, 12.0
"""How long a frame stands, and the last one."""

WIDE, HIGH, EDGE = 7.3, 17.0, 14.0
"""Pixels of a letter, of a row, and around."""


def frames() -> Iterator[str]:
    """Yield each screen of the interview, and the answer at its end."""
    answers = read_answers(str(ROOT / "examples" / f"{EXAMPLE}.json"), TABLES.questionnaire)
    with (
        tempfile.TemporaryDirectory() as name,
        intake(Path(name) / "drafts", columns=COLUMNS, rows=ROWS, pair=()) as terminal,
    ):
        for screen in asked(answers, tables=TABLES):
            wait_for_question(terminal, screen.headed.question)
            yield terminal.text()
            given = [answers[line.question.id] for line in screen.lines or (screen,)]
            keys = (
                keys_for_lines(screen, given, in_a_hurry=True)
                if screen.lines
                else keys_for(screen, *given, in_a_hurry=True)
            )
            terminal.press(*keys)
        terminal.wait_for("Before the result")
        yield terminal.text()
        terminal.press("y", "enter")
        terminal.wait_for("q leave")
        yield terminal.text()
        leave(terminal)


def svg(shown: list[str]) -> str:
    """Return the frames one after another, in a picture that starts again at its end."""
    whole = SECONDS * (len(shown) - 1) + AT_THE_END
    width, height = COLUMNS * WIDE + 2 * EDGE, ROWS * HIGH + 2 * EDGE
    groups = "".join(
        f'<g class="frame" style="animation-name:f{number}">{_rows(text)}</g>' for number, text in enumerate(shown)
    )
    steps = "".join(_step(number, len(shown), whole) for number in range(len(shown)))
    style = (
        f".frame{{visibility:hidden;animation:{whole:g}s step-end infinite}}text{{font:12px ui-monospace,Consolas,"
        f"'DejaVu Sans Mono',monospace;fill:#e6e9ef;white-space:pre}}"
        f"@media(prefers-reduced-motion:reduce){{.frame{{animation:none}}.frame:last-child{{visibility:visible}}}}{steps}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img">\n'
        f"<title>An interview of {len(shown) - 2} questions and its result on one screen</title>\n"
        f"<style>{style}</style>\n"
        f'<rect width="100%" height="100%" rx="8" fill="#1d2330"/>\n{groups}\n</svg>\n'
    )


def _step(number: int, count: int, whole: float) -> str:
    start = 100 * number * SECONDS / whole
    end = 100.0 if number == count - 1 else 100 * (number + 1) * SECONDS / whole
    before = "0%{visibility:hidden}" if number else ""
    return f"@keyframes f{number}{{{before}{start:.3f}%{{visibility:visible}}{end:.3f}%{{visibility:hidden}}}}"


def _rows(text: str) -> str:
    """A row that is empty needs no text; each other one is as wide as it is drawn in a terminal."""
    return "".join(
        f'<text x="{EDGE:g}" y="{EDGE + HIGH * (at + 0.8):.1f}" textLength="{len(line) * WIDE:.1f}">'
        f"{escape(line)}</text>"
        for at, line in enumerate(text.splitlines())
        if line.strip()
    )


def main() -> None:
    """Write the picture."""
    TARGET.write_text(svg(list(frames())), encoding="utf-8")


if __name__ == "__main__":
    main()
