"""`body` and `body_groups`: where on the body something can be, and the names for sets of places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nmtchoose.errors import Code
from nmtchoose.loading.keyed import ById, Entry, Record, may, need
from nmtchoose.loading.named import read_sets
from nmtchoose.loading.names import Ids, Labels
from nmtchoose.loading.nodes import Node
from nmtchoose.loading.scope import Scope
from nmtchoose.loading.shapes import FLAG, TEXT, TEXTS, word
from nmtchoose.model.questionnaire import BodyRegion, BodyView, Option

SIDES = ("left", "right")
REGION = Record(
    "a body region",
    BodyRegion,
    {
        "label": need(TEXT),
        "sides": may(FLAG, "Whether there is a left one and a right one."),
        "view": may(word(BodyView)),
        "heading": may(TEXT),
        "words": may(TEXTS, "Synonyms for searching."),
    },
    short=("label",),
)
REGIONS = ById(REGION, most=150)


@dataclass(frozen=True, slots=True)
class Body:
    """All regions; `options` are their sites, and `groups` the names that stand for more than a site of that name."""

    regions: tuple[BodyRegion, ...] = ()
    options: tuple[Option, ...] = ()
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def sites_by_name(self) -> dict[str, tuple[str, ...]]:
        """Return every name that sites go by, with the sites it means."""
        return {option.id: (option.id,) for option in self.options} | dict(self.groups)


def read_body(top: Entry) -> Body:
    """Return what `body` and `body_groups` say."""
    node, groups = top.node("body"), top.node("body_groups")
    regions = () if node is None else tuple(_regions(node, top.scope))
    options = tuple(option for region in regions for option in _sites(region))
    sided = {region.id: tuple(f"{region.id}_{side}" for side in SIDES) for region in regions if region.sides}
    body = Body(regions, options, tuple(sided.items()))
    named = read_sets("'body_groups'", groups, body.sites_by_name, top.scope, Code.UNKNOWN_SITE)
    return Body(regions, options, (*body.groups, *named.items()))


def _regions(node: Node, scope: Scope) -> Iterator[BodyRegion]:
    ids, labels = Ids(scope.log, REGION.what), Labels(scope.log)
    for key, value in REGIONS.entries(node, scope, "'body'", ids):
        entry = REGION.open(value, scope, key)
        region = BodyRegion(id=key.text, **entry.read_all())
        labels.claim(region.label, region.id, entry.key("label"))
        for side in SIDES if region.sides else ():
            ids.claim(f"{region.id}_{side}", key)
        yield region


def _sites(region: BodyRegion) -> Iterator[Option]:
    for side in SIDES if region.sides else (None,):
        yield Option(
            f"{region.id}_{side}" if side else region.id,
            f"{region.label}, {side}" if side else region.label,
            heading=region.heading,
            words=region.words,
            site=region.id,
            side=side,
        )
