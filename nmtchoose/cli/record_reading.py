"""What `nmtchoose records` does without changing anything: list, show, trend and verify."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import timedelta

import typer

from nmtchoose.cli.assessing import assessed, load_tables
from nmtchoose.cli.delivery import Delivery
from nmtchoose.cli.lines import counted, say
from nmtchoose.cli.opened import Opener
from nmtchoose.cli.standard_output import standard_output
from nmtchoose.cli.status import Exit
from nmtchoose.errors import AnswerError
from nmtchoose.model.tables import Tables
from nmtchoose.pages.page import Page
from nmtchoose.store.entries import Document, Wanted, checked_reference, now

NOTHING = "There are no records."
DAYS_IN_A_MONTH = 30.4375


def list_records(delivery: Delivery, wanted: Wanted) -> None:
    """Print one line for each record wanted, the newest first."""
    from nmtchoose.formats.record_list import record_rows, show_records
    from nmtchoose.formats.viewing import choose_viewing

    opener = Opener()
    if not opener.there:
        say([NOTHING])
        return
    with opener.open() as store:
        found = store.summaries(wanted)
    if not found:
        say([NOTHING])
        return
    rows = record_rows(found, load_tables(None, None).rules)
    with standard_output() as out:
        show_records(rows, out, choose_viewing(out, os.environ, plain=delivery.plain, no_color=delivery.no_color))
    keep_months = opener.settings.keep_months
    over = sum(now() - one.taken_at > timedelta(days=keep_months * DAYS_IN_A_MONTH) for one in found)
    if keep_months and over:
        say([f"{counted(over, 'record')} older than you keep them: nmtchoose records purge"])


def show(delivery: Delivery, prefix: str) -> None:
    """Show one record; raises StoreError when there is none."""
    from nmtchoose.pages.record import record_page

    with Opener().open() as store:
        record = store.record(store.find(prefix))
    delivery.page(record_page(record, load_tables(None, None).rules))


def trend(delivery: Delivery, client: str) -> None:
    """Draw the numbers of all visits of `client`."""
    from nmtchoose.formats.trend import Visit, trend_blocks
    from nmtchoose.formats.viewing import choose_viewing

    with Opener().open() as store:
        records = tuple(store.records(Wanted(client=checked_reference(client))))
    visits = [Visit(f"{one.intake.taken_at.astimezone():%Y-%m-%d}", one.answers) for one in records]
    with standard_output() as out:
        viewing = choose_viewing(out, os.environ, plain=delivery.plain, no_color=delivery.no_color)
    blocks = tuple(trend_blocks(visits, load_tables(None, None).questionnaire, viewing))
    if not blocks:
        say([NOTHING if not records else "No visit has a number to draw."])
        return
    delivery.page(Page("Trend", blocks))


def verify_records() -> None:
    """Print what differs; exits 1 when a record does, or when the database engine finds faults."""
    from nmtchoose.store.verify import Verdict, verify

    tables = load_tables(None, None, offered=())
    questions, rules = tables.questionnaire.stamp.sha256, tables.rules.stamp.sha256
    with Opener().open() as store:
        engine = store.faults()
        found = [verify(one, questions, rules, _recomputer(tables)) for one in store.records(Wanted())]
    by_verdict = {verdict: [one for one in found if one.verdict is verdict] for verdict in Verdict}
    others, differing = by_verdict[Verdict.OTHER_FILES], by_verdict[Verdict.DIFFERS]
    say(f"{one.id}: differs in {', '.join(one.parts)}." for one in differing)
    say(f"{one.id}: made with other questions or rules; put those files in place to check it." for one in others)
    say(f"The database: {one}." for one in engine)
    say(
        [
            f"{counted(len(found), 'record')}: {len(by_verdict[Verdict.SAME])} same, {len(differing)} differ,"
            f" {len(others)} not checked."
        ]
    )
    if differing or engine:
        raise typer.Exit(Exit.INTERNAL)


def _recomputer(tables: Tables) -> Callable[[Document, Sequence[str]], Document]:
    from nmtchoose.cli.assessing import with_offered
    from nmtchoose.cli.saving import result_document
    from nmtchoose.records.answers_file import check_answers

    def recompute(answers: Document, offered: Sequence[str]) -> Document:
        here = with_offered(tables, offered)
        try:
            return result_document(here, assessed(here, check_answers(answers, tables.questionnaire)))
        except AnswerError:  # stored answers that the questions do not take lead to no result
            return {}

    return recompute
