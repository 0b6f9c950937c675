"""`then:`, `decision:`, `guarantees:`: what a rule does, how points become a recommendation, what may never happen."""

from typing import Any, NamedTuple

from nmtchoose.errors import Code
from nmtchoose.loading.background import CARD
from nmtchoose.loading.conditions import CONDITION
from nmtchoose.loading.keyed import ById, Entry, Record, may, need
from nmtchoose.loading.named import (
    ASKED,
    GUARDED,
    MEANS,
    OFFERED,
    PRESSURE,
    QUESTIONS,
    SITES,
    SOURCES,
    THERAPIES,
    THERAPY,
    by_therapy,
    number,
)
from nmtchoose.loading.shapes import TEXT, ListOf, word
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import Decision, Effects, Guarantee, SequencePlan, SiteLimit

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


MOST_FIT = 10
"""Points of one rule, up or down; fit is a sum of small integers."""
_SITE_LIMIT = Record("a site limit", SiteLimit, {"sites": need(SITES), "limit": need(PRESSURE)})


def _check(entry: Entry, said: dict[str, Any]) -> None:
    """Take the highest level of the scale for what it is: no limit."""
    if said.get("pressure_limit") == len(entry.scope.pressure):
        del said["pressure_limit"]


EFFECTS = Record(
    "'then'",
    Effects,
    {
        "disposition": may(word(Disposition), "The most severe of all rules that fire counts."),
        "until": may(TEXT, "For 'defer': when it ends."),
        "pressure_limit": may(PRESSURE, "For the whole body; the lowest counts."),
        "therapy_limits": may(by_therapy(PRESSURE), "The most pressure for one therapy."),
        "site_limits": may(ListOf(_SITE_LIMIT)),
        "avoid": may(SITES, "Sites to leave alone."),
        "exclude": may(THERAPIES, "Therapies that are not suitable."),
        "ask_first": may(THERAPIES, "Therapies to hold until a conversation."),
        "adapt": may(THERAPIES, "Therapies to do with changes."),
        "still_sensible": may(THERAPIES, "For 'medical_soon': therapies that stay sensible elsewhere on the body."),
        "fit": may(by_therapy(number(-MOST_FIT, MOST_FIT)), "Points for or against a therapy."),
        "caution": may(TEXT),
        "next_step": may(TEXT),
        "expect": may(TEXT),
        "aftercare": may(TEXT),
        "ask_therapist": may(TEXT),
        "card": may(CARD, "Words in place of the disposition's own, when no other rule is as severe."),
    },
    short=("disposition",),
    check=_check,
)
