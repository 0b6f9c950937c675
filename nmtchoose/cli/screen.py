"""`nmtchoose screen`: assess answers files without asking anything."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from nmtchoose.cli.assessing import assessed, kept_answers, load_tables, record_of
from nmtchoose.cli.delivery import Delivery
from nmtchoose.cli.status import Exit, exit_for
from nmtchoose.cli.views import page_for, wanted_views, with_clinic
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.disposition import most_severe
from nmtchoose.pages.page import Page


def run(
    delivery: Delivery,
    files: Sequence[str],
    questions: Path | None,
    rules: Path | None,
    *,
    exit_code: bool,
    therapist: bool,
) -> None:
    """Assess every file of `files` and deliver the results in that order: the clients' pages or the therapists'.

    Nothing is delivered when one of the files is faulty. Exits 4 when answers that matter are missing.
    """
    from nmtchoose.formats.reading import read_given

    tables = load_tables(questions, rules)
    region = delivery.numbers(tables.rules)
    screened = [(_readable(name), read_given(name, tables.questionnaire)) for name in files]
    results = [(name, answers, assessed(tables, answers)) for name, answers in screened]
    if delivery.format is not None:
        from nmtchoose.cli.exporting import export

        counting = [(name, kept_answers(tables, answers), one) for name, answers, one in results]
        export(delivery, delivery.format, tables, counting, therapist=therapist)
    elif delivery.as_json:
        records = [
            {**record_of(tables, kept_answers(tables, answers), one, region), "file": name}
            for name, answers, one in results
        ]
        delivery.record(records[0] if len(records) == 1 else records)
    else:
        views = wanted_views(therapist=therapist)
        pages = [(name, page_for(views, tables, kept_answers(tables, answers), one)) for name, answers, one in results]
        page = with_clinic(_one_page(pages, named=len(results) > 1), *(one.disposition for _, _, one in results))
        delivery.page(page, region)
    raise typer.Exit(_exit([one for _, _, one in results], exit_code=exit_code))


def _readable(name: str) -> str:
    """Return a file name that JSON and every terminal can hold, whatever bytes the file system has in it."""
    return os.fsencode(name).decode("utf-8", "replace")


def _one_page(pages: Sequence[tuple[str, Page]], *, named: bool) -> Page:
    from nmtchoose.pages.page import Block, Heading

    def blocks() -> Iterator[Block]:
        for name, page in pages:
            if named:
                yield Heading(name)
            yield from page.blocks

    return Page(pages[0][1].title, tuple(blocks()))


def _exit(assessments: Sequence[Assessment], *, exit_code: bool) -> Exit:
    """An emergency counts before missing answers: it must not hide behind another client's open question."""
    worst = most_severe(one.disposition for one in assessments)
    if exit_code and worst.is_emergency:
        return Exit.EMERGENCY
    if not all(one.complete for one in assessments):
        return Exit.BAD_ANSWERS
    return exit_for(worst) if exit_code else Exit.DONE
