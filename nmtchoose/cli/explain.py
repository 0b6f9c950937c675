"""`nmtchoose explain`: why this result, why not another, and what would change it."""

from typing import Annotated

import typer

from nmtchoose.cli.delivery import Delivery
from nmtchoose.cli.flags import NoColor, Output, Plain, Questions, Region, Rules
from nmtchoose.desk.result import Result, result_of
from nmtchoose.errors import Code, UsageError, fault, suggestion
from nmtchoose.formats.reading import read_given
from nmtchoose.model.tables import Tables
from nmtchoose.pages.explain import Changed, change_blocks, explain_page, rule_page
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.page import Block, Page
from nmtchoose.practice.tables import load_tables


def explain(
    answers: Annotated[
        str | None, typer.Argument(metavar="[ANSWERS]", help="An answers file; - is standard input.")
    ] = None,
    rule: Annotated[str | None, typer.Option(metavar="ID", help="Say in words when this rule fires.")] = None,
    no_changes: Annotated[
        bool, typer.Option("--no-changes", help="Leave out what would change the result (it takes seconds).")
    ] = False,
    plain: Plain = False,
    no_color: NoColor = False,
    output: Output = None,
    region: Region = "us",
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Deliver in words when a rule fires and what it does, and the trace of the answers in a file, with sources.

    Raises UsageError for a rule that there is not, and when neither answers nor a rule were named.
    """
    if answers is None and rule is None:
        raise UsageError([fault(Code.USAGE_NOTHING, hint="Name an answers file, or a rule with --rule ID.")])
    delivery = Delivery(plain=plain, no_color=no_color, output=output, region=region)
    tables = load_tables(questions, rules)
    numbers = delivery.numbers(tables.rules)
    if rule is not None:
        delivery.page(_rule_page(tables, rule), numbers)
    if answers is not None:
        delivery.page(_trace_page(tables, answers, changes=not no_changes), numbers)


def _rule_page(tables: Tables, rule_id: str) -> Page:
    found = {rule.id: rule for rule in tables.rules.rules}
    if rule_id not in found:
        close, known = suggestion(rule_id, list(found)), "the ids in rules.yaml"
        raise UsageError([fault(Code.USAGE_UNKNOWN, what="rule", name=rule_id, suggestion=close, known=known)])
    return rule_page(found[rule_id], tables)


def _trace_page(tables: Tables, source: str, *, changes: bool) -> Page:
    result = result_of(tables, read_given(source, tables.questionnaire))
    page = explain_page(Intake(result.answers, result.assessment), tables)
    return Page(page.title, (*page.blocks, *_changes(result))) if changes else page


def _changes(result: Result) -> tuple[Block, ...]:
    from nmtchoose.proof.nearest import nearest_changes  # seconds, so only where it is wanted

    try:
        found = nearest_changes(result.tables, result.answers)
    except UsageError as missing:
        return change_blocks((), result.tables, str(missing.faults[0]))
    return change_blocks(tuple(Changed(one.changed, one.assessment) for one in found), result.tables)
