"""A table compiled once, for asking it many times.

The walker of `nmtchoose.engine.assess` is the reference: both methods here say what it says, for all answers.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from msgspec import Struct

from nmtchoose.engine.compiled.booking import Booking, Found
from nmtchoose.engine.compiled.masks import first_of, places, rule_masks
from nmtchoose.engine.compiled.replay import Replays
from nmtchoose.engine.compiled.results import Results
from nmtchoose.model.answers import Answers, chosen
from nmtchoose.model.assessment import Assessment, Recommendation
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import NONE, Questionnaire
from nmtchoose.model.rules import MOST_PRESSURE, RuleTable

_BY_SEVERITY = tuple(Disposition)
_CLEARANCE = _BY_SEVERITY.index(Disposition.CLEARANCE)
_URGENT = _BY_SEVERITY.index(Disposition.MEDICAL_URGENT)
_WITH_CARE = _BY_SEVERITY.index(Disposition.PROCEED_WITH_CARE)
_PROCEED = _BY_SEVERITY.index(Disposition.PROCEED)


class Decided(Struct, frozen=True):
    """What an assessment decides, without a word of why.

    `pressure_limits` holds the limit of each therapy in file order, and `site_limits` that of each limited site (0:
    leave it alone); both are empty where no therapy may be named.
    """

    complete: bool
    disposition: Disposition
    recommendation: Recommendation
    pressure_limit: int
    pressure_limits: tuple[int, ...]
    site_limits: tuple[tuple[str, int], ...]


class CompiledPair:
    """A questionnaire and a rule table in a form that is quick to ask; see `compile_pair`."""

    def __init__(self, questionnaire: Questionnaire, table: RuleTable) -> None:
        self._questionnaire = questionnaire
        self._table = table
        self._masks = rule_masks(table)
        self._replays = Replays(questionnaire, table)
        self._booking = Booking(questionnaire, table, self._masks, self._replays.others)
        self._results = Results(questionnaire, table, self._replays, self._booking)

    def decide(self, answers: Answers) -> Decided:
        """Return what follows from `answers`, each of which was checked with `check_answer`, without the reasons."""
        found = self._found(answers, self._replays.quick(answers.get))
        named = not found.silent
        return Decided(
            not found.missing,
            found.disposition,
            self._booking.book(found),
            found.overall,
            self._booking.pressure_limits(found.fired, found.overall) if named else (),
            tuple([(site, limit) for site, (limit, _) in found.limits.items()]) if named and found.limits else (),
        )

    def assess(self, answers: Answers) -> Assessment:
        """Return the assessment of `answers`, the same as `nmtchoose.engine.assess.assess`."""
        replayed = self._replays.explained(answers.get)
        return self._results.assessment(answers, self._found(answers, replayed), replayed[5])

    def fired(self, answers: Answers) -> int:
        """Return which rules fire, as bits in the order of the table."""
        fired: int = self._replays.quick(answers.get)[0]
        return fired

    def source(self, *, explained: bool) -> str:
        """Return the generated source behind `assess` (`explained`) or `decide`, for those who want to read it."""
        return self._replays.source(explained=explained)

    def _found(self, answers: Answers, replayed: tuple[Any, ...]) -> Found:
        fired, opened, also, kept, missing = replayed[:5]
        masks, booking = self._masks, self._booking
        undecided = opened & masks.safety
        limits = booking.limits(fired, kept)
        worst = self._worst(fired, undecided)
        return Found(
            fired,
            undecided,
            also,
            kept,
            self._missing(answers, fired, opened, missing) if missing else (),
            _BY_SEVERITY[worst],
            worst <= _URGENT,
            first_of(masks.pressure, fired, MOST_PRESSURE),
            limits,
            chosen(kept.get(self._table.pain_question, NONE)) if limits else (),
            booking.fits(fired),
        )

    def _worst(self, fired: int, undecided: int) -> int:
        """Return the place of the most severe disposition; see `nmtchoose.engine.fired.disposition_of`."""
        worst = first_of(self._masks.dispositions, fired, _PROCEED)
        if undecided and worst > _CLEARANCE:
            return _CLEARANCE
        if worst == _PROCEED and fired & self._masks.changing:
            return _WITH_CARE
        return worst

    def _missing(self, answers: Answers, fired: int, opened: int, waiting: list[str]) -> tuple[str, ...]:
        """Return the unanswered questions that still matter; see `nmtchoose.engine.interview.state`."""
        reached = _BY_SEVERITY[first_of(self._masks.ending, fired, _PROCEED)]
        if reached.is_emergency or (reached.forbids_therapy and not opened & self._masks.emergencies):
            return ()
        if reached.forbids_therapy:
            return self._worse(answers, opened & self._masks.emergencies, waiting)
        return tuple(waiting)

    def _worse(self, answers: Answers, emergencies: int, waiting: list[str]) -> tuple[str, ...]:
        """Return the questions that could still show an emergency."""
        openings = self._replays.openings(answers.get, emergencies)
        questions = reduce(or_, [questions for _, questions in openings], 0)
        matter = {self._questionnaire.questions[place].id for place in places(questions)}
        return tuple(one for one in waiting if one in matter)


def compile_pair(questionnaire: Questionnaire, table: RuleTable) -> CompiledPair:
    """Return `table` over `questionnaire`, both as the loader returned them, compiled for many assessments.

    Compiling takes tens of milliseconds: for one assessment, `nmtchoose.engine.assess.assess` is done long before.
    """
    return CompiledPair(questionnaire, table)
