"""The prompter for people at a terminal: questionary on standard error, so that stdout holds results alone."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from nmtchoose.desk.prompter import Alarm, Screen, Sheet, Turn, Typed
from nmtchoose.desk.told import answer_told
from nmtchoose.errors import CannotPromptError, Code, fault
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Kind
from nmtchoose.prompts.listing import Listing, answered, menu, opened, review, turned
from nmtchoose.prompts.look import Look, look_for
from nmtchoose.prompts.wording import REVIEW, review_title

if TYPE_CHECKING:
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output
    from questionary import Question

_RECORD_LINES = 2
_ROWS_UNDER_ALARM = 4
"""The question under an alarm, the keys, and the way out, with one to spare."""

_NO_CONSOLE = "NoConsoleScreenBufferError"
"""prompt_toolkit's error on Windows without a console; its module can only be imported there."""

_OLD_WINDOWS = "Win32Output"
"""prompt_toolkit's output for consoles that would print an escape sequence as text."""

_FORGET_SCROLLED = "\x1b[3J"


class TerminalPrompter:
    """Asks with lists and fields that react to every key; see `nmtchoose.desk.prompter.Prompter`.

    questionary is imported when the first prompt is due. `keyboard` and `display` replace the terminal in tests.
    Every method raises CannotPromptError where Windows offers no console.
    """

    def __init__(self, *, color: bool = True, keyboard: Input | None = None, display: Output | None = None) -> None:
        self._color = color
        self._keyboard = keyboard
        self._display = display
        self._introduced: set[str] = set()

    def ask(self, screen: Screen) -> Answer | Typed | Turn:
        """Show `screen` and return a checked answer or `Turn.BACK`."""
        with self._session() as look:
            self._introduce(screen, look)
            listed = screen.question.kind in (Kind.ONE, Kind.MANY)
            reply = self._ask_list(screen, look) if listed else self._ask_typed(screen, look)
            if not isinstance(reply, Turn):
                self._record(screen.text, answer_told(screen.question, reply), look)
            return reply

    def choose(self, text: str, choices: tuple[tuple[str, str], ...]) -> str:
        """Show a short menu of (id, label) pairs and return the id chosen."""
        from nmtchoose.prompts.terminal_lists import ListPrompt

        with self._session() as look:
            prompt = ListPrompt(menu(choices), _pointed, look, lambda: [("", ""), ("asked", text)])
            reply = str(self._run(prompt.question(back=False)))
            self._record(text, dict(choices)[reply], look)
            return reply

    def alarm(self, alarm: Alarm, text: str, choices: tuple[tuple[str, str], ...]) -> str:
        """Clear the screen, and show `alarm` with a short menu under it, both in view; return the id chosen."""
        from nmtchoose.prompts.alarm import alarm_texts
        from nmtchoose.prompts.terminal_frame import columns, rows
        from nmtchoose.prompts.terminal_lists import ListPrompt

        self.wipe()
        with self._session() as look:

            def above() -> list[tuple[str, str]]:
                room = rows() - len(choices) - _ROWS_UNDER_ALARM
                return [*alarm_texts(alarm, columns(), room), ("asked", text)]

            return str(self._run(ListPrompt(menu(choices), _pointed, look, above).question(back=False)))

    def review(self, sheet: Sheet) -> str | Turn:
        """Show all answers and return the id of the question to change, `Turn.BACK`, or `Turn.ON` for the result."""
        from nmtchoose.prompts.terminal_lists import ListPrompt

        head = [("", ""), ("progress", review_title(sheet)), ("asked", REVIEW)]
        with self._session() as look:
            prompt = ListPrompt(review(sheet), turned, look, lambda: head)
            return cast("str | Turn", self._run(prompt.question(back=True)))

    def say(self, text: str) -> None:
        """Show one short message between questions."""
        with self._session() as look:
            self._print([("note", text)], look)

    def pause(self, text: str) -> None:
        """Show one short message and wait for Enter."""
        from nmtchoose.prompts.terminal_lists import ListPrompt

        with self._session() as look:
            prompt = ListPrompt(menu((("", "Continue"),)), _pointed, look, lambda: [("", ""), ("asked", text)])
            self._run(prompt.question(back=False))

    def wipe(self) -> None:
        """Clear the screen, then its memory: some terminals move a cleared screen into the memory."""
        from prompt_toolkit.application import get_app_session

        with self._session():
            display = get_app_session().output
            display.erase_screen()
            display.cursor_goto(0, 0)
            if type(display).__name__ != _OLD_WINDOWS:
                display.write_raw(_FORGET_SCROLLED)
            display.flush()

    def _ask_list(self, screen: Screen, look: Look) -> Answer | Turn:
        from nmtchoose.prompts.terminal_frame import head, help_lines
        from nmtchoose.prompts.terminal_lists import ListPrompt

        def enter(listing: Listing) -> Answer | Turn | Listing:
            return answered(listing, screen)

        prompt = ListPrompt(opened(screen), enter, look, lambda: head(screen), lambda: help_lines(screen))
        return cast("Answer | Turn", self._run(prompt.question(back=screen.can_go_back)))

    def _ask_typed(self, screen: Screen, look: Look) -> Answer | Typed | Turn:
        from nmtchoose.prompts.terminal_typing import TypedPrompt

        return cast("Answer | Typed | Turn", self._run(TypedPrompt(screen, look).question()))

    def _run(self, question: Question) -> object:
        """Ask; a terminal that has gone away counts as the end of input."""
        from nmtchoose.prompts.terminal_keys import forget_typed_ahead

        forget_typed_ahead(question.application.input)
        try:
            return question.unsafe_ask()
        except OSError:
            raise EOFError from None

    def _introduce(self, screen: Screen, look: Look) -> None:
        """Say what a section is about, once; its title stands above each of its questions."""
        if screen.section_intro and screen.section_title not in self._introduced:
            self._print([("", ""), ("note", screen.section_intro)], look)
        self._introduced.add(screen.section_title)

    def _record(self, text: str, told: str, look: Look) -> None:
        """Leave a question and its answer on the screen, where the prompt stood."""
        from nmtchoose.prompts.terminal_frame import columns

        short = textwrap.shorten(text, _RECORD_LINES * columns() - 10, placeholder=" ...")
        self._print([("quiet", short), ("told", f"{look.answer} {told}")], look)

    def _print(self, lines: list[tuple[str, str]], look: Look) -> None:
        from prompt_toolkit.application import get_app_session
        from prompt_toolkit.formatted_text import FormattedText
        from prompt_toolkit.renderer import print_formatted_text

        from nmtchoose.prompts.terminal_frame import STYLE, color_depth, paragraphs

        text = FormattedText([*paragraphs(lines, look), ("", "\n")])
        print_formatted_text(get_app_session().output, text, STYLE, color_depth=color_depth(look))

    @contextmanager
    def _session(self) -> Iterator[Look]:
        """Prompt on standard error, and read keys from the terminal even when standard input holds data."""
        from prompt_toolkit.application import create_app_session
        from prompt_toolkit.input import create_input
        from prompt_toolkit.output import create_output

        try:
            self._keyboard = self._keyboard or create_input(always_prefer_tty=True)
            self._display = self._display or create_output(sys.stderr)
        except Exception as error:
            if type(error).__name__ != _NO_CONSOLE:
                raise
            raise CannotPromptError([fault(Code.PROMPT_NO_CONSOLE)]) from None
        with create_app_session(input=self._keyboard, output=self._display):
            yield look_for(self._display.encoding(), color=self._color)


def _pointed(listing: Listing) -> object:
    return listing.pointed.value
