"""The answers as programs read and write them: `nmtchoose/answers/1`."""

from __future__ import annotations

from nmtchoose.files.answers_file import FORMAT
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Questionnaire

Record = dict[str, object]


def answers_record(answers: Answers, questionnaire: Questionnaire) -> Record:
    """Return `answers` in questionnaire order, with the stamp of the questionnaire; lists stand for tuples."""
    places = questionnaire.places
    in_order = sorted(answers, key=lambda one: places.get(one, len(places)))
    stamp = questionnaire.stamp
    return {
        "format": FORMAT,
        "questionnaire": {"version": stamp.version, "sha256": stamp.sha256},
        "answers": listed_answers({one: answers[one] for one in in_order}),
    }


def listed_answers(answers: Answers) -> Record:
    """Return `answers` as JSON has them."""
    return {one: list(answer) if isinstance(answer, tuple) else answer for one, answer in answers.items()}
