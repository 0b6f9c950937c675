"""`nmtchoose explain`: why this result, why not another, and what would change it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nmtchoose.cli.assessing import assessed, kept_answers, load_tables
from nmtchoose.cli.delivery import Delivery
from nmtchoose.errors import Code, UsageError, fault, suggestion
from nmtchoose.model.tables import Tables

if TYPE_CHECKING:
    from nmtchoose.model.answers import Answers
    from nmtchoose.pages.page import Block


def run(delivery: Delivery, source: str, questions: Path | None, rules: Path | None, *, changes: bool) -> None:
    """Deliver the trace of the answers in `source` in words, with sources, and with `changes` what would change it."""
    from nmtchoose.formats.reading import read_given
    from nmtchoose.pages.explain import explain_page
    from nmtchoose.pages.intake import Intake
    from nmtchoose.pages.page import Page

    tables = load_tables(questions, rules)
    region = delivery.numbers(tables.rules)
    kept = kept_answers(tables, read_given(source, tables.questionnaire))
    page = explain_page(Intake(kept, assessed(tables, kept)), tables)
    if changes:
        page = Page(page.title, (*page.blocks, *_changes(tables, kept)))
    delivery.page(page, region)


def named(source: str | None) -> str:
    """Return `source`; raises UsageError when neither answers nor a rule were named."""
    if source is None:
        raise UsageError([fault(Code.USAGE_NOTHING, hint="Name an answers file, or a rule with --rule ID.")])
    return source


def run_rule(delivery: Delivery, rule_id: str, questions: Path | None, rules: Path | None) -> None:
    """Deliver in words when the rule `rule_id` fires and what it does; raises UsageError when there is none."""
    from nmtchoose.pages.explain import rule_page

    tables = load_tables(questions, rules)
    known = {rule.id: rule for rule in tables.rules.rules}
    if rule_id not in known:
        close = suggestion(rule_id, list(known))
        problem = fault(Code.USAGE_UNKNOWN, what="rule", name=rule_id, suggestion=close, known="the ids in rules.yaml")
        raise UsageError([problem])
    delivery.page(rule_page(known[rule_id], tables), delivery.numbers(tables.rules))


def _changes(tables: Tables, answers: Answers) -> tuple[Block, ...]:
    from nmtchoose.authoring.proof.nearest import nearest_changes
    from nmtchoose.pages.explain import Changed, change_blocks

    try:
        found = nearest_changes(tables, answers)
    except UsageError as missing:
        return change_blocks((), tables, str(missing.faults[0]))
    return change_blocks(tuple(Changed(one.changed, one.assessment) for one in found), tables)
