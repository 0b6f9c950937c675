"""The result for the therapist on one page: who comes, where it hurts, what to ask, what to leave out, and why."""

from __future__ import annotations

from collections.abc import Iterable

from nmtchoose.model.answers import Answers, chosen, special
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.condition import ALWAYS
from nmtchoose.model.questionnaire import NONE, Kind, Question, Questionnaire
from nmtchoose.model.rules import Region, RuleTable
from nmtchoose.pages.body_marks import TITLE as BODY_MAP
from nmtchoose.pages.body_marks import result_marks
from nmtchoose.pages.flags import Flag, flags_of, open_points, unflagged
from nmtchoose.pages.limits import pressure_pairs, site_pairs
from nmtchoose.pages.page import Block, BodyMap, Facts, Heading, Page, Paragraph, facts, listed, page_with_numbers
from nmtchoose.pages.ruled_out import ruled_out
from nmtchoose.pages.suggestion import suggested_label, suggested_names, waiting_for
from nmtchoose.pages.urgent import emergency_blocks
from nmtchoose.words.answers import WEEKS, answer_words, short_label
from nmtchoose.words.sentences import sentence
from nmtchoose.words.terms import FLAG

TITLE = "For the therapist"
WHO = ("age", "goals")
"""The questions about who comes and what for; a questionnaire without them is told without them."""

SUBACUTE_FROM = "subacute_from_weeks"
CHRONIC_FROM = "chronic_from_weeks"
"""The settings of the rule table for how long pain has lasted. Without them the time stands alone."""


def therapist_page(
    assessment: Assessment,
    questionnaire: Questionnaire,
    rules: RuleTable,
    answers: Answers,
    region: Region | None = None,
) -> Page:
    """Return what the therapist has to know, private answers included; the parameters are those of `result_page`.

    Every answer that says something is on it; "none of these" and answers that reassure are left out. In an emergency
    it is the emergency's page and nothing else.
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
        *_notes(assessment, questionnaire, rules),
        *listed("Still open: ask first", open_now),
        *_other_answers(assessment, questionnaire, rules, answers),
        Heading("Please note"),
        Paragraph(sentence(rules, "for_therapists")),
        *facts(("Sources", ", ".join(_sources(assessment, rules)))),
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
    elsewhere = (*WHO, rules.pain_question)
    return tuple(
        one.id
        for one in questionnaire.questions
        if places and one.section == places.section and one.id not in elsewhere
    )


def _flags(assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable) -> tuple[Block, ...]:
    flags = flags_of(assessment, questionnaire, rules)
    return listed("Flags, and what to ask", tuple(f"{FLAG[flag.leads_to]}: {_asking(flag)}" for flag in flags))


def _asking(flag: Flag) -> str:
    """Return what to ask, then the answers behind it unless it starts with those words itself."""
    if not flag.ask:
        return flag.words
    return flag.ask if flag.ask.startswith(flag.words) else f"{flag.ask} Answered: {flag.words}"


def _notes(assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable) -> tuple[Block, ...]:
    """Return what rules about fit and plan want the therapist to know about this client, not about every client."""
    if assessment.disposition.forbids_therapy:
        return ()
    asked = {flag.ask for flag in flags_of(assessment, questionnaire, rules)}
    general = {rule.id for rule in rules.rules if rule.when == ALWAYS}
    notes = (note for note in assessment.tell_therapist if note.rule not in general and note.text not in asked)
    return listed("Good to know", tuple(note.text for note in notes))


def _limits(assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable) -> tuple[Block, ...]:
    if assessment.disposition.forbids_therapy:
        return ()
    pairs = (*pressure_pairs(assessment, rules), *site_pairs(assessment.site_notes, questionnaire))
    return (Heading("Limits"), Facts(pairs))


def _other_answers(
    assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable, answers: Answers
) -> tuple[Block, ...]:
    """Return every answer that says something and stands nowhere else on the page."""
    elsewhere = {*WHO, rules.pain_question, *_beside_pain(questionnaire, rules)}
    left = unflagged(assessment, rules, answers)
    others = (
        one.id
        for one in questionnaire.questions
        if one.id not in elsewhere and not _limited(one, assessment, answers) and not _reassuring(one, answers)
    )
    told = _told(others, questionnaire, left, rules)
    return (Heading("Wishes and other answers"), Facts(told)) if told else ()


def _limited(question: Question, assessment: Assessment, answers: Answers) -> bool:
    """Return whether `question` asks for places, and all of those marked are among the limits."""
    limited = {note.site for note in assessment.site_notes}
    return question.sites and limited.issuperset(chosen(answers.get(question.id, ())))


def _reassuring(question: Question, answers: Answers) -> bool:
    """Return whether the one answer to `question` speaks against a risk, such as "no"."""
    options = [question.option(one) for one in chosen(answers.get(question.id, ()))]
    return question.kind is Kind.ONE and any(option is not None and option.reassuring for option in options)


def _told(
    question_ids: Iterable[str], questionnaire: Questionnaire, answers: Answers, rules: RuleTable
) -> tuple[tuple[str, str], ...]:
    """Return a short label and the words for each answer that says something: not "none of these" or an empty text."""
    said = [one for one in question_ids if special(answers.get(one, NONE)) != NONE and answers[one] != ""]
    return tuple((_label(one, questionnaire), _with_band(one, questionnaire, answers, rules)) for one in said)


def _label(question_id: str, questionnaire: Questionnaire) -> str:
    return "For how long" if _in_weeks(question_id, questionnaire) else short_label(question_id)


def _in_weeks(question_id: str, questionnaire: Questionnaire) -> bool:
    return question_id in questionnaire.by_id and questionnaire[question_id].unit == WEEKS


def _with_band(question_id: str, questionnaire: Questionnaire, answers: Answers, rules: RuleTable) -> str:
    """Return an answer in words; a time in weeks with its band, by the settings of the rule table."""
    answer = answers[question_id]
    words = answer_words(questionnaire[question_id], answer)
    band = _band(answer, rules) if _in_weeks(question_id, questionnaire) and isinstance(answer, int) else ""
    return f"{words}, {band}" if band else words


def _band(weeks: int, rules: RuleTable) -> str:
    """Return acute, subacute or chronic (safety reference: under 6 weeks, 6 to 12, from 13), or nothing."""
    subacute, chronic = (rules.settings.get(one) for one in (SUBACUTE_FROM, CHRONIC_FROM))
    if subacute is None or chronic is None:
        return ""
    if weeks >= chronic:
        return "chronic"
    return "subacute" if weeks >= subacute else "acute"


def _sources(assessment: Assessment, rules: RuleTable) -> tuple[str, ...]:
    """Return the ids of the sources of every safety rule that fired."""
    fired = {firing.rule for firing in assessment.trace}
    speaking = (rule.sources for rule in rules.rules if rule.id in fired and rule.stage.is_safety)
    return tuple(dict.fromkeys(one for sources in speaking for one in sources))
