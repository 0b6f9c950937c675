"""Sums, counts and circuit do the arithmetic that they stand for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nmtchoose.meaning.circuit import FALSE, TRUE, Circuit, Wire
from nmtchoose.meaning.solver import Solver
from nmtchoose.meaning.sums import difference, sum_at_least

INPUTS = st.lists(st.booleans(), min_size=5, max_size=5)


def fixed(circuit: Circuit, values: list[bool]) -> tuple[list[Wire], list[Wire]]:
    """Return as many new variables as there are values, and wires that give them these values."""
    variables = [circuit.input() for _ in values]
    return variables, [one if value else -one for one, value in zip(variables, values, strict=True)]


@given(INPUTS, st.lists(st.integers(-10, 10), min_size=5, max_size=5), st.integers(-30, 30), st.booleans())
def test_a_sum_reaches_what_its_points_add_up_to(
    values: list[bool], points: list[int], wanted: int, opposite: bool
) -> None:
    circuit = Circuit()
    variables, assumed = fixed(circuit, values)
    wires = [-variables[0] if opposite else variables[0], *variables[1:]]
    true = [value != (opposite and place == 0) for place, value in enumerate(values)]
    reaches = sum_at_least(circuit, {**dict(zip(wires, points, strict=True)), TRUE: 2, FALSE: 7}, wanted)
    total = 2 + sum(one for one, counts in zip(points, true, strict=True) if counts)
    assert (Solver(circuit).find(*assumed, reaches) is not None) is (total >= wanted)


@given(INPUTS, st.integers(-1, 6))
def test_counting_agrees_with_counting(values: list[bool], number: int) -> None:
    circuit = Circuit()
    variables, assumed = fixed(circuit, values)
    at_least = circuit.at_least(number, variables)
    solver = Solver(circuit)
    assert (solver.find(*assumed, at_least) is not None) is (sum(values) >= number)


def test_points_that_both_get_cancel_out() -> None:
    assert difference({2: 3, 3: 1}, {2: 3, 4: 2}) == {2: 0, 3: 1, 4: -2}


def test_equal_circuit_are_made_once_in_whatever_order_they_are_written() -> None:
    circuit = Circuit()
    one, other, third = circuit.input(), circuit.input(), circuit.input()
    made = circuit.all_of((one, other, third))
    before = len(circuit.gates)
    assert circuit.all_of((third, one, other, one)) == made
    assert len(circuit.gates) == before


@given(INPUTS)
def test_differing_means_exactly_one_of_the_two(values: list[bool]) -> None:
    circuit = Circuit()
    variables, assumed = fixed(circuit, values)
    differ = circuit.differ(-variables[0], variables[1])
    found = Solver(circuit).find(*assumed, differ)
    assert (found is not None) is ((not values[0]) != values[1])


def test_the_smallest_way_makes_as_few_costs_true_as_possible() -> None:
    circuit = Circuit()
    costs = [circuit.input() for _ in range(12)]
    wanted = circuit.any_of((circuit.all_of(costs[:6]), circuit.all_of(costs[5:8])))
    found = Solver(circuit).smallest([wanted], costs)
    assert found is not None
    assert [found.holds(one) for one in costs] == [place in (5, 6, 7) for place in range(12)]


def test_costs_are_weighed_one_after_the_other() -> None:
    circuit = Circuit()
    first, second, third = (circuit.input() for _ in range(3))
    wanted = circuit.any_of((first, circuit.all_of((second, third))))
    found = Solver(circuit).smallest([wanted], [first], [second, third])
    assert found is not None
    assert not found.holds(first)
