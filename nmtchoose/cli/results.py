"""Results as pages and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nmtchoose.desk.result import Result
from nmtchoose.model.rules import Region
from nmtchoose.practice.current import current_settings
from nmtchoose.reports.answers_json import answers_record
from nmtchoose.reports.assessment_json import assessment_record
from nmtchoose.reports.clinic import page_of_clinic
from nmtchoose.reports.page import Block, Heading, Page
from nmtchoose.reports.result_page import result_page
from nmtchoose.reports.staff_page import staff_page
from nmtchoose.reports.therapist_page import therapist_page

Named = Sequence[tuple[str, Result]]
"""Results, each with the name of what it came from, or none."""


def page_of(results: Named, *, therapist: bool, staff: bool = False) -> Page:
    """Return one page with all `results`: for clients or for therapists, and after that for the desk's `staff`.

    It stands under the name that is configured for the practice, unless one of the results cannot wait.
    """
    pages = [(name, page) for name, one in results for page in _pages(one, therapist=therapist, staff=staff)]

    def blocks() -> Iterator[Block]:
        for name, page in pages:
            if len(results) > 1:
                yield Heading(name)
            yield from page.blocks

    page = Page(pages[0][1].title, tuple(blocks()))
    return page_of_clinic(page, current_settings().clinic, *(one.assessment.disposition for _, one in results))


def _pages(result: Result, *, therapist: bool, staff: bool) -> Iterator[Page]:
    tables = result.tables
    for build in (therapist_page if therapist else result_page, *([staff_page] if staff else [])):
        yield build(result.assessment, tables.questionnaire, tables.rules, result.answers)


def record_of(result: Result, region: Region) -> Mapping[str, object]:
    """Return a result as JSON-ready values, with the answers that led to it and the numbers of `region`."""
    told = answers_of(result)
    assessment = assessment_record(result.assessment, result.tables.rules, region)
    return {**assessment, **{key: told[key] for key in ("answers", "help") if key in told}}


def answers_of(result: Result) -> dict[str, object]:
    """Return the answers that count as an answers file, with what was done about help."""
    record = answers_record(result.answers, result.tables.questionnaire)
    return {**record, "help": result.help} if result.help else record
