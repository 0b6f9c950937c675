"""A FHIR `Questionnaire`, R4 or R5: every question asked at least whenever we would; wider conditions have a note.

What `enableWhen` cannot say is asked more often than needed, never less often: answers to a question that does not
apply are left out when they are read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from nmtchoose.engine.answering import LONGEST_TEXT
from nmtchoose.formats.fhir import INSTEAD, URL, Json, Release, coding, form_version, has_instead, screens, section_ids
from nmtchoose.model.condition import AllOf, Answered, AnyOf, AtLeastOf, Condition, CountAtLeast, Fact, InRange, Is, Not
from nmtchoose.model.questionnaire import NONE, Kind, Question, Questionnaire
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
    enabled, notes = _asked_when(question, questionnaire)
    item = {**_item(question, release), **enabled, **_extended([*_extensions(question), *notes])}
    if question.options:
        ids = (*(option.id for option in question.options), *question.specials)
        item["answerOption"] = [_option(question, one) for one in ids]
    helping = " ".join(text for text in (question.help, question.why) if text)
    if helping:
        item["item"] = [_display(f"{question.id}/help", helping, "help")]
    yield item
    if has_instead(question):
        yield {
            "linkId": f"{question.id}{INSTEAD}",
            "text": "If you have no answer to that:",
            "type": _choice(release),
            **enabled,
            **_extended([_control("radio-button"), *notes]),
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


def _asked_when(question: Question, questionnaire: Questionnaire) -> tuple[Json, list[Json]]:
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
    return found, [{"url": f"{_EXTENSION}/designNote", "valueMarkdown": " ".join(notes)}] if notes else []


def _extended(extensions: list[Json]) -> Json:
    return {"extension": extensions} if extensions else {}


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
