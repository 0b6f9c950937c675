"""Results as pages, as JSON and in other formats; and `nmtchoose screen`, which gives those of answers files."""

import io
import os
import shlex
import shutil
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

import typer
from msgspec import to_builtins

from nmtchoose.bulk.sources import means_many
from nmtchoose.cli import flags
from nmtchoose.cli.delivery import Delivery, delivery_of, exit_for
from nmtchoose.desk.interview import Result, result_of
from nmtchoose.errors import Code, UsageError, fault
from nmtchoose.files.atomic import refuse_overwriting
from nmtchoose.formats.assessment_json import answers_record, assessment_record
from nmtchoose.formats.reading import read_given
from nmtchoose.formats.registry import Format, exported, for_therapists
from nmtchoose.model.disposition import most_severe
from nmtchoose.model.rules import Region
from nmtchoose.model.tables import Tables
from nmtchoose.pages.glance import LEAST_NEEDED, MOST, glance_page
from nmtchoose.pages.intake import Intake, Practice
from nmtchoose.pages.page import Page, page_of_clinic, page_with_numbers, under_names
from nmtchoose.pages.result import result_page
from nmtchoose.pages.staff import staff_page
from nmtchoose.pages.therapist import therapist_page
from nmtchoose.practice.current import current_settings, load_tables

_LINES = 17
"""What the short form takes at most: with the keys 20 lines. A screen of fewer rows shows as little as can be."""
_ROWS_OF_KEYS = 6

Named = Sequence[tuple[str, Result]]
"""Results, each with the name of what it came from, or none."""


def page_of(results: Named, *, therapist: bool = False, staff: bool = False, short: Delivery | None = None) -> Page:
    """Return one page with all `results`, under the name of the practice unless one of them cannot wait.

    It is for clients or for therapists, and after that for the desk's `staff`; or `short`, as long as a screen lets it.
    """
    builders = (therapist_page if therapist else result_page, *([staff_page] if staff else []))
    pages = []
    for name, one in results:
        found = [_glance(one, short, staff)] if short else [build(intake_of(one), one.tables) for build in builders]
        pages += [(name, page) for page in found]
    blocks = under_names(pages) if len(results) > 1 else tuple(block for _, page in pages for block in page.blocks)
    dispositions = (one.assessment.disposition for _, one in results)
    foot = next((page.foot for _, page in pages if page.foot), "")
    return page_of_clinic(Page(pages[0][1].title, blocks, foot=foot), current_settings().clinic, *dispositions)


def intake_of(result: Result) -> Intake:
    """Return `result` as pages take it."""
    return Intake(result.answers, result.assessment, typed=result.typed)


def _glance(result: Result, delivery: Delivery, staff: bool) -> Page:
    from nmtchoose.formats.viewing import choose_viewing, drawn

    viewing = choose_viewing(sys.stdout or io.StringIO(), os.environ, plain=delivery.plain, no_color=True)
    region = delivery.numbers(result.tables.rules)
    room = min(_LINES, shutil.get_terminal_size().lines - _ROWS_OF_KEYS)
    for most in range(MOST, -len(LEAST_NEEDED), -1):
        page = glance_page(intake_of(result), result.tables, staff=staff, most=most)
        if len(drawn(page_with_numbers(page, region), viewing)) <= room:
            break
    return page


def record_of(result: Result, region: Region) -> Mapping[str, object]:
    """Return a result as JSON-ready values, with the answers that led to it and the numbers of `region`."""
    told = answers_of(result)
    assessment = assessment_record(result.assessment, result.tables.rules, region)
    return {**assessment, **{key: told[key] for key in ("answers", "help", "corrected", "kept_from") if key in told}}


def answers_of(result: Result) -> dict[str, object]:
    """Return the answers that count as an answers file, with what was done about help, taken back, or kept."""
    record = answers_record(result.answers, result.tables.questionnaire)
    if result.help:
        record["help"] = result.help
    if result.corrected:
        record["corrected"] = to_builtins(result.corrected)
    kept_from = {one: day for one, day in result.kept_from.items() if one in result.answers}
    if kept_from:
        record["kept_from"] = kept_from
    return record


def export(
    delivery: Delivery, wanted: Format, results: Named, *, therapist: bool, answered: datetime | None = None
) -> None:
    """Deliver `results`, given at `answered`, as `wanted`, for therapists if wanted; raises UsageError for too many."""
    intakes = [Intake(one.answers, one.assessment, name, answered) for name, one in results]
    export_intakes(delivery, for_therapists(wanted) if therapist else wanted, results[0][1].tables, intakes)


def export_intakes(delivery: Delivery, wanted: Format, tables: Tables, intakes: Sequence[Intake]) -> None:
    """Deliver `intakes` as `wanted`, under the name of the practice where the format has a place for it."""
    settings = current_settings()
    practice = Practice(tables, delivery.numbers(tables.rules), settings.clinic, settings.signature)
    delivery.text(exported(wanted, intakes, practice), wanted.to_ascii)


def screen(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Answers files; - is standard input.")],
    exit_code: flags.ExitCode = False,
    therapist: flags.Therapist = False,
    full: flags.Full = False,
    plain: flags.Plain = False,
    no_color: flags.NoColor = False,
    as_json: flags.AsJson = False,
    output: flags.Output = None,
    format_name: flags.FormatName = None,
    region: flags.Region = "us",
    questions: flags.Questions = None,
    rules: flags.Rules = None,
) -> None:
    """Assess `files` and deliver the results in that order: in short, as whole pages (`full`), or the therapists'.

    Nothing is delivered when one is faulty. Exits 4 when answers that matter are missing, and 2 for files of many
    clients.
    """
    many = next((one for one in files if means_many(one)), None)
    if many is not None:
        raise UsageError([fault(Code.SCREEN_MANY, _readable(many), inputs=shlex.join(files))])
    delivery = delivery_of(format_name, output, region, as_json=as_json, plain=plain, no_color=no_color)
    refuse_overwriting([output], [questions, rules, *files])
    tables = load_tables(questions, rules)
    flags.name_pair(tables, questions, rules)
    numbers = delivery.numbers(tables.rules)
    given = [(_readable(name), read_given(name, tables.questionnaire)) for name in files]
    results = [(name, result_of(tables, answers)) for name, answers in given]
    if delivery.format is not None:
        export(delivery, delivery.format, results, therapist=therapist)
    elif delivery.as_json:
        records = [{**record_of(one, numbers), "file": name} for name, one in results]
        delivery.record(records[0] if len(records) == 1 else records)
    else:
        short = None if full or therapist else delivery
        delivery.page(page_of(results, therapist=therapist, short=short), numbers)
    found = [one.assessment for _, one in results]
    worst = most_severe(one.disposition for one in found)
    raise typer.Exit(exit_for(worst, bad=not all(one.complete for one in found), exit_code=exit_code))


def _readable(name: str) -> str:
    """Return a file name that JSON and every terminal can hold, whatever bytes the file system has in it."""
    return os.fsencode(name).decode("utf-8", "replace")
