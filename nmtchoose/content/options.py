"""The choices of a question: its options and the names for sets of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from msgspec.structs import replace

from nmtchoose.content import nodes
from nmtchoose.content.body import Body
from nmtchoose.content.conditions import read_condition
from nmtchoose.content.fault_log import FaultLog
from nmtchoose.content.fields import Fields
from nmtchoose.content.names import Ids, Labels, meant_by
from nmtchoose.content.nodes import Node, Scalar
from nmtchoose.content.scope import Scope
from nmtchoose.content.values import items_of
from nmtchoose.errors import Code
from nmtchoose.model.questionnaire import ONE_BY_ONE, Option, Voices

MOST_OPTIONS = 300
YES_NO = (Option("yes", "Yes"), Option("no", "No", reassuring=True))


class YesNo(StrEnum):
    """The two options of a yes-or-no question."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Choices:
    """Options, groups, and the wording of those options that have one of their own for being asked one by one."""

    options: tuple[Option, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asks: Mapping[str, Voices] = field(default_factory=dict)


def read_choices(fields: Fields, kind: str, question_id: str, scope: Scope, body: Body) -> Choices:
    """Return the choices of a question; `kind` is its kind as written in the file."""
    if kind != "yes_no":
        refuse(fields, "reassuring", kind)
    if kind in ("one", "many"):
        options, asks = _read_options(fields, scope, _asked_one_by_one(fields))
        return Choices(options, _read_groups(fields, question_id, options, {}), asks)
    refuse(fields, "options", kind)
    if kind == "sites":
        if not body.options:
            fields.log.add(Code.KEY_NOT_WITHOUT, fields.node, name="kind: sites", other="'body'")
        inherited = dict(body.groups)
        return Choices(body.options, _read_groups(fields, question_id, body.options, inherited))
    refuse(fields, "groups", kind)
    return Choices(_read_yes_no(fields) if kind == "yes_no" else ())


def _read_yes_no(fields: Fields) -> tuple[Option, ...]:
    """Return yes and no, with `no` as the reassuring answer unless the key `reassuring` says `yes`."""
    reassuring = fields.word("reassuring", YesNo) or YesNo.NO
    return tuple(replace(option, reassuring=option.id == reassuring) for option in YES_NO)


def refuse(fields: Fields, name: str, kind: str) -> None:
    """Log the key `name`, if it is there, as one that does not go with `kind`."""
    key = fields.key(name)
    if key is not None:
        fields.node_at(name)
        fields.log.add(Code.KEY_NOT_FOR_KIND, key, name=name, kind=kind)


def _asked_one_by_one(fields: Fields) -> bool:
    node = fields.node_at("unsure_as")
    return isinstance(node, Scalar) and node.text == ONE_BY_ONE


def _read_options(fields: Fields, scope: Scope, one_by_one: bool) -> tuple[tuple[Option, ...], dict[str, Voices]]:
    ids = Ids(scope.log, "an option")
    labels = Labels(scope.log)
    items = fields.need_items("options", MOST_OPTIONS)
    read = [_read_option(item, scope, ids, labels) for item in items]
    if not one_by_one:
        _refuse_asks(items, scope.log)
    return tuple(option for option, _ in read), {option.id: ask for option, ask in read if ask}


def _refuse_asks(options: Iterable[Node], log: FaultLog) -> None:
    entries = (entry for option in options if isinstance(option, nodes.Mapping) for entry in option.entries)
    for key, _ in entries:
        if key.text == "ask":
            log.add(Code.KEY_NOT_WITHOUT, key, name="ask", other=f"'unsure_as: {ONE_BY_ONE}'")


def _read_option(node: Node, scope: Scope, ids: Ids, labels: Labels) -> tuple[Option, Voices | None]:
    with Fields(node, scope.log, "an option") as fields:
        show_when = fields.node_at("show_when")
        ask = fields.node_at("ask")
        option = Option(
            id=ids.claim(fields.need("id")),
            label=fields.need_text("label"),
            help=fields.text("help"),
            heading=fields.text("heading"),
            words=fields.texts("words"),
            show_when=None if show_when is None else read_condition(show_when, scope),
            reassuring=fields.flag("reassuring"),
        )
        labels.claim(option.label, option.id, fields.key("label") or node)
    return option, None if ask is None else read_voices(ask, scope.log)


def read_voices(node: Node, log: FaultLog) -> Voices:
    """Return a question in its two wordings."""
    with Fields(node, log, "'ask'") as fields:
        return Voices(fields.need_text("client"), fields.need_text("staff"))


def _read_groups(
    fields: Fields, question_id: str, options: tuple[Option, ...], inherited: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    log = fields.log
    meanings = {option.id: (option.id,) for option in options} | inherited
    ids = Ids(log, "a group")
    groups = dict(inherited)
    for key, value in fields.entries("groups"):
        if key.text in meanings:
            log.add(Code.NAME_TAKEN, key, name=key.text, other="an option or a body group")
        ids.claim_name(key.text, key)
        items = items_of(value, log, f"'{key.text}'")
        groups[key.text] = meant_by(items, meanings, log, Code.UNKNOWN_OPTION, question_id)
    return groups
