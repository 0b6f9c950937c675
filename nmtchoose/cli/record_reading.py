"""What `nmtchoose records` does without changing anything: list, show, today, trend, report and verify."""

import os
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated

import typer

from nmtchoose.cli import flags
from nmtchoose.cli.delivery import Delivery, Exit, known_name, say, standard_output
from nmtchoose.desk.desk import Opener
from nmtchoose.desk.interview import result_again
from nmtchoose.desk.recording import result_document
from nmtchoose.errors import AnswerError
from nmtchoose.formats.csv_columns import table_text
from nmtchoose.formats.html_page import html_page
from nmtchoose.formats.record_list import bar, record_rows, show_records, trend_blocks
from nmtchoose.formats.registry import entities, nearest_ascii
from nmtchoose.formats.viewing import choose_viewing
from nmtchoose.model.answers import DAYS_IN_A_MONTH
from nmtchoose.pages.page import Page
from nmtchoose.pages.record import record_page, today_page
from nmtchoose.pages.report import report_page, sections
from nmtchoose.practice.current import load_tables
from nmtchoose.records.entries import Record, Wanted, checked_reference, now
from nmtchoose.records.report import report_on
from nmtchoose.records.verify import Verdict, Verified, verify
from nmtchoose.words.sentences import counted

NOTHING = "There are no records."
_FORMS = ("text", "html", "csv")
_ROOM = 20  # columns of a bar; half of it where the terminal is narrow
_WIDE = 60


def list_records(
    client: flags.OnlyClient = None,
    since: flags.Since = None,
    until: flags.Until = None,
    disposition: flags.DispositionWord = None,
    therapy: flags.Therapy = None,
    plain: flags.Plain = False,
    no_color: flags.NoColor = False,
) -> None:
    """Print one line for each record wanted, the newest first."""
    wanted, opener = flags.wanted_records(client, since, until, disposition, therapy), Opener()
    if not opener.there:
        say([NOTHING])
        return
    with opener.reading() as store:
        found = store.summaries(wanted)
        if not found:
            say([NOTHING])
            return
        rows = record_rows(found, load_tables(None, None).rules)
        with standard_output() as out:
            show_records(rows, out, choose_viewing(out, os.environ, plain=plain, no_color=no_color))
        months = opener.settings.keep_months
        over = sum(now() - one.taken_at > timedelta(days=months * DAYS_IN_A_MONTH) for one in found)
        if months and over:
            say([f"{counted(over, 'record')} older than you keep them: nmtchoose records purge"])


def show(record: flags.RecordId, plain: flags.Plain = False, no_color: flags.NoColor = False) -> None:
    """Show one record; raises StoreError when there is none."""
    with Opener().open() as store:
        found = store.record(store.find(record))
    Delivery(plain=plain, no_color=no_color).page(record_page(found, load_tables(None, None)))


def today(plain: flags.Plain = False, no_color: flags.NoColor = False) -> None:
    """Print today's records for the desk, the earliest first."""
    opener = Opener()
    found: list[Record] = []
    if opener.there:
        with opener.reading() as store:
            found = list(store.records(Wanted(since=flags.start_of("today"))))
    if not found:
        say(["Nothing is recorded for today."])
        return
    Delivery(plain=plain, no_color=no_color).page(today_page(found, load_tables(None, None).rules))


def trend(
    client: Annotated[str, typer.Argument(metavar="REF", help="A client.")],
    plain: flags.Plain = False,
    no_color: flags.NoColor = False,
) -> None:
    """Draw the numbers of all visits of `client`."""
    with Opener().reading() as store:
        records = tuple(store.records(Wanted(client=checked_reference(client))))
        visits = [(f"{one.intake.taken_at.astimezone():%Y-%m-%d}", one.answers) for one in records]
        with standard_output() as out:
            viewing = choose_viewing(out, os.environ, plain=plain, no_color=no_color)
        blocks = tuple(trend_blocks(visits, load_tables(None, None).questionnaire, viewing))
        if blocks:
            Delivery(plain=plain, no_color=no_color).page(Page("Trend", blocks))
        else:
            say([NOTHING if not records else "No visit has a number to draw."])


def report(
    client: flags.OnlyClient = None,
    since: flags.Since = None,
    until: flags.Until = None,
    therapy: flags.Therapy = None,
    departures: Annotated[
        bool, typer.Option("--departures", help="List the rules that staff overrode, how often and why.")
    ] = False,
    small_groups: Annotated[
        bool, typer.Option("--small-groups", help="Print groups of fewer than 5 too; they may tell on somebody.")
    ] = False,
    form: Annotated[str | None, typer.Option("--format", metavar="NAME", help="text, html or csv.")] = None,
    output: flags.Output = None,
    plain: flags.Plain = False,
    no_color: flags.NoColor = False,
) -> None:
    """Count what happened after intakes, and name damaged records; raises UsageError for an unknown form."""
    wanted, opener = flags.wanted_records(client, since, until, None, therapy), Opener()
    rules = load_tables(None, None, offered=()).rules
    ending = output.suffix.lower().lstrip(".") if output else ""
    chosen = known_name("form", form or (ending if ending in _FORMS else "text"), _FORMS)
    with opener.reading() as store:
        found = report_on(store.records(wanted), rules)
        delivery = Delivery(plain=plain, no_color=no_color, output=output)
        if chosen == "csv":
            parts = sections(found, rules, small=small_groups, departures=departures)
            rows = ([title, one.label, one.value] for title, figures in parts for one in figures)
            delivery.text(table_text([["section", "figure", "value"], *rows]), nearest_ascii)
            return
        with standard_output() as out:
            viewing = choose_viewing(out, os.environ, plain=plain)
        page = chosen == "html"
        encoding = "utf-8" if page else viewing.encoding
        room = _ROOM if page or viewing.width >= _WIDE else _ROOM // 2

        def draw(share: float) -> str:
            return bar(share, room, encoding) if page or not viewing.plain else ""

        told = report_page(found, rules, draw, small=small_groups, departures=departures)
        if page:
            delivery.text(html_page(told), entities)
        else:
            delivery.page(told)


def verify_records() -> None:
    """Print what differs; exits 1 when a record does, or when the database engine finds faults."""
    tables = load_tables(None, None, offered=())
    questions, rules = tables.questionnaire.stamp.sha256, tables.rules.stamp.sha256

    def recomputed(answers: Mapping[str, object], offered: Sequence[str]) -> Mapping[str, object]:
        try:
            return result_document(result_again(tables, answers, offered))
        except AnswerError:  # stored answers that the questions do not take lead to no result
            return {}

    with Opener().reading() as store:
        engine = store.faults()
        found = [verify(one, questions, rules, recomputed) for one in store.records(Wanted())]
        differing = _tell(found, engine)
    if differing or engine:
        raise typer.Exit(Exit.INTERNAL)


def _tell(found: Sequence[Verified], engine: Sequence[str]) -> bool:
    by_verdict = {verdict: [one for one in found if one.verdict is verdict] for verdict in Verdict}
    others, differing = by_verdict[Verdict.OTHER_FILES], by_verdict[Verdict.DIFFERS]
    say(f"{one.id}: differs in {', '.join(one.parts)}." for one in differing)
    say(f"{one.id}: made with other questions or rules; put those files in place to check it." for one in others)
    say(f"The database: {one}." for one in engine)
    same = len(by_verdict[Verdict.SAME])
    say([f"{counted(len(found), 'record')}: {same} same, {len(differing)} differ, {len(others)} not checked."])
    return bool(differing)
