"""Therapies side by side: the facts of the rule table, and how each one stands for a client."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from nmtchoose.model.assessment import Assessment, Reason, Status, TherapyResult
from nmtchoose.model.rules import RuleTable, Therapy
from nmtchoose.pages.page import (
    Block,
    Bullets,
    Column,
    Comparison,
    ComparisonRow,
    Facts,
    Heading,
    Mark,
    Page,
    Paragraph,
    Point,
    Subheading,
    facts,
    texts,
)
from nmtchoose.words.sentences import sentence, sentences_of
from nmtchoose.words.terms import ON_HOLD, STATUS, pressure_range, review_words

_SIDE_BY_SIDE = 3
_MOST_ROWS = 5
_TITLE = "Kinds of massage side by side"
_CHOICES = "The choices compared"


def compare_page(rules: RuleTable, therapy_ids: Sequence[str] = ()) -> Page:
    """Return the therapies with these ids side by side, for no client; without ids, the first three that are no forms.

    Raises KeyError for an id that the rule table does not have.
    """
    therapies = [rules.therapy(one) for one in dict.fromkeys(therapy_ids or _families(rules)[:_SIDE_BY_SIDE])]
    columns = tuple(Column(therapy.name, therapy.short) for therapy in therapies)
    blocks: list[Block] = [
        Heading(_TITLE),
        Facts(tuple((therapy.name, therapy.summary) for therapy in therapies)),
        Comparison(columns, tuple(_fact_rows(rules, therapies))),
        Heading("Good to know"),
        *(block for therapy in therapies for block in _good_to_know(rules, therapy)),
        Heading("Please note"),
        Paragraph(f"{sentence(rules, 'not_a_diagnosis')} {review_words(rules.reviewed)}"),
    ]
    return Page(_TITLE, tuple(blocks))


def _good_to_know(rules: RuleTable, therapy: Therapy) -> Iterator[Block]:
    parent = rules.therapy(therapy.form_of).name if therapy.form_of else ""
    yield Subheading(therapy.name)
    yield from facts(
        ("A form of", parent),
        ("Usual pressure", pressure_range(therapy, rules)),
        ("Visits", therapy.visits),
        ("How sure the evidence is", evidence_words(rules, therapy)),
    )
    if therapy.expect:
        yield Bullets(therapy.expect)


def evidence_words(rules: RuleTable, therapy: Therapy) -> str:
    """Return how sure the evidence for `therapy` is, in one line."""
    return f"{rules.grades.get(therapy.evidence, '')} {therapy.evidence_text}".strip()


def choices(assessment: Assessment, rules: RuleTable) -> Comparison:
    """Return what is recommended next to the nearest others that are possible now, in the shortest rows that differ.

    What speaks against one of them is the first row; what speaks for the suggestion is told beside it.
    """
    results = [one for one in _compared(assessment, rules) if one.status.is_open]
    table = _table(results, assessment, rules)
    against = ComparisonRow("Speaks against it", tuple(_points(one.against, Mark.AGAINST) for one in results))
    short = (_shortened(row) for row in table.rows)
    differing = sorted((row for row in short if len(set(row.cells)) > 1), key=_longest)
    rows = [against, *differing] if any(against.cells) else differing
    return Comparison(table.columns, tuple(rows[:_MOST_ROWS]))


def choices_page(assessment: Assessment, rules: RuleTable) -> Page:
    """Return everything that the rule table says of what is recommended and of the nearest others, side by side."""
    results = _compared(assessment, rules)
    table = _table(results, assessment, rules)
    own = (
        ComparisonRow("Fits what you told us", tuple(_points(result.reasons, Mark.MATCH) for result in results)),
        ComparisonRow("Speaks against it", tuple(_points(result.against, Mark.AGAINST) for result in results)),
    )
    rows = (*(row for row in own if any(row.cells)), *table.rows)
    evidence = tuple((rules.therapy(one.id).name, evidence_words(rules, rules.therapy(one.id))) for one in results)
    blocks = (Heading(_CHOICES), Comparison(table.columns, rows), Heading("How sure the evidence is"), Facts(evidence))
    return Page(_CHOICES, blocks)


def _table(results: Sequence[TherapyResult], assessment: Assessment, rules: RuleTable) -> Comparison:
    named, therapies = assessment.recommendation.therapies, [rules.therapy(result.id) for result in results]
    columns = tuple(
        Column(therapy.name, therapy.short, _standing(result, named), result.id in named)
        for therapy, result in zip(therapies, results, strict=True)
    )
    return Comparison(columns, tuple(_fact_rows(rules, therapies)))


def _longest(row: ComparisonRow) -> int:
    return max(len(point.text) for cell in row.cells for point in cell)


def _shortened(row: ComparisonRow) -> ComparisonRow:
    """Return `row` with the first sentence of each text."""
    return replace(
        row, cells=tuple(tuple(replace(one, text=sentences_of(one.text)[0]) for one in cell) for cell in row.cells)
    )


def _families(rules: RuleTable) -> list[str]:
    return [therapy.id for therapy in rules.therapies if therapy.form_of is None]


def _compared(assessment: Assessment, rules: RuleTable) -> list[TherapyResult]:
    """Return what is recommended, then the best fits among the main therapies, then other best fits: three in all.

    The main therapies are the first three of the rule table that are no forms. A form that is not recommended, and a
    therapy whose form is, would only repeat a neighbour.
    """
    named = assessment.recommendation.therapies
    families = _families(rules)
    main = families[:_SIDE_BY_SIDE]
    taken = {rules.therapy(one).form_of for one in named} | set(named)
    others = [result for result in assessment.therapies if result.id in families and result.id not in taken]
    others.sort(key=lambda result: (result.id not in main, -result.fit, families.index(result.id)))
    by_id = {result.id: result for result in assessment.therapies}
    return [*(by_id[one] for one in named if one in by_id), *others][:_SIDE_BY_SIDE]


def _standing(result: TherapyResult, named: Sequence[str]) -> str:
    return ON_HOLD if result.id in named and result.status is Status.NOT_NOW else STATUS[result.status]


def _fact_rows(rules: RuleTable, therapies: Sequence[Therapy]) -> Iterator[ComparisonRow]:
    for row in rules.rows:
        told = [therapy.facts.get(row.id, "") for therapy in therapies]
        if any(told):
            yield ComparisonRow(row.label, tuple((Point(text),) if text else () for text in told))


def _points(reasons: Sequence[Reason], mark: Mark) -> tuple[Point, ...]:
    return tuple(Point(text, mark) for text in texts(reasons))
