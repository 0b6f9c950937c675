"""The choices of a question: options, places on the body (`body`), names for sets of them, and special answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from nmtchoose.errors import Code
from nmtchoose.loading.comparisons import NO, YES, includes
from nmtchoose.loading.conditions import CONDITION
from nmtchoose.loading.keyed import ById, ByName, Entry, Record, may, need
from nmtchoose.loading.named import ONE_OR_MORE, read_sets
from nmtchoose.loading.nodes import Node, Scalar
from nmtchoose.loading.scope import Ids, Labels, Scope, text_of
from nmtchoose.loading.shapes import FLAG, NAME_SCHEMA, TEXT, TEXTS, Value, word
from nmtchoose.model.questionnaire import (
    AS_IT_WAS,
    DECLINED,
    NONE,
    SPECIAL_ANSWERS,
    UNSURE,
    BodyRegion,
    BodyView,
    Option,
    Purpose,
    Voices,
)

_EARLIER = ByName("an earlier question", ONE_OR_MORE)
WAS = Value(
    lambda node, scope, what: (
        {text_of(node, scope, what): (AS_IT_WAS,)} if isinstance(node, Scalar) else _EARLIER.read(node, scope, what)
    ),
    {"anyOf": [NAME_SCHEMA, _EARLIER.schema()]},
)
"""Which earlier question this one was, or which answers to earlier questions say yes to it."""

_ONE_BY_ONE = "one_by_one"  # what `unsure_as` could say of a list before there were lines on one screen
VOICES = Record(
    "'ask'",
    Voices,
    {
        "client": need(TEXT, "The question as the client reads it."),
        "staff": need(TEXT, "The question as staff ask it about the client."),
    },
    short=("client", "staff"),
    without=Voices("", ""),
)
OPTION = Record(
    "an option",
    Option,
    {
        "label": need(TEXT, "The words on screen."),
        "staff": may(TEXT, "The words that staff read out, where the label speaks as the client."),
        "help": may(TEXT),
        "heading": may(TEXT, "Groups a long list on screen."),
        "words": may(TEXTS, "Synonyms for searching."),
        "show_when": may(CONDITION, "Offered unless this is false; over earlier questions."),
        "reassuring": may(FLAG, "Speaks against a risk; on a safety question every other option speaks for one."),
        "was": may(WAS, "The earlier questions, each with the answers that say yes to this line or option."),
        "sign": may(TEXT, "Of a line with 'or': the one thing that its words are a sign of."),
        "asked_again": may(FLAG, "With `lasting: if_same`: not kept for the next visit, also where all is the same."),
    },
    short=("label",),
)
OPTIONS = ById(OPTION, most=300)


Groups = dict[str, tuple[str, ...]]


def read_choices(question: Entry, kind: str, question_id: str) -> tuple[tuple[Option, ...], Groups]:
    """Return the options of a question and the names for sets of them; `kind` is its kind as written in the file."""
    inherited: Groups = {}
    match kind:
        case "yes_no":
            reassuring = question.read("reassuring") or NO
            return tuple(Option(one, one.capitalize(), reassuring=one == reassuring) for one in (YES, NO)), {}
        case "one" | "many" | "each":
            options = _read_options(question, kind)
        case "sites":
            if not question.scope.sites:
                question.scope.log.add(Code.KEY_NOT_WITHOUT, question.at, name="kind: sites", other="'body'")
            options, names = _in_areas(question), question.scope.sites_by_name
            inherited = {name: sites for name, sites in names.items() if sites != (name,)}
        case _:
            return (), {}
    known = {option.id: (option.id,) for option in options} | inherited
    return options, inherited | read_sets(question, "groups", known, Code.UNKNOWN_OPTION, question_id)


def _in_areas(question: Entry) -> tuple[Option, ...]:
    """Return all sites; with `areas`, each is offered where the option that is named like its heading was chosen."""
    node, sites = question.node("areas"), question.scope.sites
    areas = question.scope.question(node) if isinstance(node, Scalar) else None
    if node is None or areas is None:
        return sites
    named = {option.label: option.id for option in areas.options}
    for heading in dict.fromkeys(site.heading for site in sites if site.heading not in named):
        question.scope.log.add(Code.UNKNOWN_OPTION, node, near=named, name=heading, question=areas.id)
    return tuple(
        replace(site, show_when=includes(areas, (named[site.heading],))) if site.heading in named else site
        for site in sites
    )


def _read_options(question: Entry, kind: str) -> tuple[Option, ...]:
    node, scope = question.node("options"), question.scope
    labels = Labels(scope.log)
    options: list[Option] = []
    for key, value in () if node is None else OPTIONS.entries(node, scope, "'options'"):
        entry = OPTION.open(value, scope, key)
        options.append(Option(id=key.text, **entry.read_all()))
        if kind not in ("each", "many"):
            entry.refuse(Code.KEY_NOT_WITHOUT, "was", other="'kind: each' or 'kind: many'")
        if kind != "each":
            entry.refuse(Code.KEY_NOT_WITHOUT, "sign", other="'kind: each'")
        labels.claim(options[-1].label, key.text, entry.key("label"))
    return tuple(options)


def read_specials(question: Entry, kind: str, purpose: Purpose, private: bool) -> dict[str, str]:
    """Return the special answers that a question offers, with their words, in the order none, unsure, declined.

    Unless the file says otherwise: `none` on lists, `unsure` on emergency and safety questions and the lines of an
    `each`, `declined` on private ones.
    """
    usual = {NONE: kind in ("many", "sites"), UNSURE: purpose.is_safety or kind == "each", DECLINED: private}
    offered: dict[str, str] = {}
    for name in SPECIAL_ANSWERS:
        written = question.read(name) if name != NONE or usual[NONE] else None
        wanted = usual[name] if written is None else written
        if wanted is not False:
            offered[name] = wanted if isinstance(wanted, str) else question.scope.labels.get(name, name)
    return offered


def read_unsure_as(
    question: Entry, question_id: str, options: tuple[Option, ...], specials: Mapping[str, str]
) -> str | None:
    """Return the option that "not sure" counts as, or None."""
    node, name = question.node("unsure_as"), question.read("unsure_as")
    if node is None or name is None:
        return None
    log = question.scope.log
    known = [option.id for option in options]
    if name == _ONE_BY_ONE and name not in known:
        log.add(Code.NOT_ONE_BY_ONE, node)
    elif name and name not in known:
        log.add(Code.UNKNOWN_OPTION, node, near=known, name=name, question=question_id)
    elif UNSURE not in specials:
        log.add(Code.UNSURE_NOT_OFFERED, node)
    return name if name in known else None


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


def read_body(top: Entry) -> tuple[tuple[BodyRegion, ...], Scope]:
    """Return what `body` says, and the scope of `top` with all sites and every name that some of them go by."""
    node = top.node("body")
    regions = () if node is None else tuple(_regions(node, top.scope))
    sites = tuple(site for region in regions for site in _sites(region))
    names: dict[str, tuple[str, ...]] = {site.id: (site.id,) for site in sites}
    names |= {region.id: tuple(f"{region.id}_{side}" for side in SIDES) for region in regions if region.sides}
    names |= read_sets(top, "body_groups", names, Code.UNKNOWN_SITE)
    return regions, dataclasses.replace(top.scope, sites=sites, sites_by_name=names)


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
