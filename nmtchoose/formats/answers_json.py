"""The answers as programs read and write them: `nmtchoose/answers/1`."""

from __future__ import annotations

from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Questionnaire, Stamp

ANSWERS_FORMAT = "nmtchoose/answers/1"


def answers_record(answers: Answers, questionnaire: Questionnaire) -> dict[str, object]:
    """Return `answers` in questionnaire order, with the stamp of the questionnaire; lists stand for tuples."""
    order = {question.id: place for place, question in enumerate(questionnaire.questions)}
    in_order = sorted(answers, key=lambda one: order.get(one, len(order)))
    return {
        "format": ANSWERS_FORMAT,
        "questionnaire": stamp_record(questionnaire.stamp),
        "answers": listed_answers({one: answers[one] for one in in_order}),
    }


def listed_answers(answers: Answers) -> dict[str, object]:
    """Return `answers` as JSON has them."""
    return {one: list(answer) if isinstance(answer, tuple) else answer for one, answer in answers.items()}


def stamp_record(stamp: Stamp) -> dict[str, object]:
    """Return the version and the SHA-256 of a file."""
    return {"version": stamp.version, "sha256": stamp.sha256}
