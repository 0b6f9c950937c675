"""The prompter for people at a terminal: on the alternate screen of standard error; stdout holds results alone."""

import sys
import textwrap
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import Any

from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.output import ColorDepth, Output, create_output

from nmtchoose.desk.prompter import Alarm, Screen, Sheet, Turn, Typed, answer_told, lines_told
from nmtchoose.errors import CannotPromptError, Code, fault
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Kind
from nmtchoose.prompts.keys import answered_lines, opened_lines, pressed_on_line
from nmtchoose.prompts.listing import Listing, answered, keeps_early, menu, opened, picked, review, turned
from nmtchoose.prompts.prompt import FieldPrompt, ListPrompt
from nmtchoose.prompts.stage import Stage
from nmtchoose.prompts.terminal_layout import Around, Look, head, look_for, width_of
from nmtchoose.prompts.wording import REVIEW, Texts, alarm_texts, explanation, review_title

_LONGEST_RECORD = 48
_ROWS_UNDER_ALARM = 4
"""The question under an alarm, the keys, and the way out, with one to spare."""

_NO_CONSOLE = "NoConsoleScreenBufferError"
"""prompt_toolkit's error on Windows without a console; its module can only be imported there."""


class TerminalPrompter:
    """Asks with lists and fields that react to every key; see `nmtchoose.desk.prompter.Prompter`.

    `keyboard`, `display` and `clock` replace the terminal and the time of key presses in tests. Every method raises
    CannotPromptError where Windows offers no console.
    """

    def __init__(
        self,
        *,
        color: bool = True,
        keyboard: Input | None = None,
        display: Output | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._color = color
        self._keyboard = keyboard
        self._display = display
        self._clock = clock
        self._stage: Stage | None = None
        self._session = ExitStack()
        self._look = Look("ascii")
        self._introduced: set[str] = set()
        self._said: list[tuple[str, str]] = []
        self._record = ""
        self._left: dict[str, Any] = {}

    def ask(self, screen: Screen) -> Answer | Typed | Turn:
        """Show `screen` and return a checked answer or `Turn.BACK`; what was begun is there again after Back."""
        stage, place = self._open(), screen.question.id
        left, around = self._left.pop(place, None), self._around(screen)
        prompt: ListPrompt | FieldPrompt
        if screen.question.kind in (Kind.ONE, Kind.MANY):
            listing, enter = opened(screen, left or frozenset()), partial(answered, screen=screen)
            prompt = ListPrompt(listing, enter, around, self._look, keeps_early=keeps_early(screen))
        else:
            prompt = FieldPrompt(screen, around, self._look, left or "")
        reply: Answer | Typed | Turn = stage.ask(prompt)
        self._shown("" if isinstance(reply, Turn) else self._recorded(screen, answer_told(screen.question, reply)))
        if isinstance(reply, Turn):
            self._left[place] = prompt.left
        return reply

    def ask_lines(self, screen: Screen) -> tuple[Answer, ...] | Turn:
        """Show all lines of `screen` and return a checked answer for each, or `Turn.BACK`."""
        stage, place, headed = self._open(), screen.question.screen_id, screen.headed
        listing, enter = opened_lines(screen, self._left.pop(place, {})), partial(answered_lines, screen=screen)
        prompt = ListPrompt(listing, enter, self._around(headed), self._look, keys=pressed_on_line)
        replies: tuple[Answer, ...] | Turn = stage.ask(prompt)
        if isinstance(replies, Turn):
            self._left[place] = prompt.left
            self._shown()
        else:
            given = zip((line.question for line in screen.lines), replies, strict=True)
            self._shown(self._recorded(headed, lines_told(given, screen.voice)))
        return replies

    def choose(self, text: str, choices: tuple[tuple[str, str], ...], keys: str = "") -> str:
        """Show a short menu of (id, label) pairs and return the id chosen."""
        reply: str = self._run(menu(choices, keys), picked, (("asked", text),))
        self._shown(f"{self._look.answer} {dict(choices)[reply]}")
        return reply

    def alarm(self, alarm: Alarm, text: str, choices: tuple[tuple[str, str], ...]) -> str:
        """Show `alarm` with a short menu under it, both in view and nothing else; return the id chosen."""
        self.wipe()

        def around(size: Size) -> Around:
            room = size.rows - len(choices) - _ROWS_UNDER_ALARM
            return Around((), (*alarm_texts(alarm, width_of(size), room), ("asked", text)))

        reply: str = self._open().ask(ListPrompt(menu(choices), picked, around, self._look))
        self._shown()
        return reply

    def review(self, sheet: Sheet) -> str | Turn:
        """Show all answers and return the id of the question to change, `Turn.BACK`, or `Turn.ON` for the result."""
        top = (("progress", review_title(sheet)), ("asked", REVIEW))
        reply: str | Turn = self._run(review(sheet), turned, top, back=True)
        self._shown()
        return reply

    def say(self, text: str) -> None:
        """Show one short message above the next question."""
        self._said.append(("note", text))

    def pause(self, text: str) -> None:
        """Show one short message and wait for Enter."""
        self._run(Listing((), many=False), lambda listing: "", (("asked", text),))
        self._shown()

    def wipe(self) -> None:
        """Take everything off the screen."""
        self._shown()
        if self._stage:
            self._stage.clear()

    def release(self) -> None:
        """Leave the alternate screen. What was said and not seen yet is printed."""
        if self._stage:
            self._stage.close()
            self._stage = None
        self._session.close()
        for _, line in self._said:
            sys.stderr.write(f"{self._look.fit(line)}\n")
        self._shown()

    def _run(self, listing: Listing, enter: Callable[[Listing], object], top: Texts, *, back: bool = False) -> Any:
        """Ask a list that is no question."""
        stage = self._open()
        around = Around(self._before(""), (*self._said, *top), back=back)
        self._said = []
        return stage.ask(ListPrompt(listing, enter, lambda size: around, self._look))

    def _around(self, screen: Screen) -> Callable[[Size], Around]:
        """Return what stands around the answers; a section says what it is about above its first question."""
        new = screen.section_title not in self._introduced
        self._introduced.add(screen.section_title)
        before, said = self._before(screen.section_intro if new else ""), tuple(self._said)
        return lambda size: Around(
            before, (*said, *head(screen, size)), explanation(screen.question), back=screen.can_go_back
        )

    def _before(self, intro: str) -> Texts:
        lines = (("told", self._record), ("note", intro))
        return tuple((style, text) for style, text in lines if text)

    def _recorded(self, screen: Screen, told: str) -> str:
        short = textwrap.shorten(screen.text, _LONGEST_RECORD, placeholder=" ...")
        return f"{short} {self._look.answer} {told}"

    def _shown(self, record: str = "") -> None:
        """Forget what was said for the last question, and keep a line on its answer for the next."""
        self._said, self._record = [], record

    def _open(self) -> Stage:
        """Return the stage; it reads keys from the terminal even when standard input holds data."""
        if self._stage:
            return self._stage
        try:
            self._keyboard = self._keyboard or create_input(always_prefer_tty=True)
            self._display = self._display or create_output(sys.stderr)
        except Exception as error:
            if type(error).__name__ != _NO_CONSOLE:
                raise
            raise CannotPromptError([fault(Code.PROMPT_NO_CONSOLE)]) from None
        self._look = look_for(self._display.encoding(), color=self._color)
        self._session.enter_context(create_app_session(input=self._keyboard, output=self._display))
        depth = None if self._color else ColorDepth.DEPTH_1_BIT  # None heeds NO_COLOR
        self._stage = Stage(self._keyboard, self._display, depth, self._clock)
        return self._stage
