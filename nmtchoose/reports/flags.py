"""Flags: what the safety rules found, in the words of the answers that raised it. For staff and therapists only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nmtchoose.model.answers import Answer, special
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import NONE, Questionnaire
from nmtchoose.model.rules import Rule, RuleTable
from nmtchoose.reports.answer_words import answer_words, staff_question_words, told_alone


@dataclass(frozen=True, slots=True)
class Flag:
    """What one rule found. `ask` says what the therapist asks or looks for; `private` is true for a private answer."""

    leads_to: Disposition
    words: str
    ask: str
    private: bool


def flags_of(assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable) -> tuple[Flag, ...]:
    """Return one flag for each safety rule that fired, the most serious first.

    Where the disposition forbids a therapy, only the rules that send the client to a doctor are flags.
    """
    by_id = {rule.id: rule for rule in rules.rules}
    fired = ((by_id[firing.rule], _raised(firing.because)) for firing in assessment.trace)
    flags = dict.fromkeys(
        _flag(rule, because, questionnaire) for rule, because in fired if because and _counts(rule, assessment)
    )
    return tuple(sorted(flags, key=lambda flag: -flag.leads_to.severity))


def open_points(
    assessment: Assessment, questionnaire: Questionnaire, answers: Mapping[str, Answer]
) -> Iterator[tuple[str, str]]:
    """Yield the questions to ask next, as staff ask them, each with the answer that left it open, if there was one."""
    undecided = (one for rule in assessment.undecided for one in rule.questions)
    for question_id in dict.fromkeys((*assessment.missing, *undecided)):
        given = answer_words(question_id, answers[question_id], questionnaire) if question_id in answers else ""
        yield staff_question_words(question_id, questionnaire), given


def _raised(because: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers that say something; that none of a list fits raises nothing."""
    return {question: answer for question, answer in because.items() if special(answer) != NONE}


def _counts(rule: Rule, assessment: Assessment) -> bool:
    if not assessment.disposition.forbids_therapy:
        return rule.stage.is_safety
    return rule.then.disposition is not None and rule.then.disposition.forbids_therapy


def _flag(rule: Rule, because: Mapping[str, Answer], questionnaire: Questionnaire) -> Flag:
    return Flag(
        leads_to=rule.then.disposition or Disposition.PROCEED_WITH_CARE,
        words="; ".join(told_alone(*item, questionnaire) for item in because.items()),
        ask=rule.tell_therapist,
        private=any(questionnaire.by_id[one].private for one in because if one in questionnaire.by_id),
    )
