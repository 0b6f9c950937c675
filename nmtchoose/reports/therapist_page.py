"""The result for the therapist on one page: who comes, where it hurts, what to ask, what to leave out, and why."""

from __future__ import annotations

from collections.abc import Iterable

from nmtchoose.model.answers import Answers, special
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.questionnaire import NONE, Questionnaire
from nmtchoose.model.rules import Region, RuleTable
from nmtchoose.reports.answer_words import answer_words, short_label
from nmtchoose.reports.body_marks import TITLE as BODY_MAP
from nmtchoose.reports.body_marks import result_marks
from nmtchoose.reports.flags import flags_of, open_points, unflagged
from nmtchoose.reports.limits import pressure_pairs, site_pairs
from nmtchoose.reports.page import Block, BodyMap, Facts, Heading, Page, Paragraph, facts, listed
from nmtchoose.reports.plain_page import labelled
from nmtchoose.reports.ruled_out import ruled_out
from nmtchoose.reports.suggestion import suggested_label, suggested_names, waiting_for
from nmtchoose.reports.telephone import page_with_numbers
from nmtchoose.reports.urgent_page import emergency_blocks
from nmtchoose.reports.wording import FLAG, sentence

TITLE = "For the therapist"
WHO = ("age", "goals")
"""The questions about who comes and what for; a questionnaire without them is told without them."""

SUBACUTE_FROM = "subacute_from_weeks"
CHRONIC_FROM = "chronic_from_weeks"
"""The settings of the rule table for how long pain has lasted. Without them the time stands alone."""

WEEKS = "weeks"
_NO = "no"


def therapist_page(
    assessment: Assessment,
    questionnaire: Questionnaire,
    rules: RuleTable,
    answers: Answers,
    region: Region | None = None,
) -> Page:
    """Return what the therapist has to know, private answers included; the parameters are those of `result_page`.

    Every answer that says something is on it. In an emergency it is the emergency's page and nothing else.
    """
    if assessment.disposition.is_emergency:
        blocks = emergency_blocks(assessment, questionnaire, rules)
    else:
        blocks = _summary(assessment, questionnaire, rules, answers)
    page = Page(TITLE, blocks)
    return page_with_numbers(page, region) if region else page


def _summary(
    assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable, answers: Answers
) -> tuple[Block, ...]:
    open_now = open_points(assessment, questionnaire, answers)
    return (
        Heading(TITLE),
        *_who_and_what(assessment, questionnaire, rules, answers),
        *_pain(assessment, questionnaire, rules, answers),
        *_flags(assessment, questionnaire, rules),
        *_limits(assessment, questionnaire, rules),
        *listed("Still open: ask first", open_now),
        *_other_answers(assessment, questionnaire, rules, answers),
        Heading("Please note"),
        *facts(("Sources", ", ".join(_sources(assessment, rules)))),
        Paragraph(sentence(rules, "not_a_diagnosis")),
    )


def _who_and_what(
    assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable, answers: Answers
) -> tuple[Facts, ...]:
    named = assessment.recommendation.therapies
    reasons = (one.text for result in assessment.therapies if result.id in named for one in result.reasons)
    return facts(
        *_told(WHO, questionnaire, answers, rules),
        ("Result", rules.dispositions[assessment.disposition].title),
        ("Wait until", waiting_for(assessment)),
        (suggested_label(assessment), suggested_names(assessment, rules)),
        ("Why", " ".join(dict.fromkeys(reasons))),
        ("Ruled out", ", ".join(rules.therapy(result.id).short for result, _ in ruled_out(assessment, rules))),
    )


def _pain(
    assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable, answers: Answers
) -> tuple[Block, ...]:
    beside = _told(_beside_pain(questionnaire, rules), questionnaire, answers, rules)
    marks = result_marks(assessment, questionnaire, rules, answers)
    if marks and not assessment.disposition.forbids_therapy:
        return (Heading(BODY_MAP), BodyMap(marks, beside))
    told = (*_told((rules.pain_question,), questionnaire, answers, rules), *beside)
    return (Heading("Pain"), Facts(told)) if told else ()


