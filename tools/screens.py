"""Write what people see on the main screens to docs/screens: `make screens`.

Each file holds one screen four times: drawn and in plain lines, 80 and 40 columns wide. The frames come from the real
command in an emulated terminal. With `--check`, nothing is written and the exit code says whether they are up to date.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from typer.testing import CliRunner

from nmtchoose.cli.app import app
from nmtchoose.files.answers_file import read_answers
from nmtchoose.model.answers import Answer
from nmtchoose.model.tables import Tables
from tests.prompts.screen import Terminal, words
from tests.shipped import shipped_pair
from tests.terminal.interviews import answer_by_keys, answer_by_lines, answered_before, intake

ROOT = Path(__file__).resolve().parents[1]

TABLES = Tables(*shipped_pair())
QUESTIONS = TABLES.questionnaire
PAIR = ("--questions", "questions.yaml", "--rules", "rules.yaml")

FOLDER = ROOT / "docs" / "screens"
TITLES = {
    "first-question": "The first question",
    "places": "Where the trouble is: a long list",
    "number": "Two numbers",
    "turn-the-screen": "For staff: before a private question",
    "private-question": "For staff: the private question that the client answers",
    "review": "For staff: the review before the result",
    "result": "The end of an interview",
    "staff-result": "For staff: the end of an interview",
    "emergency": "A sign of an emergency on the first screen",
    "telephone": "On the telephone: a private question",
}
README = """\
# What people see

Each file holds one screen as the real command shows it: drawn at 80x24 and 40x20, and in plain lines. `make screens`
writes them, and this page.

Lines and words of what `nmtchoose screen` shows of the example clients, as the short form and with `--full`:

| example | short, 80 columns | short, 40 | whole page, 80 | whole page, 40 |
|---|---|---|---|---|
{rows}

At the end of an interview three lines of keys come on top at 80 columns, four at 40.

Five questions that the screen alone has to answer, put to [result.txt](result.txt) at 80x24:

