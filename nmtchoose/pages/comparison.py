"""The side-by-side comparison of therapies: the facts of the rule table, and how each one stands for this client."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nmtchoose.model.assessment import Assessment, Reason, Status, TherapyResult
from nmtchoose.model.rules import RuleTable, Therapy
from nmtchoose.pages.page import Column, Comparison, ComparisonRow, Mark, Point
from nmtchoose.words.terms import ON_HOLD, STATUS

SIDE_BY_SIDE = 3


def table_of(rules: RuleTable, therapies: Sequence[Therapy]) -> Comparison:
    """Return the facts of `therapies` side by side, without a client in mind."""
    columns = tuple(Column(therapy.name, therapy.short) for therapy in therapies)
    return Comparison(columns, tuple(_fact_rows(rules, therapies)))


def table_for(assessment: Assessment, rules: RuleTable) -> Comparison:
    """Return what is recommended next to the nearest alternatives, with what fits this client and what does not."""
    results = compared(assessment, rules)
    therapies = [rules.therapy(result.id) for result in results]
    named = assessment.recommendation.therapies
    columns = tuple(
        Column(therapy.name, therapy.short, _standing(result, named), result.id in named)
        for therapy, result in zip(therapies, results, strict=True)
    )
    own = (
        ComparisonRow("Fits what you told us", tuple(_points(result.reasons, Mark.MATCH) for result in results)),
        ComparisonRow("Speaks against it", tuple(_points(result.against, Mark.AGAINST) for result in results)),
    )
    told = tuple(row for row in own if any(row.cells))
    return Comparison(columns, (*told, *_fact_rows(rules, therapies)))


def compared(assessment: Assessment, rules: RuleTable) -> tuple[TherapyResult, ...]:
    """Return what is recommended, then the best fits among the main therapies, then other best fits: three in all.

    The main therapies are the first three of the rule table that are no forms. A form that is not recommended, and a
    therapy whose form is, would only repeat a neighbour.
    """
    named = assessment.recommendation.therapies
    families = [therapy.id for therapy in rules.therapies if therapy.form_of is None]
    main = families[:SIDE_BY_SIDE]
    taken = {rules.therapy(one).form_of for one in named} | set(named)
    others = [result for result in assessment.therapies if result.id in families and result.id not in taken]
    others.sort(key=lambda result: (result.id not in main, -result.fit, families.index(result.id)))
    by_id = {result.id: result for result in assessment.therapies}
    first = [by_id[one] for one in named if one in by_id]
    return tuple((first + others)[:SIDE_BY_SIDE])


def _standing(result: TherapyResult, named: Sequence[str]) -> str:
    on_hold = result.id in named and result.status is Status.NOT_NOW
    return ON_HOLD if on_hold else STATUS[result.status]


def _fact_rows(rules: RuleTable, therapies: Sequence[Therapy]) -> Iterable[ComparisonRow]:
    for row in rules.rows:
        cells = tuple(_cell(therapy.facts.get(row.id, "")) for therapy in therapies)
        if any(cells):
            yield ComparisonRow(row.label, cells)


def _cell(text: str) -> tuple[Point, ...]:
    return (Point(text),) if text else ()


def _points(reasons: Iterable[Reason], mark: Mark) -> tuple[Point, ...]:
    return tuple(Point(text, mark) for text in dict.fromkeys(reason.text for reason in reasons) if text)
