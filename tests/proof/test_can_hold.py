"""Conditions that can hold: the solver against the engine, which tries every interview."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from nmtchoose.engine.evaluate import View, truth, view
from nmtchoose.model.answers import Answer
from nmtchoose.model.condition import (
    AllOf,
    Answered,
    AnyOf,
    AtLeastOf,
    Condition,
    CountAtLeast,
    InRange,
    Is,
    Not,
)
from nmtchoose.model.tables import Tables
from nmtchoose.proof.encoded import encode
from tests.authoring.pairs import loaded

TABLES = Tables(*loaded())
HEALTH = ("blood_thinner", "fever", "weight_loss", "operation")
LEAVES: list[Condition] = [
    Is("guardian", ("no",)),
    Is("guardian", ("unsure",)),
    Is("health", ("fever",)),
    Is("health", ("blood_thinner", "fever")),
    Is("health", ("none",)),
    Is("pressure", ("light",)),
    Is("pressure", ("medium", "deep")),
    InRange("age", None, 17),
    InRange("age", 18, None),
    InRange("age", 40, 49),
    CountAtLeast("health", 2),
    Answered("guardian"),
]
CONDITIONS = st.recursive(
    st.sampled_from(LEAVES),
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(lambda some: AllOf(tuple(some))),
        st.lists(parts, min_size=1, max_size=3).map(lambda some: AnyOf(tuple(some))),
        st.lists(parts, min_size=2, max_size=3).map(lambda some: AtLeastOf(2, tuple(some))),
        parts.map(Not),
    ),
    max_leaves=6,
)


@cache
def interviews() -> tuple[View, ...]:
    """Every interview over four questions, where only questions that are asked get an answer."""
    return tuple(seen for seen in _replays() if all(seen.applies[one] is True for one in seen.answers))


def _replays() -> Iterator[View]:
    ages: list[Answer | None] = [17, 18, 45, None]
    guardians: list[Answer | None] = ["yes", "no", "unsure", None]
    some = [chosen for size in (1, 2, 3, 4) for chosen in combinations(HEALTH, size)]
    health: list[Answer | None] = [*some, ("none",), ("unsure",), None]
    pressures: list[Answer | None] = ["light", "medium", None]
    for values in product(ages, guardians, health, pressures):
        given_answers = dict(zip(("age", "guardian", "health", "pressure"), values, strict=True))
        answers = {one: answer for one, answer in given_answers.items() if answer is not None}
        seen = view(TABLES.questionnaire, answers)
        if seen.answers == answers:
            yield seen


@given(CONDITIONS)
def test_a_condition_can_hold_exactly_where_some_interview_makes_it_true(condition: Condition) -> None:
    reached = any(truth(condition, seen) is True for seen in interviews())
    assert encode(TABLES, [condition]).can_hold(condition) is reached


@given(CONDITIONS, CONDITIONS)
def test_one_condition_can_hold_without_another_exactly_where_some_interview_shows_it(
    condition: Condition, other: Condition
) -> None:
    shown = any(truth(condition, seen) is True and truth(other, seen) is not True for seen in interviews())
    assert encode(TABLES, [condition, other]).can_hold(condition, without=other) is shown
