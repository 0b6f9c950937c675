"""The questionnaire as a FHIR `Questionnaire`, for R4 and R5: every question asked whenever nmtchoose would ask it.

Where `enableWhen` cannot say the exact condition, a `designNote` on the item says it in words.
"""

from collections.abc import Iterator

from nmtchoose.engine.answering import LONGEST_TEXT
from nmtchoose.formats.fhir_conditions import Behavior, enabling
from nmtchoose.formats.fhir_names import (
    INSTEAD,
    URL,
    Json,
    Release,
    coding,
    form_version,
    has_instead,
    screens,
    section_ids,
)
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire
from nmtchoose.words.conditions import in_words

_EXTENSION = "http://hl7.org/fhir/StructureDefinition"
_CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"


def questionnaire_resource(questionnaire: Questionnaire, release: Release = Release.R4) -> Json:
    """Return the questionnaire as a FHIR resource: a group for each section, link ids that are question ids."""
    return {
        "resourceType": "Questionnaire",
        "url": URL,
        "version": form_version(questionnaire),
        "name": "MassageIntake",
        "title": questionnaire.title,
        "status": "active",
        "subjectType": ["Patient"],
        "description": "Intake before a massage. It helps with booking; it is not a diagnosis.",
        "item": [
            _section(link_id, questions, questionnaire, release) for link_id, questions in section_ids(questionnaire)
        ],
    }


def _section(link_id: str, questions: tuple[Question, ...], questionnaire: Questionnaire, release: Release) -> Json:
    section = questionnaire.section(questions[0].section)
    intro = [_display(f"{link_id}/intro", section.intro)] if section.intro else []
    asked: list[Json] = []
    for screen, lines in screens(questions):
        asked_here = (question for question in lines if question.noted_of is None)
        items = [item for question in asked_here for item in _items(question, questionnaire, release)]
        stem = lines[0].stem
        asked += [{"linkId": screen, "text": stem.ask.client, "type": "group", "item": items}] if stem else items
    return {"linkId": link_id, "text": section.title, "type": "group", "item": [*intro, *asked]}


def _items(question: Question, questionnaire: Questionnaire, release: Release) -> Iterator[Json]:
    """Yield the item of a question; a number or text that may be left open has the choice to say so beside it."""
    shared = _asked_when(question, questionnaire)
    yield {**_item(question, release), **_merged(_extensions(question), shared), **_parts(question)}
    if has_instead(question):
        yield {
            "linkId": f"{question.id}{INSTEAD}",
            "text": "If you have no answer to that:",
            "type": _choice(release),
            **_merged([_control("radio-button")], shared),
            "answerOption": [_option(question, one) for one in question.specials],
        }


def _item(question: Question, release: Release) -> Json:
    kind = {Kind.NUMBER: "integer", Kind.TEXT: "string"}.get(question.kind) or _choice(release)
    item: Json = {"linkId": question.id, "text": question.ask.client, "type": kind}
    if question.kind is not Kind.TEXT and not has_instead(question):
        item["required"] = True
    if question.kind is Kind.MANY:
        item["repeats"] = True
    if question.kind is Kind.TEXT:
        item["maxLength"] = LONGEST_TEXT
    return item


def _choice(release: Release) -> str:
    return "choice" if release is Release.R4 else "coding"


def _parts(question: Question) -> Json:
    parts: Json = {}
    if question.options:
        ids = (*(option.id for option in question.options), *question.specials)
        parts["answerOption"] = [_option(question, one) for one in ids]
    helping = " ".join(text for text in (question.help, question.why) if text)
    if helping:
        parts["item"] = [_display(f"{question.id}/help", helping, "help")]
    return parts


def _option(question: Question, answer: str) -> Json:
    option: Json = {"valueCoding": coding(question, answer)}
    if question.kind is Kind.MANY and answer in question.specials:
        option["extension"] = [{"url": f"{_EXTENSION}/questionnaire-optionExclusive", "valueBoolean": True}]
    return option


def _extensions(question: Question) -> list[Json]:
    controls = {Kind.ONE: "radio-button", Kind.MANY: "check-box"}
    found = [_control(controls[question.kind])] if question.kind in controls else []
    if question.kind is Kind.NUMBER:
        bounds = (("minValue", question.minimum), ("maxValue", question.maximum))
        found += [{"url": f"{_EXTENSION}/{name}", "valueInteger": bound} for name, bound in bounds if bound is not None]
        if question.unit:
            found.append({"url": f"{_EXTENSION}/questionnaire-unit", "valueCoding": {"display": question.unit}})
    return found


def _control(code: str) -> Json:
    value = {"coding": [{"system": _CONTROLS, "code": code}]}
    return {"url": f"{_EXTENSION}/questionnaire-itemControl", "valueCodeableConcept": value}


def _display(link_id: str, text: str, control: str = "") -> Json:
    extension: Json = {"extension": [_control(control)]} if control else {}
    return {"linkId": link_id, "text": text, "type": "display", **extension}


def _asked_when(question: Question, questionnaire: Questionnaire) -> Json:
    """Return `enableWhen`, and a note where it is wider than the condition or where options depend on answers."""
    notes = [
        f'Offer "{option.label}" only when {in_words(option.show_when, questionnaire)}.'
        for option in question.options
        if option.show_when is not None  # FHIR R4 cannot say which options depend on earlier answers
    ]
    found: Json = {}
    if question.ask_when is not None:
        when = enabling(question.ask_when, questionnaire)
        if when.tests:
            found["enableWhen"] = list(when.tests)
            if len(when.tests) > 1 or when.behavior is Behavior.ANY:
                found["enableBehavior"] = when.behavior.value
        if not when.exact or not when.tests:
            notes.insert(0, f"Ask only when {in_words(question.ask_when, questionnaire)}.")
    if notes:
        found["extension"] = [{"url": f"{_EXTENSION}/designNote", "valueMarkdown": " ".join(notes)}]
    return found


def _merged(extensions: list[Json], shared: Json) -> Json:
    own = shared.get("extension", [])
    together = [*extensions, *(own if isinstance(own, list) else [])]
    rest = {key: value for key, value in shared.items() if key != "extension"}
    return {**rest, "extension": together} if together else rest
