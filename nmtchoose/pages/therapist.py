"""The result for the therapist on one page: who comes, where it hurts, what to ask, what to leave out, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nmtchoose.model.answers import Answer, Answers, chosen, special
from nmtchoose.model.condition import ALWAYS
from nmtchoose.model.questionnaire import NONE, Kind, Question
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables
from nmtchoose.pages.body_marks import TITLE as BODY_MAP
from nmtchoose.pages.body_marks import result_marks
from nmtchoose.pages.flags import Flag, flags_of, open_points, unflagged
from nmtchoose.pages.intake import Intake, fired_rules
from nmtchoose.pages.page import Block, BodyMap, Facts, Heading, Page, Paragraph, facts, listed
from nmtchoose.pages.ruled_out import ruled_out
from nmtchoose.pages.suggestion import NO_LIMIT, pressure_pairs, site_pairs, suggested, waiting
from nmtchoose.pages.urgent import emergency_blocks
from nmtchoose.words.answers import WEEKS, answer_words, short_label
from nmtchoose.words.sentences import sentence
from nmtchoose.words.terms import FLAG, review_words

_TITLE = "For the therapist"
_WHO = ("age", "goals")
"""The questions about who comes and what for; a questionnaire without them is told without them."""

_SUBACUTE_FROM = "subacute_from_weeks"
_CHRONIC_FROM = "chronic_from_weeks"
"""The settings of the rule table for how long pain has lasted. Without them the time stands alone."""


def therapist_page(intake: Intake, tables: Tables) -> Page:
    """Return what the therapist has to know, private answers included; numbers stay open, as on `result_page`.

    Every answer that says something is on it; "none of these" and answers that reassure are left out. In an emergency
    it is the emergency's page and nothing else.
    """
    if intake.assessment.disposition.is_emergency:
        return Page(_TITLE, emergency_blocks(intake, tables))
    open_now = open_points(intake.assessment, tables.questionnaire, intake.answers)
    sources = (rule.sources for rule in fired_rules(intake.assessment, tables.rules) if rule.stage.is_safety)
    blocks = (
        Heading(_TITLE),
        *_who_and_what(intake, tables),
        *_pain(intake, tables),
        *_booked(intake, tables),
        *listed("Still open: ask first", open_now),
        *_other_answers(intake, tables),
        Heading("Please note"),
        Paragraph(sentence(tables.rules, "for_therapists")),
        Paragraph(review_words(tables.rules.reviewed)),
        *facts(("Sources", ", ".join(dict.fromkeys(one for these in sources for one in these)))),
    )
    return Page(_TITLE, blocks)


def _who_and_what(intake: Intake, tables: Tables) -> tuple[Facts, ...]:
    assessment, rules = intake.assessment, tables.rules
    named = assessment.recommendation.therapies
    reasons = (one.text for result in assessment.therapies if result.id in named for one in result.reasons)
    return facts(
        *_told(_WHO, intake.answers, tables, intake.typed),
        ("Result", rules.dispositions[assessment.disposition].title),
        waiting(assessment),
        suggested(assessment, rules),
        ("Why", " ".join(dict.fromkeys(reasons))),
        ("Ruled out", ", ".join(rules.therapy(result.id).short for result, _ in ruled_out(assessment, rules))),
    )


def _pain(intake: Intake, tables: Tables) -> tuple[Block, ...]:
    beside = _told(_beside_pain(tables), intake.answers, tables, intake.typed)
    marks = result_marks(intake, tables)
    if marks and not intake.assessment.disposition.forbids_therapy:
        return (Heading(BODY_MAP), BodyMap(marks, beside))
    told = (*_told((tables.rules.pain_question,), intake.answers, tables, intake.typed), *beside)
    return (Heading("Pain"), Facts(told)) if told else ()


def _beside_pain(tables: Tables) -> tuple[str, ...]:
    """Return the other questions of the section that asks where it hurts."""
    places = tables.questionnaire.by_id.get(tables.rules.pain_question)
    asked = (one for one in tables.questionnaire.questions if places and one.section == places.section)
    return tuple(one.id for one in asked if one.id not in (*_WHO, tables.rules.pain_question))


def _booked(intake: Intake, tables: Tables) -> tuple[Block, ...]:
    """Return the flags, then the limits, then what to know about this client and not about every client."""
    assessment = intake.assessment
    flags = flags_of(assessment, tables)
    flagged = listed("Flags, and what to ask", tuple(f"{FLAG[flag.leads_to]}: {_asking(flag)}" for flag in flags))
    if assessment.disposition.forbids_therapy:
        return flagged
    asked = {flag.ask for flag in flags}
    general = {rule.id for rule in tables.rules.rules if rule.when == ALWAYS}
    notes = (note for note in assessment.tell_therapist if note.rule not in general and note.text not in asked)
    places = site_pairs(assessment.site_notes, tables)
    return (
        *flagged,
        Heading("Limits"),
        Facts((*pressure_pairs(assessment, tables.rules), *places) or (("Pressure", NO_LIMIT),)),
        *listed("Good to know", tuple(note.text for note in notes)),
    )


def _asking(flag: Flag) -> str:
    """Return what to ask, then the answers behind it unless it starts with those words itself."""
    if not flag.ask:
        return flag.words
    return flag.ask if flag.ask.startswith(flag.words) else f"{flag.ask} Answered: {flag.words}"


def _other_answers(intake: Intake, tables: Tables) -> tuple[Block, ...]:
    """Return every answer that says something and stands nowhere else on the page."""
    elsewhere = {*_WHO, tables.rules.pain_question, *_beside_pain(tables)}
    limited = {note.site for note in intake.assessment.site_notes}
    others = []
    for question in tables.questionnaire.questions:
        options = chosen(intake.answers.get(question.id, ()))
        among_limits = question.sites and limited.issuperset(options)
        if question.id not in elsewhere and not among_limits and not _reassuring(question, options):
            others.append(question.id)
    told = _told(others, unflagged(intake.assessment, tables.rules, intake.answers), tables, intake.typed)
    return (Heading("Wishes and other answers"), Facts(told)) if told else ()


def _reassuring(question: Question, options: Iterable[str]) -> bool:
    """Return whether the one answer to `question` speaks against a risk, such as "no"."""
    known = (question.option(one) for one in options)
    return question.kind is Kind.ONE and any(option is not None and option.reassuring for option in known)


def _told(
    question_ids: Iterable[str], answers: Answers, tables: Tables, typed: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Return a short label and the words for each answer that says something: not "none of these" or an empty text."""
    said = [one for one in question_ids if special(answers.get(one, NONE)) != NONE and answers[one] != ""]
    return tuple(_pair(tables.questionnaire[one], answers[one], tables.rules, typed.get(one, "")) for one in said)


def _pair(question: Question, answer: Answer, rules: RuleTable, typed: str) -> tuple[str, str]:
    """Return a label and an answer in words, as it was `typed` where that is known.

    A time in weeks comes with its band, by the settings of the rule table.
    """
    label = question.ask.staff if question.is_line or question.noted_of else short_label(question.id)
    words = typed or answer_words(question, answer)
    if question.unit != WEEKS:
        return label, words
    band = _band(answer, rules) if isinstance(answer, int) else ""
    return "For how long", f"{words}, {band}" if band else words


def _band(weeks: int, rules: RuleTable) -> str:
    """Return acute, subacute or chronic (safety reference: under 6 weeks, 6 to 12, from 13), or nothing."""
    subacute, chronic = (rules.settings.get(one) for one in (_SUBACUTE_FROM, _CHRONIC_FROM))
    if subacute is None or chronic is None:
        return ""
    if weeks >= chronic:
        return "chronic"
    return "subacute" if weeks >= subacute else "acute"
