"""What would change a result, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nmtchoose.model.answers import Answer
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.pages.page import Block, Bullets, Heading, Paragraph
from nmtchoose.words.answers import answer_words
from nmtchoose.words.sentences import joined


@dataclass(frozen=True, slots=True)
class Changed:
    """Other answers (before, after; None for no answer) by question, and the result they lead to."""

    answers: Mapping[str, tuple[Answer | None, Answer | None]]
    assessment: Assessment


def change_blocks(
    changes: Sequence[Changed], questionnaire: Questionnaire, rules: RuleTable, unable: str = ""
) -> tuple[Block, ...]:
    """Return the smallest changes of answers that lead to another result; `unable` says why none were looked for.

    A change that only takes an answer away is left out: nobody would give it.
    """
    title = Heading("What would change this")
    if unable:
        return (title, Paragraph(f"Not looked for: {unable}"))
    told = tuple(_told(one, questionnaire, rules) for one in changes if _can_be_given(one))
    return (title, Bullets(told) if told else Paragraph("No change of one or two answers leads to another result."))


def _can_be_given(change: Changed) -> bool:
    return all(after is not None for _, after in change.answers.values())


def _told(change: Changed, questionnaire: Questionnaire, rules: RuleTable) -> str:
    answers = [
        f'"{questionnaire[one].ask.client}" were answered "{answer_words(questionnaire[one], after)}"'
        for one, (_, after) in change.answers.items()
        if after is not None
    ]
    return f"If {joined(answers, 'and')}: {_result(change.assessment, rules)}"


def _result(assessment: Assessment, rules: RuleTable) -> str:
    title = rules.dispositions[assessment.disposition].title
    named = [rules.therapy(one).name for one in assessment.recommendation.therapies]
    return f"{title}. {joined(named, 'and')}.".replace(" .", "") if named else f"{title}."
