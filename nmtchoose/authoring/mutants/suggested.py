"""Cases that would notice mutants which nothing notices: the plainest answers for which they decide otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nmtchoose.authoring.mutants.by_proof import Prover
from nmtchoose.authoring.mutants.mutants import Mutant
from nmtchoose.engine.assess import assess
from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.questionnaire import Kind
from nmtchoose.model.tables import Tables

MOST_TOGETHER = 4
"""So many mutants add to what is expected of one case: a person still has to agree to it."""

Expected = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Answers with what the pair says of them today where mutants of `about` and others say otherwise.

    `words` are the answers that stand out.
    """

    answers: Answers
    expect: Expected
    words: tuple[str, ...]
    about: str


def suggestions(
    tables: Tables, survivors: Sequence[Mutant], on_step: Callable[[int, int], None] | None = None
) -> tuple[Suggestion, ...]:
    """Return cases that together notice as many of `survivors` as any complete interviews can.

    `on_step` is told how many are left, and of how many. Raises UsageError when no solver is installed.
    """
    prover = Prover(tables, survivors)
    left = list(survivors)
    found = []
    while left:
        if on_step is not None:
            on_step(len(left), len(survivors))
        first = left.pop(0)
        example = prover.plainest(first)
        if example is None:
            continue
        answers, words, holds = example
        today = assess(tables.questionnaire, tables.rules, answers)
        expect, told = _told(today, first, answers), 1
        for other in [one for one in left if holds(one)]:
            more = _told(today, other, answers)
            grown = _both(expect, more)
            if more and (grown == expect or told < MOST_TOGETHER):
                told += grown != expect
                expect = grown
                left.remove(other)
        if expect:
            kept = {one: said for one, said in answers.items() if tables.questionnaire[one].kind is not Kind.TEXT}
            found.append(Suggestion(kept, expect, words, first.id))
    return tuple(found)


def _both(expect: Expected, more: Expected) -> Expected:
    """Return what both expect."""
    both = dict(expect)
    for key, value in more.items():
        known = both.get(key)
        if isinstance(value, dict) and isinstance(known, dict):
            both[key] = {**known, **value}
        elif isinstance(value, list) and isinstance(known, list):
            both[key] = list(dict.fromkeys((*known, *value)))
        else:
            both[key] = value
    return both


def _told(today: Assessment, mutant: Mutant, answers: Answers) -> Expected:
    """Return what `today` says of `answers` and `mutant` does not, as a case expects it."""
    return dict(_otherwise(today, assess(mutant.tables.questionnaire, mutant.tables.rules, answers)))


def _otherwise(today: Assessment, other: Assessment) -> Iterator[tuple[str, object]]:
    fired, fires = ({one.rule for one in result.trace} for result in (today, other))
    if fired - fires:
        yield "fires", sorted(fired - fires)
    if fires - fired:
        yield "not_fires", sorted(fires - fired)
    if today.disposition is not other.disposition:
        yield "disposition", str(today.disposition)
    if today.missing != other.missing:
        yield "missing", list(today.missing)
    if fired != fires:
        return
    if today.pressure_limit != other.pressure_limit:
        yield "pressure_limit", today.pressure_limit
    for key, tell in (("status", _statuses), ("therapy_limits", _limits), ("site_limits", _sites)):
        was, now = tell(today), tell(other)
        differing = {name: value for name, value in was.items() if now.get(name) != value}
        if differing:
            yield key, differing


def _statuses(result: Assessment) -> Mapping[str, object]:
    return {one.id: str(one.status) for one in result.therapies}


def _limits(result: Assessment) -> Mapping[str, object]:
    return {one.id: one.pressure_limit for one in result.therapies}


def _sites(result: Assessment) -> Mapping[str, object]:
    return {one.site: one.pressure_limit for one in result.site_notes}
