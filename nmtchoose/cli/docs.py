"""`nmtchoose docs`: the clinical basis of the two files as a page to read and sign."""

from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.authoring.clinical_basis import clinical_basis
from nmtchoose.cli.flags import Output, Questions, Rules
from nmtchoose.cli.guard import Exit
from nmtchoose.cli.lines import standard_output, wrote
from nmtchoose.errors import while_reading
from nmtchoose.files.atomic import write_atomically
from nmtchoose.loading.fault_log import FaultLog
from nmtchoose.loading.locate import locate_pair, reviews_beside
from nmtchoose.loading.ordinary_file import content_of
from nmtchoose.loading.reviews import read_reviews
from nmtchoose.practice.tables import load_tables


def docs(
    output: Output = None,
    check: Annotated[bool, typer.Option("--check", help="Only say whether the file is up to date.")] = False,
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Print the clinical basis, or write it to `output`; with `check`, only say whether `output` is up to date."""
    tables = load_tables(questions, rules)
    path = reviews_beside(locate_pair(questions, rules).rules)
    page = clinical_basis(tables, read_reviews(content_of(path), FaultLog(str(path))))
    if output is None:
        with standard_output() as out:
            out.write(page)
    elif not check:
        write_atomically(output, page, mode=0o644)
        wrote(output)
    elif not _holds(output, page.encode()):
        typer.echo(f"{output} is not up to date. Run: nmtchoose docs -o {output}", err=True)
        raise typer.Exit(Exit.FAULTY_CONTENT)


def _holds(path: Path, content: bytes) -> bool:
    with while_reading(path):
        return path.exists() and path.read_bytes() == content
