from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from fhir.resources.questionnaire import Questionnaire as QuestionnaireR5
from fhir.resources.questionnaireresponse import QuestionnaireResponse as ResponseR5
from fhir.resources.R4B.bundle import Bundle as BundleR4
from fhir.resources.R4B.questionnaire import Questionnaire as QuestionnaireR4
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse as ResponseR4
from hypothesis import assume, given
from hypothesis import strategies as st

from nmtchoose.engine.evaluate import view
from nmtchoose.errors import AnswerError
from nmtchoose.formats.fhir import URL, Json, Release, answers_in_response, canonical, response_resource, responses_text
from nmtchoose.formats.fhir_questionnaire import Behavior, enabling, questionnaire_resource
from nmtchoose.formats.reading import answers_given
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.condition import AllOf, AnyOf, AtLeastOf, Condition, InRange, Is, Not
from nmtchoose.model.questionnaire import NONE, SPECIAL_ANSWERS, UNSURE
from nmtchoose.pages.intake import Intake, Practice
from tests.formats.intakes import EXAMPLES, PRACTICE, SMALL, any_answers, example, intake


def items(resource: Any) -> Iterator[dict[str, Any]]:
    for item in resource.get("item", []):
        yield item
        yield from items(item)


def item(resource: Any, link_id: str) -> dict[str, Any]:
    return next(one for one in items(resource) if one["linkId"] == link_id)


def notes(one: dict[str, Any]) -> list[str]:
    return [ext["valueMarkdown"] for ext in one.get("extension", []) if ext["url"].endswith("/designNote")]


REAL = questionnaire_resource(PRACTICE.tables.questionnaire)
TINY = questionnaire_resource(SMALL.tables.questionnaire)


@pytest.mark.parametrize("practice", [PRACTICE, SMALL], ids=["real", "small"])
def test_the_questionnaire_is_valid_in_r4_and_in_r5(practice: Practice) -> None:
    QuestionnaireR4.model_validate(questionnaire_resource(practice.tables.questionnaire, Release.R4))
    QuestionnaireR5.model_validate(questionnaire_resource(practice.tables.questionnaire, Release.R5))


def test_r4_asks_a_choice_and_r5_a_coding() -> None:
    r5 = questionnaire_resource(SMALL.tables.questionnaire, Release.R5)
    assert [item(one, "pressure")["type"] for one in (TINY, r5)] == ["choice", "coding"]


def test_every_question_is_an_item_and_no_link_id_stands_twice() -> None:
    ids = [one["linkId"] for one in items(REAL)]
    assert len(set(ids)) == len(ids)
    assert {one.id for one in PRACTICE.tables.questionnaire.questions if one.noted_of is None} <= set(ids)


def test_every_answer_of_a_question_is_offered() -> None:
    for question in PRACTICE.tables.questionnaire.questions:
        if question.options:
            codes = [one["valueCoding"]["code"] for one in item(REAL, question.id)["answerOption"]]
            assert codes == [*(option.id for option in question.options), *question.specials]


def test_a_special_answer_to_a_list_is_exclusive() -> None:
    exclusive = [one["valueCoding"]["code"] for one in item(TINY, "right_now")["answerOption"] if "extension" in one]
    assert exclusive == [NONE, UNSURE]


def test_a_number_has_its_bounds_and_its_special_answers_beside_it() -> None:
    bounds = {ext["url"].rpartition("/")[2]: ext.get("valueInteger") for ext in item(TINY, "age")["extension"]}
    assert (bounds["minValue"], bounds["maxValue"]) == (0, 120)
    assert [one["valueCoding"]["code"] for one in item(TINY, "age/instead")["answerOption"]] == [UNSURE]


def test_every_enable_when_reads_a_question_that_stands_before_it() -> None:
    before: set[str] = set()
    for one in items(REAL):
        assert {test["question"] for test in one.get("enableWhen", [])} <= before
        before.add(one["linkId"])


def test_several_tests_say_how_they_are_joined() -> None:
    assert [
        one["linkId"] for one in items(REAL) if len(one.get("enableWhen", [])) > 1 and "enableBehavior" not in one
    ] == []


def test_a_condition_that_enable_when_can_say_has_no_note() -> None:
    assert item(REAL, "guardian")["enableWhen"] == [{"question": "age", "operator": "<=", "answerInteger": 17}]
    assert notes(item(REAL, "guardian")) == []


def test_a_condition_that_it_cannot_say_is_said_in_words() -> None:
    stiff = item(REAL, "back_stiffness")
    assert stiff["enableWhen"] == [{"question": "pain_weeks", "operator": ">=", "answerInteger": 13}]
    assert notes(stiff) and notes(stiff)[0].startswith("Ask only when pain sites include")


