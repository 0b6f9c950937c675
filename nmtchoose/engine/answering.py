"""Checking one answer: the same checks for a key press, a typed line and a file."""

import re

from nmtchoose.engine.durations import Length, understood
from nmtchoose.errors import AnswerError, Code, fault, suggestion
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import NONE, SPECIAL_ANSWERS, Kind, Option, Question
from nmtchoose.words.answers import WEEKS
from nmtchoose.words.printable import printable

LONGEST_TEXT = 500
_UNIT_TYPED = {
    "years": r"(?:y|yo|yrs?|years?)(?: old)?",
    "of 10": r"(?:/|of|out of) ?10",
    "weeks along": r"(?:w|wks?|weeks?)(?: along)?",
}
"""How people type the unit of a number behind it."""


def check_answer(question: Question, offered: tuple[Option, ...], raw: object) -> Answer:
    """Return `raw` as an answer to `question`, or raise AnswerError saying what to do instead.

    `offered` are the options that apply with the answers so far. `raw` may be what a file holds (strings, whole
    numbers, lists) or what a person typed. Durations typed in words become whole weeks, rounded down.
    """
    alone = raw[0] if isinstance(raw, list | tuple) and len(raw) == 1 else raw
    if isinstance(alone, str) and alone in question.specials:
        return (alone,) if question.kind is Kind.MANY else alone
    match question.kind:
        case Kind.MANY:
            return _check_many(question, offered, raw)
        case Kind.ONE:
            return _check_one(question, offered, raw)
        case Kind.NUMBER:
            return _check_number(question, raw)
        case Kind.TEXT:
            return _check_text(question, raw)


def _check_many(question: Question, offered: tuple[Option, ...], raw: object) -> Answer:
    if not isinstance(raw, list | tuple) or not all(isinstance(one, str) for one in raw):
        raise _wrong_type(question, raw, "a list of options", f"[{_example(question)}]")
    if not raw:
        instead = question.label(NONE) if NONE in question.specials else "Go back"
        raise AnswerError([fault(Code.ANSWER_EMPTY, instead=instead)])
    for one in raw:
        if one in question.specials:
            raise AnswerError([fault(Code.ANSWER_NOT_ALONE, option=question.label(one))])
        _require_offered(question, offered, one)
    return tuple(option.id for option in question.options if option.id in raw)


def _check_one(question: Question, offered: tuple[Option, ...], raw: object) -> Answer:
    if not isinstance(raw, str):
        raise _wrong_type(question, raw, "one option", _example(question))
    _require_offered(question, offered, raw)
    return raw


def _check_number(question: Question, raw: object) -> Answer:
    number = _number_typed(question, raw) if isinstance(raw, str) else raw
    if isinstance(number, bool) or not isinstance(number, int):
        raise _wrong_type(question, raw, "a whole number", str(question.minimum or 0))
    low, high = question.minimum, question.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        unit = "" if question.unit.startswith("of ") or not question.unit else f" {question.unit}"
        raise AnswerError([fault(Code.ANSWER_OUT_OF_RANGE, low=low, high=high, unit=unit)])
    return number


def _number_typed(question: Question, typed: str) -> int:
    text = typed.strip().lower()
    number = re.fullmatch(rf"([+-]?[0-9]{{1,9}})(?:\s*(?:{_UNIT_TYPED.get(question.unit, '')}))?", text)
    if number:
        return int(number[1])
    if question.unit != WEEKS:
        raise AnswerError([fault(Code.ANSWER_NOT_A_NUMBER, example=question.minimum or 0)])
    length = understood(text[:LONGEST_TEXT])
    if not isinstance(length, Length):
        raise AnswerError([fault(Code.ANSWER_NOT_A_DURATION)])
    return length.weeks


def _check_text(question: Question, raw: object) -> Answer:
    if not isinstance(raw, str):
        raise _wrong_type(question, raw, "text", '"a few words"')
    text = printable(raw)
    if len(text) > LONGEST_TEXT:
        raise AnswerError([fault(Code.ANSWER_TOO_LONG, limit=LONGEST_TEXT)])
    return text


def _require_offered(question: Question, offered: tuple[Option, ...], option_id: str) -> None:
    if any(option.id == option_id for option in offered):
        return
    if question.option(option_id):
        raise AnswerError([fault(Code.ANSWER_NOT_OFFERED, option=option_id)])
    known = [option.id for option in offered] + list(question.specials)
    raise AnswerError(
        [
            fault(
                Code.ANSWER_UNKNOWN_OPTION,
                question=question.id,
                suggestion=suggestion(option_id[:60], known),
                options=", ".join(known),
            )
        ]
    )


def _wrong_type(question: Question, raw: object, wanted: str, example: str) -> AnswerError:
    names = {str: "text", int: "a number", float: "a fraction", bool: "true or false", list: "a list"}
    names |= {tuple: "a list", dict: "a mapping", type(None): "nothing"}
    got = names.get(type(raw), "something else")
    return AnswerError([fault(Code.ANSWER_WRONG_TYPE, question=question.id, wanted=wanted, got=got, example=example)])


def _example(question: Question) -> str:
    options = [option.id for option in question.options] or list(SPECIAL_ANSWERS)
    return options[0]
