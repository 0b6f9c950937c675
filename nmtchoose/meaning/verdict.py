"""What the circuit says about one client, read from its wires: the results of an assessment without the reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from nmtchoose.engine.recommend import worded
from nmtchoose.meaning.circuit import Levels, Wire
from nmtchoose.meaning.result import Result
from nmtchoose.model.assessment import Assessment, Recommendation, Status
from nmtchoose.model.disposition import Disposition

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


class Chooser(Protocol):
    """Says which of some wires are true."""

    def true(self, wires: Mapping[T, Wire]) -> tuple[T, ...]:
        """Return the keys of those of `wires` that are true, in order."""


class Reader(Chooser, Protocol):
    """A back end for one client."""

    def limit(self, levels: Levels) -> int:
        """Return the place of the first of `levels` that is true, or how many there are."""


def verdict(result: Result, reader: Reader) -> Verdict:
    """Return what the circuit says about the client whose wires `reader` knows."""
    outcome = result.outcome
    missing = reader.true(result.interview.missing)
    disposition = _only(reader.true(outcome.dispositions))
    named = not disposition.forbids_therapy
    limited = reader.true(outcome.limited) if named else ()
    standing = outcome.standing if named else {}
    return Verdict(
        complete=not missing,
        missing=missing,
        fired=reader.true(outcome.fired),
        disposition=disposition,
        recommendation=recommendation_of(result, reader),
        pressure_limit=reader.limit(outcome.pressure),
        undecided=reader.true(outcome.undecided) if named else (),
        site_limits={site: reader.limit(outcome.sites[site]) for site in limited},
        statuses={one: _only(reader.true(wires)) for one, wires in result.statuses.items()} if named else {},
        pressure_limits={one: reader.limit(stands.limits) for one, stands in standing.items()},
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


def recommendation_of(result: Result, reader: Chooser) -> Recommendation:
    """Return what is recommended, in the words of the table."""
    booking, table = result.booking, result.outcome.table
    taken = reader.true(booking.plans)
    plan = next((one for one in table.decision.sequences if one.id in taken), None)
    named = [one for place in booking.places for one in reader.true(place)] or reader.true(booking.elsewhere)
    kind, strength = _only(reader.true(booking.kinds)), _only(reader.true(booking.strengths))
    return worded(table, kind, strength, [table.therapy(one) for one in named], plan)


def _only(chosen: tuple[T, ...]) -> T:
    """Return the one that was chosen; the circuit never chooses more or none."""
    (one,) = chosen
    return one
