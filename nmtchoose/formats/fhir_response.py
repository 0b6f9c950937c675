"""Answers as a FHIR `QuestionnaireResponse`; what is written is the same in R4, R4B and R5."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nmtchoose.formats.fhir_names import INSTEAD, Json, canonical, coding, has_instead, screens, section_ids
from nmtchoose.formats.json_text import as_text
from nmtchoose.model.answers import Answer, Answers, special
from nmtchoose.model.questionnaire import Question, Questionnaire
from nmtchoose.pages.intake import Intake, Practice


def responses_text(intakes: Sequence[Intake], practice: Practice) -> str:
    """Return one response, or a Bundle of several."""
    responses = [response_resource(one, practice.tables.questionnaire) for one in intakes]
    if len(responses) == 1:
        return as_text(responses[0])
    entries = [{"resource": response} for response in responses]
    return as_text({"resourceType": "Bundle", "type": "collection", "entry": entries})


def response_resource(intake: Intake, questionnaire: Questionnaire) -> Json:
    """Return the answers of one intake: `completed` when nothing that matters is open, otherwise `in-progress`.

    `authored` stands there only where the time is known. No person is named.
    """
    response: Json = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": canonical(questionnaire),
        "status": "completed" if intake.assessment.complete else "in-progress",
    }
    if intake.name:
        response["identifier"] = {"value": intake.name}
    if intake.answered is not None:
        response["authored"] = intake.answered.astimezone().isoformat(timespec="seconds")
    items = list(_sections(questionnaire, intake.answers))
    return {**response, "item": items} if items else response


def _sections(questionnaire: Questionnaire, answers: Answers) -> Iterator[Json]:
    for link_id, questions in section_ids(questionnaire):
        told = list(_told(questions, answers))
        if told:
            yield {"linkId": link_id, "text": questionnaire.section(questions[0].section).title, "item": told}


def _told(questions: tuple[Question, ...], answers: Answers) -> Iterator[Json]:
    """Yield the items of a section that have an answer; lines stand in a group below what they share."""
    for screen, lines in screens(questions):
        items = [_item(one, answers[one.id]) for one in lines if one.id in answers]
        told = [item for item in items if item["answer"]]
        stem = lines[0].stem
        if told and stem:
            yield {"linkId": screen, "text": stem.ask.client, "item": told}
        else:
            yield from told


def _item(question: Question, answer: Answer) -> Json:
    beside = special(answer) in question.specials and has_instead(question)
    link_id = f"{question.id}{INSTEAD}" if beside else question.id
    return {"linkId": link_id, "text": question.ask.client, "answer": list(_values(question, answer))}


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
