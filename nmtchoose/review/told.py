"""Questions and points as somebody reads them who has never seen the two files."""

from collections.abc import Iterator

from nmtchoose.model.questionnaire import UNSURE, Kind, Option, Question, Questionnaire
from nmtchoose.model.rules import Decision, RuleTable, SequencePlan
from nmtchoose.words.answers import option_label
from nmtchoose.words.conditions import in_words
from nmtchoose.words.sentences import id_words, joined

Said = tuple[str, str]
"""A label and a text."""

NEAR_MISS = "Not with"
"""What stands beside the client for whom a rule fires."""


def in_full(question: Question, *, staff: bool = False) -> str:
    """Return the words of a question, as the client or as staff read them; what stands above a line comes first."""
    voices = (question.stem.ask, question.ask) if question.stem else (question.ask,)
    return " ".join(one.staff if staff else one.client for one in voices)


def question_told(question: Question, questionnaire: Questionnaire) -> Iterator[Said]:
    """Yield what is asked, what can be answered, of whom and why."""
    asked, to_staff = in_full(question), in_full(question, staff=True)
    yield "Asks", asked
    yield "Staff ask", to_staff if to_staff != asked else ""
    yield "Answers", "; ".join(_answers(question, questionnaire))
    yield "Asked when", in_words(question.ask_when, questionnaire) if question.ask_when else "always"
    yield "Why we ask", question.why
    yield "Help", " ".join(filter(None, (question.stem.help if question.stem else "", question.help)))
    found = (f"{one.label}: {', '.join(one.words)}" for one in question.options if one.words and not question.sites)
    yield "Also found by", "; ".join(found)


def _answers(question: Question, questionnaire: Questionnaire) -> Iterator[str]:
    if question.kind is Kind.NUMBER:
        unit = "" if question.unit.startswith("of ") else f" {question.unit}"
        yield f"{question.minimum} to {question.maximum}{unit}"
    elif question.kind is Kind.TEXT:
        yield "a few words"
    elif question.sites:
        yield "places on the body"
    else:
        yield from (_option(one, questionnaire) for one in question.options)
    for one in question.specials:
        counts = _counts_as(question) if one == UNSURE else ""
        yield f"{question.label(one)} ({counts})" if counts else question.label(one)


def _counts_as(question: Question) -> str:
    return f"counts as {question.label(question.unsure_as)}" if question.unsure_as else ""


def _option(option: Option, questionnaire: Questionnaire) -> str:
    notes = (
        "speaks against a risk" if option.reassuring else "",
        f"only when {in_words(option.show_when, questionnaire)}" if option.show_when else "",
        f"staff read: {option.staff}" if option.staff else "",
        option.help,
    )
    told = "; ".join(filter(None, notes))
    return f"{option_label(option)} ({told})" if told else option_label(option)


def sequence_told(plan: SequencePlan, rules: RuleTable) -> Said:
    """Return what follows on what."""
    first, *later = (rules.therapy(one).name for one in (plan.first, *plan.later))
    return "Then", f"{first} first, later {joined(later, 'or')}, where both have {plan.min_fit} points or more"


def decision_told(decision: Decision, rules: RuleTable) -> Iterator[Said]:
    """Yield how points of fit become a suggestion."""
    yield "Named alone", f"a therapy that leads by {decision.winner_lead} points or more, else several are offered"
    yield "Called clear", f"from a lead of {decision.clear_lead} points"
    few = ", ".join(map(id_words, decision.enough_of))
    yield "Too little known", f"with fewer than {decision.enough_answers} answers to these: {few}"
    yield "Too little fit", f"where the best has fewer than {decision.enough_points} points"
    yield "Then named", f"{rules.therapy(decision.fallback).name}, as the mildest choice"
