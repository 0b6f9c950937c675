"""Sums, counts and gates do the arithmetic that they stand for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nmtchoose.authoring.proof.gates import FALSE, TRUE, Gates, Literal
from nmtchoose.authoring.proof.prover import Prover
from nmtchoose.authoring.proof.sums import Counter, difference, sum_at_least

INPUTS = st.lists(st.booleans(), min_size=5, max_size=5)


def fixed(gates: Gates, values: list[bool]) -> tuple[list[Literal], list[Literal]]:
    """Return as many new variables as there are values, and literals that give them these values."""
    variables = [gates.variable() for _ in values]
    return variables, [one if value else -one for one, value in zip(variables, values, strict=True)]


@given(INPUTS, st.lists(st.integers(-10, 10), min_size=5, max_size=5), st.integers(-30, 30), st.booleans())
def test_a_sum_reaches_what_its_points_add_up_to(
    values: list[bool], points: list[int], wanted: int, opposite: bool
) -> None:
    gates = Gates()
    variables, assumed = fixed(gates, values)
    literals = [-variables[0] if opposite else variables[0], *variables[1:]]
    true = [value != (opposite and place == 0) for place, value in enumerate(values)]
    reaches = sum_at_least(gates, {**dict(zip(literals, points, strict=True)), TRUE: 2, FALSE: 7}, wanted)
    total = 2 + sum(one for one, counts in zip(points, true, strict=True) if counts)
    assert (Prover(gates).find(*assumed, reaches) is not None) is (total >= wanted)


@given(INPUTS, st.integers(-1, 6))
def test_counting_agrees_with_counting(values: list[bool], number: int) -> None:
    gates = Gates()
    variables, assumed = fixed(gates, values)
    at_least = gates.at_least(number, variables)
    prover = Prover(gates)
    assert (prover.find(*assumed, at_least) is not None) is (sum(values) >= number)
    if number >= 0:
        more = Counter(gates, variables).more_than(number)
        assert (prover.find(*assumed, more) is not None) is (sum(values) > number)


def test_points_that_both_get_cancel_out() -> None:
    assert difference({2: 3, 3: 1}, {2: 3, 4: 2}) == {2: 0, 3: 1, 4: -2}


def test_equal_gates_are_made_once_in_whatever_order_they_are_written() -> None:
    gates = Gates()
    one, other, third = gates.variable(), gates.variable(), gates.variable()
    made = gates.all_of((one, other, third))
    before = gates.variables
    assert gates.all_of((third, one, other, one)) == made
    assert gates.variables == before


@given(INPUTS)
def test_differing_means_exactly_one_of_the_two(values: list[bool]) -> None:
    gates = Gates()
    variables, assumed = fixed(gates, values)
    differ = gates.differ(-variables[0], variables[1])
    found = Prover(gates).find(*assumed, differ)
    assert (found is not None) is ((not values[0]) != values[1])


def test_the_smallest_way_makes_as_few_costs_true_as_possible() -> None:
    gates = Gates()
    costs = [gates.variable() for _ in range(12)]
    wanted = gates.any_of((gates.all_of(costs[:6]), gates.all_of(costs[5:8])))
    found = Prover(gates).smallest([wanted], costs)
    assert found is not None
    assert [found.holds(one) for one in costs] == [place in (5, 6, 7) for place in range(12)]


def test_costs_are_weighed_one_after_the_other() -> None:
    gates = Gates()
    first, second, third = (gates.variable() for _ in range(3))
    wanted = gates.any_of((first, gates.all_of((second, third))))
    found = Prover(gates).smallest([wanted], [first], [second, third])
    assert found is not None
    assert not found.holds(first)