def _beside_pain(questionnaire: Questionnaire, rules: RuleTable) -> tuple[str, ...]:
    """Return the other questions of the section that asks where it hurts."""
    places = questionnaire.by_id.get(rules.pain_question)
    section = places.section if places else None
    return tuple(one.id for one in questionnaire.questions if one.section == section and one is not places)


def _flags(assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable) -> tuple[Block, ...]:
    flags = flags_of(assessment, questionnaire, rules)
    pairs = tuple((FLAG[flag.leads_to], labelled(flag.words, flag.ask) if flag.ask else flag.words) for flag in flags)
    asked = {flag.ask for flag in flags}
    others = tuple(note.text for note in assessment.tell_therapist if note.text not in asked)
    return (
        *((Heading("Flags, and what to ask"), Facts(pairs)) if pairs else ()),
        *(() if assessment.disposition.forbids_therapy else listed("Also ask or look for", others)),
    )


def _limits(assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable) -> tuple[Block, ...]:
    if assessment.disposition.forbids_therapy:
        return ()
    said = {note.reason for note in assessment.site_notes}
    return (
        Heading("Limits"),
        Facts((*pressure_pairs(assessment, rules), *site_pairs(assessment.site_notes, questionnaire))),
        *listed("Take care", tuple(note.text for note in assessment.cautions if note.text not in said)),
    )


def _other_answers(
    assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable, answers: Answers
) -> tuple[Block, ...]:
    """Return every answer that says something and stands nowhere else on the page."""
    elsewhere = {*WHO, rules.pain_question, *_beside_pain(questionnaire, rules)}
    others = (one.id for one in questionnaire.questions if one.id not in elsewhere)
    told = _told(others, questionnaire, unflagged(assessment, rules, answers), rules)
    return (Heading("Wishes and other answers"), Facts(told)) if told else ()


def _told(
    question_ids: Iterable[str], questionnaire: Questionnaire, answers: Answers, rules: RuleTable
) -> tuple[tuple[str, str], ...]:
    """Return a short label and the words for each answer that says something: not "none of these" and not "no"."""
    said = [one for one in question_ids if one in answers and special(answers[one]) != NONE]
    return tuple(
        (short_label(one), _with_band(one, questionnaire, answers, rules))
        for one in said
        if answers[one] not in (_NO, "")
    )


def _with_band(question_id: str, questionnaire: Questionnaire, answers: Answers, rules: RuleTable) -> str:
    """Return an answer in words; a time in weeks with its band, by the settings of the rule table."""
    answer = answers[question_id]
    words = answer_words(question_id, answer, questionnaire)
    question = questionnaire.by_id.get(question_id)
    band = _band(answer, rules) if question and question.unit == WEEKS and isinstance(answer, int) else ""
    return f"{words} ({band})" if band else words


def _band(weeks: int, rules: RuleTable) -> str:
    """Return acute, subacute or chronic (safety reference: under 6 weeks, 6 to 12, from 13), or nothing."""
    subacute, chronic = (rules.settings.get(one) for one in (SUBACUTE_FROM, CHRONIC_FROM))
    if subacute is None or chronic is None:
        return ""
    if weeks >= chronic:
        return "chronic"
    return "subacute" if weeks >= subacute else "acute"


def _sources(assessment: Assessment, rules: RuleTable) -> tuple[str, ...]:
    """Return the ids of the sources of every safety rule that fired and of every suggested therapy."""
    fired = {firing.rule for firing in assessment.trace}
    speaking = (rule.sources for rule in rules.rules if rule.id in fired and rule.stage.is_safety)
    suggested = (rules.therapy(one).sources for one in assessment.recommendation.therapies)
    return tuple(dict.fromkeys(one for sources in (*speaking, *suggested) for one in sources))
