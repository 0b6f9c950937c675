"""Packed answers under another questionnaire: what it does not know is left out, as `fitting_answers` does for one.

An archive that is not packed is read once for two questionnaires: under one that knows what either of them knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec.structs import replace

from nmtchoose.authoring.shifts import fitting_answers
from nmtchoose.batch.kernel.given import Columns, Values
from nmtchoose.batch.layout import EMPTY, FIRST, FIRST_BIT, NOT_ANSWERED, Layout, LayoutColumn, layout_of
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import SPECIAL_ANSWERS, Kind, Question, Questionnaire

_SPECIAL_BITS = (1 << FIRST_BIT) - 1


class Fitting:
    """Takes columns packed under the layout `written` over to `questionnaire`."""

    def __init__(self, written: Layout, questionnaire: Questionnaire) -> None:
        today = layout_of(questionnaire).columns
        self._asked = [_Asked(written.by_id[one.id], one, questionnaire) for one in today if one.id in written.by_id]
        self._not_asked = [one for one in today if one.id not in written.by_id]

    def columns(self, written: Columns, rows: int) -> Columns:
        """Return the columns of the questionnaire's own layout."""
        found = {name: values for one in self._asked for name, values in one.columns(written)}
        return found | {name: _nobody(one, rows) for one in self._not_asked for name in one.names}


class _Asked:
    """One question, as it was asked (`written`) and as it is asked today.

    Special answers and texts, and single choices, are looked up; numbers are moved by the difference of the least
    ones, and options of a choice of several bit by bit.
    """

    def __init__(self, written: LayoutColumn, today: LayoutColumn, questionnaire: Questionnaire) -> None:
        self._written, self._today = written, today
        specials = questionnaire[today.id].specials
        self._allowed = sum(1 << bit for bit, name in enumerate(SPECIAL_ANSWERS) if name in specials)
        answers = _alone_in_masks() if written.kind is Kind.MANY else _by_code(written)
        self._known = self._looked_up(answers, questionnaire)

    def columns(self, written: Columns) -> Iterator[tuple[str, Values]]:
        """Yield today's columns of this question by name."""
        values = [written[name] for name in self._written.names]
        if self._written.kind is Kind.MANY:
            found = self._of_masks(values)
        else:
            codes = np.minimum(values[0], np.array(len(self._known[0]) - 1, values[0].dtype))
            found = [known[codes] for known in self._known]
            if self._written.kind is self._today.kind is Kind.NUMBER:
                found = [np.where(values[0] < FIRST, found[0], self._moved(values[0]))]
        yield from zip(self._today.names, found, strict=True)

    def _moved(self, codes: Values) -> Values:
        """Return the codes of numbers as those of today."""
        numbers = codes.astype(np.int64) - FIRST + self._written.minimum
        fits = (numbers >= self._today.minimum) & (numbers <= self._today.maximum)
        fits &= numbers <= self._written.maximum
        return np.where(fits, numbers - self._today.minimum + FIRST, NOT_ANSWERED).astype(f"u{self._today.bits // 8}")

    def _of_masks(self, values: Sequence[Values]) -> list[Values]:
        special = values[0].astype(np.uint8) & np.uint8(self._allowed)
        alone = ~np.logical_or.reduce([one != 0 for one in self._options_alone(values)])
        chosen = self._options(values)
        return [
            # A special answer stands alone: with an option beside it, it is no answer at all.
            np.where(special == 0, options, np.where(alone, known[special], options.dtype.type(NOT_ANSWERED)))
            for known, options in zip(self._known, chosen, strict=True)
        ]

    def _options(self, values: Sequence[Values]) -> list[Values]:
        """Return the options that there still are, each at today's place."""
        if self._today == self._written:
            return list(self._options_alone(values))
        moved = [_nobody(self._today, len(values[0])) for _ in self._today.names]
        if self._today.kind is Kind.MANY:
            for option in set(self._today.options).intersection(self._written.options):
                here, there = self._written.places[option], self._today.places[option]
                said = (values[here.column] & np.array(here.mask, values[here.column].dtype)) != 0
                moved[there.column] |= np.where(said, there.mask, 0).astype(moved[there.column].dtype)
        return moved

    def _options_alone(self, values: Sequence[Values]) -> Iterator[Values]:
        """Yield the masks as they were written, without special answers and bits that stand for nothing."""
        places = [self._written.places[one] for one in self._written.options]
        for at, masks in enumerate(values):
            yield masks & np.array(sum(one.mask for one in places if one.column == at), masks.dtype)

    def _looked_up(self, answers: Sequence[Answer | None], questionnaire: Questionnaire) -> list[Values]:
        """Return for each of today's columns what `answers` become there; what does not fit is not answered."""
        question = self._today.id
        given: list[Mapping[str, Answer]] = [{} if one is None else {question: one} for one in answers]
        fitting = [self._today.packed(fitting_answers(one, questionnaire).get(question)) for one in given]
        return [np.array(values, f"u{self._today.bits // 8}") for values in zip(*fitting, strict=True)]


def _alone_in_masks() -> list[Answer | None]:
    """Return which special answer each combination of their bits stands for; two of them are no answer."""
    named = [[name for bit, name in enumerate(SPECIAL_ANSWERS) if bits >> bit & 1] for bits in range(_SPECIAL_BITS + 1)]
    return [one[0] if len(one) == 1 else None for one in named]


def _by_code(column: LayoutColumn) -> list[Answer | None]:
    """Return what each code stands for, numbers left out; the last one stands for nothing."""
    most = {Kind.ONE: FIRST + len(column.options) - 1, Kind.TEXT: EMPTY}.get(column.kind, FIRST - 1)
    return [*(column.answer((code,)) for code in range(most + 1)), None]


def _nobody(column: LayoutColumn, rows: int) -> Values:
    return np.full(rows, NOT_ANSWERED, f"u{column.bits // 8}")


def knowing_both(old: Questionnaire, new: Questionnaire) -> Questionnaire:
    """Return a questionnaire that takes every answer that `old` or `new` takes; it is for reading, not for asking.

    Where a question has changed its kind, answers of the new kind are taken.
    """
    ids = dict.fromkeys(one.id for one in (*new.questions, *old.questions))
    return replace(new, questions=tuple(_wide(old.by_id.get(one), new.by_id.get(one)) for one in ids))


def _wide(old: Question | None, new: Question | None) -> Question:
    if old is None or new is None or old.kind is not new.kind:
        known = new or old
        assert known is not None
        return known
    return replace(
        new,
        options=(*new.options, *(one for one in old.options if not new.option(one.id))),
        specials=tuple(dict.fromkeys((*new.specials, *old.specials))),
        minimum=None if new.minimum is None or old.minimum is None else min(new.minimum, old.minimum),
        maximum=None if new.maximum is None or old.maximum is None else max(new.maximum, old.maximum),
    )
