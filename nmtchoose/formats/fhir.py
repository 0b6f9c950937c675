"""FHIR: `QuestionnaireResponse`, written, the same in R4, R4B and R5, and read, as form fillers write it.

First the names that questionnaires and responses share: addresses, link ids and codes.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from uuid import NAMESPACE_URL, uuid5

from nmtchoose.errors import AnswerError, Code, Fault, fault
from nmtchoose.files.answers_file import check_answers
from nmtchoose.formats.assessment_json import as_text
from nmtchoose.model.answers import Answer, Answers, special
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire
from nmtchoose.pages.intake import Intake, Practice
from nmtchoose.words.printable import printable

Json = dict[str, object]

URL = uuid5(NAMESPACE_URL, "nmtchoose/questions/1").urn
"""The canonical address of every questionnaire of this program; the version tells them apart."""

CODES = f"{URL}:answers"
"""The system of answer codes: the ids of options, and `none`, `unsure`, `declined`."""

INSTEAD = "/instead"
"""Ends the link id of the choice that stands beside a number or a text, for "not sure" and the like."""

SHORT_SHA = 12


class Release(StrEnum):
    """The releases of FHIR that are written."""

    R4 = "r4"
    R5 = "r5"


def form_version(questionnaire: Questionnaire) -> str:
    """Return the version of the questionnaire with the start of its fingerprint."""
    return f"{questionnaire.stamp.version}+{questionnaire.stamp.sha256[:SHORT_SHA]}"


def canonical(questionnaire: Questionnaire) -> str:
    """Return the address with its version, as responses name the form that they answer."""
    return f"{URL}|{form_version(questionnaire)}"


def coding(question: Question, answer: str) -> Json:
    """Return an option or a special answer as a Coding."""
    return {"system": CODES, "code": answer, "display": question.label(answer)}


def has_instead(question: Question) -> bool:
    """Return whether `question` needs a choice beside it for its special answers."""
    return question.kind in (Kind.NUMBER, Kind.TEXT) and bool(question.specials)


def screens(questions: tuple[Question, ...]) -> Iterator[tuple[str, tuple[Question, ...]]]:
    """Yield the questions of a section by the screen that they share, with its link id; no id for one alone."""
    for screen_id, shared in groupby(questions, key=lambda question: question.screen_id):
        lines = tuple(shared)
        yield (f"{screen_id.rstrip('/')}/lines" if lines[0].stem else "", lines)


def section_ids(questionnaire: Questionnaire) -> Iterator[tuple[str, tuple[Question, ...]]]:
    """Yield link id and questions of each run of questions that stand in the same section, in order."""
    times: Counter[str] = Counter()
    for section, questions in groupby(questionnaire.questions, key=lambda question: question.section):
        times[section] += 1
        again = f"/{times[section]}" if times[section] > 1 else ""
        yield f"section/{section}{again}", tuple(questions)


def responses_text(intakes: Sequence[Intake], practice: Practice) -> str:
    """Return one response, or a Bundle of several."""
    responses = [response_resource(one, practice.tables.questionnaire) for one in intakes]
    if len(responses) == 1:
        return as_text(responses[0])
    entries = [{"resource": response} for response in responses]
    return as_text({"resourceType": "Bundle", "type": "collection", "entry": entries})


def response_resource(intake: Intake, questionnaire: Questionnaire) -> Json:
    """Return one intake, `completed` or `in-progress`; `authored` only where the time is known, and no person named."""
    response: Json = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": canonical(questionnaire),
        "status": "completed" if intake.assessment.complete else "in-progress",
    }
    if intake.name:
        response["identifier"] = {"value": intake.name}
    if intake.answered is not None:
        response["authored"] = intake.answered.astimezone().isoformat(timespec="seconds")
    items: list[Json] = []
    for link_id, questions in section_ids(questionnaire):
        told = list(_told(questions, intake.answers))
        if told:
            items.append({"linkId": link_id, "text": questionnaire.section(questions[0].section).title, "item": told})
    return {**response, "item": items} if items else response


def _told(questions: tuple[Question, ...], answers: Answers) -> Iterator[Json]:
    """Yield the items of a section that have an answer; lines stand in a group below what they share."""
    for screen, lines in screens(questions):
        told: list[Json] = []
        for one in (one for one in lines if one.id in answers):
            beside = special(answers[one.id]) in one.specials and has_instead(one)
            link_id, values = f"{one.id}{INSTEAD}" if beside else one.id, list(_values(one, answers[one.id]))
            told += [{"linkId": link_id, "text": one.ask.client, "answer": values}] if values else []
        stem = lines[0].stem
        if told and stem:
            yield {"linkId": screen, "text": stem.ask.client, "item": told}
        else:
            yield from told


def _values(question: Question, answer: Answer) -> Iterator[Json]:
    """Yield each value; a text without a character cannot be said in FHIR and is left out."""
    match answer:
        case int():
            yield {"valueInteger": answer}
        case tuple():
            for one in answer:
                yield {"valueCoding": coding(question, one)}
        case _ if question.options or answer in question.specials:
            yield {"valueCoding": coding(question, answer)}
        case _ if answer:
            yield {"valueString": answer}


RESPONSE = "QuestionnaireResponse"
BUNDLE = "Bundle"
_VALUES = ("valueInteger", "valueDecimal", "valueString", "valueCoding")
_FINISHED = ("completed", "amended")


def responses_in(document: Mapping[str, object], name: str = "") -> tuple[Mapping[str, object], ...]:
    """Return the responses in a Bundle, or `document` itself if it is none; raises AnswerError for one without any."""
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
    status = document.get("status", _FINISHED[0])
    if status not in _FINISHED:
        raise AnswerError([fault(Code.FHIR_NOT_FINISHED, file=name, status=printable(str(status)[:20]))])
    # A response that names no form is read: its answers are checked anyway.
    address, _, theirs = str(document.get("questionnaire", URL)).partition("|")
    if address != URL:
        raise AnswerError([fault(Code.FHIR_FOREIGN, file=name)])
    ours = form_version(questionnaire)
    if theirs and theirs != ours:
        raise AnswerError([fault(Code.OTHER_FORM, file=name, theirs=printable(theirs[:60]), ours=ours)])
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
