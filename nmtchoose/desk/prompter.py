"""What the desk asks of a prompter, and what a prompter may answer."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Protocol

from msgspec import Struct

from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Option, Question


class Voice(StrEnum):
    """Whom the words are for: the client at the screen, or staff who ask on the client's behalf."""

    CLIENT = "client"
    STAFF = "staff"


class Turn(Enum):
    """A reply that is no answer: go back one question, or go on to the result."""

    BACK = "back"
    ON = "on"


class Screen(Struct, frozen=True):
    """One question as it is to be shown now.

    `options` are those offered to this client (options that do not apply are left out). `current` is the answer
    given before, if any. `part` of `parts` is the place of its section: unlike a count of the questions left, which
    an answer can raise, it never runs backwards. `number` counts the questions so far. All three are 0 for a
    question that is no part of an interview. `can_go_back` is False on the first question.
    """

    question: Question
    options: tuple[Option, ...]
    voice: Voice
    section_title: str
    section_intro: str
    part: int
    parts: int
    number: int
    can_go_back: bool
    current: Answer | None = None

    @property
    def text(self) -> str:
        """The question in the voice of this screen."""
        ask = self.question.ask
        return ask.client if self.voice is Voice.CLIENT else ask.staff


class Told(Struct, frozen=True):
    """One answer as the review shows it: which question, under which section, in which words."""

    question_id: str
    section_title: str
    asked: str
    answer: str


class Sheet(Struct, frozen=True):
    """All answers, to look through before the result. `dropped` are questions whose answers no longer count."""

    told: tuple[Told, ...]
    dropped: tuple[str, ...] = ()


class Prompter(Protocol):
    """Shows one question and returns a checked answer, or `Turn.BACK`.

    An answer is checked with `nmtchoose.engine.answering.check_answer` before it is returned; Back never is. Ctrl-C
    raises KeyboardInterrupt and Ctrl-D raises EOFError from every method.
    """

    def ask(self, screen: Screen) -> Answer | Turn:
        """Show `screen` and wait for an answer."""

    def choose(self, text: str, choices: tuple[tuple[str, str], ...]) -> str:
        """Show a short menu of (id, label) pairs and return the id chosen."""

    def review(self, sheet: Sheet) -> str | Turn:
        """Show all answers and return the id of the question to change, `Turn.BACK`, or `Turn.ON` for the result."""

    def say(self, text: str) -> None:
        """Show one short message between questions."""

    def pause(self, text: str) -> None:
        """Show one short message and wait for Enter."""

    def wipe(self) -> None:
        """Take everything off the screen and out of its memory, so that nobody can scroll back to it."""

    def release(self) -> None:
        """Give the screen back to whoever writes on it next; asking again takes it once more."""
