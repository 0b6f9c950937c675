"""How strict a result is, as wires and by the engine, and whether one is less strict than another.

Less strict means: a milder disposition; or, where a session is still possible, a higher pressure limit for the body, a
site or a therapy, or a therapy that is possible now and was ruled out or on hold before. That a sole form, such as
prenatal massage, comes into play is not less strict: it is the form that these answers ask for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nmtchoose.engine.evaluate import view
from nmtchoose.engine.fired import disposition_of, fire, pressure_limit, site_limits
from nmtchoose.engine.therapies import Standing, standings
from nmtchoose.meaning.circuit import FALSE, Wire
from nmtchoose.meaning.outcome import Outcome
from nmtchoose.meaning.standing import Standing as StandingWires
from nmtchoose.model.answers import Answers
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import MOST_PRESSURE
from nmtchoose.model.tables import Tables

_NEVER_LIMITED = (FALSE,) * (MOST_PRESSURE + 1)


def milder(before: Outcome, after: Outcome) -> Wire:
    """Return whether the disposition of `after` is milder."""
    ranks = zip(before.severity, after.severity, strict=True)
    return after.circuit.any_of(after.circuit.all_of((old, -new)) for old, new in ranks)


def less_limited(
    before: Outcome,
    after: Outcome,
    standing_before: Mapping[str, StandingWires],
    standing_after: Mapping[str, StandingWires],
) -> Wire:
    """Return whether a session is still possible in `after`, with fewer restrictions than `before`."""
    circuit = after.circuit
    limits = [(before.pressure, after.pressure)]
    limits += [(levels, after.sites.get(site, _NEVER_LIMITED)) for site, levels in before.sites.items()]
    looser = []
    for therapy, now in standing_after.items():
        was = standing_before.get(therapy)
        if was is not None:
            lighter = (circuit.all_of((old, -new)) for old, new in zip(was.limits, now.limits, strict=True))
            looser.append(circuit.all_of((-now.ruled_out, circuit.any_of(lighter))))
            looser.append(circuit.all_of((was.barred, -now.ruled_out)))
            looser.append(circuit.all_of((circuit.any_of((was.barred, was.held)), now.open)))
    looser += [
        circuit.all_of((old, -new)) for olds, news in limits for old, new in zip(olds[:-1], news[:-1], strict=True)
    ]
    return circuit.all_of((-after.forbids_therapy, circuit.any_of(looser)))


@dataclass(frozen=True, slots=True)
class Strictness:
    """The engine's result, as far as it can be more or less strict.

    Limits are 0 to 5. `bars` is 2 for a therapy that is ruled out and 1 for one on hold; `lasting_bars` leaves out
    that a sole form is not in play.
    """

    disposition: Disposition
    pressure: int
    sites: Mapping[str, int]
    therapy_pressure: Mapping[str, int]
    bars: Mapping[str, int]
    lasting_bars: Mapping[str, int]


def strictness(tables: Tables, answers: Answers) -> Strictness:
    """Return how strict the engine is with `answers`."""
    seen = view(tables.questionnaire, answers)
    fired = fire(tables.rules, seen)
    standing = standings(tables.rules, fired, seen)
    return Strictness(
        disposition=disposition_of(fired),
        pressure=pressure_limit(fired)[0],
        sites={site: limit for site, (limit, _) in site_limits(fired, seen).items()},
        therapy_pressure={therapy: one.pressure_limit for therapy, one in standing.items()},
        bars={therapy: _bars(one) for therapy, one in standing.items()},
        lasting_bars={therapy: _lasting_bars(one) for therapy, one in standing.items()},
    )


def _bars(standing: Standing) -> int:
    return 2 if standing.ruled_out else 1 if standing.held else 0


def _lasting_bars(standing: Standing) -> int:
    waiting = standing.therapy.sole_form and not standing.in_play
    return 2 if len(standing.ruled_out) > waiting else 1 if standing.held else 0


def loosened(before: Strictness, after: Strictness) -> tuple[str, ...]:
    """Return in words what is less strict in `after`; empty when nothing is."""
    if after.disposition.severity < before.disposition.severity:
        return (f"the disposition goes from {before.disposition} to {after.disposition}",)
    return () if after.disposition.forbids_therapy else tuple(_less_limited(before, after))


def _less_limited(before: Strictness, after: Strictness) -> Iterator[str]:
    for therapy, bar in after.bars.items():
        was = before.lasting_bars.get(therapy, 0)
        if bar < was:
            yield f"{therapy} was {_BARS[was]} and is {_BARS[bar]}"
    if after.pressure > before.pressure:
        yield f"the pressure limit rises from {before.pressure} to {after.pressure}"
    for site, limit in before.sites.items():
        now = after.sites.get(site, MOST_PRESSURE)
        if now > limit:
            yield f"the limit at {site} rises from {limit} to {now}"
    for therapy, limit in after.therapy_pressure.items():
        was = before.therapy_pressure.get(therapy, MOST_PRESSURE)
        if limit > was and after.bars[therapy] < 2:
            yield f"the pressure limit of {therapy} rises from {was} to {limit}"


_BARS = {2: "ruled out", 1: "on hold", 0: "possible"}
