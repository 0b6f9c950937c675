"""The rows of a question with a list: headings, options, special answers and the ways out, for every prompter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from nmtchoose.desk.prompter import Screen, Sheet
from nmtchoose.model.questionnaire import NONE, Kind
from nmtchoose.prompts.wording import DROPPED, SHOW_RESULT
from nmtchoose.words.answers import option_label

GO_BACK = "Go back"
NOT_YET = "(not answered yet)"


class Role(Enum):
    """What a row is for."""

    NOT_YET = "not_yet"
    HEADING = "heading"
    OPTION = "option"
    SPECIAL = "special"
    ON = "on"
    NOTE = "note"
    BACK = "back"


class Row(Struct, frozen=True):
    """One row of a list. `value` is the answer it stands for; `number` is what to type for it.

    "None of these" is always 0, so that one key serves every list; the others count from 1. `told` is the answer that
    a row of the review shows.
    """

    role: Role
    label: str
    value: str = ""
    number: int | None = None
    words: tuple[str, ...] = ()
    help: str = ""
    told: str = ""

    @property
    def is_stop(self) -> bool:
        """True for rows that the pointer can stand on."""
        return self.role not in (Role.HEADING, Role.NOTE)

    @property
    def is_answer(self) -> bool:
        """True for rows that can be an answer."""
        return self.role in (Role.OPTION, Role.SPECIAL)

    def fits(self, sought: str) -> bool:
        """Return whether every sought letter stands together in the label or one of the synonyms."""
        return any(plain(sought) in plain(words) for words in (self.label, *self.words))


def plain(text: str) -> str:
    """Return `text` for comparing: no case, no accents, letters and digits only."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parted if char.isalnum())


def answer_rows(screen: Screen) -> tuple[Row, ...]:
    """Return headings, options and special answers in order; numbers run on across headings."""
    return tuple(_numbered(_answer_rows(screen)))


def list_rows(screen: Screen) -> tuple[Row, ...]:
    """Return `answer_rows` with the rows that only a moving pointer needs.

    A single choice that can change a booking starts on a row that is no answer, until it has been answered.
    """
    rows = answer_rows(screen)
    question = screen.question
    values = {row.value for row in rows if row.is_answer}
    if question.kind is Kind.ONE and question.purpose.is_safety and screen.current not in values:
        rows = (Row(Role.NOT_YET, NOT_YET), *rows)
    return (*rows, Row(Role.BACK, GO_BACK)) if screen.can_go_back else rows


def sheet_rows(sheet: Sheet) -> tuple[Row, ...]:
    """Return the rows of the review: on to the result first, then the answers by section, then what was left out."""
    return (Row(Role.ON, SHOW_RESULT), *_numbered(_told_rows(sheet)), *_dropped_rows(sheet), Row(Role.BACK, GO_BACK))


def menu_rows(choices: tuple[tuple[str, str], ...]) -> tuple[Row, ...]:
    """Return numbered rows for a short menu of (id, label) pairs."""
    return tuple(_numbered(Row(Role.OPTION, label, one) for one, label in choices))


def _answer_rows(screen: Screen) -> Iterator[Row]:
    heading = ""
    for option in screen.options:
        if option.heading and option.heading != heading:
            heading = option.heading
            yield Row(Role.HEADING, heading)
        yield Row(Role.OPTION, option_label(option), option.id, words=option.words, help=option.help)
    for one in screen.question.specials:
        yield Row(Role.SPECIAL, screen.question.label(one), one)


def _told_rows(sheet: Sheet) -> Iterator[Row]:
    heading = ""
    for one in sheet.told:
        if one.section_title != heading:
            heading = one.section_title
            yield Row(Role.HEADING, heading)
        yield Row(Role.OPTION, one.asked, one.question_id, words=(one.answer,), told=one.answer)


def _dropped_rows(sheet: Sheet) -> Iterator[Row]:
    if sheet.dropped:
        yield Row(Role.HEADING, DROPPED)
    for asked in sheet.dropped:
        yield Row(Role.NOTE, asked)


def _numbered(rows: Iterable[Row]) -> Iterator[Row]:
    numbers = count(1)
    for row in rows:
        if not row.is_answer:
            yield row
        elif row.role is Role.SPECIAL and row.value == NONE:
            yield replace(row, number=0)
        else:
            yield replace(row, number=next(numbers))
