"""Conditions as FHIR `enableWhen`: exact where that flat list can say them, otherwise wider, with a note.

What it cannot say is asked more often than needed, never less often: answers to a question that does not apply are left
out when they are read.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from nmtchoose.formats.fhir_names import Json, coding
from nmtchoose.model.condition import AllOf, Answered, AnyOf, AtLeastOf, Condition, CountAtLeast, Fact, InRange, Is, Not
from nmtchoose.model.questionnaire import NONE, Kind, Question, Questionnaire


class Behavior(StrEnum):
    """How the comparisons of an `enableWhen` are joined."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Enabling:
    """When an item is asked. No `tests`: always, or never when joined by `any`. `exact` is False where it is wider."""

    behavior: Behavior
    tests: tuple[Json, ...]
    exact: bool = True


_ALWAYS = Enabling(Behavior.ALL, ())
_WIDER = Enabling(Behavior.ALL, (), exact=False)


def enabling(condition: Condition, questionnaire: Questionnaire) -> Enabling:
    """Return the narrowest `enableWhen` found that holds whenever `condition` does."""
    match condition:
        case Fact(_, body):
            return enabling(body, questionnaire)
        case AllOf(parts):
            return _all(enabling(part, questionnaire) for part in parts)
        case AnyOf(parts):
            return _any(enabling(part, questionnaire) for part in parts)
        case AtLeastOf(count, parts):
            inside = _any(enabling(part, questionnaire) for part in parts)
            return inside if count == 1 else replace(inside, exact=False)
        case Not(part):
            return _not(part, questionnaire)
        case Is(question, options):
            return _equals(questionnaire[question], options)
        case InRange(question, low, high):
            return _compared(Behavior.ALL, question, (">=", low), ("<=", high))
        case CountAtLeast(question, count):
            asked = questionnaire[question]
            return replace(_equals(asked, (option.id for option in asked.options)), exact=count == 1)
        case Answered(question):
            return _answered(questionnaire[question])


def _not(condition: Condition, questionnaire: Questionnaire) -> Enabling:
    match condition:
        case Fact(_, body):
            return _not(body, questionnaire)
        case Not(part):
            return enabling(part, questionnaire)
        case AllOf(parts):
            return _any(_not(part, questionnaire) for part in parts)
        case AnyOf(parts):
            return _all(_not(part, questionnaire) for part in parts)
        case Is(question, options) if questionnaire[question].ask_when is None:
            return _other_than(questionnaire[question], options)
        case InRange(question, low, high) if questionnaire[question].ask_when is None:
            return _compared(Behavior.ANY, question, ("<", low), (">", high))
        case _:
            return _WIDER


def _equals(question: Question, options: Iterable[str]) -> Enabling:
    return Enabling(Behavior.ANY, tuple(_test(question.id, "=", "Coding", coding(question, one)) for one in options))


def _other_than(question: Question, options: tuple[str, ...]) -> Enabling:
    """Return the answers that rule out `options`; "not sure" does not."""
    known = [*(option.id for option in question.options), *(one for one in question.specials if one == NONE)]
    alone = question.kind is Kind.ONE or all(question.option(one) is None for one in options)
    return replace(_equals(question, (one for one in known if one not in options)), exact=alone)


def _compared(behavior: Behavior, question_id: str, *bounds: tuple[str, int | None]) -> Enabling:
    tests = (_test(question_id, sign, "Integer", bound) for sign, bound in bounds if bound is not None)
    return Enabling(behavior, tuple(tests))


def _answered(question: Question) -> Enabling:
    if question.kind in (Kind.NUMBER, Kind.TEXT):
        return Enabling(Behavior.ALL, (_test(question.id, "exists", "Boolean", True),))
    real = (*(option.id for option in question.options), *((NONE,) if NONE in question.specials else ()))
    return _equals(question, real)


def _test(question_id: str, operator: str, kind: str, value: object) -> Json:
    return {"question": question_id, "operator": operator, f"answer{kind}": value}


def _all(parts: Iterable[Enabling]) -> Enabling:
    """Join by "all". A part that is an "any" of several fits only alone: it is left out, which is wider."""
    found = [part for part in parts if part != _ALWAYS]
    if len(found) == 1:
        return found[0]
    joinable = [part for part in found if part.behavior is Behavior.ALL or len(part.tests) == 1]
    if not joinable and found:
        return replace(found[0], exact=False)
    exact = len(joinable) == len(found) and all(part.exact for part in found)
    return Enabling(Behavior.ALL, tuple(test for part in joinable for test in part.tests), exact=exact)


def _any(parts: Iterable[Enabling]) -> Enabling:
    """Join by "any". A part that is an "all" of several is widened to its first test; one without tests is always."""
    found = list(parts)
    if len(found) == 1:
        return found[0]
    tests: list[Json] = []
    exact = True
    for part in found:
        if part.behavior is Behavior.ALL and not part.tests:
            return part
        single = part.behavior is Behavior.ANY or len(part.tests) == 1
        tests += part.tests if single else part.tests[:1]
        exact = exact and single and part.exact
    once = [test for at, test in enumerate(tests) if test not in tests[:at]]
    return Enabling(Behavior.ANY, tuple(once), exact=exact)
