"""Results as pages, as JSON and in other formats."""

import io
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import to_builtins

from nmtchoose.cli.delivery import Delivery
from nmtchoose.desk.interview import Result
from nmtchoose.formats.assessment_json import answers_record, assessment_record
from nmtchoose.formats.registry import Format, exported, for_therapists
from nmtchoose.model.rules import Region
from nmtchoose.model.tables import Tables
from nmtchoose.pages.glance import LEAST_NEEDED, MOST, glance_page
from nmtchoose.pages.intake import Intake, Practice
from nmtchoose.pages.page import Page, page_of_clinic, page_with_numbers, under_names
from nmtchoose.pages.result import result_page
from nmtchoose.pages.staff import staff_page
from nmtchoose.pages.therapist import therapist_page
from nmtchoose.practice.current import current_settings

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
