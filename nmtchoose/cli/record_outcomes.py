"""`nmtchoose records outcome` and `report`: what happened after intakes."""

import os
from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.cli.delivery import Delivery
from nmtchoose.cli.flags import NoColor, Output, Plain
from nmtchoose.cli.lines import known_name, say, standard_output
from nmtchoose.cli.record_changes import read_words
from nmtchoose.cli.record_filters import Client, RecordId, Since, Therapy, Until, wanted_records
from nmtchoose.desk.desk import Opener
from nmtchoose.desk.outcomes import ask_outcome, outcome_of
from nmtchoose.formats.csv_columns import table_text
from nmtchoose.formats.html_page import html_page
from nmtchoose.formats.record_list import bar
from nmtchoose.formats.registry import entities, nearest_ascii
from nmtchoose.formats.viewing import choose_viewing
from nmtchoose.pages.report import Bar, report_page, sections
from nmtchoose.practice.tables import load_tables
from nmtchoose.prompts import choosing
from nmtchoose.records.report import departed, report_on

_FORMATS = ("text", "html", "csv")
_ROOM = 20  # columns of a bar; half of it where the terminal is narrow
_WIDE = 60


def outcome(
    record: RecordId,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who notes it.")],
    booked: Annotated[
        list[str] | None,
        typer.Option(metavar="THERAPY", help="What was booked, or nothing; may be repeated. Without it you are asked."),
    ] = None,
    why: Annotated[
        str, typer.Option(metavar="REASON", help="Why that was not as suggested: client_wished, therapist_judged, ...")
    ] = "",
    words: Annotated[
        Path | None, typer.Option("--words-file", metavar="FILE", help="Read more words about it from this file.")
    ] = None,
    doctor: Annotated[
        Path | None, typer.Option("--doctor-file", metavar="FILE", help="Read what a doctor found from this file.")
    ] = None,
    plain: Plain = False,
    no_color: NoColor = False,
) -> None:
    """Note what was booked after an intake, whether that followed the suggestion, and why not.

    What a client or a doctor said is asked or read from a file, never a flag. Raises StoreError for an unknown record,
    UsageError for an unknown therapy or reason, or a departure without one.
    """
    opener, rules = Opener(), load_tables(None, None, offered=()).rules
    with opener.open() as store:
        found = store.record(store.find(record))
    if booked:
        taken = tuple(one.lower().replace("-", "_") for one in booked)
        more = (read_words(one) if one else "" for one in (words, doctor))
        noted = outcome_of(found, rules, by, taken, why.lower().replace("-", "_"), *more)
    else:
        with choosing.asking(plain=plain, color=not no_color) as prompter:
            noted = ask_outcome(found, rules, by, prompter())
    with opener.open() as store:
        store.add_to(found.intake.id, noted)
        again = store.record(found.intake.id)
    followed = "That departs from the suggestion." if departed(again) else "That follows the suggestion."
    say([f"Noted for {found.intake.id}. {followed}"])


def report(
    client: Client = None,
    since: Since = None,
    until: Until = None,
    therapy: Therapy = None,
    departures: Annotated[
        bool, typer.Option("--departures", help="List the rules that staff overrode, how often and why.")
    ] = False,
    small_groups: Annotated[
        bool, typer.Option("--small-groups", help="Print groups of fewer than 5 too; they may tell on somebody.")
    ] = False,
    form: Annotated[str | None, typer.Option("--format", metavar="NAME", help="text, html or csv.")] = None,
    output: Output = None,
    plain: Plain = False,
    no_color: NoColor = False,
) -> None:
    """Count what happened after intakes, and name damaged records; raises UsageError for an unknown form."""
    wanted, opener = wanted_records(client, since, until, None, therapy), Opener()
    rules = load_tables(None, None, offered=()).rules
    ending = output.suffix.lower().lstrip(".") if output else ""
    chosen = known_name("form", form or (ending if ending in _FORMATS else "text"), _FORMATS)
    with opener.reading() as store:
        found = report_on(store.records(wanted), rules)
        delivery = Delivery(plain=plain, no_color=no_color, output=output)
        if chosen == "csv":
            told = sections(found, rules, small=small_groups, departures=departures)
            rows = ([title, one.label, one.value] for title, figures in told for one in figures)
            delivery.text(table_text([["section", "figure", "value"], *rows]), nearest_ascii)
            return
        draw = _bar_for(chosen, plain=plain)
        page = report_page(found, rules, draw, small=small_groups, departures=departures)
        if chosen == "html":
            delivery.text(html_page(page), entities)
        else:
            delivery.page(page)


def _bar_for(form: str, *, plain: bool) -> Bar:
    with standard_output() as out:
        viewing = choose_viewing(out, os.environ, plain=plain)
    if form != "html" and viewing.plain:
        return lambda share: ""
    encoding = "utf-8" if form == "html" else viewing.encoding
    room = _ROOM if form == "html" or viewing.width >= _WIDE else _ROOM // 2
    return lambda share: bar(share, room, encoding)
