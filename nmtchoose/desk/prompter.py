"""What the desk asks of a prompter, what a prompter may answer, and both in the words in which they may be said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum, StrEnum
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from nmtchoose.engine.answering import check_answer
from nmtchoose.engine.durations import Which, understood
from nmtchoose.errors import AnswerError, Code, fault
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Option, Question
from nmtchoose.words.answers import WEEKS, answer_words, together


class Voice(StrEnum):
    """Whom the words are for: the client at the screen, or staff who ask the client at the desk or on the telephone."""

    CLIENT = "client"
    STAFF = "staff"
    PHONE = "phone"

    @classmethod
    def named(cls, name: str) -> Voice:
        """Return the voice of that name; the client's where there is none."""
        return next((one for one in cls if one.value == name), cls.CLIENT)

    @property
    def is_staff(self) -> bool:
        """Whether staff read the words."""
        return self is not Voice.CLIENT


class Turn(Enum):
    """A reply that is no answer: go back one question, or go on to the result."""

    BACK = "back"
    ON = "on"


class Typed(Struct, frozen=True):
    """An answer with how to say it again, where that is not the answer itself: `6 months` for 26 weeks."""

    answer: Answer
    words: str


class Screen(Struct, frozen=True):
    """One question as it is to be shown now.

    `options` are those offered to this client (options that do not apply are left out). `current` is the answer
    given before, if any. `part` of `parts` is the place of its section, which may come twice: unlike a count of the
    questions left, which an answer can raise, it never runs backwards. `number` counts the questions so far. All three
    are 0 for a question that is no part of an interview. `can_go_back` is False on the first question. `typed` is how
    a number of weeks answered before is typed and said.

    Several questions with one stem share a screen: `lines` are all of them, each as it would be shown alone, and
    `question` is the one to begin with. Without a stem there are none.
    """

    question: Question
    options: tuple[Option, ...]
    voice: Voice
    section_title: str = ""
    section_intro: str = ""
    part: int = 0
    parts: int = 0
    number: int = 0
    can_go_back: bool = False
    current: Answer | None = None
    typed: str = ""
    lines: tuple[Screen, ...] = ()

    @property
    def given(self) -> Answer | Typed | None:
        """The answer given before, with how it was typed where that was kept."""
        return Typed(self.current, self.typed) if self.typed and self.current is not None else self.current

    @property
    def text(self) -> str:
        """The question in the voice of this screen; what is private the client is asked directly, by whoever asks."""
        directly = self.voice is Voice.CLIENT or (self.voice is Voice.PHONE and self.question.private)
        return self.question.ask.client if directly else self.question.ask.staff

    @property
    def headed(self) -> Screen:
        """This screen with what stands above its lines in the place of the question."""
        stem = self.question.stem
        if stem is None:
            return self
        above = replace(self.question, ask=stem.ask, help=stem.help, staff_hint=stem.staff_hint, stem=None)
        return replace(self, question=above)


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


class Alarm(Struct, frozen=True):
    """What has to stay in view in an emergency: the `number` to call, what to do and what to tell those who answer.

    The most important stands first in `do` and `tell`; where there is no room, the last are left out.
    """

    number: str
    title: str
    do: tuple[str, ...]
    tell: tuple[str, ...]


class Prompter(Protocol):
    """Shows one question and returns a checked answer, or `Turn.BACK`.

    An answer is checked with `nmtchoose.engine.answering.check_answer`, and what was typed with
    `nmtchoose.desk.prompter.typed_answer`, before it is returned; Back never is. Ctrl-C raises KeyboardInterrupt and
    Ctrl-D raises EOFError from every method.
    """

    def ask(self, screen: Screen) -> Answer | Typed | Turn:
        """Show `screen` and wait for an answer; a length of time comes with how it was typed."""

    def ask_lines(self, screen: Screen) -> tuple[Answer, ...] | Turn:
        """Show all lines of `screen` and wait until each has an answer; return these in order."""

    def choose(self, text: str, choices: tuple[tuple[str, str], ...], keys: str = "") -> str:
        """Show a short menu of (id, label) pairs and return the id chosen. Enter alone chooses nothing.

        `keys` are the digits that choose, where they do not count from 1.
        """

    def alarm(self, alarm: Alarm, text: str, choices: tuple[tuple[str, str], ...]) -> str:
        """Clear the screen, and show `alarm` with a short menu under it, both in view; return the id chosen."""

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


def spoken(question: Question, voice: Voice) -> Question:
    """Return `question` with its options in the words that staff read out, where they do."""
    if not voice.is_staff or (question.private and voice is Voice.STAFF):
        return question
    said = (replace(option, label=option.staff) if option.staff else option for option in question.options)
    return replace(question, options=tuple(said))


def asked(question: Question, voice: Voice) -> str:
    """Return the words of a question in `voice`; private ones are always asked in the client's own."""
    return question.ask.client if voice is Voice.CLIENT or question.private else question.ask.staff


def above(question: Question, voice: Voice) -> str:
    """Return the words that a screen begins with: those of its question, or what stands above its lines."""
    return asked(replace(question, ask=question.screen_ask), voice)


def lines_told(lines: Iterable[tuple[Question, Answer]], voice: Voice) -> str:
    """Return the answers to the lines of one screen: `Yes: You fainted. No to the rest`; numbers one by one."""
    lines = tuple(lines)
    if not all(question.is_line for question, _ in lines):
        return "; ".join(together(asked(question, voice), answer_told(question, answer)) for question, answer in lines)
    told: dict[str, list[str]] = {}
    for question, answer in lines:
        if question.private:
            return answer_told(question, answer)
        told.setdefault(answer_told(question, answer), []).append(asked(question, voice))
    *some, last = sorted(told, key=lambda words: len(told[words]))
    rest = f"{last} to {'the rest' if some else 'all'}"
    return ". ".join((*(f"{words}: {'; '.join(told[words])}" for words in some), rest))


def answer_told(question: Question, answer: Answer | Typed) -> str:
    """Return an answer as it may stay on the screen or be read aloud: a private one only says that it was given.

    What was typed is said as it was typed.
    """
    if question.private:
        return "answered (private)"
    if isinstance(answer, Typed):
        return answer.words
    return "nothing added" if answer == "" else answer_words(question, answer)


def typed_answer(screen: Screen, text: str, today: date | None = None) -> Answer | Typed:
    """Return what `text` answers to `screen`; a length of time, up to `today`, with how to say it again.

    A number alone is no length of time. Raises AnswerError, which asks which length is meant where that is open: it
    repeats what was typed, and is for the screen alone.
    """
    question = screen.question
    if question.unit != WEEKS or text in question.specials:
        return check_answer(question, screen.options, text)
    found = understood(text, today or date.today())
    if isinstance(found, Which):
        raise AnswerError([fault(Code.ANSWER_WHICH_LENGTH, question=found.question)])
    if found is None:
        raise AnswerError([fault(Code.ANSWER_NOT_A_DURATION)])
    return Typed(check_answer(question, screen.options, found.weeks), found.words)
