"""Our conditions in the languages of the peers.

Every language gets the same table over the same prepared answers: each question has a value (a list where several may
be chosen, -1 for a number and nothing for a text that was not given), and only answers that count are in them. What
peers lack is left out on their side: replaying which questions apply, three-valued logic, and adding up the effects.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from nmtchoose.model.answers import Answers, chosen
from nmtchoose.model.condition import (
    AllOf,
    Answered,
    AnyOf,
    AtLeastOf,
    Condition,
    CountAtLeast,
    Fact,
    InRange,
    Is,
    Leaf,
    Not,
)
from nmtchoose.model.questionnaire import Kind, Questionnaire

_ABSENT = {Kind.MANY: (), Kind.ONE: "", Kind.TEXT: "", Kind.NUMBER: -1}
_MOST = 1_000_000


def prepared(questionnaire: Questionnaire, kept: Answers) -> dict[str, object]:
    """Return a value for every question, under a name that every peer takes."""
    values: dict[str, object] = {}
    for question in questionnaire.questions:
        answer = kept.get(question.id, _ABSENT[question.kind])
        if question.kind is Kind.NUMBER and not isinstance(answer, int):
            answer = -1
        values[named(question.id)] = list(answer) if isinstance(answer, tuple) else answer
        if question.kind is Kind.MANY:
            values[counted(question.id)] = len(chosen(answer))
    return values


def named(question_id: str) -> str:
    """Return the name of a question without the dot that some languages read as a member."""
    return question_id.replace(".", "__")


def counted(question_id: str) -> str:
    """Return the name of the number of options that were chosen: no peer knows that "none of these" is not one."""
    return f"{named(question_id)}__count"


@dataclass(frozen=True, slots=True)
class Infix:
    """A language of expressions: how membership and the three connectives are written."""

    kinds: Mapping[str, Kind]
    includes: str
    length: str
    both: str
    either: str
    negated: str
    as_number: str

    def written(self, condition: Condition) -> str:
        """Return `condition` as an expression."""
        match condition:
            case AllOf(parts):
                return self._joined(self.both, parts) or "true"
            case AnyOf(parts):
                return self._joined(self.either, parts) or "false"
            case Not(part):
                return self.negated.format(self.written(part))
            case AtLeastOf(count, parts):
                return f"({' + '.join(self.as_number.format(self.written(part)) for part in parts)} >= {count})"
            case Fact(_, body):
                return self.written(body)
            case _:
                return self._leaf(condition)

    def _joined(self, word: str, parts: tuple[Condition, ...]) -> str:
        return f"({word.join(self.written(part) for part in parts)})" if parts else ""

    def _leaf(self, leaf: Leaf) -> str:
        name, many = named(leaf.question), self.kinds[leaf.question] is Kind.MANY
        match leaf:
            case Is(_, options):
                listed = json.dumps(list(options))
                return self.includes.format(name=name, options=listed) if many else f"({name} in {listed})"
            case InRange(_, low, high):
                return f"({name} >= {max(low or 0, 0)}{self.both}{name} <= {_MOST if high is None else high})"
            case CountAtLeast(_, count):
                return f"({counted(leaf.question)} >= {count})"
            case Answered():
                return self._answered(name, self.kinds[leaf.question])
        raise TypeError(leaf)

    def _answered(self, name: str, kind: Kind) -> str:
        if kind is Kind.NUMBER:
            return f"({name} >= 0)"
        return f"({self.length.format(name)} > 0)" if kind is Kind.MANY else f'({name} != "")'


def json_logic(condition: Condition, kinds: Mapping[str, Kind]) -> object:
    """Return `condition` in JSON-Logic."""

    def inner(part: Condition) -> object:
        return json_logic(part, kinds)

    match condition:
        case AllOf(parts):
            return {"and": [inner(part) for part in parts]} if parts else True
        case AnyOf(parts):
            return {"or": [inner(part) for part in parts]} if parts else False
        case Not(part):
            return {"!": [inner(part)]}
        case AtLeastOf(count, parts):
            return {">=": [{"+": [{"if": [inner(part), 1, 0]} for part in parts]}, count]}
        case Fact(_, body):
            return inner(body)
        case _:
            return _json_leaf(condition, kinds[condition.question])


def _json_leaf(leaf: Leaf, kind: Kind) -> object:
    value = {"var": named(leaf.question)}
    match leaf:
        case Is(_, options):
            chosen = list(options)
            return {"some": [value, {"in": [{"var": ""}, chosen]}]} if kind is Kind.MANY else {"in": [value, chosen]}
        case InRange(_, low, high):
            return {"<=": [max(low or 0, 0), value, _MOST if high is None else high]}
        case CountAtLeast(_, count):
            return {">=": [{"var": counted(leaf.question)}, count]}
        case _:
            return {"!=": [value, -1 if kind is Kind.NUMBER else ""]}
