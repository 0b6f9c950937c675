"""The prompter for screen readers and simple terminals: every line is written once, and answers are typed lines.

Nothing is redrawn and nothing is said by colour or place alone. The shape follows the accessible prompts of GitHub's
`gh` and of `huh`, except that the same checks and the same questions serve both kinds of prompter here.
"""

import os
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from typing import TextIO

from msgspec.structs import replace

from nmtchoose.desk.prompter import Alarm, Screen, Sheet, Turn, Typed, answer_told, typed_answer
from nmtchoose.engine.answering import check_answer
from nmtchoose.errors import AnswerError
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Kind
from nmtchoose.prompts import wording
from nmtchoose.prompts.keyboard import forget_waiting_input, unseen_typing
from nmtchoose.prompts.rows import Role, Row, Unclear, answer_rows, bounds, menu_rows, rows_typed, sheet_rows
from nmtchoose.words.printable import encodable

_HINT = "Type the number of your answer, or its words, and press Enter. Control C stops."
_LINES_HINT = "For each line type y for yes, n for no, ? if you are not sure"
_NUMBERS_HINT = "For each line type a number"
_BACK = ("b", "<")
_YES = ("y", "yes")
_HELP, _EXPLAINS = "?", "h"
_CLEAR = "-"
_NARROWEST = 20
_UNKNOWN = os.terminal_size((1001, 24))


class PlainPrompter:
    """Asks in plain lines; see `nmtchoose.desk.prompter.Prompter`.

    Writes to standard error and reads lines from standard input, or from the streams given.
    """

    def __init__(self, *, keyboard: TextIO | None = None, display: TextIO | None = None) -> None:
        self._keyboard = keyboard
        self._display = display
        self._introduced: set[str] = set()
        self._hinted = False

    def ask(self, screen: Screen) -> Answer | Typed | Turn:
        """Show `screen` and return a checked answer or `Turn.BACK`."""
        self._forget_typed_ahead()
        self._introduce(screen)
        rows = answer_rows(screen)
        self._show(screen, rows)
        while True:
            typed = self._read(_invitation(screen, rows), seen=not screen.question.private)
            if typed == _HELP:
                listed = _listed(rows, helped=True) if screen.question.kind in (Kind.ONE, Kind.MANY) else ()
                self._write(*wording.explanation(screen.question), screen.text, *listed)
            elif screen.can_go_back and typed.lower() in _BACK:
                return Turn.BACK
            else:
                try:
                    answer = _read_answer(screen, rows, typed)
                except (AnswerError, Unclear) as error:
                    self._write(wording.refusal(error) if isinstance(error, AnswerError) else str(error))
                else:
                    self._write(f"You chose: {answer_told(screen.question, answer)}.")
                    return answer

    def ask_lines(self, screen: Screen) -> tuple[Answer, ...] | Turn:
        """Show what stands above the lines once, then ask line by line, from the one to begin with."""
        self._forget_typed_ahead()
        self._introduce(screen)
        headed, lines = screen.headed, screen.lines
        self._write("", *filter(None, (wording.progress(headed),)), headed.text, *wording.notes(headed))
        number = screen.question.kind is Kind.NUMBER
        self._write(f"{_NUMBERS_HINT if number else _LINES_HINT}; b goes back, h explains.")
        said = {line.question.id: line.current for line in lines if line.current is not None}
        at: int | None = next(at for at, line in enumerate(lines) if line.question.id == screen.question.id)
        while at is not None:
            line = replace(lines[at], current=said.get(lines[at].question.id))
            reply = self._ask_line(headed, line, f"{at + 1} of {len(lines)}", back=at > 0 or screen.can_go_back)
            if not isinstance(reply, Turn):
                said[lines[at].question.id] = reply
                at = next((n for n, line in enumerate(lines) if line.question.id not in said), None)
            elif at == 0:
                return reply
            else:
                at -= 1
        return tuple(said[line.question.id] for line in lines)

    def _ask_line(self, headed: Screen, line: Screen, place: str, *, back: bool) -> Answer | Turn:
        """Ask one line, and return its answer or `Turn.BACK`."""
        question = line.question
        keys = wording.ways_told(wording.ways(question))
        if line.current is not None:
            keys = f"{keys}; Enter keeps: {answer_told(question, line.current)}"
        while True:
            typed = self._read(f"{place}. {line.text} ({keys}):", seen=not question.private)
            answer = line.current if not typed else wording.line_typed(question, typed)
            if typed.lower() == _EXPLAINS:
                self._write(*filter(None, (*wording.explanation(headed.question), question.help)))
            elif back and typed.lower() in _BACK:
                return Turn.BACK
            elif answer is None:
                self._write(f"Please type {keys}.")
            else:
                self._write(f"You chose: {answer_told(question, answer)}.")
                return answer

    def choose(self, text: str, choices: tuple[tuple[str, str], ...], keys: str = "") -> str:
        """Show a short menu of (id, label) pairs and return the id chosen."""
        self._forget_typed_ahead()
        rows = menu_rows(choices, keys)
        self._write("", text, *_listed(rows))
        while True:
            try:
                (row,) = rows_typed(rows, self._read(f"Choose {'-'.join(bounds(rows))}:"), many=False)
            except Unclear as error:
                self._write(str(error))
            else:
                self._write(f"You chose: {row.label}.")
                return row.value

    def alarm(self, alarm: Alarm, text: str, choices: tuple[tuple[str, str], ...]) -> str:
        """Write the alarm and a short menu, and return the id chosen."""
        tell = [f"- {one}" for one in alarm.tell]
        self._write("", alarm.title, " ".join(alarm.do), "", wording.TELL_THEM, *tell)
        return self.choose(text, choices)

    def review(self, sheet: Sheet) -> str | Turn:
        """List all answers once and return the id of the question to change, `Turn.BACK`, or `Turn.ON`."""
        self._forget_typed_ahead()
        rows = sheet_rows(sheet)
        self._write("", wording.review_title(sheet), *_listed(rows), "", wording.REVIEW)
        while True:
            typed = self._read(f"Type y if it is right, {'-'.join(bounds(rows))} to change an answer, b for back:")
            if typed.lower() in _YES:
                self._write(f"You chose: {wording.SHOW_RESULT}.")
                return Turn.ON
            if typed.lower() in _BACK:
                return Turn.BACK
            try:
                return rows_typed(rows, typed, many=False)[0].value
            except Unclear as error:
                self._write(str(error))

    def say(self, text: str) -> None:
        """Show one short message between questions."""
        self._write("", text)

    def pause(self, text: str) -> None:
        """Show one short message and wait for Enter."""
        self._forget_typed_ahead()
        self._write("", text)
        self._read("Press Enter to go on:")

    def wipe(self) -> None:
        """Move what stands above out of sight with empty lines, and say so: plain lines are never taken back."""
        self._write(*[""] * _size(self._display or sys.stderr).lines, wording.WIPED)

    def release(self) -> None:
        """Plain lines hold no screen."""

    def _forget_typed_ahead(self) -> None:
        """Throw away lines typed before the question was there."""
        keyboard = self._keyboard or sys.stdin
        if keyboard.isatty():
            forget_waiting_input(keyboard.fileno())

    def _introduce(self, screen: Screen) -> None:
        if not self._hinted:
            self._hinted = True
            self._write(_HINT)
        if screen.section_intro and screen.section_title not in self._introduced:
            self._write("", screen.section_intro)
        self._introduced.add(screen.section_title)

    def _show(self, screen: Screen, rows: Sequence[Row]) -> None:
        place = wording.progress(screen)
        self._write("", *([place] if place else []), screen.text, *wording.notes(screen))
        if screen.question.kind in (Kind.ONE, Kind.MANY):
            self._write(*_listed(rows))
        elif screen.question.specials:
            self._write(wording.specials_hint(screen.question))
        if screen.given is not None:
            told = answer_told(screen.question, screen.given)
            clear = f" Type {_CLEAR} to leave it empty." if screen.question.kind is Kind.TEXT else ""
            self._write(f"Current answer: {told}. Press Enter to keep it.{clear}")

    def _read(self, invitation: str, *, seen: bool = True) -> str:
        """Return one line without the spaces around it; what is typed stays unseen where it is private."""
        self._put(invitation, end=" ")
        keyboard = self._keyboard or sys.stdin
        with nullcontext() if seen else unseen_typing(keyboard):
            line = keyboard.readline()
        if not seen:
            self._write("")
        if not line:
            raise EOFError
        return line.strip()

    def _write(self, *lines: str) -> None:
        for line in lines:
            self._put(line, end="\n")

    def _put(self, line: str, end: str) -> None:
        """Write `line`, parted between words where the terminal would part it within one."""
        display = self._display or sys.stderr
        parts = textwrap.wrap(line, max(_size(display).columns - 1, _NARROWEST)) or [""]
        display.write(encodable("\n".join(parts), display.encoding or "ascii") + end)
        display.flush()


