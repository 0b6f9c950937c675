"""`decision:` and `guarantees:`: how points become a recommendation, and what may never happen."""

from __future__ import annotations

from typing import Any, NamedTuple

from nmtchoose.errors import Code
from nmtchoose.loading.keyed import ById, Entry, Record, may, need
from nmtchoose.loading.conditions import CONDITION
from nmtchoose.loading.named import (
    ASKED,
    GUARDED,
    MEANS,
    OFFERED,
    PRESSURE,
    QUESTIONS,
    SOURCES,
    THERAPIES,
    THERAPY,
    number,
)
from nmtchoose.loading.shapes import TEXT, word
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import Decision, Guarantee, SequencePlan

MOST_POINTS = 1_000
_COUNT = number(0, MOST_POINTS)
_POINTS = number(-MOST_POINTS, MOST_POINTS)


class _Enough(NamedTuple):
    answers: int = 0
    of: tuple[str, ...] = ()
    points: int = 0


def _check_enough(entry: Entry, said: dict[str, Any]) -> None:
    node = entry.node("of")
    asked = len(getattr(node, "items", ()))
    if said["answers"] > asked > 0:
        entry.refuse(Code.COUNT_TOO_HIGH, "answers", count=said["answers"], total=asked)


def _check_leads(entry: Entry, said: dict[str, Any]) -> None:
    winner, clear = said["winner_lead"], said["clear_lead"]
    if winner > clear and entry.has("clear_lead"):
        entry.refuse(Code.WRONG_ORDER, "winner_lead", low=winner, other="clear_lead", high=clear)


def _decision(enough: _Enough, sequences: tuple[SequencePlan, ...] = (), **said: Any) -> Decision:
    return Decision(
        enough_answers=enough.answers, enough_of=enough.of, enough_points=enough.points, sequences=sequences, **said
    )


_ENOUGH = Record(
    "'enough'",
    _Enough,
    {"answers": need(_COUNT), "of": need(QUESTIONS), "points": need(_POINTS)},
    check=_check_enough,
    without=_Enough(),
)
_SEQUENCE = Record(
    "a sequence",
    SequencePlan,
    {
        "first": need(THERAPY),
        "later": need(THERAPIES),
        "min_fit": need(_POINTS),
        "when": need(CONDITION),
        "text": need(TEXT),
        "sources": need(SOURCES, missing=Code.NO_SOURCES),
    },
)
DECISION = Record(
    "'decision'",
    _decision,
    {
        "winner_lead": need(_COUNT, "A therapy wins with a lead of this many points."),
        "clear_lead": need(_COUNT, "From this lead on, the win is called clear."),
        "enough": need(_ENOUGH, "How many of these answers, and how many points, it takes to choose."),
        "fallback": need(THERAPY, "Named when there is not enough information."),
        "sequences": may(ById(_SEQUENCE, dashed=True)),
    },
    check=_check_leads,
    without=Decision(0, 0, 0, (), 0, "", ()),
)
GUARANTEE = Record(
    "a guarantee",
    Guarantee,
    {
        "when": need(CONDITION),
        "say": need(TEXT),
        "disposition_at_least": may(word(Disposition), "A floor for the disposition."),
        "never_suggest": may(GUARDED, "Therapies that are never named, 'all', or 'not_named_for_safety'."),
        "pressure_at_most": may(PRESSURE, "A ceiling for the whole body, where a therapy may be named at all."),
        "always_asked": may(ASKED, "Questions that are asked, unless an emergency has ended the interview."),
        "always_offered": may(OFFERED, "Options by question: these are offered, and the question is asked."),
        "means": may(MEANS, "Facts with what they have to mean, word for word or in other words."),
    },
    some=("never_suggest", "disposition_at_least", "pressure_at_most", "always_asked", "always_offered", "means"),
)
