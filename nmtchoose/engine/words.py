"""A condition in English: one visitor of the condition tree, for explaining rules to people."""

from __future__ import annotations

from collections.abc import Sequence

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
    Not,
)
from nmtchoose.model.questionnaire import SPECIAL_ANSWERS, Kind, Question, Questionnaire

_LONG_LIST = 4
"""From this many options on, a named group is shorter to read than its members."""


def in_words(condition: Condition, questionnaire: Questionnaire) -> str:
    """Return `condition` as an English clause, such as `pain sites include Neck or Jaw, and age is at least 50`.

    A named condition is given by its name with its meaning after it. Ids that the questionnaire does not know are
    shown as words. Raises nothing.
    """
    match condition:
        case Is(question, options):
            return _is(question, options, questionnaire, negated=False)
        case InRange(question, low, high):
            return f"{_subject(question)} {_be(question)} {_range(low, high, _unit(question, questionnaire))}"
        case CountAtLeast(question, count):
            return f"at least {count} {'answers are' if count != 1 else 'answer is'} chosen for {_subject(question)}"
        case Answered(question):
            return f"{_subject(question)} {_be(question)} answered"
        case Not(Is(question, options)):
            return _is(question, options, questionnaire, negated=True)
        case Not(Answered(question)):
            return f"{_subject(question)} {_be(question)} not answered"
        case Not(part):
            return f"it is not so that {_nested(part, questionnaire)}"
        case AllOf(parts):
            return _combined(parts, questionnaire, "and") if parts else "always"
        case AnyOf(parts):
            told = _without_signs(parts, questionnaire)
            return _combined(told, questionnaire, "or") if told else "never"
        case AtLeastOf(count, parts):
            return f"at least {count} of these: {'; '.join(in_words(part, questionnaire) for part in parts)}"
        case Fact(name, body):
            return f'"{_subject(name)}" ({in_words(body, questionnaire)})'


def _without_signs(parts: tuple[Condition, ...], questionnaire: Questionnaire) -> tuple[Condition, ...]:
    """Leave out the questions that ask one sign of a list by itself, where the list itself is named already."""
    lists = {part.question for part in parts if isinstance(part, Is)}
    return tuple(
        part for part in parts if not (isinstance(part, Is) and _list_of(part.question, questionnaire) in lists)
    )


def _list_of(question_id: str, questionnaire: Questionnaire) -> str | None:
    question = questionnaire.by_id.get(question_id)
    return question.sign_of if question else None


def _combined(parts: tuple[Condition, ...], questionnaire: Questionnaire, word: str) -> str:
    if len(parts) == 1:
        return in_words(parts[0], questionnaire)
    clauses = [_nested(part, questionnaire) for part in parts]
    return f", {word} ".join(clauses)


def _nested(part: Condition, questionnaire: Questionnaire) -> str:
    """Return `part` in words, in brackets where its own "and" or "or" could be misread."""
    words = in_words(part, questionnaire)
    compound = isinstance(part, AllOf | AnyOf) and len(part.parts) > 1
    return f"({words})" if compound or isinstance(part, AtLeastOf) else words


def _is(question_id: str, options: tuple[str, ...], questionnaire: Questionnaire, *, negated: bool) -> str:
    question = questionnaire.by_id.get(question_id)
    many = question is not None and question.kind is Kind.MANY and not set(options) <= set(SPECIAL_ANSWERS)
    plural = _plural(question_id)
    if many:
        verb = ("do not include" if plural else "does not include") if negated else f"include{'' if plural else 's'}"
    else:
        verb = f"{_be(question_id)}{' not' if negated else ''}"
    return f"{_subject(question_id)} {verb} {_or(_labels(question, options))}"


def _labels(question: Question | None, options: tuple[str, ...]) -> list[str]:
    """Return the options as their labels, with long runs of them said by the name of their group."""
    if question is None:
        return [_subject(option) for option in options]
    left = list(dict.fromkeys(options))
    named = []
    for name, members in sorted(question.groups.items(), key=lambda group: -len(group[1])):
        if len(members) >= _LONG_LIST and set(members) <= set(left):
            named.append(f"any of the {_subject(name)}")
            left = [option for option in left if option not in members]
    return [*named, *(option_words(question, option) for option in left)]


def option_words(question: Question, option_id: str) -> str:
    """Return the label of an option, with the side of a body site where the label lacks it.

    A special answer stands in quotes; an id that the question does not know is shown as words.
    """
    if option_id in SPECIAL_ANSWERS:
        return f'"{question.label(option_id)}"'
    option = question.option(option_id)
    if option is None:
        return _subject(option_id)
    told = not option.side or option.side in option.label.lower()
    return option.label if told else f"{option.label} ({option.side})"


def _or(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _range(low: int | None, high: int | None, unit: str) -> str:
    if low is None and high is None:
        words = "any number of"
    elif low == high:
        words = f"{low}"
    elif low is None:
        words = f"at most {high}"
    elif high is None:
        words = f"at least {low}"
    else:
        words = f"between {low} and {high}"
    return f"{words} {unit}".strip()


def _unit(question_id: str, questionnaire: Questionnaire) -> str:
    """Return the unit of a number, unless the subject says it already (`pain weeks`)."""
    question = questionnaire.by_id.get(question_id)
    unit = question.unit if question else ""
    return "" if unit in _subject(question_id).split() else unit


def _subject(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


def _be(question_id: str) -> str:
    return "are" if _plural(question_id) else "is"


def _plural(question_id: str) -> bool:
    return question_id.endswith("s") and not question_id.endswith(("ss", "is", "us"))