| question | answer on the screen |
|---|---|
| What do I book? | the first line: Book: Neuromuscular therapy (NMT) |
| Why? | *Why*: three lines; the others with `w` |
| What must the therapist mind? | *Mind* and *Next*; everything with `t` |
| What would change it? | `w` |
| When do I get help? | *Get help if*; on a small screen on the whole page, one key away (Enter) |
"""


@dataclass(frozen=True, slots=True)
class Look:
    """One way to see the interview. Plain lines scroll by; they are shown from the answer before."""

    columns: int
    rows: int
    plain: bool = False

    @property
    def title(self) -> str:
        """What stands above the frame."""
        return f"{self.columns} columns, {'plain lines' if self.plain else f'{self.rows} rows'}"


LOOKS = (Look(80, 24), Look(40, 20), Look(80, 100, plain=True), Look(40, 100, plain=True))

Frame = tuple[str, str]
"""The name of a screen, and what is on it."""


def frames(look: Look, folder: Path) -> Iterator[Frame]:
    """Yield every screen as it looks in one terminal; drafts and answers are kept in `folder`."""
    yield from _first_and_emergency(look, folder)
    yield from _places_and_number(look, folder)
    yield from _private_and_result(look, folder)
    yield from _by_telephone(look, folder)


def _first_and_emergency(look: Look, folder: Path) -> Iterator[Frame]:
    with _intake(look, folder) as terminal:
        yield "first-question", _shown(terminal, look, "In the last 24 hours, any of these?")
        answer = answer_by_lines if look.plain else answer_by_keys
        answer(terminal, _example("emergency"), tables=TABLES)
        yield "emergency", _shown(terminal, look, "Has help been called?")


def _places_and_number(look: Look, folder: Path) -> Iterator[Frame]:
    with _intake(look, folder, "--answers", answered_before(folder, "pain_sites", _example("nmt"), TABLES)) as terminal:
        yield "places", _shown(terminal, look, QUESTIONS["pain_sites"].ask.client)
        terminal.press("neck", "enter", *([] if look.plain else ["enter"]))
        _shown(terminal, look, QUESTIONS["pain_weeks"].ask.client)
        terminal.press("8w", "enter")
        yield "number", _shown(terminal, look, QUESTIONS["pain_now"].screen_ask.client)


def _private_and_result(look: Look, folder: Path) -> Iterator[Frame]:
    file = answered_before(folder, "comfort", _example("nmt"), TABLES)
    with _intake(look, folder, "--staff", "--answers", file) as terminal:
        yield "turn-the-screen", _shown(terminal, look, "Please turn the screen to the client.")
        terminal.press("enter")
        yield "private-question", _shown(terminal, look, QUESTIONS["comfort"].ask.client)
        terminal.press(*([] if look.plain else ["pagedown"] * 4), "0", "enter")
        _shown(terminal, look, "Please turn the screen back to us.")
        terminal.press("enter")
        _shown(terminal, look, QUESTIONS["anything_else"].ask.client)
        terminal.press("enter")
        yield "review", _shown(terminal, look, "Before the result")
        terminal.press("y", "enter")
        yield "staff-result", _at_the_end(terminal, look)
    with _intake(look, folder, "--answers", answered_before(folder, "comfort", _example("nmt"), TABLES)) as terminal:
        _shown(terminal, look, QUESTIONS["comfort"].ask.client)
        terminal.press(*([] if look.plain else ["pagedown"] * 4), "0", "enter")
        _shown(terminal, look, QUESTIONS["anything_else"].ask.client)
        terminal.press("enter")
        _shown(terminal, look, "Before the result")
        terminal.press("y", "enter")
        yield "result", _at_the_end(terminal, look)


def _by_telephone(look: Look, folder: Path) -> Iterator[Frame]:
    file = answered_before(folder, "pregnancy", _example("nmt"), TABLES)
    with _intake(look, folder, "--phone", "--answers", file) as terminal:
        yield "telephone", _shown(terminal, look, QUESTIONS["pregnancy"].ask.client)


def _example(name: str) -> dict[str, Answer]:
    return read_answers(str(ROOT / "examples" / f"{name}.json"), QUESTIONS)


def _at_the_end(terminal: Terminal, look: Look) -> str:
    """Return what stands on the screen when the interview has ended, and leave it."""
    terminal.wait_for("q leave")
    terminal.wait_for_silence()
    shown = _since_answer(terminal, look)
    terminal.press("q", *(["enter"] if look.plain else []))
    terminal.wait_for_end()
    return shown


def _intake(look: Look, folder: Path, *flags: str) -> Terminal:
    plain = ("--plain",) if look.plain else ()
    return intake(folder / "drafts", *plain, *flags, columns=look.columns, rows=look.rows, pair=PAIR)


def _shown(terminal: Terminal, look: Look, text: str) -> str:
    """Wait until `text` is there and an answer is waited for, and return what is on the screen."""

    def is_waiting() -> bool:
        shown = words(_since_answer(terminal, look))
        return words(text) in shown and (_invites(terminal) if look.plain else shown.endswith("stops"))

    terminal.wait_until(is_waiting, text)
    terminal.wait_for_silence()
    terminal.wait_until(is_waiting, text)
    return _since_answer(terminal, look)


def _invites(terminal: Terminal) -> bool:
    """Return whether plain lines end by inviting an answer; the heading of a list ends with a colon as well."""
    invites = r"(for help|for back|to go on|Choose [0-9-]+|\(y, n or \?\)|\(0 to 10\)):$"
    return re.search(invites, words(terminal.text())) is not None


def _since_answer(terminal: Terminal, look: Look) -> str:
    """Return the screen; of plain lines, those after the last answer, which ends with a full stop."""
    lines = terminal.lines()
    chosen = [at for at, line in enumerate(lines) if look.plain and line.startswith("You chose:")]
    ends = [at + 1 for at, line in enumerate(lines) if chosen and at >= chosen[-1] and line.endswith(".")]
    return "\n".join(lines[min(ends, default=0) :]).strip("\n")


def page(name: str, shown: dict[Look, str]) -> str:
    """Return the file for one screen: its title, and a frame for each look."""
    parts = [TITLES[name], "=" * len(TITLES[name]), ""]
    for look, text in shown.items():
        edge = f"+{'-' * look.columns}+"
        inside = [f"|{line:<{look.columns}}|" for line in text.splitlines()]
        parts += [look.title, edge, *inside, edge, ""]
    return "\n".join(parts)


def pages() -> dict[str, str]:
    """Return the content of every file by its name."""
    shown: dict[str, dict[Look, str]] = {name: {} for name in TITLES}
    for look in LOOKS:
        with tempfile.TemporaryDirectory() as folder:
            for name, text in frames(look, Path(folder)):
                shown[name][look] = text
    return {"README.md": readme(), **{f"{name}.txt": page(name, shown[name]) for name in TITLES}}


def readme() -> str:
    """Return the page about the screens, with how long the results of the example clients are."""
    examples = (path for path in sorted((ROOT / "examples").glob("*.json")) if path.stem != "emergency")
    return README.format(rows="\n".join(f"| `{path.stem}` | {' | '.join(_lengths(path))} |" for path in examples))


def _lengths(path: Path) -> Iterator[str]:
    for flags in ((), ("--full",)):
        for columns in (80, 40):
            text = CliRunner().invoke(app, ["screen", *flags, str(path)], env={"COLUMNS": str(columns)}).stdout
            count = len(re.findall("[A-Za-z0-9'’]+", text))
            yield f"{len(text.splitlines())} lines, {count:,} words"


def main() -> int:
    """Write every file, or compare it with what is there."""
    stale = []
    for name, content in pages().items():
        path = FOLDER / name
        if "--check" not in sys.argv:
            FOLDER.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != content:
            stale.append(name)
    if stale:
        print(f"These screens are not up to date: {', '.join(stale)}. Run `make screens`.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
