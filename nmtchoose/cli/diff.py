"""`nmtchoose diff`: what a change of the two files means, for all possible clients, cases and archives of many."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nmtchoose.authoring.cases import raw_case_answers
from nmtchoose.authoring.differences import Change, change_lines, differences
from nmtchoose.authoring.since_start import Since, since, since_lines
from nmtchoose.bulk.sources import MANY, find_sources, form_of, means_many
from nmtchoose.cli.bulk import progress_of, require_bulk
from nmtchoose.cli.delivery import Delivery, Exit, say
from nmtchoose.cli.flags import Ignore, NoProve, missing_files_are_faulty_content, pair_of
from nmtchoose.errors import AnswerError, Code, UsageError, fault
from nmtchoose.files.answers_file import raw_answers
from nmtchoose.files.atomic import refuse_overwriting
from nmtchoose.loading.load import load_pair
from nmtchoose.model.tables import Tables
from nmtchoose.proof.strictness import Shift, shift_lines, shifts
from nmtchoose.words.sentences import counted

if TYPE_CHECKING:
    from nmtchoose.bulk.impact import Impact

FORMAT = "nmtchoose/diff/1"
Shown = Callable[[str], None]
Pile = Sequence[tuple[str, Mapping[str, object]]]

_ANSWERS = ("*.json", "*.yaml", "*.yml")


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A folder, or one of the files, as it was.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="A folder, or one of the files, as it is now.")],
    answers: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Compare results over these answers, of one client or of many (.jsonl, .csv, .parquet, a folder, "
            "a pattern); may be repeated.",
        ),
    ] = None,
    cases: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Compare results over these cases; may be repeated.")
    ] = None,
    each: Annotated[int, typer.Option(metavar="N", min=1, help="Many clients: examples of each change.")] = 3,
    examples: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Many clients: write the examples to this folder.")
    ] = None,
    ignore: Ignore = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all of it as JSON.")] = False,
    no_prove: NoProve = False,
) -> None:
    """Print what changed from `old` to `new`, folders or files, and which results change with it.

    Raises ContentError where a pair does not load, AnswerError for a file without answers, and UsageError where
    examples are wanted of no archive. Exits 4 when records of many clients were left out.
    """
    over = Over(answers or (), cases or (), ignore or (), each, examples)
    with missing_files_are_faulty_content():
        before, after = (Tables(*load_pair(*pair_of([one]))) for one in (old, new))
    changes = list(differences(before, after))
    pile, impact = compared(over, before, after)
    moved = shifts(pile, before, after)
    if as_json:
        Delivery().record(_record(changes, pile, moved, impact))
    else:
        say(line for one in changes for line in change_lines(one))
        say([f"{counted(len(changes), 'change')} from {old} to {new}."])
        if pile:
            say(["", *shift_lines(moved, len(pile))])
        if impact:
            from nmtchoose.bulk.impact import impact_lines

            say(["", *impact_lines(impact, before, after)])
        if changes and not no_prove:
            found = find_since(before, after)
            told = (
                (f"not searched: {one}" for one in found.faults)
                if isinstance(found, UsageError)
                else since_lines(found, f"From {old} to {new}")
            )
            say(["", *told])
    if impact and impact.left_out:
        raise typer.Exit(Exit.BAD_ANSWERS)


def _record(
    changes: Sequence[Change], pile: Pile, moved: Sequence[Shift], impact: "Impact | None"
) -> Mapping[str, object]:
    record: dict[str, object] = {"format": FORMAT, "changes": [asdict(one) for one in changes]}
    if pile:
        changed = [
            {"name": one.name, "less_strict": one.milder, "stricter": one.stricter, "different": one.otherwise}
            for one in moved
        ]
        record["results"] = {"records": len(pile), "changed": changed}
    if impact:
        from nmtchoose.bulk.impact import impact_record

        record["impact"] = impact_record(impact)
    return record


def find_since(old: Tables, new: Tables) -> Since | UsageError:
    """Return what changed from `old` to `new` for all possible answers, or what is missing to search them."""
    try:
        with at_work("comparing with all possible answers"):
            return since(old, new)
    except UsageError as missing:
        return missing


@contextmanager
def at_work(what: str) -> Iterator[Shown | None]:
    """Show `what` is going on where stderr is a terminal, and give what shows other words in its place."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status(what) as shown:
        yield shown.update


@dataclass(frozen=True, slots=True)
class Over:
    """Whose results are compared: `answers` of single clients or of many, and `cases`.

    Of many, `each` records are kept as examples of each change, and written to the folder `examples`; columns of tables
    that are `ignored` are left alone.
    """

    answers: Sequence[Path] = ()
    cases: Sequence[Path] = ()
    ignored: Sequence[str] = ()
    each: int = 3
    examples: Path | None = None


def compared(over: Over, old: Tables, new: Tables) -> "tuple[Pile, Impact | None]":
    """Return (name, raw answers) of every single client, and what changes among the records of all archives, if any.

    Archives hold many clients: by their ending, as a pattern, or with such a file inside. Examples are written where
    `over` says so. Raises UsageError when a library is missing, a column means nothing, or an example would stand over
    an archive or be of none; AnswerError for a file without answers, FileError for one that cannot be read or written.
    """
    archives = [one for one in over.answers if _is_archive(one)]
    if over.examples and not archives:
        raise UsageError([fault(Code.USAGE_NOTHING, hint="Name an archive of many clients with --answers.")])
    pile: list[tuple[str, Mapping[str, object]]] = []
    for path in (one for one in over.answers if one not in archives):
        inside = sorted({file for pattern in _ANSWERS for file in path.glob(pattern)}) if path.is_dir() else [path]
        pile += ((str(file), raw_answers(str(file))) for file in inside)
    pile += raw_case_answers(over.cases)
    return pile, _impact(archives, over, old, new) if archives else None


def _is_archive(path: Path) -> bool:
    if path.is_dir():
        return any(form_of(name)[0] in MANY for _, _, names in os.walk(path) for name in names)
    return means_many(str(path))


def _impact(archives: Sequence[Path], over: Over, old: Tables, new: Tables) -> "Impact":
    require_bulk("comparing results of many clients")
    from nmtchoose.bulk.comparing import Comparing, impacts
    from nmtchoose.bulk.impact import write_examples

    sources = find_sources([str(one) for one in archives])
    if over.examples is not None:
        refuse_overwriting({over.examples / Path(one.path).name for one in sources}, [one.path for one in sources])
    with progress_of(sources) as shown:
        for length, impact in impacts(sources, Comparing(old, new, over.each, tuple(over.ignored))):
            shown(length, f"{impact.changed:,} of {impact.records:,} results change")
    if not impact.records and not impact.left_out:
        raise AnswerError([fault(Code.NO_RECORDS)])
    if over.examples is not None:
        write_examples(impact, over.examples)
    return impact
