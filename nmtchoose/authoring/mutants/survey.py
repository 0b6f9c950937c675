"""How many mutants are noticed, by a case or otherwise, by kind of edit; and the survivors.

The cases are asked first: every condition for all of them at once, and the engine for the rest.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from operator import or_

from nmtchoose.authoring.cases import Case
from nmtchoose.authoring.mutants.by_proof import HARMLESS, SAME, Prover
from nmtchoose.authoring.mutants.mutants import Mutant, mutants
from nmtchoose.authoring.run_cases import differences
from nmtchoose.engine.assess import assess, conclusion
from nmtchoose.engine.evaluate import Truth, truth
from nmtchoose.engine.fired import Fired, fire
from nmtchoose.engine.interview import State, state
from nmtchoose.meaning.several import Several
from nmtchoose.model.tables import Tables
from nmtchoose.processes import in_order


class ByCases:
    """What some cases say of `found`, mutants of one pair."""

    def __init__(self, tables: Tables, found: Sequence[Mutant], cases: Sequence[Case]) -> None:
        conditions = [part for mutant in found for pair in mutant.touched for part in pair]
        self._clients = Several(tables, [one.answers for one in cases], conditions)
        self._tables, self._cases = tables, cases
        self._known: dict[int, tuple[State, Mapping[str, Truth], Fired]] = {}

    def noticed(self, mutant: Mutant) -> str | None:
        """Return the id of a case that fails with `mutant`, or None: first of those that say which rules fire."""
        truths = [tuple(map(self._clients.truth, pair)) for pair in mutant.touched]
        for rule, (_, (fires, _)) in zip(mutant.rules, truths, strict=bool(mutant.rules)):
            for row, case in enumerate(self._cases):
                if rule in (case.expected.not_fires if fires >> row & 1 else case.expected.fires):
                    return case.id
        differing = reduce(or_, (was ^ now for before, after in truths for was, now in zip(before, after, strict=True)))
        rows = (row for row in range(len(self._cases)) if differing >> row & 1)
        return next((self._cases[row].id for row in rows if self._fails(mutant, row)), None)

    def _fails(self, mutant: Mutant, row: int) -> bool:
        case, tables = self._cases[row], mutant.tables
        if tables.questionnaire is not self._tables.questionnaire:
            got = assess(tables.questionnaire, tables.rules, case.answers)
            return any(differences(case, got, tables))
        now, _, before = self._today(row)
        fired = self._fired(mutant, row)
        if case.expected.disposition not in (None, fired.disposition):
            return True
        if not case.expected.looks_closer:
            return False
        if fired.disposition.forbids_therapy or before.disposition.forbids_therapy:
            # What still has to be asked may be something else.
            now = state(tables.questionnaire, tables.rules, case.answers)
        return any(differences(case, conclusion(fired, now.missing), tables))

    def _today(self, row: int) -> tuple[State, Mapping[str, Truth], Fired]:
        if row not in self._known:
            rules = self._tables.rules
            now = state(self._tables.questionnaire, rules, self._cases[row].answers)
            truths = {rule.id: truth(rule.when, now.seen) for rule in rules.rules}
            self._known[row] = now, truths, fire(rules, now.seen)
        return self._known[row]

    def _fired(self, mutant: Mutant, row: int) -> Fired:
        """Return what fires with `mutant`, which touches rules alone: only their conditions are looked at again."""
        now, truths, before = self._today(row)
        after = [truth(condition, now.seen) for _, condition in mutant.touched if mutant.rules]
        values = {**truths, **dict(zip(mutant.rules, after, strict=True))}
        rules = mutant.tables.rules.rules
        undecided = tuple(rule for rule in rules if values[rule.id] is None and rule.stage.is_safety)
        fired = tuple(rule for rule in rules if values[rule.id])
        return replace(before, table=mutant.tables.rules, rules=fired, undecided=undecided)


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
