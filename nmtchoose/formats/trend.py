"""How numbers such as pain went over the visits, one bar for each visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nmtchoose.model.questionnaire import Kind, Question, Questionnaire
from nmtchoose.pages.body_marks import PAIN_WORST
from nmtchoose.pages.page import Level
from nmtchoose.words.printable import can_encode

_HIGH, _MEDIUM = 7, 4
STYLES = {Level.STRONG: "red", Level.MEDIUM: "yellow", Level.MILD: "green"}


@dataclass(frozen=True, slots=True)
class Visit:
    """The answers of one visit."""

    date: str
    answers: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a trend: a date, a bar of at most `full` signs, the number, and how strong it is."""

    date: str
    bar: str
    words: str
    level: Level


@dataclass(frozen=True, slots=True)
class Trend:
    """One question over all visits where it was answered, the oldest first."""

    title: str
    bars: tuple[Bar, ...]


def trends(visits: Sequence[Visit], questionnaire: Questionnaire, width: int, encoding: str) -> tuple[Trend, ...]:
    """Return a trend for every question that is answered on a scale from 0, such as pain now and how it holds back.

    Pain at its worst is left out: it goes up and down with the pain of the same week.
    """
    return tuple(
        Trend(question.ask.staff, bars)
        for question in questionnaire.questions
        if _is_scale(question) and (bars := tuple(_bars(question, visits, width, encoding)))
    )


def _is_scale(question: Question) -> bool:
    on_a_scale = question.kind is Kind.NUMBER and question.minimum == 0 and question.unit.startswith("of ")
    return on_a_scale and question.id != PAIN_WORST


def _bars(question: Question, visits: Sequence[Visit], width: int, encoding: str) -> Iterator[Bar]:
    most = question.maximum or 10
    room = max(min(width - 24, 40), most)
    filled, empty = ("█", "░") if can_encode("█░", encoding) else ("#", ".")
    for visit in visits:
        number = visit.answers.get(question.id)
        if isinstance(number, int) and 0 <= number <= most:
            long = round(room * number / most)
            yield Bar(visit.date, filled * long + empty * (room - long), f"{number} {question.unit}", _level(number))


def _level(number: int) -> Level:
    return Level.STRONG if number >= _HIGH else Level.MEDIUM if number >= _MEDIUM else Level.MILD
