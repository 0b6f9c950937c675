"""`nmtchoose explain`: why this result."""

from __future__ import annotations

from pathlib import Path

from nmtchoose.cli.assessing import assessed, kept_answers, load_tables
from nmtchoose.cli.delivery import Delivery


def run(delivery: Delivery, source: str, questions: Path | None, rules: Path | None) -> None:
    """Deliver the trace of the answers in `source` in words, with sources."""
    from nmtchoose.exports.reading import read_given
    from nmtchoose.reports.explain_page import explain_page

    tables = load_tables(questions, rules)
    region = delivery.numbers(tables.rules)
    answers = read_given(source, tables.questionnaire)
    page = explain_page(assessed(tables, answers), tables.questionnaire, tables.rules, kept_answers(tables, answers))
    delivery.page(page, region)
