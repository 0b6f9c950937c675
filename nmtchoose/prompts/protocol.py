"""What the interview asks of a prompter, and what a prompter may answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Protocol

from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Option, Question


class Voice(StrEnum):
    """Whom the words are for: the client at the screen, or staff who ask on the client's behalf."""

    CLIENT = "client"
    STAFF = "staff"


class Turn(Enum):
    """A reply that is no answer: go back one question."""

    BACK = "back"


@dataclass(frozen=True, slots=True)
class Screen:
    """One question as it is to be shown now.

    `options` are those offered to this client (options that do not apply are left out). `current` is the answer
    given before, if any. `number` and `total` are the question's place among those known so far. `can_go_back` is
    False on the first question.
    """

    question: Question
    options: tuple[Option, ...]
    voice: Voice
    section_title: str
    section_intro: str
    number: int
    total: int
    can_go_back: bool
    current: Answer | None = None

    @property
    def text(self) -> str:
        """The question in the voice of this screen."""
        ask = self.question.ask
        return ask.client if self.voice is Voice.CLIENT else ask.staff


class Prompter(Protocol):
    """Shows one question and returns a checked answer, or `Turn.BACK`.

    An answer is checked with `nmtchoose.engine.answering.check_answer` before it is returned; Back never is. Ctrl-C
    raises KeyboardInterrupt and Ctrl-D raises EOFError from every method.
    """

    def ask(self, screen: Screen) -> Answer | Turn:
        """Show `screen` and wait for an answer."""

    def choose(self, text: str, choices: tuple[tuple[str, str], ...]) -> str:
        """Show a short menu of (id, label) pairs and return the id chosen."""

    def say(self, text: str) -> None:
        """Show one short message between questions."""