def _size(display: TextIO) -> os.terminal_size:
    try:
        return os.get_terminal_size(display.fileno())
    except OSError:
        return _UNKNOWN


def _listed(rows: Sequence[Row], *, helped: bool = False) -> Iterator[str]:
    for row in rows:
        if row.role is Role.HEADING:
            yield f"{row.label}:"
        elif row.role is Role.NOTE:
            yield row.label
        elif row.role is not Role.ON:
            told = f" {row.told}." if row.told else ""
            help_told = f" ({row.help})" if helped and row.help else ""
            yield f"{row.number}. {row.label}{told}{help_told}"


def _invitation(screen: Screen, rows: Sequence[Row]) -> str:
    """Return the line that asks for input, with the keys that work here."""
    question = screen.question
    match question.kind:
        case Kind.ONE:
            ways = [f"Choose {'-'.join(bounds(rows))}"]
        case Kind.MANY:
            ways = [f"Choose one or more of {'-'.join(bounds(rows))}"]
        case Kind.NUMBER:
            ways = [wording.range_hint(question).rstrip(".")]
        case Kind.TEXT:
            ways = ["Type a few words, or only press Enter"]
    ways += ["b for back" if screen.can_go_back else "", "? for help"]
    return ", ".join(way for way in ways if way) + ":"


def _read_answer(screen: Screen, rows: Sequence[Row], typed: str) -> Answer | Typed:
    """Return what `typed` means. Raises AnswerError or Unclear."""
    question = screen.question
    if not typed and screen.current is not None:
        return check_answer(question, screen.options, screen.current)
    if question.kind in (Kind.NUMBER, Kind.TEXT):
        text = "" if typed == _CLEAR and question.kind is Kind.TEXT else typed
        return typed_answer(screen, wording.special_typed(question, text) or text)
    many = question.kind is Kind.MANY
    chosen = tuple(row.value for row in rows_typed(rows, typed, many=many))
    return check_answer(question, screen.options, chosen if many else chosen[0])
