"""How many mutants are noticed, by kind of edit; the survivors; and a case for each of those."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from nmtchoose.authoring.cases import Case
from nmtchoose.authoring.mutants.by_cases import noticed_by_cases
from nmtchoose.authoring.mutants.by_proof import SAME, Prover
from nmtchoose.authoring.mutants.mutants import Mutant, mutants
from nmtchoose.model.tables import Tables

_MOST_NAMED = 40


@dataclass(frozen=True, slots=True)
class Fate:
    """A mutant and who notices it: a case, what check or a guarantee says (`by`), or nobody."""

    mutant: Mutant
    case: str | None
    by: str | None

    @property
    def noticed(self) -> bool:
        """Whether anything notices it."""
        return self.case is not None or self.by is not None


@dataclass(frozen=True, slots=True)
class Survey:
    """The fate of every mutant that changes anything; `alike` are the edits that change nothing."""

    fates: tuple[Fate, ...]
    alike: int

    @property
    def survivors(self) -> tuple[Mutant, ...]:
        """The mutants that nobody notices."""
        return tuple(one.mutant for one in self.fates if not one.noticed)

    @property
    def percent(self) -> float:
        """How many are noticed, of a hundred."""
        return 100 * sum(one.noticed for one in self.fates) / max(1, len(self.fates))


def survey(tables: Tables, cases: Sequence[Case], on_step: Callable[[int, int], None] | None = None) -> Survey:
    """Return what notices the mutants of `tables`; `on_step` is told how many are left to prove, and of how many.

    Raises UsageError without the solver or NumPy.
    """
    found = list(mutants(tables))
    by_case = list(noticed_by_cases(found, cases, tables))
    left = [mutant for mutant, case in zip(found, by_case, strict=True) if case is None]
    prover = Prover(tables, left)
    proved: dict[int, str | None] = {}
    for number, mutant in enumerate(left):
        if on_step is not None:
            on_step(len(left) - number, len(found))
        proved[id(mutant)] = prover.noticed(mutant)
    fates = [Fate(mutant, case, proved.get(id(mutant))) for mutant, case in zip(found, by_case, strict=True)]
    return Survey(tuple(one for one in fates if one.by != SAME), sum(one.by == SAME for one in fates))


def survey_lines(found: Survey) -> Iterator[str]:
    """Yield how many mutants of each kind are noticed, and by whom, and then the survivors."""
    total, noticed = len(found.fates), len(found.fates) - len(found.survivors)
    by_case = sum(one.case is not None for one in found.fates)
    yield f"{total:,} wrong edits: {by_case:,} noticed by a case, {noticed - by_case:,} by a guarantee or a check only."
    yield f"noticed: {found.percent:.1f} %; {found.alike:,} more edits change nothing."
    for kind, count in Counter((one.mutant.noun, one.mutant.kind) for one in found.fates).items():
        some = sum(one.noticed for one in found.fates if (one.mutant.noun, one.mutant.kind) == kind)
        yield f"  {kind[0]}, {kind[1]}: {some} of {count}"
    left = Counter((one.noun, one.id, f"{one.kind} ({one.does})") for one in found.survivors)
    if left:
        yield "Noticed by nobody:"
    for (noun, name, what), count in list(left.items())[:_MOST_NAMED]:
        yield f"  {noun} {name}: {what}{f', {count} of them' if count > 1 else ''}"
    if len(left) > _MOST_NAMED:
        yield f"  ... and {len(left) - _MOST_NAMED} more."