def test_options_that_depend_on_answers_are_named_in_a_note() -> None:
    assert notes(item(TINY, "pressure")) == ['Offer "Deep" only when age is at least 18 years.']


@pytest.mark.parametrize(
    ("condition", "behavior", "tests", "exact"),
    [
        (Is("age", (UNSURE,)), Behavior.ANY, 1, True),
        (InRange("age", 18, 64), Behavior.ALL, 2, True),
        (AllOf((Is("pressure", ("light",)), InRange("age", 18, None))), Behavior.ALL, 2, True),
        (AllOf((Is("pressure", ("light", "medium")), InRange("age", 18, None))), Behavior.ALL, 1, False),
        (AnyOf((Is("pressure", ("light",)), InRange("age", 18, 64))), Behavior.ANY, 2, False),
        (AtLeastOf(2, (Is("pressure", ("light",)), InRange("age", 18, None))), Behavior.ANY, 2, False),
        (Not(Is("pain_sites", (NONE,))), Behavior.ANY, 5, True),
        (Not(Is("pain_weeks", (UNSURE,))), Behavior.ALL, 0, False),
        (AllOf(()), Behavior.ALL, 0, True),
    ],
)
def test_a_condition_becomes_a_flat_list_and_says_whether_that_is_all_of_it(
    condition: Condition, behavior: Behavior, tests: int, exact: bool
) -> None:
    found = enabling(condition, SMALL.tables.questionnaire)
    assert (found.behavior, len(found.tests), found.exact) == (behavior, tests, exact)


def enabled(one: Json, answers: Answers) -> bool:
    """What a form filler makes of an item, by the text of the FHIR specification."""
    found: Any = one.get("enableWhen", [])
    results = [_holds(test, answers.get(test["question"])) for test in found]
    return not results or (any(results) if one.get("enableBehavior") == "any" else all(results))


def _holds(test: dict[str, Any], answer: Answer | None) -> bool:
    if "answerCoding" in test:
        given = answer if isinstance(answer, tuple) else (answer,)
        return test["answerCoding"]["code"] in given
    if "answerBoolean" in test:
        return (answer is not None) is test["answerBoolean"]
    bound = test["answerInteger"]
    return isinstance(answer, int) and {"<=": answer <= bound, ">=": answer >= bound}[test["operator"]]


@given(st.data())
def test_a_form_filler_asks_whatever_nmtchoose_would_ask(data: st.DataObject) -> None:
    answers = data.draw(any_answers(PRACTICE.tables.questionnaire))
    seen = view(PRACTICE.tables.questionnaire, answers)
    by_id = {one["linkId"]: one for one in items(REAL)}
    questions = [one for one in PRACTICE.tables.questionnaire.questions if one.noted_of is None]
    asked = [one.id for one in questions if seen.applies[one.id] is True]
    assert [one for one in asked if not enabled(by_id[one], seen.answers)] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_response_is_valid_and_comes_back_as_the_same_answers(name: str) -> None:
    response = response_resource(example(name), PRACTICE.tables.questionnaire)
    ResponseR4.model_validate(response)
    ResponseR5.model_validate(response)
    assert answers_in_response(response, PRACTICE.tables.questionnaire) == example(name).answers


@pytest.mark.parametrize("word", SPECIAL_ANSWERS)
def test_a_text_that_is_one_word_is_a_text(word: str) -> None:
    given = {**example("nmt").answers, "anything_else": word}
    response = response_resource(intake(given), PRACTICE.tables.questionnaire)
    (told,) = [item for item in items(response) if item["linkId"] == "anything_else"]
    assert told["answer"] == [{"valueString": word}]
    assert answers_in_response(response, PRACTICE.tables.questionnaire) == given


@given(any_answers(SMALL.tables.questionnaire))
def test_any_answers_come_back_from_a_response(answers: dict[str, Answer]) -> None:
    assume(answers)
    one = Intake(answers, intake(answers, SMALL).assessment)
    text = json.dumps({**response_resource(one, SMALL.tables.questionnaire), "status": "completed"})
    assert answers_given(text.encode(), SMALL.tables.questionnaire) == answers


def test_a_response_says_which_form_when_and_whether_it_is_complete() -> None:
    done = example("nmt")
    at = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    response = response_resource(Intake(done.answers, done.assessment, answered=at), PRACTICE.tables.questionnaire)
    assert response["questionnaire"] == canonical(PRACTICE.tables.questionnaire)
    assert response["status"] == "completed"
    assert datetime.fromisoformat(str(response["authored"])) == at
    assert response_resource(intake({"age": 44}), PRACTICE.tables.questionnaire)["status"] == "in-progress"


