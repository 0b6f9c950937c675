"""Flags: what the safety rules found, in the words of the answers that raised it. For staff and therapists only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nmtchoose.model.answers import Answer, Answers, special
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import NONE, Questionnaire
from nmtchoose.model.rules import Rule, RuleTable
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import fired_rules
from nmtchoose.words.answers import told_alone


@dataclass(frozen=True, slots=True)
class Flag:
    """What one rule found. `ask` says what the therapist asks or looks for; `private` is true for a private answer."""

    leads_to: Disposition
    words: str
    ask: str
    private: bool


def flags_of(assessment: Assessment, tables: Tables) -> tuple[Flag, ...]:
    """Return one flag for each safety rule that fired, the most serious first.

    Where the disposition forbids a therapy, only the rules that send the client to a doctor are flags.
    """
    raising = _raising(assessment, tables.rules)
    rules = (rule for rule in tables.rules.rules if rule.id in raising)
    flags = dict.fromkeys(_flag(rule, raising[rule.id], tables.questionnaire) for rule in rules)
    return tuple(sorted(flags, key=lambda flag: -flag.leads_to.severity))


def unflagged(assessment: Assessment, rules: RuleTable, answers: Answers) -> Answers:
    """Return what of `answers` raised no flag."""
    raised: dict[str, set[str | int]] = {}
    for because in _raising(assessment, rules).values():
        for question, answer in because.items():
            raised.setdefault(question, set()).update(answer if isinstance(answer, tuple) else (answer,))
    left: dict[str, Answer] = {}
    for question, answer in answers.items():
        told = raised.get(question, set())
        if isinstance(answer, tuple):
            rest = tuple(one for one in answer if one not in told)
            left |= {question: rest} if rest else {}
        elif answer not in told:
            left[question] = answer
    return left


def open_points(assessment: Assessment, questionnaire: Questionnaire, answers: Answers) -> tuple[str, ...]:
    """Return the questions to ask next, as staff ask them, each with the answer that left it open, if there was one."""
    undecided = (one for rule in assessment.undecided for one in rule.questions)
    return tuple(
        told_alone(questionnaire[one], answers[one]) if one in answers else questionnaire[one].ask.staff
        for one in dict.fromkeys((*assessment.missing, *undecided))
    )


def _raising(assessment: Assessment, rules: RuleTable) -> dict[str, dict[str, Answer]]:
    """Return the answers behind each flag by the id of its rule; that none of a list fits raises nothing."""
    counting = {rule.id for rule in fired_rules(assessment, rules) if _counts(rule, assessment)}
    raised = {
        firing.rule: {question: answer for question, answer in firing.because.items() if special(answer) != NONE}
        for firing in assessment.trace
        if firing.rule in counting
    }
    return {rule: because for rule, because in raised.items() if because}


def _counts(rule: Rule, assessment: Assessment) -> bool:
    if not assessment.disposition.forbids_therapy:
        return rule.stage.is_safety
    return rule.then.disposition is not None and rule.then.disposition.forbids_therapy


def _flag(rule: Rule, because: Mapping[str, Answer], questionnaire: Questionnaire) -> Flag:
    return Flag(
        leads_to=rule.then.disposition or Disposition.PROCEED_WITH_CARE,
        words="; ".join(told_alone(questionnaire[one], answer) for one, answer in because.items()),
        ask=rule.tell_therapist or rule.then.caution,
        private=any(questionnaire[one].private for one in because),
    )
