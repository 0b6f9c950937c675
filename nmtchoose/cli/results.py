"""Results as pages and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import to_builtins

from nmtchoose.desk.result import Result
from nmtchoose.formats.answers_json import answers_record
from nmtchoose.formats.assessment_json import assessment_record
from nmtchoose.model.rules import Region
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.page import Page, page_of_clinic, under_names
from nmtchoose.pages.result import result_page
from nmtchoose.pages.staff import staff_page
from nmtchoose.pages.therapist import therapist_page
from nmtchoose.practice.current import current_settings

Named = Sequence[tuple[str, Result]]
"""Results, each with the name of what it came from, or none."""


def page_of(results: Named, *, therapist: bool, staff: bool = False) -> Page:
    """Return one page with all `results`: for clients or for therapists, and after that for the desk's `staff`.

    It stands under the name that is configured for the practice, unless one of the results cannot wait.
    """
    pages = [(name, page) for name, one in results for page in _pages(one, therapist=therapist, staff=staff)]
    several = len(results) > 1
    blocks = under_names(pages) if several else tuple(block for _, page in pages for block in page.blocks)
    dispositions = (one.assessment.disposition for _, one in results)
    return page_of_clinic(Page(pages[0][1].title, blocks), current_settings().clinic, *dispositions)


def _pages(result: Result, *, therapist: bool, staff: bool) -> Iterator[Page]:
    for build in (therapist_page if therapist else result_page, *([staff_page] if staff else [])):
        yield build(Intake(result.answers, result.assessment, typed=result.typed), result.tables)


def record_of(result: Result, region: Region) -> Mapping[str, object]:
    """Return a result as JSON-ready values, with the answers that led to it and the numbers of `region`."""
    told = answers_of(result)
    assessment = assessment_record(result.assessment, result.tables.rules, region)
    return {**assessment, **{key: told[key] for key in ("answers", "help", "corrected") if key in told}}


def answers_of(result: Result) -> dict[str, object]:
    """Return the answers that count as an answers file, with what was done about help and what was taken back."""
    record = answers_record(result.answers, result.tables.questionnaire)
    if result.help:
        record["help"] = result.help
    if result.corrected:
        record["corrected"] = to_builtins(result.corrected)
    return record
