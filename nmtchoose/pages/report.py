"""The report on what happened afterwards: counts with their spread, and what they cannot show."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import RuleTable
from nmtchoose.pages.page import Block, Bullets, Heading, Page, Paragraph, facts
from nmtchoose.records.report import Afterwards, Report
from nmtchoose.words.terms import FLAG, REASONS, STEPS

FEWEST = 5
"""Groups that are smaller could tell on somebody."""

_MOST_REASONS = 3
_FOUND = {**FLAG, Disposition.PROCEED: "Nothing stops a booking"}
_BY_RULE = (
    "A visit counts under every rule that decided it. Where one is often overridden for the same reason, `explain ID`"
    " and `test --record ID` on one of these records help to mend it."
)
_CANNOT = (
    "There is no group to compare with: many problems get better, or worse, by themselves.",
    "Only those who came back were asked; who stayed away may have been very well or not well at all.",
    "Who gets which therapy is no accident, so therapies cannot be ranked by this.",
    "Numbers from 0 to 10 are how clients felt on two days.",
)

Bar = Callable[[float], str]
"""Draws a share, or nothing."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a report: what of, in words, and as a `share` of the whole where it is one."""

    label: str
    value: str
    share: float | None = None


Section = tuple[str, tuple[Figure, ...]]


def report_page(report: Report, rules: RuleTable, bar: Bar, *, small: bool, departures: bool) -> Page:
    """Return the report as a page; `small` shows small groups too, `departures` each rule that was overridden."""
    blocks: list[Block] = []
    for title, figures in sections(report, rules, small=small, departures=departures):
        blocks += [Heading(title), *facts(*((one.label, one.value) for one in figures if one.share is None))]
        drawn = tuple(f"{bar(one.share)}{one.label}: {one.value}" for one in figures if one.share is not None)
        blocks += [Bullets(drawn)] if drawn else []
    if departures:
        blocks.append(Paragraph(_BY_RULE))
    return Page("What happened afterwards", (*blocks, Heading("What this cannot show"), Bullets(_CANNOT)))


def sections(report: Report, rules: RuleTable, *, small: bool, departures: bool) -> Iterator[Section]:
    """Yield the figures under their titles."""
    names = {therapy.id: therapy.name for therapy in rules.therapies}
    yield "Who came", tuple(_who_came(report, small=small))
    sent = [(_FOUND[one], report.dispositions[one]) for one in Disposition if report.dispositions[one]]
    yield "What was found", tuple(_counted(sent, report.records, small=small))
    yield "Did the desk follow the suggestion?", tuple(_followed(report, small=small))
    if report.departed:
        yield "Why something else was booked", tuple(_counted(_reasons(report.why), report.departed, small=small))
    if departures:
        yield "By the rule that decided, the most overridden first", tuple(_by_rule(report, small=small))
        return
    for therapy, after in sorted(report.therapies.items(), key=lambda one: -one[1].booked):
        yield f"After {names.get(therapy, therapy)}", tuple(_after(after, small=small))


def _who_came(report: Report, *, small: bool) -> Iterator[Figure]:
    yield Figure("Intakes", _number(report.records, small=small))
    yield Figure("Clients", _number(len(report.clients), small=small))
    yield Figure("Came back and said how it went", _number(report.came_back, small=small))
    if report.doctor:
        yield Figure("Told what a doctor found", _number(report.doctor, small=small))


def _followed(report: Report, *, small: bool) -> Iterator[Figure]:
    yield Figure("Bookings noted", _number(report.noted, small=small))
    yield Figure("Nothing was booked", _number(report.not_booked, small=small))
    yield from _counted([("Departed from the suggestion", report.departed)], report.noted, small=small)


def _reasons(why: Counter[str]) -> list[tuple[str, int]]:
    return [(REASONS.get(one, "No reason given"), count) for one, count in why.most_common() if count]


def _by_rule(report: Report, *, small: bool) -> Iterator[Figure]:
    found = sorted(report.rules.items(), key=lambda one: (-one[1].departed, one[0]))
    for rule, one in found:
        if one.departed and (small or one.departed >= FEWEST):
            told = [f"{words.lower()}: {count}" for words, count in _reasons(one.why) if small or count >= FEWEST]
            why = f" ({'; '.join(told[:_MOST_REASONS])})" if told else ""
            yield Figure(rule, f"{one.departed} of {one.decided}{why}", one.departed / one.decided)
    hidden = sum(0 < one.departed < FEWEST for _, one in found)
    if hidden and not small:
        yield Figure("Rules overridden fewer than 5 times", str(hidden))


def _after(after: Afterwards, *, small: bool) -> Iterator[Figure]:
    yield Figure("Booked", _number(after.booked, small=small))
    yield Figure("Came back and said how it went", _number(after.came_back, small=small))
    if after.pain and (small or len(after.pain) >= FEWEST):
        yield Figure("Change of pain (0 to 10; below 0 is less)", _spread(after.pain))
    if small or after.steps.total() >= FEWEST:
        steps = [(words, after.steps[one]) for one, words in STEPS.items()]
        yield from _counted(steps, after.steps.total(), small=small) if after.steps else ()


def _spread(numbers: Sequence[int]) -> str:
    """Return mean, standard deviation, median and range, and how many there are."""
    deviation = f", SD {statistics.stdev(numbers):.1f}" if len(numbers) > 1 else ""
    middle, low, high = statistics.median(numbers), min(numbers), max(numbers)
    return (
        f"mean {statistics.fmean(numbers):+.1f}{deviation}, median {middle:g} (from {low:+d} to {high:+d}),"
        f" {len(numbers)} clients' visits"
    )


def _counted(counts: Sequence[tuple[str, int]], whole: int, *, small: bool) -> Iterator[Figure]:
    """Yield each count with its share of the `whole`; one that is hidden is drawn as none."""
    hidden = frozenset() if small else _hidden([count for _, count in counts], whole)
    for label, count in counts:
        if count in hidden:
            yield Figure(label, _number(count, small=small) if count < FEWEST else "not printed", 0.0)
        else:
            yield Figure(
                label, f"{count} ({count / whole:.0%})" if whole else str(count), count / whole if whole else None
            )


def _hidden(counts: Sequence[int], whole: int) -> frozenset[int]:
    """Return the counts that are not printed: small ones, and where all make up the whole, so many that no small one
    is what is left of it.
    """
    sizes = sorted(one for one in counts if one)
    few = [one for one in sizes if one < FEWEST]
    if few and sum(sizes) == whole:
        while sum(few) < FEWEST and len(few) < len(sizes):
            few.append(sizes[len(few)])
    return frozenset(few)


def _number(count: int, *, small: bool) -> str:
    return str(count) if small or count == 0 or count >= FEWEST else f"fewer than {FEWEST}"
