"""The part of `nmtchoose check` that compares with the pair which a practice started from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from nmtchoose.authoring.differences import differences
from nmtchoose.authoring.since_start import Since, other_lines, since_lines
from nmtchoose.authoring.start_folder import base_of
from nmtchoose.cli.pair_of import missing_files_are_faulty_content
from nmtchoose.cli.since import Over, archives_among, compare_many, find_since, pile_of
from nmtchoose.errors import Code, Fault, UsageError, fault
from nmtchoose.loading.load import load_pair
from nmtchoose.model.tables import Tables
from nmtchoose.proof.shifts import shift_lines, shifts
from nmtchoose.words.sentences import counted

_SPAN = "Since the pair it started from"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what `check` says: as lines, for `--json`, and what is wrong."""

    lines: tuple[str, ...] = ()
    record: Mapping[str, object] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def against_base(tables: Tables, rules: Path, over: Over, *, no_prove: bool) -> Part:
    """Return how `tables`, from the file `rules`, compare with the pair recorded beside them; nothing where none is.

    Raises ContentError when that does not load.
    """
    base = base_of(rules.parent)
    if base is None:
        return Part()
    with missing_files_are_faulty_content():
        before = Tables(*load_pair(*base))
    counts = (*_counted_over(over, before, tables), "")
    if no_prove:
        changes = counted(len(list(differences(before, tables))), "change")
        return Part((f"{changes} since the pair it started from.", *counts))
    found = find_since(before, tables)
    if isinstance(found, UsageError):
        return Part((*(f"not searched: {one}" for one in found.faults), *counts))
    lines = (*since_lines(found, _SPAN), *other_lines(found), *counts)
    return Part(lines, {"since_start": _record(found)}, tuple(_less_strict(found, rules)))


def _less_strict(found: Since, rules: Path) -> Iterator[Fault]:
    if found.without_reason:
        ways = f"in {counted(found.without_reason, 'way')} this is"
        yield fault(Code.LESS_STRICT, str(rules), found.less[0].line if found.less else 0, ways=ways)


def _record(found: Since) -> Mapping[str, object]:
    ways = [
        {"noun": one.noun, "id": one.id, "line": one.line, "worst": one.less.problems[0], "because": one.reason}
        for one in found.less
        if one.less is not None
    ]
    return {"less_strict": found.less_in, "stricter": len(found.stricter), "other": found.others, "ways": ways}


def _counted_over(over: Over, before: Tables, after: Tables) -> Iterator[str]:
    archives = archives_among(over.answers)
    pile = list(pile_of([one for one in over.answers if one not in archives], over.cases))
    if pile:
        yield from islice(shift_lines(shifts(pile, before, after), len(pile)), 1)
    if archives:
        impact = compare_many(archives, over, before, after)
        yield f"{impact.changed:,} of {impact.records:,} records change; nmtchoose diff says how."
