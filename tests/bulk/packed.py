"""Answers as packed columns, and the results of a batch as the walker would tell them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from nmtchoose.bulk.deciding import Columns, Decider, result_columns
from nmtchoose.bulk.layout import Layout
from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables
from nmtchoose.words.terms import review_words

Row = Mapping[str, Any]


def columns_of(layout: Layout, clients: Sequence[Answers]) -> Columns:
    """Return the packed columns of `clients`."""
    rows = [layout.packed(answers) for answers in clients]
    return {
        name: np.array([row[name] for row in rows], dtype=f"uint{column.bits}")
        for column in layout.columns
        for name in column.names
    }


def screened(questionnaire: Questionnaire, table: RuleTable, clients: Sequence[Answers]) -> list[Row]:
    """Return every column of the results of `clients`, row by row."""
    decider = Decider(Tables(questionnaire, table))
    columns = result_columns(decider, columns_of(decider.layout, clients), len(clients), full=True)
    return [
        dict(zip(columns, cells, strict=True))
        for cells in zip(*(one.to_pylist() for one in columns.values()), strict=True)
    ]


def told(assessment: Assessment, table: RuleTable, questionnaire: Questionnaire) -> Row:
    """Return the same columns for one assessment."""
    booked = assessment.recommendation
    results = {one.id: one for one in assessment.therapies}
    row: dict[str, Any] = {
        "status": "complete" if assessment.complete else "incomplete",
        "disposition": assessment.disposition.value,
        "recommendation": booked.kind.value,
        "therapies": " ".join(booked.therapies),
        "strength": booked.strength.value,
        "pressure_limit": assessment.pressure_limit,
        "plan": booked.plan,
    }
    for therapy in table.therapies:
        result = results.get(therapy.id)
        row[f"therapy/{therapy.id}/status"] = result.status.value if result else None
        row[f"therapy/{therapy.id}/pressure_limit"] = result.pressure_limit if result else None
    limits = {note.site: note.pressure_limit for note in assessment.site_notes}
    return row | {
        "avoid_sites": {site for site, limit in limits.items() if limit == 0},
        "site_limits": {f"{site}={limit}" for site, limit in limits.items() if limit},
        "missing": list(assessment.missing),
        "undecided": [one.rule for one in assessment.undecided],
        "fired": [firing.rule for firing in assessment.trace],
        "review": review_words(assessment.stamp.reviewed),
    }


def without_order(row: Row) -> Row:
    """Return a screened row with its sites as sets: they come in no order that means something."""
    return {**row, "avoid_sites": set(row["avoid_sites"]), "site_limits": set(row["site_limits"])}
