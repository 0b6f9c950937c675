"""`then:` what a rule does."""

from __future__ import annotations

from typing import Any

from nmtchoose.loading.background import CARD
from nmtchoose.loading.keyed import Entry, Record, may, need
from nmtchoose.loading.named import PRESSURE, SITES, THERAPIES, by_therapy, number
from nmtchoose.loading.shapes import TEXT, ListOf, word
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import Effects, SiteLimit

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
