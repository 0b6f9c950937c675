"""How many mutants are noticed, by kind of edit; the survivors; and a case for each of those."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from nmtchoose.authoring.cases import Case
from nmtchoose.authoring.mutants.by_cases import ByCases
from nmtchoose.authoring.mutants.by_proof import HARMLESS, SAME, Prover
from nmtchoose.authoring.mutants.mutants import Mutant, mutants
from nmtchoose.model.tables import Tables
from nmtchoose.processes import in_order

Noticed = tuple[str | None, str | None]
"""The case that notices a mutant, and what else does where none does."""

_AT_ONCE = 128
"""Mutants that a process tries at a time."""


@dataclass(frozen=True, slots=True)
class Fate:
    """A mutant and who notices it: a case, what check or a guarantee says (`by`), or nobody."""

    mutant: Mutant
    case: str | None
    by: str | None

    @property
    def noticed(self) -> bool:
        """Whether anything notices it."""
        return self.case is not None or self.by not in (None, HARMLESS)

    @property
    def survives(self) -> bool:
        """Whether nobody notices it although it makes a result less strict."""
        return self.case is None and self.by is None


@dataclass(frozen=True, slots=True)
class Survey:
    """The fate of every mutant that changes anything; `alike` are the edits that change nothing."""

    fates: tuple[Fate, ...]
    alike: int

    @property
    def survivors(self) -> tuple[Mutant, ...]:
        """The mutants that nobody notices, of those that make a result less strict."""
        return tuple(one.mutant for one in self.fates if one.survives)

    @property
    def unnoticed(self) -> tuple[Mutant, ...]:
        """The survivors, and after them the mutants that nobody notices and that only make results stricter."""
        return (*self.survivors, *(one.mutant for one in self.fates if one.by == HARMLESS))

    @property
    def percent(self) -> float:
        """How many are noticed, of a hundred."""
        return 100 * sum(one.noticed for one in self.fates) / max(1, len(self.fates))


def survey(tables: Tables, cases: Sequence[Case], on_step: Callable[[int, int], None] | None = None) -> Survey:
    """Return what notices the mutants of `tables`, tried on every core.

    `on_step` is told how many are left, and of how many. Raises UsageError without the solver.
    """
    found = list(mutants(tables))
    together = (range(start, min(start + _AT_ONCE, len(found))) for start in range(0, len(found), _AT_ONCE))
    noticed: list[Noticed] = []
    for some in in_order(partial(trying, tables, tuple(cases)), together, processes=0):
        noticed += some
        if on_step is not None:
            on_step(len(found) - len(noticed), len(found))
    return survey_of(Fate(mutant, *who) for mutant, who in zip(found, noticed, strict=True))


def survey_of(fates: Iterable[Fate]) -> Survey:
    """Return the survey of some `fates`, those of edits that change nothing left out."""
    every = tuple(fates)
    return Survey(tuple(one for one in every if one.by != SAME), sum(one.by == SAME for one in every))


def trying(tables: Tables, cases: Sequence[Case]) -> Callable[[Iterable[int]], list[Noticed]]:
    """Return who says of mutants of `tables`, by their numbers, which of `cases`, or what else, notices them."""
    found = list(mutants(tables))
    by_cases, prover = ByCases(tables, found, cases), Prover(tables, found)

    def noticed(number: int) -> Noticed:
        case = by_cases.noticed(found[number])
        return case, None if case else prover.noticed(found[number])

    return lambda numbers: [noticed(number) for number in numbers]


def survey_lines(found: Survey) -> Iterator[str]:
    """Yield a table of how many mutants of each kind are noticed, and by whom, and then the survivors."""
    kinds: dict[str, list[Fate]] = {}
    for one in found.fates:
        kinds.setdefault(f"{one.mutant.noun}: {one.mutant.kind}", []).append(one)
    yield f"{len(found.fates):,} wrong edits, {found.percent:.1f} % noticed; {found.alike:,} more edits change nothing."
    yield ""
    yield "| wrong edit | all | noticed by a case | by a guarantee or check | only stricter, proved | by nobody |"
    yield "|---|--:|--:|--:|--:|--:|"
    for kind, fates in (*kinds.items(), ("all", found.fates)):
        by_case = sum(one.case is not None for one in fates)
        harmless, left = sum(one.by == HARMLESS for one in fates), sum(one.survives for one in fates)
        numbers = (len(fates), by_case, len(fates) - by_case - harmless - left, harmless, left)
        yield f"| {kind} | {' | '.join(f'{number:,}' for number in numbers)} |"
    yield ""
    left_over = Counter((one.noun, one.id, f"{one.kind} ({one.does})") for one in found.survivors)
    if left_over:
        yield "Noticed by nobody:"
    for (noun, name, what), count in left_over.items():
        yield f"  {noun} {name}: {what}{f', {count} of them' if count > 1 else ''}"