def test_several_responses_are_a_bundle() -> None:
    bundle = json.loads(responses_text([example("nmt"), example("later")], PRACTICE))
    BundleR4.model_validate(bundle)
    assert len(bundle["entry"]) == 2


def response(*given: dict[str, object], **more: object) -> dict[str, object]:
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(given), **more}


def test_another_version_of_the_form_is_refused() -> None:
    with pytest.raises(AnswerError, match="A030"):
        answers_in_response(
            response(questionnaire=canonical(PRACTICE.tables.questionnaire)), SMALL.tables.questionnaire
        )


AGE: dict[str, object] = {"linkId": "age", "answer": [{"valueInteger": 30}]}


@pytest.mark.parametrize("address", ["http://example.org/Questionnaire/child-growth|1.0", f"{URL}9", "", 7])
def test_answers_to_another_questionnaire_are_refused(address: object) -> None:
    with pytest.raises(AnswerError, match=r"this answers another questionnaire.*A034"):
        answers_in_response(response(AGE, questionnaire=address), SMALL.tables.questionnaire)


@pytest.mark.parametrize("status", ["in-progress", "stopped", "entered-in-error", None])
def test_a_response_that_is_unfinished_or_withdrawn_is_refused(status: str | None) -> None:
    with pytest.raises(AnswerError, match=rf"\({status}\).*A035"):
        answers_in_response(response(AGE, status=status), SMALL.tables.questionnaire)


def test_an_amended_response_and_one_without_a_form_are_read() -> None:
    assert answers_in_response(response(AGE, status="amended"), SMALL.tables.questionnaire) == {"age": 30}


@pytest.mark.parametrize("given", [[], [{"linkId": "T1/Q9", "answer": [{"valueInteger": 1}]}], [{"linkId": "age"}]])
def test_a_response_without_an_answer_to_any_question_is_refused(given: list[dict[str, object]]) -> None:
    with pytest.raises(AnswerError, match="A036"):
        answers_in_response(response(*given), SMALL.tables.questionnaire)


@pytest.mark.parametrize("coded", [{}, {"system": "http://loinc.org", "code": "light"}])
def test_an_answer_of_which_only_the_words_are_known_is_found_by_them(coded: dict[str, str]) -> None:
    def firm(display: str) -> dict[str, object]:
        return response({"linkId": "pressure", "answer": [{"valueCoding": {**coded, "display": display}}]})

    assert answers_in_response(firm(" medium"), SMALL.tables.questionnaire) == {"pressure": "medium"}
    with pytest.raises(AnswerError, match=r"pressure.*A002"):
        answers_in_response(firm("Crushing"), SMALL.tables.questionnaire)


def test_an_answer_without_a_code_or_words_is_named() -> None:
    with pytest.raises(AnswerError, match=r"'pressure'.*A033"):
        answers_in_response(
            response({"linkId": "pressure", "answer": [{"valueCoding": {}}]}), SMALL.tables.questionnaire
        )


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ({"resourceType": "Patient"}, "A033"),
        (response({"linkId": "age", "answer": 44}), "A033"),
        (response({"linkId": "age", "answer": [{"valueDate": "2026-11-22"}]}), "A033"),
        (response({"linkId": "age", "answer": [{"valueInteger": 44}, {"valueInteger": 45}]}), "A005"),
        (response({"linkId": "age", "answer": [{"valueInteger": 400}]}), "A004"),
        (response({"linkId": "pressure", "answer": [{"valueCoding": {"code": "huge"}}]}), "A002"),
        (
            response({"linkId": "pain_sites", "answer": [{"valueCoding": {"code": c}} for c in ("none", "neck")]}),
            "A005",
        ),
    ],
)
def test_what_is_no_fitting_answer_is_refused(broken: dict[str, object], code: str) -> None:
    with pytest.raises(AnswerError, match=code):
        answers_in_response(broken, SMALL.tables.questionnaire)


def test_items_may_be_nested_anywhere_and_lists_may_come_as_many_items() -> None:
    def site(code: str) -> dict[str, object]:
        return {"linkId": "pain_sites", "answer": [{"valueCoding": {"code": code}}]}

    nested = response(
        {"linkId": "x", "item": [site("neck"), {"linkId": "y", "answer": [{"item": [site("calf_left")]}]}]}
    )
    assert answers_in_response(nested, SMALL.tables.questionnaire) == {"pain_sites": ("neck", "calf_left")}


def test_endless_nesting_is_refused() -> None:
    deep: dict[str, object] = {"linkId": "x"}
    for _ in range(20):
        deep = {"linkId": "x", "item": [deep]}
    with pytest.raises(AnswerError, match="Y006"):
        answers_given(json.dumps(response(deep)).encode(), SMALL.tables.questionnaire)
