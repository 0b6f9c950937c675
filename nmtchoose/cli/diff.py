"""`nmtchoose diff`: what a change of the two files means."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nmtchoose.authoring.differences import Change, change_lines, differences
from nmtchoose.authoring.since_start import since_lines
from nmtchoose.cli.delivery import Delivery
from nmtchoose.cli.flags import Ignore, NoProve
from nmtchoose.cli.guard import Exit
from nmtchoose.cli.lines import say
from nmtchoose.cli.pair_of import missing_files_are_faulty_content, pair_of
from nmtchoose.cli.since import Over, Pile, archives_among, compare_many, find_since, pile_of
from nmtchoose.errors import Code, UsageError, fault
from nmtchoose.loading.load import load_pair
from nmtchoose.model.tables import Tables
from nmtchoose.proof.shifts import shift_lines, shifts
from nmtchoose.words.sentences import counted

if TYPE_CHECKING:
    from nmtchoose.bulk.impact.impact import Impact

FORMAT = "nmtchoose/diff/1"


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
    archives = archives_among(over.answers)
    if over.examples and not archives:
        raise UsageError([fault(Code.USAGE_NOTHING, hint="Name an archive of many clients with --answers.")])
    pile = list(pile_of([one for one in over.answers if one not in archives], over.cases))
    impact = compare_many(archives, over, before, after) if archives else None
    if as_json:
        _print_json(changes, pile, impact, before, after)
    else:
        _print(changes, f"{old} to {new}", pile, impact, before, after)
        if changes and not no_prove:
            say(["", *_among_all(before, after, f"From {old} to {new}")])
    if impact and impact.left_out:
        raise typer.Exit(Exit.BAD_ANSWERS)


def _print(
    changes: Sequence[Change], from_to: str, pile: Pile, impact: "Impact | None", before: Tables, after: Tables
) -> None:
    for change in changes:
        say(change_lines(change))
    say([f"{counted(len(changes), 'change')} from {from_to}."])
    if pile:
        say(["", *shift_lines(shifts(pile, before, after), len(pile))])
    if impact:
        from nmtchoose.bulk.impact.words import impact_lines

        say(["", *impact_lines(impact, before, after)])


def _print_json(changes: Sequence[Change], pile: Pile, impact: "Impact | None", before: Tables, after: Tables) -> None:
    record: dict[str, object] = {"format": FORMAT, "changes": [asdict(one) for one in changes]}
    if pile:
        changed = [
            {"name": one.name, "less_strict": one.milder, "stricter": one.stricter, "different": one.otherwise}
            for one in shifts(pile, before, after)
        ]
        record["results"] = {"records": len(pile), "changed": changed}
    if impact:
        from nmtchoose.bulk.impact.words import impact_record

        record["impact"] = impact_record(impact)
    Delivery().record(record)


def _among_all(old: Tables, new: Tables, span: str) -> Iterator[str]:
    found = find_since(old, new)
    if isinstance(found, UsageError):
        yield from (f"not searched: {one}" for one in found.faults)
    else:
        yield from since_lines(found, span)
