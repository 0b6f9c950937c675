"""Answers out of a FHIR `QuestionnaireResponse`, as LHC-Forms and other form fillers write it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from nmtchoose.errors import AnswerError, Code, Fault, fault
from nmtchoose.files.answers_file import check_answers
from nmtchoose.formats.fhir_names import CODES, INSTEAD, URL, form_version
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire
from nmtchoose.words.printable import printable

RESPONSE = "QuestionnaireResponse"
BUNDLE = "Bundle"
_VALUES = ("valueInteger", "valueDecimal", "valueString", "valueCoding")
_FINISHED = ("completed", "amended")


def responses_in(document: Mapping[str, object], name: str = "") -> tuple[Mapping[str, object], ...]:
    """Return the responses in a Bundle, or `document` itself when it is none; other resources are passed over.

    Raises AnswerError for a Bundle without a response.
    """
    if document.get("resourceType") != BUNDLE:
        return (document,)
    resources = (entry.get("resource") for entry in _listed(document.get("entry"), name))
    found = tuple(one for one in resources if isinstance(one, Mapping) and one.get("resourceType") == RESPONSE)
    if not found:
        raise _broken("there is none in this Bundle", name)
    return found


def identifier_of(response: Mapping[str, object]) -> str:
    """Return the value that identifies a response, or nothing; R5 has a list of them."""
    identifier = response.get("identifier")
    one = identifier[0] if isinstance(identifier, list) and identifier else identifier
    value = one.get("value") if isinstance(one, Mapping) else None
    return value if isinstance(value, str) else ""


def authored_at(response: Mapping[str, object]) -> datetime | None:
    """Return when a response was given; None where that is not known to the day."""
    authored = response.get("authored")
    try:
        return datetime.fromisoformat(authored).astimezone() if isinstance(authored, str) else None
    except (ValueError, OverflowError):
        return None


def answers_in_response(
    document: Mapping[str, object], questionnaire: Questionnaire, name: str = ""
) -> dict[str, Answer]:
    """Return the checked answers of a response; items that are no questions (sections, help) are passed over.

    Raises AnswerError when it is no response, is unfinished or withdrawn, answers another form, or holds no answer of
    ours or one that does not fit. Special answers of numbers and texts are read from the choice beside them.
    """
    if document.get("resourceType") != RESPONSE:
        raise AnswerError([fault(Code.FHIR_NOT_A_RESPONSE, file=name, detail="it is another resource")])
    _require_finished(document, name)
    _require_same_form(document, questionnaire, name)
    given: dict[str, list[object]] = {}
    for item in _items(document, name):
        question = questionnaire.by_id.get(str(item.get("linkId")).removesuffix(INSTEAD))
        answered = _listed(item.get("answer"), name)
        if question is not None and answered:
            given.setdefault(question.id, []).extend(_value(answer, question, name) for answer in answered)
    if not given:
        raise AnswerError([fault(Code.FHIR_NO_ANSWER, file=name)])
    raw = {one: _together(questionnaire[one], values, name) for one, values in given.items()}
    return check_answers(raw, questionnaire, name)


def _require_finished(document: Mapping[str, object], name: str) -> None:
    status = document.get("status", _FINISHED[0])
    if status not in _FINISHED:
        raise AnswerError([fault(Code.FHIR_NOT_FINISHED, file=name, status=printable(str(status)[:20]))])


def _require_same_form(document: Mapping[str, object], questionnaire: Questionnaire, name: str) -> None:
    """Refuse another form or version. A response that names none is read: its answers are checked anyway."""
    address, _, theirs = str(document.get("questionnaire", URL)).partition("|")
    if address != URL:
        raise AnswerError([fault(Code.FHIR_FOREIGN, file=name)])
    ours = form_version(questionnaire)
    if theirs and theirs != ours:
        raise AnswerError([fault(Code.OTHER_FORM, file=name, theirs=printable(theirs[:60]), ours=ours)])


def _items(parent: Mapping[str, object], name: str) -> Iterator[Mapping[str, object]]:
    """Yield every item, those below groups and below answers included; what was read is nowhere nested too deep."""
    for item in _listed(parent.get("item"), name):
        yield item
        yield from _items(item, name)
        for answer in _listed(item.get("answer"), name):
            yield from _items(answer, name)


def _listed(value: object, name: str) -> list[Mapping[str, object]]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        raise _broken("`item` and `answer` have to be lists of objects", name)
    return value


def _value(answer: Mapping[str, object], question: Question, name: str) -> object:
    for kind in _VALUES:
        value = answer.get(kind)
        if value is None:
            continue
        if kind == "valueCoding":
            return _coded(value if isinstance(value, Mapping) else {}, question, name)
        return int(value) if isinstance(value, float) and value.is_integer() else value
    raise _broken("an answer without a value that is known here", name)


def _coded(coding: Mapping[str, object], question: Question, name: str) -> str:
    """Return the code of this program; without one, the answer whose words are displayed."""
    code, shown = coding.get("code"), coding.get("display")
    if isinstance(code, str) and coding.get("system", CODES) == CODES:
        return code
    if not isinstance(shown, str):
        raise _broken(f"the answer to '{question.id}' has neither a code known here nor words", name)
    answers = (*(option.id for option in question.options), *question.specials)
    words = shown.casefold().split()
    return next((one for one in answers if question.label(one).casefold().split() == words), shown)


def _together(question: Question, values: list[object], name: str) -> object:
    """Return the answer that `values` make; a list may come as one item with many answers or as many items."""
    if question.kind is Kind.MANY:
        return values
    if len(values) > 1:
        problem = f"{question.id}: there are two answers"
        raise AnswerError([Fault(Code.ANSWER_NOT_ALONE, problem, "Keep one of them.", name)])
    return values[0]


def _broken(detail: str, name: str) -> AnswerError:
    return AnswerError([fault(Code.FHIR_NOT_A_RESPONSE, file=name, detail=detail)])
