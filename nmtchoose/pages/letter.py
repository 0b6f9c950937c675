"""A letter to the doctor whom a client sees first: what was asked and said, in the client's words, and no more."""

from __future__ import annotations

from nmtchoose.model.rules import Stage
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake, fired_rules
from nmtchoose.pages.page import Block, Heading, Page, Paragraph, facts, listed
from nmtchoose.pages.suggestion import pain_told
from nmtchoose.words.answers import answer_words, answered

_TITLE = "To the doctor"
_HELLO = (
    "This client was asked health questions before a massage. The answers below are why a doctor is seen first."
    " Nobody has examined the client, nothing is diagnosed, and nothing is ruled out."
)
_PLEASE = "Is massage sensible for now, and what should be left alone? A line for the client to bring back is enough."


def letter_page(intake: Intake, tables: Tables) -> Page:
    """Return the letter: the answers that lead to a doctor, where it hurts, and what else was answered about health."""
    assessment = intake.assessment
    medical = {
        rule.id
        for rule in fired_rules(assessment, tables.rules)
        if rule.stage in (Stage.EMERGENCY, Stage.MEDICAL) and rule.then.disposition is not None
    }
    why = answered((one.because for one in assessment.trace if one.rule in medical), tables.questionnaire)
    told = {question for question, _ in why}
    others = tuple(
        (question.ask.client, answer_words(question, intake.answers[question.id]))
        for question in tables.questionnaire.questions
        if question.id in intake.answers and question.purpose.is_safety and question.ask.client not in told
    )
    blocks: tuple[Block, ...] = (
        Heading(_TITLE),
        Paragraph(_HELLO),
        *_under("What the client said", why),
        *listed("Where it hurts", pain_told(intake, tables)),
        *_under("What else was asked, and answered", others),
        Heading("What the client may ask you"),
        Paragraph(_PLEASE),
    )
    return Page(_TITLE, blocks)


def _under(title: str, pairs: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
    return (Heading(title), *facts(*pairs)) if pairs else ()
