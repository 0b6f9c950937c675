"""`nmtchoose docs`: the clinical basis of the two files as a page to read and sign."""

from __future__ import annotations

from pathlib import Path

import typer

from nmtchoose.cli.assessing import load_tables
from nmtchoose.cli.status import Exit


def run(output: Path | None, questions: Path | None, rules: Path | None, *, check: bool) -> None:
    """Print the clinical basis, or write it to `output`; with `check`, only say whether `output` is up to date."""
    from nmtchoose.authoring.clinical_basis import clinical_basis
    from nmtchoose.records.atomic import write_atomically

    tables = load_tables(questions, rules)
    page = clinical_basis(tables.questionnaire, tables.rules)
    if output is None:
        typer.echo(page, nl=False)
    elif not check:
        write_atomically(output, page, mode=0o644)
    elif not output.exists() or output.read_text(encoding="utf-8") != page:
        typer.echo(f"{output} is not up to date. Run: nmtchoose docs -o {output}", err=True)
        raise typer.Exit(Exit.FAULTY_CONTENT)
