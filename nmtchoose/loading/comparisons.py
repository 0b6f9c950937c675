"""What a condition says about one question: `{pain_sites: neck}`, `{age: {at_least: 50}}`.

"Not sure" is made to count here, where a question says what it counts as, so that nothing later has to remember it;
and of an `each` a comparison looks at the lines alone.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from nmtchoose.errors import Code
from nmtchoose.loading.nodes import Mapping, Node, Scalar, Sequence
from nmtchoose.loading.scope import Scope, flag_of, items_of, number_of, wrong_type
from nmtchoose.loading.shapes import FLAG, Schema, Value
from nmtchoose.model.condition import (
    NEVER,
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
from nmtchoose.model.questionnaire import NONE, SPECIAL_ANSWERS, UNSURE, Kind, Question

YES, NO = "yes", "no"
EACH = "each"
"""`unsure_as` of the list that stands for an `each`: it is no question, so conditions read its lines."""

NUMBER = Value(number_of, {"type": ["integer", "string"], "minLength": 1})
"""A whole number, or the name of a number setting."""


def read_comparison(question: Question, node: Node, scope: Scope) -> Condition:
    """Return what `node` says about `question`; after a logged fault, a condition that is never true."""
    match node:
        case Mapping(entries):
            if not entries:
                scope.log.add(Code.EMPTY_CONDITION, node)
            parts = [_read_entry(question, key, value, scope) for key, value in entries]
            return _narrowed(parts)
        case Sequence(items):
            if not items:
                scope.log.add(Code.EMPTY_CONDITION, node)
            return _any_of_values(question, items, scope)
    return _any_of_values(question, (node,), scope)


def _narrowed(parts: list[Condition]) -> Condition:
    match parts:
        case [one]:
            return one
        case [InRange(question, low, None), InRange(_, None, high)] | [
            InRange(question, None, high),
            InRange(_, low, None),
        ]:
            return InRange(question, low, high)
    return AllOf(tuple(parts)) if parts else NEVER


def _any_of_values(question: Question, nodes: Iterable[Node], scope: Scope) -> Condition:
    options: list[str] = []
    ranges: list[Condition] = []
    for node in nodes:
        special = isinstance(node, Scalar) and node.text in SPECIAL_ANSWERS
        if question.kind is Kind.NUMBER and not special:
            number = _number(question, node, scope)
            ranges += [] if number is None else [InRange(question.id, number, number)]
        else:
            options += _options_meant(question, node, scope)
    return any_of([includes(question, options), *ranges] if options else ranges)


def _read_entry(question: Question, key: Scalar, value: Node, scope: Scope) -> Condition:
    here = {name: one for name, one in COMPARISONS.items() if question.kind in one.kinds}
    if key.text not in here:
        scope.log.add(Code.WRONG_COMPARISON, key, near=here, name=key.text, question=question.id)
        return NEVER
    return here[key.text].read(question, value, scope)


def _read_answered(question: Question, node: Node, scope: Scope) -> Condition:
    given = flag_of(node, scope, "'answered'")
    lines = [question.id] if question.unsure_as != EACH else [sign_id(question.id, one.id) for one in question.options]
    answered = _narrowed([Answered(one) for one in lines])
    return Not(answered) if given is False else answered


def _read_none_of(question: Question, node: Node, scope: Scope) -> Condition:
    return Not(_any_of_values(question, items_of(node, scope, "'none_of'"), scope))


def _read_all_of(question: Question, node: Node, scope: Scope) -> Condition:
    return _narrowed([_any_of_values(question, (one,), scope) for one in items_of(node, scope, "'all_of'")])


def _read_least(question: Question, node: Node, scope: Scope) -> Condition:
    return InRange(question.id, _number(question, node, scope), None)


def _read_most(question: Question, node: Node, scope: Scope) -> Condition:
    return InRange(question.id, None, _number(question, node, scope))


def _read_between(question: Question, node: Node, scope: Scope) -> Condition:
    ends = items_of(node, scope, "'between'")
    if isinstance(node, Sequence) and len(ends) != 2:
        wrong_type(node, scope, "'between'", "a list of two numbers")
        return NEVER
    low, high = ([_number(question, end, scope) for end in ends] or [None, None])[:2]
    if low is not None and high is not None and low > high:
        scope.log.add(Code.BOUNDS_REVERSED, node, low=low, high=high)
    return InRange(question.id, low, high)


def _number(question: Question, node: Node, scope: Scope) -> int | None:
    number = number_of(node, scope, f"'{question.id}'")
    low, high = question.minimum, question.maximum
    if number is None or low is None or high is None or low <= number <= high:
        return number
    scope.log.add(Code.BEYOND_QUESTION, node, question=question.id, low=low, high=high)
    return None


def _read_count(question: Question, value: Node, scope: Scope) -> Condition:
    count = number_of(value, scope, "'count_at_least'")
    if count is None:
        return NEVER
    if not 1 <= count <= len(question.options):
        what = "'count_at_least'"
        scope.log.add(Code.NUMBER_OUT_OF_RANGE, value, what=what, number=count, low=1, high=len(question.options))
    if question.unsure_as == EACH:
        return AtLeastOf(count, tuple(_said(question, one.id) for one in question.options))
    return CountAtLeast(question.id, count)


def _options_meant(question: Question, node: Node, scope: Scope) -> tuple[str, ...]:
    if not isinstance(node, Scalar) or node.truth is not None or not node.text:
        wanted = "an option (yes and no are written as yes and no)"
        wrong_type(node, scope, f"'{question.id}'", wanted)
        return ()
    name = node.text
    if name in question.specials or question.option(name):
        return (name,)
    if name in SPECIAL_ANSWERS:
        scope.log.add(Code.SPECIAL_NOT_OFFERED, node, name=name, question=question.id)
    elif name in question.groups:
        return question.groups[name]
    elif question.kind is Kind.TEXT:
        scope.log.add(Code.TEXT_DECIDES_NOTHING, node, question=question.id)
    else:
        near = [*(option.id for option in question.options), *question.groups, *question.specials]
        scope.log.add(Code.UNKNOWN_OPTION, node, near=near, name=name, question=question.id)
    return ()


def includes(question: Question, names: Iterable[str]) -> Condition:
    """Return the condition that the answer to `question` includes one of `names`, with "not sure" where it counts."""
    wanted = set(names)
    if question.unsure_as in wanted:
        wanted.add(UNSURE)
    order = [*(option.id for option in question.options), *SPECIAL_ANSWERS]
    if question.unsure_as == EACH:
        return any_of([_said(question, name) for name in order if name in wanted])
    return Is(question.id, tuple(name for name in order if name in wanted))


def _said(question: Question, name: str) -> Condition:
    """Return the condition that a line of an `each` holds, or that its lines have the special answer `name`.

    "Not sure" of a risk counts as the risk. "None" means that no line holds, of those that were asked.
    """
    option = question.option(name)
    lines = [sign_id(question.id, one.id) for one in question.options]
    if option is None and name == NONE:
        holding = [_said(question, one.id) for one in question.options]
        return AllOf((any_of([Is(line, (NO,)) for line in lines]), Not(any_of(holding))))
    if option is None:
        return any_of([Is(line, (name,)) for line in lines])
    line = sign_id(question.id, name)
    if UNSURE not in question.specials or not question.purpose.is_safety:
        return Is(line, (YES,))
    return AllOf((Is(line, (YES,)), Not(Is(line, (UNSURE,))))) if option.reassuring else Is(line, (YES, UNSURE))


def any_of(parts: list[Condition]) -> Condition:
    """Return the condition that one of `parts` holds."""
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def sign_id(question_id: str, option_id: str) -> str:
    """Return the id of the question that asks one line of an `each`."""
    return f"{question_id}.{option_id}"


class Comparison(NamedTuple):
    """One word of the mapping that a question is compared with, and the kinds of question that it goes with."""

    kinds: tuple[Kind, ...]
    read: Callable[[Question, Node, Scope], Condition]
    written: Schema
    told: str


_VALUE: Schema = {"type": ["string", "integer"], "minLength": 1}
_VALUES: Schema = {"type": "array", "items": _VALUE, "minItems": 1}
_NUMBER = NUMBER.schema()
_TWO_NUMBERS: Schema = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
_NUMBERS, _MANY, _CHOICES = (Kind.NUMBER,), (Kind.MANY,), (Kind.ONE, Kind.MANY)
COMPARISONS = {
    "at_least": Comparison(_NUMBERS, _read_least, _NUMBER, "The number is this or more."),
    "at_most": Comparison(_NUMBERS, _read_most, _NUMBER, "The number is this or less."),
    "between": Comparison(_NUMBERS, _read_between, _TWO_NUMBERS, "The number is one of these or between them."),
    "all_of": Comparison(_MANY, _read_all_of, _VALUES, "All of these options were chosen."),
    "none_of": Comparison(_CHOICES, _read_none_of, _VALUES, "None of these options was chosen."),
    "count_at_least": Comparison(_MANY, _read_count, _NUMBER, "At least so many options were chosen."),
    "answered": Comparison(
        tuple(Kind), _read_answered, FLAG.schema(), "It has a real answer: not missing, not unsure, not declined."
    ),
}
COMPARISON_SCHEMA: Schema = {
    "anyOf": [
        _VALUE,
        _VALUES,
        {
            "type": "object",
            "properties": {name: {**one.written, "description": one.told} for name, one in COMPARISONS.items()},
            "additionalProperties": False,
            "minProperties": 1,
        },
    ]
}
