"""How numbers such as pain went over the visits, one bar for each visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nmtchoose.formats.viewing import Viewing
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire
from nmtchoose.pages.body_marks import PAIN_WORST
from nmtchoose.pages.page import Block, Facts, Heading
from nmtchoose.words.printable import can_encode


@dataclass(frozen=True, slots=True)
class Visit:
    """The answers of one visit."""

    date: str
    answers: Mapping[str, object]


def trend_blocks(visits: Sequence[Visit], questionnaire: Questionnaire, viewing: Viewing) -> Iterator[Block]:
    """Yield a heading and the visits for every question on a scale from 0, such as pain now and how it holds back.

    Visits come in the order given, each with its number, and with a bar unless lines are plain. Pain at its worst is
    left out: it goes up and down with the pain of the same week.
    """
    for question in questionnaire.questions:
        on_a_scale = question.kind is Kind.NUMBER and question.minimum == 0 and question.unit.startswith("of ")
        lines = tuple(_lines(question, visits, viewing)) if on_a_scale and question.id != PAIN_WORST else ()
        if lines:
            yield from (Heading(question.ask.staff), Facts(lines))


def _lines(question: Question, visits: Sequence[Visit], viewing: Viewing) -> Iterator[tuple[str, str]]:
    most = question.maximum or 10
    room = max(min(viewing.width - 24, 40), most)
    for visit in visits:
        number = visit.answers.get(question.id)
        if isinstance(number, int) and 0 <= number <= most:
            drawn = "" if viewing.plain else bar(number / most, room, viewing.encoding)
            yield visit.date, f"{drawn}{number} {question.unit}"


def bar(share: float, room: int, encoding: str) -> str:
    """Return a bar of `room` columns that is filled to a share of it, with a space after it."""
    filled, empty = ("█", "░") if can_encode("█░", encoding) else ("#", ".")
    long = round(room * share)
    return f"{filled * long}{empty * (room - long)} "
