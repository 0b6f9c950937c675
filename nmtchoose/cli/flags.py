"""Flags that several commands share, which pair of files and which records they mean, and saying which pair it is."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nmtchoose.cli.delivery import known_name
from nmtchoose.errors import Code, ContentError, FileError, StoreError, UsageError, fault
from nmtchoose.formats.registry import NAMES_TOLD
from nmtchoose.loading.locate import QUESTIONS_FILE, RULES_FILE, locate_pair, read_ordinary
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.tables import Tables
from nmtchoose.practice.current import pair_told
from nmtchoose.words.days import day_read

if TYPE_CHECKING:
    from nmtchoose.records.entries import Wanted

Questions = Annotated[Path | None, typer.Option("--questions", metavar="FILE", help="Use this questions.yaml.")]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="FILE", help="Use this rules.yaml.")]
Plain = Annotated[
    bool,
    typer.Option(
        "--plain/--no-plain", show_default=False, help="Plain lines: for screen readers and simple terminals."
    ),
]
Full = Annotated[bool, typer.Option("--full", help="The whole page, not the short form that fits one screen.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="No colours.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the assessment as JSON.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the result to this file.")]
FormatName = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="NAME", help=f"{NAMES_TOLD}; without it, what the ending of the output file means."
    ),
]
Region = Annotated[
    str, typer.Option("--region", envvar="NMTCHOOSE_REGION", metavar="CODE", help="Whose telephone numbers to show.")
]
Client = Annotated[str | None, typer.Option(metavar="REF", help="Whose intake this is; any pseudonym will do.")]
By = Annotated[str | None, typer.Option(metavar="NAME", help="Who asks.")]
Consented = Annotated[bool, typer.Option("--consented", help="The client has agreed to the record; needs --by.")]
NoProve = Annotated[bool, typer.Option("--no-prove", help="Leave out what needs the solver.")]
Therapist = Annotated[bool, typer.Option("--therapist", help="Show the therapist's page instead of the client's.")]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="COLUMN", help="Many clients: leave this column out; may be repeated."),
]
ExitCode = Annotated[
    bool, typer.Option("--exit-code", help="Exit 10 on an emergency, 11 on doctor first, 12 on later.")
]
PairPaths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[DIR or FILES]", help="A folder, or one or both files; the pair in use without."),
]
RecordId = Annotated[str, typer.Argument(metavar="ID", help="A record; the start of its id is enough.")]
OnlyClient = Annotated[str | None, typer.Option(metavar="REF", help="Only this client.")]
Since = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only from this day on: 2026-11-12, yesterday, 12 Nov.")
]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Only up to this day.")]
DispositionWord = Annotated[str | None, typer.Option(metavar="WORD", help="Only this disposition, such as clearance.")]
Therapy = Annotated[str | None, typer.Option(metavar="THERAPY", help="Only where this is suggested.")]

_FORMAT = re.compile(rb"^format: *['\"]?nmtchoose/(questions|rules)/", re.MULTILINE)
_FIRST_BYTES = 20_000


def pair_of(paths: Sequence[Path]) -> tuple[Path, Path]:
    """Return the questions and the rules file that `paths` mean; without paths, the pair in use.

    A file is known by its `format:` line, else by its name; the other one is beside it, or in use. Raises UsageError
    for two of one kind; loading sees whether they exist.
    """
    if not paths:
        pair = locate_pair()
        return pair.questions, pair.rules
    found: dict[str, Path] = {}
    for path in paths:
        both = {QUESTIONS_FILE: path / QUESTIONS_FILE, RULES_FILE: path / RULES_FILE}
        for name, file in both.items() if path.is_dir() else [(_kind(path), path)]:
            if name in found:
                raise UsageError([fault(Code.USAGE_PAIR, name=path)])
            found[name] = file
    folder = next(iter(found.values())).parent
    for name in (QUESTIONS_FILE, RULES_FILE):
        if name not in found and (folder / name).is_file():
            found[name] = folder / name
    pair = locate_pair(found.get(QUESTIONS_FILE), found.get(RULES_FILE))
    return pair.questions, pair.rules


@contextmanager
def missing_files_are_faulty_content() -> Iterator[None]:
    """Turn FileError inside into ContentError: questions or rules that are not there count as faulty ones."""
    try:
        yield
    except FileError as error:
        raise ContentError(error.faults) from None


def name_pair(tables: Tables, questions: Path | None, rules: Path | None) -> None:
    """Say on stderr where `tables` come from, unless they are built in: nobody may swap them without a word."""
    told = pair_told(tables, questions, rules)
    if told:
        typer.echo(told, err=True)


def _kind(path: Path) -> str:
    """Return the usual name of the file that `path` is, without raising for one that cannot be read."""
    try:
        written = _FORMAT.search(read_ordinary(path, _FIRST_BYTES))
    except OSError:
        written = None
    if written:
        return QUESTIONS_FILE if written[1] == b"questions" else RULES_FILE
    return RULES_FILE if "rule" in path.name.lower() else QUESTIONS_FILE


def wanted_records(
    client: str | None, since: str | None, until: str | None, disposition: str | None, therapy: str | None
) -> "Wanted":
    """Return what the flags say. `since` and `until` are days, both included. Raises StoreError or UsageError."""
    from nmtchoose.records.entries import Wanted, checked_reference

    word = (disposition or "").lower().replace("-", "_")
    return Wanted(
        client="" if client is None else checked_reference(client),
        since=None if since is None else start_of(since),
        before=None if until is None else start_of(until) + timedelta(days=1),
        disposition=None if disposition is None else Disposition(known_name("disposition", word, list(Disposition))),
        therapy="" if therapy is None else therapy.lower().replace("-", "_"),
    )


def start_of(day: str) -> datetime:
    """Return the first moment of a day here; raises StoreError when it is none."""
    try:
        return datetime.combine(day_read(day, date.today()), datetime.min.time()).astimezone()
    except (ValueError, OverflowError, OSError):
        raise StoreError([fault(Code.RECORD_TIME, name=day[:40])]) from None
