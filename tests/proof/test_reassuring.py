"""Which answers speak against a risk, as the author of questions.yaml marks them."""

from __future__ import annotations

import pytest

from nmtchoose.model.questionnaire import Questionnaire
from tests.loading.examples import QUESTIONS, brief, changed, faults_of, load_questionnaire


def reassuring(questionnaire: Questionnaire, question: str) -> list[str]:
    return [option.id for option in questionnaire[question].options if option.reassuring]


def test_no_is_the_reassuring_answer_unless_the_question_says_otherwise() -> None:
    assert reassuring(load_questionnaire(QUESTIONS.encode()), "blood_thinner") == ["no"]
    agreed = changed(QUESTIONS, "    unsure_as: yes\n", "    unsure_as: yes\n    reassuring: yes\n")
    assert reassuring(load_questionnaire(agreed.encode()), "blood_thinner") == ["yes"]


def test_an_option_can_be_marked() -> None:
    marked = changed(QUESTIONS, "medium: Medium", "medium: {label: Medium, reassuring: true}")
    assert reassuring(load_questionnaire(marked.encode()), "pressure") == ["medium"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    unit: years\n", "    unit: years\n    reassuring: yes\n", "S012"),
        ("    unsure_as: yes\n", "    unsure_as: yes\n    reassuring: maybe\n", "N005"),
        ("medium: Medium", "medium: {label: Medium, reassuring: yes}", "S004"),
    ],
)
def test_a_mark_that_means_nothing_is_a_fault(old: str, new: str, expected: str) -> None:
    (fault,) = brief(faults_of(changed(QUESTIONS, old, new)))
    assert fault.endswith(expected)
