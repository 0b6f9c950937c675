"""Signs asked one by one: the questions that are made for a list that was answered with "not sure"."""

from __future__ import annotations

from collections.abc import Mapping

from nmtchoose.loading.comparisons import YES, sign_id
from nmtchoose.loading.options import YES_NO
from nmtchoose.model.condition import AllOf, Condition, Is
from nmtchoose.model.questionnaire import DECLINED, UNSURE, Kind, Option, Question, Voices


def signs_of(question: Question, asks: Mapping[str, Voices]) -> tuple[Question, ...]:
    """Return one yes-or-no question for each option of `question`, asked when the list was answered "not sure".

    `asks` holds, by option id, wording of its own; without it the question of the list is asked again for that sign
    alone, so that its "now" or "in the last 24 hours" is not lost.
    """
    return tuple(_sign(question, option, asks.get(option.id)) for option in question.options)


def _sign(question: Question, option: Option, ask: Voices | None) -> Question:
    specials = tuple(name for name in question.specials if name in (UNSURE, DECLINED))
    return Question(
        id=sign_id(question.id, option.id),
        section=question.section,
        kind=Kind.ONE,
        ask=ask or Voices(_alone(question.ask.client, option), _alone(question.ask.staff, option)),
        purpose=question.purpose,
        why=question.why,
        help=option.help,
        staff_hint=question.staff_hint,
        ask_when=_asked_when(question, option),
        options=YES_NO,
        specials=specials,
        special_labels={name: question.special_labels[name] for name in specials},
        unsure_as=YES,
        private=question.private,
        sign_of=question.id,
    )


def _alone(ask: str, option: Option) -> str:
    return f"{ask} Only this one: {option.label}"


def _asked_when(question: Question, option: Option) -> Condition:
    unsure = Is(question.id, (UNSURE,))
    return unsure if option.show_when is None else AllOf((unsure, option.show_when))
