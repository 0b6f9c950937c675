"""Draw pictures of results from the real program: `make pictures`.

Each picture is what `nmtchoose screen FILE` shows in a terminal 80 columns wide, exported as SVG by Rich. With
`--check`, nothing is written and the exit code says whether the pictures are up to date.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from rich.console import Console

from nmtchoose.desk.interview import result_of
from nmtchoose.files.answers_file import read_answers
from nmtchoose.formats.terminal_page import rich_page
from nmtchoose.pages.glance import glance_page
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.page import page_with_numbers
from nmtchoose.practice.current import load_tables

ROOT = Path(__file__).parents[1]
PICTURES = {"result": "adapted-session", "emergency": "emergency"}
WIDTH = 80


def picture(name: str, example: str) -> str:
    """Return the result of an example as SVG text."""
    tables = load_tables(ROOT / "questions.yaml", ROOT / "rules.yaml")
    answers = read_answers(str(ROOT / "examples" / f"{example}.json"), tables.questionnaire)
    result = result_of(tables, answers)
    page = glance_page(Intake(result.answers, result.assessment), tables)
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor", markup=False
    )
    console.print(rich_page(page_with_numbers(page, tables.rules.regions["us"]), WIDTH, "utf-8"))
    return console.export_svg(title=f"nmtchoose screen examples/{example}.json", unique_id=f"nmtchoose-{name}")


def main() -> int:
    """Write every picture, or compare it with what is there."""
    stale = []
    for name, example in PICTURES.items():
        path = ROOT / "docs" / "pictures" / f"{name}.svg"
        drawn = picture(name, example)
        if "--check" not in sys.argv:
            path.write_text(drawn, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != drawn:
            stale.append(path.name)
    if stale:
        print(f"These pictures are not up to date: {', '.join(stale)}. Run `make pictures`.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
