"""`body` and `body_groups`: where on the body something can be, and the names for sets of places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nmtchoose.content.fault_log import FaultLog
from nmtchoose.content.fields import Fields
from nmtchoose.content.names import Ids, Labels, meant_by
from nmtchoose.content.nodes import Node
from nmtchoose.content.values import items_of
from nmtchoose.errors import Code
from nmtchoose.model.questionnaire import BodyRegion, BodyView, Option

MOST_REGIONS = 150
SIDES = ("left", "right")


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


def read_body(top: Fields) -> Body:
    """Return what `body` and `body_groups` say."""
    log = top.log
    ids = Ids(log, "a body region")
    labels = Labels(log)
    regions = tuple(_read_region(item, log, ids, labels) for item in top.items("body", MOST_REGIONS))
    options = tuple(option for region in regions for option in _sites(region))
    sided = {region.id: tuple(f"{region.id}_{side}" for side in SIDES) for region in regions if region.sides}
    body = Body(regions, options, tuple(sided.items()))
    return Body(regions, options, (*body.groups, *_read_groups(top, body)))


def _read_region(node: Node, log: FaultLog, ids: Ids, labels: Labels) -> BodyRegion:
    with Fields(node, log, "a body region") as fields:
        region = BodyRegion(
            id=ids.claim(fields.need("id")),
            label=fields.need_text("label"),
            sides=fields.flag("sides"),
            view=fields.word("view", BodyView) or BodyView.BOTH,
            heading=fields.text("heading"),
            words=fields.texts("words"),
        )
        labels.claim(region.label, region.id, fields.key("label") or node)
        if region.sides and region.id:
            for side in SIDES:
                ids.claim_name(f"{region.id}_{side}", node)
    return region


def _sites(region: BodyRegion) -> Iterator[Option]:
    if not region.sides:
        yield Option(region.id, region.label, heading=region.heading, words=region.words, site=region.id)
        return
    for side in SIDES:
        label = f"{region.label}, {side}"
        yield Option(
            f"{region.id}_{side}", label, heading=region.heading, words=region.words, site=region.id, side=side
        )


def _read_groups(top: Fields, body: Body) -> Iterator[tuple[str, tuple[str, ...]]]:
    known = body.sites_by_name
    ids = Ids(top.log, "a body group")
    for key, value in top.entries("body_groups"):
        if key.text in known:
            top.log.add(Code.NAME_TAKEN, key, name=key.text, other="a body region or site")
        ids.claim_name(key.text, key)
        items = items_of(value, top.log, f"'{key.text}'")
        yield key.text, meant_by(items, known, top.log, Code.UNKNOWN_SITE)
