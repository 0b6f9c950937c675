"""`then:` what a rule does."""

from __future__ import annotations

from nmtchoose.content.background import read_card
from nmtchoose.content.catalogue import Catalogue
from nmtchoose.content.fields import Fields
from nmtchoose.content.nodes import Node
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import MOST_PRESSURE, Effects, SiteLimit, Sites

MOST_FIT = 10
"""Points of one rule, up or down; fit is a sum of small integers."""


def read_effects(node: Node, catalogue: Catalogue) -> Effects:
    """Return the effects at `node`; keys that are missing change nothing."""
    with Fields(node, catalogue.log, "'then'") as fields:
        avoid = fields.node_at("avoid")
        card = fields.node_at("card")
        return Effects(
            disposition=fields.word("disposition", Disposition),
            until=fields.text("until"),
            pressure_limit=catalogue.pressure(fields, "pressure_limit") or MOST_PRESSURE,
            therapy_limits=catalogue.by_therapy(fields, "therapy_limits", 1, MOST_PRESSURE),
            site_limits=tuple(_read_site_limit(item, catalogue) for item in fields.items("site_limits")),
            avoid=Sites() if avoid is None else catalogue.sites(avoid),
            exclude=catalogue.therapy_list(fields, "exclude"),
            ask_first=catalogue.therapy_list(fields, "ask_first"),
            adapt=catalogue.therapy_list(fields, "adapt"),
            still_sensible=catalogue.therapy_list(fields, "still_sensible"),
            fit=catalogue.by_therapy(fields, "fit", -MOST_FIT, MOST_FIT),
            caution=fields.text("caution"),
            next_step=fields.text("next_step"),
            expect=fields.text("expect"),
            aftercare=fields.text("aftercare"),
            ask_therapist=fields.text("ask_therapist"),
            card=None if card is None else read_card(card, catalogue.log),
        )


def _read_site_limit(node: Node, catalogue: Catalogue) -> SiteLimit:
    with Fields(node, catalogue.log, "a site limit") as fields:
        sites = fields.need("sites")
        fields.need("limit")
        return SiteLimit(
            sites=Sites() if sites is None else catalogue.sites(sites),
            limit=catalogue.pressure(fields, "limit") or 1,
        )
