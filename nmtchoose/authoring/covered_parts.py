"""What cases reach inside the conditions of the safety rules: every part by itself, and both sides of each threshold.

A part of "all of these" is told apart by a case in which only it is missing, a part of "any of these" by one in which
only it is there: dropping it would be seen.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_, or_

from nmtchoose.authoring.run_cases import Outcome
from nmtchoose.meaning.several import Several
from nmtchoose.meaning.thresholds import bounds
from nmtchoose.model.condition import AllOf, AnyOf, AtLeastOf, Condition, Fact, InRange, Not, leaves
from nmtchoose.model.tables import Tables
from nmtchoose.words.conditions import by_name


def parts_told_apart(outcomes: Sequence[Outcome], tables: Tables) -> tuple[int, tuple[str, ...]]:
    """Return how many parts the conditions of the safety rules have, and those that no case tells apart."""
    cases = Several(tables, [one.kept for one in outcomes])
    told: dict[str, bool] = {}
    for rule in tables.rules.rules:
        if rule.stage.is_safety:
            for part, apart in _parts(rule.when, cases):
                told[f"{rule.id}: {by_name(part, tables.questionnaire)}"] = apart
    return len(told), tuple(name for name, apart in told.items() if not apart)


def thresholds_stood_on(outcomes: Sequence[Outcome], tables: Tables) -> tuple[int, tuple[str, ...]]:
    """Return how many numbers stand beside thresholds of the safety rules, and those that no case answers."""
    wanted: dict[tuple[str, int], None] = {}
    for rule in tables.rules.rules:
        for leaf in leaves(rule.when) if rule.stage.is_safety else ():
            if isinstance(leaf, InRange):
                question = tables.questionnaire[leaf.question]
                beside = [leaf.low, leaf.low - 1] if leaf.low is not None else []
                beside += [leaf.high, leaf.high + 1] if leaf.high is not None else []
                low, high = bounds(question)
                wanted |= {(leaf.question, one): None for one in beside if low <= one <= high}
    given = {(question, answer) for one in outcomes for question, answer in one.kept.items() if isinstance(answer, int)}
    return len(wanted), tuple(f"{question}={number}" for question, number in wanted if (question, number) not in given)


def _parts(condition: Condition, cases: Several) -> Iterator[tuple[Condition, bool]]:
    """Yield every part of a compound in `condition`, and whether a case tells it apart."""
    match condition:
        case Fact(_, part) | Not(part):
            yield from _parts(part, cases)
        case AllOf(parts) | AnyOf(parts) | AtLeastOf(_, parts):
            true = [cases.truth(part)[0] for part in parts]
            for place, part in enumerate(parts):
                others = [*true[:place], *true[place + 1 :]]
                if isinstance(condition, AllOf):
                    alone = ~true[place] & reduce(and_, others, cases.everybody)
                else:
                    alone = true[place] & ~reduce(or_, others, 0)
                if len(parts) > 1:
                    yield part, bool(alone)
                yield from _parts(part, cases)
