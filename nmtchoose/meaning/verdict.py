"""What the circuit says about one client, read from its wires: the results of an assessment without the reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from nmtchoose.engine.recommend import worded
from nmtchoose.meaning.circuit import Wire
from nmtchoose.meaning.result import Result
from nmtchoose.model.assessment import Assessment, Recommendation, Status
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind
from nmtchoose.model.rules import MOST_PRESSURE

Holds = Callable[[Wire], bool]
"""Whether a wire is true."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an assessment decides. Where no therapy may be named, the last four are empty.

    `undecided` are the rules about safety that stayed open. Limits are 1 to 5, and 0 for a site to leave alone.
    """

    complete: bool
    missing: tuple[str, ...]
    fired: tuple[str, ...]
    disposition: Disposition
    recommendation: Recommendation
    pressure_limit: int
    undecided: tuple[str, ...]
    site_limits: Mapping[str, int]
    statuses: Mapping[str, Status]
    pressure_limits: Mapping[str, int]


def verdict(result: Result, holds: Holds) -> Verdict:
    """Return what the circuit says where `holds` says what is on its wires."""
    outcome = result.outcome
    named = not holds(outcome.forbids_therapy)
    sites = {site: limit_of(levels, holds) for site, levels in outcome.sites.items() if holds(levels[MOST_PRESSURE])}
    return Verdict(
        complete=holds(result.interview.complete),
        missing=tuple(
            one.id
            for one in outcome.sheet.questionnaire.questions
            if one.kind is not Kind.TEXT and holds(result.interview.still_asked[one.id])
        ),
        fired=_held(outcome.fired, holds),
        disposition=only(outcome.dispositions, holds),
        recommendation=recommendation_of(result, holds),
        pressure_limit=limit_of(outcome.pressure, holds),
        undecided=_held(outcome.undecided, holds) if named else (),
        site_limits=sites if named else {},
        statuses={one: only(wires, holds) for one, wires in result.statuses.items()} if named else {},
        pressure_limits={one: limit_of(stands.limits, holds) for one, stands in result.standing.items()}
        if named
        else {},
    )


def verdict_in(assessment: Assessment) -> Verdict:
    """Return what `assessment` decides, for comparing."""
    return Verdict(
        complete=assessment.complete,
        missing=assessment.missing,
        fired=tuple(one.rule for one in assessment.trace),
        disposition=assessment.disposition,
        recommendation=assessment.recommendation,
        pressure_limit=assessment.pressure_limit,
        undecided=tuple(one.rule for one in assessment.undecided),
        site_limits={note.site: note.pressure_limit for note in assessment.site_notes},
        statuses={one.id: one.status for one in assessment.therapies},
        pressure_limits={one.id: one.pressure_limit for one in assessment.therapies},
    )


def recommendation_of(result: Result, holds: Holds) -> Recommendation:
    """Return what is recommended, in the words of the table."""
    booking, table = result.booking, result.outcome.table
    plan = next((one for one in table.decision.sequences if holds(booking.plans[one.id])), None)
    named = [therapy for place in booking.places for therapy in _held(place, holds)] or _held(booking.elsewhere, holds)
    therapies = [table.therapy(one) for one in named]
    return worded(table, only(booking.kinds, holds), only(booking.strengths, holds), therapies, plan)


def limit_of(at_most: Iterable[Wire], holds: Holds) -> int:
    """Return the limit of which `at_most` say, from 0 on, whether it is at most that."""
    return next((limit for limit, wire in enumerate(at_most) if holds(wire)), MOST_PRESSURE)


def only(wires: Mapping[T, Wire], holds: Holds) -> T:
    """Return the one of `wires` that is true."""
    return next(one for one, wire in wires.items() if holds(wire))


def _held(wires: Mapping[str, Wire], holds: Holds) -> tuple[str, ...]:
    return tuple(one for one, wire in wires.items() if holds(wire))
