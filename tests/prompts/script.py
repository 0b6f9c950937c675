"""A prompter that follows a script: for tests of whole interviews, and loud about everything unexpected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from nmtchoose.desk.prompter import Alarm, Screen, Sheet, Turn, Typed, typed_answer
from nmtchoose.engine.answering import check_answer
from nmtchoose.model.answers import Answer

WIPED = "(wiped)"

Reply = Answer | Turn
Script = Mapping[str, Reply | list[Reply]]
"""Question id to a reply, or to a list of replies where the question is shown several times."""


class ScriptedPrompter:
    """Answers every question from a script; see `nmtchoose.desk.prompter.Prompter`.

    A question without a reply left, an answer that the question does not take, and Back where there is no way back
    fail with AssertionError or AnswerError. As a context manager, or with `finish`, it also fails on replies that
    nobody asked for. `reviews` are the replies to the review; without any left it goes on. `screens`, `sheets`,
    `menus`, `alarms` and `said` hold what was shown; `said` also holds pauses and, as `WIPED`, where the screen was
    cleared; `pointed` holds the line that each screen of lines began at, and
    `asked_before_menus` the question before each menu.
    """

    def __init__(self, script: Script, choices: Sequence[str] = (), reviews: Sequence[str | Turn] = ()) -> None:
        self._replies = {one: list(reply) if isinstance(reply, list) else [reply] for one, reply in script.items()}
        self._choices = list(choices)
        self._reviews = list(reviews)
        self.screens: list[Screen] = []
        self.sheets: list[Sheet] = []
        self.menus: list[str] = []
        self.alarms: list[Alarm] = []
        self.said: list[str] = []
        self.pointed: list[str] = []
        self.asked_before_menus: list[str] = []

    @property
    def asked(self) -> list[str]:
        """The ids of the questions shown, in order."""
        return [screen.question.id for screen in self.screens]

    def ask(self, screen: Screen) -> Answer | Typed | Turn:
        """Return the next reply to this question, checked as a person's would be."""
        return self._reply(screen)

    def _reply(self, screen: Screen) -> Answer | Typed | Turn:
        self.screens.append(screen)
        name = screen.question.id
        if not self._replies.get(name):
            raise AssertionError(f"the script has no reply left for '{name}'; asked so far: {self.asked}")
        reply = self._replies[name].pop(0)
        if isinstance(reply, str):
            return typed_answer(screen, reply)
        if not isinstance(reply, Turn):
            return check_answer(screen.question, screen.options, reply)
        if not screen.can_go_back:
            raise AssertionError(f"the script goes back from '{name}', where there is no way back")
        return reply

    def ask_lines(self, screen: Screen) -> tuple[Answer, ...] | Turn:
        """Return the next reply to each line, as for a question of its own."""
        self.pointed.append(screen.question.id)
        replies: list[Answer] = []
        for line in screen.lines:
            reply = self._reply(line)
            if isinstance(reply, Turn):
                return reply
            replies.append(reply.answer if isinstance(reply, Typed) else reply)
        return tuple(replies)

    def choose(self, text: str, choices: tuple[tuple[str, str], ...], keys: str = "") -> str:
        """Return the next choice of the script."""
        self.menus.append(text)
        self.asked_before_menus += self.asked[-1:]
        if not self._choices:
            raise AssertionError(f"the script has no choice left for the menu '{text}'")
        choice = self._choices.pop(0)
        if choice not in dict(choices):
            raise AssertionError(f"the menu '{text}' has no '{choice}'; it has {[one for one, _ in choices]}")
        return choice

    def alarm(self, alarm: Alarm, text: str, choices: tuple[tuple[str, str], ...]) -> str:
        """Remember the alarm, and return the next choice of the script."""
        self.alarms.append(alarm)
        return self.choose(text, choices)

    def review(self, sheet: Sheet) -> str | Turn:
        """Return the next reply to the review, or go on to the result."""
        self.sheets.append(sheet)
        return self._reviews.pop(0) if self._reviews else Turn.ON

    def say(self, text: str) -> None:
        """Remember what was said."""
        self.said.append(text)

    def pause(self, text: str) -> None:
        """Remember what was said, and wait for nobody."""
        self.said.append(text)

    def wipe(self) -> None:
        """Remember that the screen was cleared."""
        self.said.append(WIPED)

    def release(self) -> None:
        """A script holds no screen."""

    def finish(self) -> None:
        """Fail when the script holds replies that were never asked for."""
        unused = [name for name, replies in self._replies.items() if replies]
        if unused or self._choices or self._reviews:
            left = f"questions {unused}, choices {self._choices}, reviews {self._reviews}"
            raise AssertionError(f"the script was not used up: {left}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            self.finish()
