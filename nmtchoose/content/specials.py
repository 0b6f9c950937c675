"""Which special answers a question offers, in which words, and what "not sure" counts as."""

from __future__ import annotations

from collections.abc import Mapping

from nmtchoose.content.fault_log import FaultLog
from nmtchoose.content.fields import Fields
from nmtchoose.content.options import Choices, refuse
from nmtchoose.content.values import flag_or_text, text_of
from nmtchoose.errors import Code
from nmtchoose.model.questionnaire import DECLINED, NONE, ONE_BY_ONE, SPECIAL_ANSWERS, UNSURE, Purpose


def read_labels(top: Fields) -> dict[str, str]:
    """Return the words of the three special answers."""
    node = top.need("labels")
    if node is None:
        return {}
    with Fields(node, top.log, "'labels'") as fields:
        return {name: fields.need_text(name) for name in SPECIAL_ANSWERS}


def read_specials(
    fields: Fields, kind: str, purpose: Purpose, private: bool, labels: Mapping[str, str]
) -> dict[str, str]:
    """Return the special answers that a question offers, with their words, in the order none, unsure, declined.

    Without a word in the file, `none` is offered on lists, `unsure` on emergency and safety questions, and
    `declined` on private ones.
    """
    usual = {NONE: kind in ("many", "sites"), UNSURE: purpose.is_safety, DECLINED: private}
    if not usual[NONE]:
        refuse(fields, NONE, kind)
    offered: dict[str, str] = {}
    for name in SPECIAL_ANSWERS:
        node = fields.node_at(name) if name != NONE or usual[NONE] else None
        written = None if node is None else flag_or_text(node, fields.log, f"'{name}'")
        wanted = usual[name] if written is None else written
        if wanted is not False:
            offered[name] = wanted if isinstance(wanted, str) else labels.get(name, name)
    return offered


def read_unsure_as(
    fields: Fields, kind: str, question_id: str, choices: Choices, specials: Mapping[str, str]
) -> str | None:
    """Return the option that "not sure" counts as, or `one_by_one`, or None."""
    node = fields.node_at("unsure_as")
    if node is None:
        return None
    log: FaultLog = fields.log
    name = text_of(node, log, "'unsure_as'")
    known = [option.id for option in choices.options] + ([ONE_BY_ONE] if kind == "many" else [])
    if name == ONE_BY_ONE and kind != "many":
        log.add(Code.KEY_NOT_FOR_KIND, node, name=name, kind=kind)
    elif name and name not in known:
        log.add(Code.UNKNOWN_OPTION, node, near=known, name=name, question=question_id)
    elif UNSURE not in specials:
        log.add(Code.UNSURE_NOT_OFFERED, node)
    return name if name in known else None
