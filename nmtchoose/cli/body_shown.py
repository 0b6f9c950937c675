"""The body map between two questions: drawn when the places that hurt were marked or changed."""

from __future__ import annotations

from nmtchoose.cli.delivery import Delivery
from nmtchoose.model.answers import Answers, chosen
from nmtchoose.model.tables import Tables


class BodyShown:
    """Shows the places that hurt, each time that they change."""

    def __init__(self, tables: Tables, delivery: Delivery, answers: Answers) -> None:
        self._tables = tables
        self._delivery = delivery
        self._shown = self._marked(answers)

    def after(self, answers: Answers) -> None:
        """Draw the map when `answers` mark other places than before."""
        marked = self._marked(answers)
        if marked and marked != self._shown:
            from nmtchoose.pages.body_marks import body_map_page

            self._delivery.aside(body_map_page({self._tables.rules.pain_question: marked}, self._tables))
        self._shown = marked

    def _marked(self, answers: Answers) -> tuple[str, ...]:
        return chosen(answers.get(self._tables.rules.pain_question, ()))
