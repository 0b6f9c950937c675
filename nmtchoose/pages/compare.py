"""The comparison that needs no intake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nmtchoose.model.rules import RuleTable, Therapy
from nmtchoose.pages.comparison import SIDE_BY_SIDE, table_of
from nmtchoose.pages.page import Block, Bullets, Facts, Heading, Page, Paragraph, Subheading, facts
from nmtchoose.words.sentences import sentence
from nmtchoose.words.terms import pressure_range


def compare_page(rules: RuleTable, therapy_ids: Sequence[str] = ()) -> Page:
    """Return the therapies with these ids side by side; without ids, the first three that are no forms.

    Raises KeyError for an id that the rule table does not have.
    """
    main = [therapy for therapy in rules.therapies if therapy.form_of is None][:SIDE_BY_SIDE]
    therapies = [rules.therapy(one) for one in dict.fromkeys(therapy_ids)] or main
    summaries = Facts(tuple((therapy.name, therapy.summary) for therapy in therapies))
    blocks: list[Block] = [Heading("Kinds of massage side by side"), summaries, table_of(rules, therapies)]
    blocks.append(Heading("Good to know"))
    for therapy in therapies:
        blocks.extend(_good_to_know(rules, therapy))
    blocks += [Heading("Please note"), Paragraph(sentence(rules, "not_a_diagnosis"))]
    return Page("Kinds of massage side by side", tuple(blocks))


def _good_to_know(rules: RuleTable, therapy: Therapy) -> Iterator[Block]:
    parent = rules.therapy(therapy.form_of).name if therapy.form_of else ""
    yield Subheading(therapy.name)
    yield from facts(
        ("A form of", parent),
        ("Usual pressure", pressure_range(therapy.lightest, therapy.usual)),
        ("Visits", therapy.visits),
        ("How sure the evidence is", evidence_words(rules, therapy)),
    )
    if therapy.expect:
        yield Bullets(therapy.expect)


def evidence_words(rules: RuleTable, therapy: Therapy) -> str:
    """Return how sure the evidence for `therapy` is, in one line."""
    return f"{rules.grades.get(therapy.evidence, '')} {therapy.evidence_text}".strip()
