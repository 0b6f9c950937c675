"""A table compiled once, for asking it many times.

The walker of `nmtchoose.engine.assess` is the reference: both methods here say what it says, for all answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nmtchoose.engine.compiled.booking import Booking, Found
from nmtchoose.engine.compiled.masks import first_of, rule_masks
from nmtchoose.engine.compiled.replay import Replays
from nmtchoose.engine.compiled.results import Results
from nmtchoose.engine.interview import state
from nmtchoose.model.answers import Answers, chosen
from nmtchoose.model.assessment import Assessment, Recommendation
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import NONE, Questionnaire
from nmtchoose.model.rules import MOST_PRESSURE, RuleTable

_BY_SEVERITY = tuple(Disposition)
_CLEARANCE = _BY_SEVERITY.index(Disposition.CLEARANCE)
_PROCEED = _BY_SEVERITY.index(Disposition.PROCEED)


@dataclass(frozen=True, slots=True)
class Decided:
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
        self._results = Results(questionnaire, table, self._replays.plain, self._booking)

    def decide(self, answers: Answers) -> Decided:
        """Return what follows from `answers`, each of which was checked with `check_answer`, without the reasons."""
        found = self._found(answers, self._replays.quick(answers.get))
        overall = first_of(self._masks.pressure, found.fired, MOST_PRESSURE)
        named = not found.disposition.forbids_therapy
        return Decided(
            complete=not found.missing,
            disposition=found.disposition,
            recommendation=self._booking.book(found),
            pressure_limit=overall,
            pressure_limits=self._booking.pressure_limits(found.fired, overall) if named else (),
            site_limits=tuple([(site, limit) for site, (limit, _) in found.limits.items()]) if named else (),
        )

    def assess(self, answers: Answers) -> Assessment:
        """Return the assessment of `answers`, the same as `nmtchoose.engine.assess.assess`."""
        replayed = self._replays.explained(answers.get)
        found = self._found(answers, replayed)
        overall = first_of(self._masks.pressure, found.fired, MOST_PRESSURE)
        return self._results.assessment(answers, found, overall, replayed[5])

    def fired(self, answers: Answers) -> int:
        """Return which rules fire, as bits in the order of the table."""
        fired: int = self._replays.quick(answers.get)[0]
        return fired

    def source(self, *, explained: bool) -> str:
        """Return the generated source behind `assess` (`explained`) or `decide`, for those who want to read it."""
        return self._replays.source(explained=explained)

    def _found(self, answers: Answers, replayed: tuple[Any, ...]) -> Found:
        fired, opened, also, kept, missing = replayed[:5]
        limits = self._booking.limits(fired, kept)
        undecided = opened & self._masks.safety
        return Found(
            fired=fired,
            opened=undecided,
            also=also,
            kept=kept,
            missing=self._missing(answers, fired, opened, missing) if missing else (),
            disposition=self._disposition(fired, undecided),
            limits=limits,
            painful=chosen(kept.get(self._table.pain_question, NONE)) if limits else (),
            fits=self._booking.fits(fired),
        )

    def _disposition(self, fired: int, undecided: int) -> Disposition:
        """Return the most severe disposition; see `nmtchoose.engine.fired.disposition_of`."""
        worst = first_of(self._masks.dispositions, fired, _PROCEED)
        if undecided and worst > _CLEARANCE:
            return Disposition.CLEARANCE
        if worst == _PROCEED and fired & self._masks.changing:
            return Disposition.PROCEED_WITH_CARE
        return _BY_SEVERITY[worst]

    def _missing(self, answers: Answers, fired: int, opened: int, waiting: list[str]) -> tuple[str, ...]:
        """Return the unanswered questions that still matter; see `nmtchoose.engine.interview.state`."""
        reached = _BY_SEVERITY[first_of(self._masks.ending, fired, _PROCEED)]
        if reached.is_emergency or (reached.forbids_therapy and not opened & self._masks.emergencies):
            return ()
        if reached.forbids_therapy:
            return state(self._questionnaire, self._table, answers).missing
        return tuple(waiting)


def compile_pair(questionnaire: Questionnaire, table: RuleTable) -> CompiledPair:
    """Return `table` over `questionnaire`, both as the loader returned them, compiled for many assessments.

    Compiling takes tens of milliseconds: for one assessment, `nmtchoose.engine.assess.assess` is done long before.
    """
    return CompiledPair(questionnaire, table)
