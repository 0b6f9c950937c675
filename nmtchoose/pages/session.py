"""What to know about the suggested session: what to expect, ask, look for, do afterwards, and how sure it all is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from nmtchoose.model.assessment import Assessment, Note
from nmtchoose.model.rules import RuleTable, Therapy
from nmtchoose.pages.compare import evidence_words
from nmtchoose.pages.page import Block, Facts, Heading, listed


def session_blocks(assessment: Assessment, rules: RuleTable) -> tuple[Block, ...]:
    """Return the practical part for the recommended therapies and the notes of the plan; empty without either."""
    named = _named(assessment, rules)
    visits = tuple((therapy.name, therapy.visits) for therapy in named if therapy.visits)
    return (
        *listed("What to expect", (*_merged(named, lambda one: one.expect), *_texts(assessment.expect))),
        *listed(
            "What to ask the therapist",
            (*_merged(named, lambda one: one.ask_therapist), *_texts(assessment.ask_therapist)),
        ),
        *listed("What to look for in a therapist", _merged(named, lambda one: one.qualifications)),
        *listed("Afterwards", (*_merged(named, lambda one: one.aftercare), *_texts(assessment.aftercare))),
        *((Heading("Usual number of visits"), Facts(visits)) if visits else ()),
    )


def evidence_blocks(assessment: Assessment, rules: RuleTable) -> tuple[Block, ...]:
    """Return one line on how sure the evidence is for each recommended therapy; empty when there is none."""
    pairs = tuple((therapy.name, evidence_words(rules, therapy)) for therapy in _named(assessment, rules))
    return (Heading("How sure the evidence is"), Facts(pairs)) if pairs else ()


def _named(assessment: Assessment, rules: RuleTable) -> tuple[Therapy, ...]:
    return tuple(rules.therapy(one) for one in assessment.recommendation.therapies)


def _merged(therapies: Sequence[Therapy], part: Callable[[Therapy], Iterable[str]]) -> tuple[str, ...]:
    """Return the items of all `therapies`; an item that not all of them share says which one it is about."""
    owners: dict[str, list[str]] = {}
    for therapy in therapies:
        for item in part(therapy):
            owners.setdefault(item, []).append(therapy.short)
    return tuple(
        item if len(shorts) == len(therapies) else f"{', '.join(shorts)}: {item}" for item, shorts in owners.items()
    )


def _texts(notes: Iterable[Note]) -> tuple[str, ...]:
    return tuple(note.text for note in notes)
