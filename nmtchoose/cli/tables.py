"""The pair of files that a command is about, with a word on standard error where it is in an older form."""

from __future__ import annotations

from pathlib import Path

import typer

from nmtchoose.loading.locate import locate_pair
from nmtchoose.loading.older_form import older_forms
from nmtchoose.model.tables import Tables
from nmtchoose.practice import tables as practice


def load_tables(questions: Path | None, rules: Path | None) -> Tables:
    """Return what `nmtchoose.practice.tables.load_tables` does, and say for each file that is in an older form."""
    tables = practice.load_tables(questions, rules)
    pair = locate_pair(questions, rules)
    for warning in older_forms(pair.questions, pair.rules):
        typer.echo(f"nmtchoose: {warning}", err=True)
    return tables
