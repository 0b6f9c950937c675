"""`nmtchoose screen`: assess answers files without asking anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from nmtchoose.cli.assessing import Tables, assessed, kept_answers, load_tables, record_of
from nmtchoose.cli.delivery import Delivery
from nmtchoose.cli.status import Exit, exit_for
from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.disposition import most_severe
from nmtchoose.reports.page import Page


def run(
    delivery: Delivery, files: Sequence[str], questions: Path | None, rules: Path | None, *, exit_code: bool
) -> None:
    """Assess every file of `files` and deliver the results in that order.

    Nothing is delivered when one of the files is faulty. Exits 4 when answers that matter are missing.
    """
    from nmtchoose.records.answers_file import read_answers

    tables = load_tables(questions, rules)
    region = delivery.numbers(tables.rules)
    screened = [(name, read_answers(name, tables.questionnaire)) for name in files]
    results = [(name, answers, assessed(tables, answers)) for name, answers in screened]
    if delivery.as_json:
        records = [
            {**record_of(tables, kept_answers(tables, answers), one, region), "file": name}
            for name, answers, one in results
        ]
        delivery.record(records[0] if len(records) == 1 else records)
    else:
        named = len(results) > 1
        delivery.page(_one_page([(name, _page(tables, answers, one)) for name, answers, one in results], named), region)
    raise typer.Exit(_exit([one for _, _, one in results], exit_code=exit_code))


def _page(tables: Tables, answers: Answers, assessment: Assessment) -> Page:
    from nmtchoose.reports.result_page import result_page

    kept = kept_answers(tables, answers)
    return result_page(assessment, tables.questionnaire, tables.rules, kept)


def _one_page(pages: Sequence[tuple[str, Page]], named: bool) -> Page:
    from nmtchoose.reports.page import Block, Heading

    def blocks() -> Iterator[Block]:
        for name, page in pages:
            if named:
                yield Heading(name)
            yield from page.blocks

    return Page(pages[0][1].title, tuple(blocks()))


def _exit(assessments: Sequence[Assessment], *, exit_code: bool) -> Exit:
    if not all(one.complete for one in assessments):
        return Exit.BAD_ANSWERS
    return exit_for(most_severe(one.disposition for one in assessments)) if exit_code else Exit.DONE
