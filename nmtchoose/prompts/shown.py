"""Which options a person has seen: an answer to a list says nothing about options that were not on it."""

from __future__ import annotations

from collections.abc import Iterable

from nmtchoose.engine.evaluate import View, offered_options, view
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Option, Question, Questionnaire


class ShownOptions:
    """The options that were offered with each answer. `answers` are those given before, taken as seen as they are."""

    def __init__(self, questionnaire: Questionnaire, answers: Answers) -> None:
        seen = view(questionnaire, answers)
        self._questionnaire = questionnaire
        self._shown = {question.id: _ids(offered_options(question, seen)) for question in questionnaire.questions}

    def note(self, question: Question, options: Iterable[Option]) -> None:
        """Remember that `question` was answered with `options` in view."""
        self._shown[question.id] = _ids(options)

    def grown(self, answers: Answers) -> tuple[Question, ...]:
        """Return the answered questions that offer something now that was not offered when they were answered."""
        seen = view(self._questionnaire, answers)
        answered = (question for question in self._questionnaire.questions if question.id in seen.answers)
        return tuple(question for question in answered if self._has_new(question, seen))

    def _has_new(self, question: Question, seen: View) -> bool:
        return not _ids(offered_options(question, seen)) <= self._shown[question.id]


def _ids(options: Iterable[Option]) -> frozenset[str]:
    return frozenset(option.id for option in options)
