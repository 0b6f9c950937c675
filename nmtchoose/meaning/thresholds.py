"""Numbers matter only where a condition changes: at its thresholds. Between two of them all numbers are alike."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from nmtchoose.model.condition import Condition, InRange, leaves
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire
from nmtchoose.model.tables import Tables

_SMALLEST, _LARGEST = 0, 99_999


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring numbers that no condition tells apart, both ends included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers where something changes for one question, lowest first, and the bounds of the question.

    `plainest` is the stretch in which the fewest conditions hold: the least remarkable answer.
    """

    minimum: int
    maximum: int
    cuts: tuple[int, ...]
    plainest: Stretch

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The stretches between the thresholds, lowest first."""
        return stretches(self.minimum, self.maximum, self.cuts)


def stretches(minimum: int, maximum: int, cuts: Iterable[int]) -> tuple[Stretch, ...]:
    """Return the stretches that `cuts` make of the numbers from `minimum` to `maximum`."""
    starts = (minimum, *cuts)
    ends = (*(cut - 1 for cut in cuts), maximum)
    return tuple(Stretch(low, high) for low, high in zip(starts, ends, strict=True))


def bounds(question: Question) -> tuple[int, int]:
    """Return the smallest and the largest number that may be answered to `question`."""
    low = _SMALLEST if question.minimum is None else question.minimum
    return low, _LARGEST if question.maximum is None else question.maximum


def conditions_of(tables: Tables) -> Iterator[Condition]:
    """Yield every condition of the two files that can change a result or is promised something about."""
    questionnaire, table = tables.questionnaire, tables.rules
    for question in questionnaire.questions:
        yield from question.gates
    yield from (rule.when for rule in table.rules)
    yield from (therapy.choose_when for therapy in table.therapies if therapy.choose_when is not None)
    yield from (plan.when for plan in table.decision.sequences)
    for guarantee in table.guarantees:
        yield guarantee.when
        yield from guarantee.always_asked.values()
        yield from guarantee.means.values()
        yield from (table.facts[name] for name in guarantee.means)


def thresholds(
    questionnaire: Questionnaire, conditions: Iterable[Condition], more: Mapping[str, Iterable[int]] | None = None
) -> dict[str, Thresholds]:
    """Return the thresholds of every number question under `conditions`; `more` adds further ones."""
    ranges: dict[str, list[InRange]] = {}
    for condition in conditions:
        for leaf in leaves(condition):
            if isinstance(leaf, InRange):
                ranges.setdefault(leaf.question, []).append(leaf)
    return {
        question.id: _thresholds(question, ranges.get(question.id, []), (more or {}).get(question.id, ()))
        for question in questionnaire.questions
        if question.kind is Kind.NUMBER
    }


def _thresholds(question: Question, ranges: list[InRange], more: Iterable[int]) -> Thresholds:
    minimum, maximum = bounds(question)
    lows = {one.low for one in ranges if one.low is not None}
    highs = {one.high + 1 for one in ranges if one.high is not None}
    cuts = tuple(sorted(cut for cut in {*lows, *highs, *more} if minimum < cut <= maximum))

    def remarkable(stretch: Stretch) -> tuple[int, int]:
        holding = sum(
            (one.low is None or stretch.low >= one.low) and (one.high is None or stretch.low <= one.high)
            for one in ranges
        )
        return holding, stretch.low - stretch.high

    return Thresholds(minimum, maximum, cuts, min(stretches(minimum, maximum, cuts), key=remarkable))
