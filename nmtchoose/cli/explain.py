"""`nmtchoose explain`: why this result, why not another, what would change it; `compare`: therapies side by side."""

from typing import Annotated

import typer
from msgspec.structs import replace

from nmtchoose.cli.delivery import Delivery, known_name
from nmtchoose.cli.flags import NoColor, Output, Plain, Questions, Region, Rules
from nmtchoose.cli.results import intake_of
from nmtchoose.desk.desk import record_named
from nmtchoose.desk.interview import Result, result_again, result_of
from nmtchoose.errors import Code, UsageError, fault, suggestion
from nmtchoose.formats.reading import read_given
from nmtchoose.pages.compare import compare_page
from nmtchoose.pages.explain import SOURCES, Changed, change_blocks, explain_page, rule_page
from nmtchoose.pages.page import Block, Heading, Page
from nmtchoose.pages.record import departure_blocks
from nmtchoose.practice.current import load_tables


def explain(
    answers: Annotated[
        str | None, typer.Argument(metavar="[ANSWERS]", help="An answers file, or the id of a record; - is stdin.")
    ] = None,
    rule: Annotated[str | None, typer.Option(metavar="ID", help="Say in words when this rule fires.")] = None,
    no_changes: Annotated[
        bool, typer.Option("--no-changes", help="Leave out what would change the result (it takes seconds).")
    ] = False,
    sources: Annotated[
        bool, typer.Option("--sources", help="Also every rule that fired, when it fires, and where it comes from.")
    ] = False,
    plain: Plain = False,
    no_color: NoColor = False,
    output: Output = None,
    region: Region = "us",
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Deliver when a rule fires, and what answers led to; raises UsageError for an unknown rule, or for neither."""
    if answers is None and rule is None:
        raise UsageError([fault(Code.USAGE_NOTHING, hint="Name an answers file, or a rule with --rule ID.")])
    delivery = Delivery(plain=plain, no_color=no_color, output=output, region=region)
    tables = load_tables(questions, rules)
    numbers = delivery.numbers(tables.rules)
    if rule is not None:
        found = {one.id: one for one in tables.rules.rules}
        if rule not in found:
            close, known = suggestion(rule, list(found)), "the ids in rules.yaml"
            raise UsageError([fault(Code.USAGE_UNKNOWN, what="rule", name=rule, suggestion=close, known=known)])
        delivery.page(rule_page(found[rule], tables), numbers)
    if answers is not None:
        record, booked = record_named(answers), tuple[Block, ...]()
        if record is None:
            result = result_of(tables, read_given(answers, tables.questionnaire))
        else:
            result = result_again(tables, record.answers, record.intake.offered)
            booked = departure_blocks(record, tables.rules)
        page = why_page(result, changes=not no_changes, sources=sources)
        delivery.page(replace(page, blocks=(*booked, *page.blocks)), numbers)


def why_page(result: Result, *, changes: bool = True, private: bool = True, sources: bool = False) -> Page:
    """Return why `result` is what it is and, with `changes`, what would change it; `private` answers too, or not."""
    page = explain_page(intake_of(result), result.tables, private=private, sources=sources)
    at = next((at for at, one in enumerate(page.blocks) if one == Heading(SOURCES)), len(page.blocks))
    found = _changes(result, private=private) if changes else ()
    return replace(page, blocks=(*page.blocks[:at], *found, *page.blocks[at:]))


def _changes(result: Result, *, private: bool) -> tuple[Block, ...]:
    from nmtchoose.proof.nearest import nearest_changes  # seconds, so only where it is wanted

    now = result.assessment
    try:
        found = nearest_changes(result.tables, result.answers)
    except UsageError as missing:
        return change_blocks((), result.tables, now, unable=str(missing.faults[0]))
    changes = tuple(Changed(one.changed, one.assessment) for one in found)
    return change_blocks(changes, result.tables, now, private=private)


def compare(
    therapies: Annotated[
        list[str] | None, typer.Argument(metavar="[THERAPY...]", help="Which to compare; the main three without names.")
    ] = None,
    plain: Plain = False,
    no_color: NoColor = False,
    output: Output = None,
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Deliver the comparison of `therapies`; raises UsageError for one that does not exist."""
    table = load_tables(questions, rules).rules
    known = [therapy.id for therapy in table.therapies]
    wanted = [known_name("therapy", name.lower().replace("-", "_"), known) for name in therapies or ()]
    Delivery(plain=plain, no_color=no_color, output=output).page(compare_page(table, tuple(wanted)))
