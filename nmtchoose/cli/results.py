"""Results as the flags ask for them: as pages, as JSON, or in a format of `nmtchoose.exports`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nmtchoose.cli.delivery import Delivery
from nmtchoose.desk.result import Result
from nmtchoose.errors import Code, UsageError, fault
from nmtchoose.model.rules import Region

if TYPE_CHECKING:
    from nmtchoose.exports.intake import Intake
    from nmtchoose.exports.registry import Format
    from nmtchoose.model.tables import Tables
    from nmtchoose.reports.page import Block, Page

Named = Sequence[tuple[str, Result]]
"""Results, each with the name of what it came from, or none."""

_ON_SCREEN = ("text", "plain", "json")
"""Formats that `Delivery` shows by itself, since they also have a look on the screen."""


def delivery_of(
    name: str | None, output: Path | None, region: str, *, as_json: bool, plain: bool, no_color: bool
) -> Delivery:
    """Return the form and the place of the result that the flags ask for.

    The name counts before `--json`, and that before the ending of the output file. Raises UsageError for a name that
    there is not, and for `--json` together with another name.
    """
    if name is None and (as_json or output is None):
        return Delivery(plain, no_color, as_json, output, region)
    from nmtchoose.exports.registry import format_named, format_of

    found = format_named(name) if name is not None else format_of(output) if output is not None else None
    if as_json and found is not None and found.name != "json":
        raise UsageError([fault(Code.USAGE_TOGETHER, one="--json", other=f"--format {found.name}")])
    chosen = found.name if found else "text"
    form = None if chosen in _ON_SCREEN else found
    return Delivery(plain or chosen == "plain", no_color, chosen == "json", output, region, form)


def page_of(results: Named, *, therapist: bool, staff: bool = False) -> Page:
    """Return one page with all `results`: for clients or for therapists, and after that for the desk's `staff`.

    It stands under the name that is configured for the practice, unless one of the results cannot wait.
    """
    from nmtchoose.practice.current import current_settings
    from nmtchoose.reports.clinic import page_of_clinic
    from nmtchoose.reports.page import Heading, Page

    pages = [(name, page) for name, one in results for page in _pages(one, therapist=therapist, staff=staff)]

    def blocks() -> Iterator[Block]:
        for name, page in pages:
            if len(results) > 1:
                yield Heading(name)
            yield from page.blocks

    page = Page(pages[0][1].title, tuple(blocks()))
    return page_of_clinic(page, current_settings().clinic, *(one.assessment.disposition for _, one in results))


def _pages(result: Result, *, therapist: bool, staff: bool) -> Iterator[Page]:
    from nmtchoose.reports.result_page import result_page
    from nmtchoose.reports.staff_page import staff_page
    from nmtchoose.reports.therapist_page import therapist_page

    tables = result.tables
    for build in (therapist_page if therapist else result_page, *([staff_page] if staff else [])):
        yield build(result.assessment, tables.questionnaire, tables.rules, result.answers)


def record_of(result: Result, region: Region) -> Mapping[str, object]:
    """Return a result as JSON-ready values, with the answers that led to it and the numbers of `region`."""
    from nmtchoose.reports.answers_json import answers_record
    from nmtchoose.reports.assessment_json import assessment_record

    told = answers_record(result.answers, result.tables.questionnaire)["answers"]
    helped = {"help": result.help} if result.help else {}
    return {**assessment_record(result.assessment, result.tables.rules, region), "answers": told, **helped}


def export(
    delivery: Delivery, wanted: Format, results: Named, *, therapist: bool, answered: datetime | None = None
) -> None:
    """Deliver `results` as `wanted`, in its form for therapists if there is one.

    `answered` is when the answers were given, where that is known. Raises UsageError for several results where the
    format takes one.
    """
    from nmtchoose.exports.intake import Intake
    from nmtchoose.exports.registry import for_therapists

    intakes = [Intake(one.answers, one.assessment, name, answered) for name, one in results]
    export_intakes(delivery, for_therapists(wanted) if therapist else wanted, results[0][1].tables, intakes)


def export_intakes(delivery: Delivery, wanted: Format, tables: Tables, intakes: Sequence[Intake]) -> None:
    """Deliver `intakes` as `wanted`, under the name of the practice where the format has a place for it."""
    from nmtchoose.exports.intake import Practice
    from nmtchoose.exports.registry import exported
    from nmtchoose.practice.current import current_settings

    clinic = current_settings().clinic
    practice = Practice(tables.questionnaire, tables.rules, delivery.numbers(tables.rules), clinic)
    delivery.text(exported(wanted, intakes, practice), wanted.to_ascii)
