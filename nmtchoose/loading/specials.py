"""Which special answers a question offers, in which words, and what "not sure" counts as."""

from __future__ import annotations

from collections.abc import Mapping

from nmtchoose.errors import Code
from nmtchoose.loading.keyed import Entry
from nmtchoose.loading.options import Choices
from nmtchoose.model.questionnaire import DECLINED, NONE, ONE_BY_ONE, SPECIAL_ANSWERS, UNSURE, Purpose


def read_specials(
    question: Entry, kind: str, purpose: Purpose, private: bool, labels: Mapping[str, str]
) -> dict[str, str]:
    """Return the special answers that a question offers, with their words, in the order none, unsure, declined.

    Without a word in the file, `none` is offered on lists, `unsure` on emergency and safety questions, and
    `declined` on private ones.
    """
    usual = {NONE: kind in ("many", "sites"), UNSURE: purpose.is_safety, DECLINED: private}
    offered: dict[str, str] = {}
    for name in SPECIAL_ANSWERS:
        written = question.read(name) if name != NONE or usual[NONE] else None
        wanted = usual[name] if written is None else written
        if wanted is not False:
            offered[name] = wanted if isinstance(wanted, str) else labels.get(name, name)
    return offered


def read_unsure_as(
    question: Entry, kind: str, question_id: str, choices: Choices, specials: Mapping[str, str]
) -> str | None:
    """Return the option that "not sure" counts as, or `one_by_one`, or None."""
    node, name = question.node("unsure_as"), question.read("unsure_as")
    if node is None or name is None:
        return None
    log = question.scope.log
    known = [option.id for option in choices.options] + ([ONE_BY_ONE] if kind == "many" else [])
    if name == ONE_BY_ONE and kind != "many":
        log.add(Code.KEY_NOT_FOR_KIND, node, name=name, kind=kind)
    elif name and name not in known:
        log.add(Code.UNKNOWN_OPTION, node, near=known, name=name, question=question_id)
    elif UNSURE not in specials:
        log.add(Code.UNSURE_NOT_OFFERED, node)
    return name if name in known else None
