"""The result of an intake as the client reads it, the most important things first.

What staff and therapists need beyond it stands on pages of their own.
"""

from __future__ import annotations

from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment, RecommendationKind, Strength
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import MOST_PRESSURE, Region, RuleTable
from nmtchoose.pages.body_marks import body_map_blocks
from nmtchoose.pages.comparison import table_for
from nmtchoose.pages.limits import limit_blocks
from nmtchoose.pages.page import (
    Block,
    Bullets,
    Card,
    Facts,
    Heading,
    Page,
    Paragraph,
    Tone,
    facts,
    listed,
    page_with_numbers,
)
from nmtchoose.pages.ruled_out import ruled_out_blocks
from nmtchoose.pages.session import evidence_blocks, session_blocks
from nmtchoose.pages.suggestion import TONES, on_hold, suggested_label, suggested_names, waiting_for
from nmtchoose.pages.urgent import doctor_blocks, emergency_blocks, for_the_doctor, own_card
from nmtchoose.words.answers import answer_words
from nmtchoose.words.sentences import sentence
from nmtchoose.words.terms import STRENGTH, pressure_words

_SENTENCES = {
    RecommendationKind.THERAPY: "winner",
    RecommendationKind.SEQUENCE: "sequence",
    RecommendationKind.EITHER: "tie",
    RecommendationKind.NONE: "no_therapy",
    RecommendationKind.NOT_ENOUGH_INFORMATION: "not_enough_information",
}


def result_page(
    assessment: Assessment,
    questionnaire: Questionnaire,
    rules: RuleTable,
    answers: Answers,
    region: Region | None = None,
) -> Page:
    """Return everything that an assessment says, in the words of the two files.

    `answers` are those that led to `assessment`. `region` gives the telephone numbers; without it their places stay
    open for `page_with_numbers`. Where the disposition forbids it, no therapy is named. Raises KeyError when
    `assessment` was made with other tables.
    """
    if assessment.disposition.is_emergency:
        blocks = emergency_blocks(assessment, questionnaire, rules)
    elif assessment.disposition.forbids_therapy:
        blocks = (
            *_incomplete(assessment, questionnaire, rules),
            *doctor_blocks(assessment, questionnaire, rules),
            *_last(assessment, rules, "Do not wait for the appointment: get help at once if any of these start"),
        )
    else:
        blocks = (
            *_incomplete(assessment, questionnaire, rules),
            *_booking(assessment, questionnaire, rules, answers),
            *_last(assessment, rules, "Get medical help, and cancel the session, if any of these start later"),
        )
    page = Page(rules.dispositions[assessment.disposition].title, blocks)
    return page_with_numbers(page, region) if region else page


def _booking(
    assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable, answers: Answers
) -> tuple[Block, ...]:
    return (
        _headline(assessment, rules),
        *_next(assessment, questionnaire, rules),
        *_undecided(assessment, questionnaire, rules, answers),
        *_why(assessment, rules),
        *ruled_out_blocks(assessment, rules),
        *body_map_blocks(assessment, questionnaire, rules, answers),
        *limit_blocks(assessment, questionnaire, rules),
        *_comparison(assessment, rules),
        *session_blocks(assessment, rules),
        *evidence_blocks(assessment, rules),
    )


def _incomplete(assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable) -> tuple[Block, ...]:
    if assessment.complete:
        return ()
    open_questions = tuple(questionnaire[one].ask.client for one in assessment.missing)
    body = (Paragraph(sentence(rules, "incomplete")), Bullets(open_questions))
    return (Card("Not finished: questions still open", Tone.WAIT, body if open_questions else body[:1]),)


def _headline(assessment: Assessment, rules: RuleTable) -> Card:
    said = rules.dispositions[assessment.disposition]
    client = said.client or sentence(rules, "nothing_found")
    limit = assessment.pressure_limit
    told = facts(
        (suggested_label(assessment), suggested_names(assessment, rules)),
        ("Pressure", pressure_words(limit) if limit < MOST_PRESSURE else ""),
        ("Wait until", waiting_for(assessment)),
        ("At the desk", said.staff),
    )
    return Card(said.title, TONES[assessment.disposition], (Paragraph(client), *told))


def _next(assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable) -> tuple[Block, ...]:
    steps = listed("What to do next", tuple(note.text for note in assessment.next_steps))
    if on_hold(assessment) and assessment.recommendation.therapies:
        steps = (Heading("What to do next"), Paragraph(sentence(rules, "held")), *steps[1:])
    if assessment.disposition is Disposition.MEDICAL_SOON:
        steps = (*steps, *for_the_doctor(assessment, questionnaire, rules))
    return (*listed("What your answers mean", tuple(note.text for note in assessment.tell_client)), *steps)


def _undecided(
    assessment: Assessment,
    questionnaire: Questionnaire,
    rules: RuleTable,
    answers: Answers,
) -> tuple[Block, ...]:
    """Return the answers that left a safety rule open; questions that are still missing are told at the top."""
    open_questions = dict.fromkeys(one for rule in assessment.undecided for one in rule.questions)
    pairs = tuple(
        (questionnaire[one].ask.client, answer_words(questionnaire[one], answers[one]))
        for one in open_questions
        if one in answers
    )
    if not pairs:
        return ()
    return (Heading("Left open by the answers"), Paragraph(sentence(rules, "undecided")), Facts(pairs))


def _why(assessment: Assessment, rules: RuleTable) -> tuple[Block, ...]:
    booking = assessment.recommendation
    left = booking.strength is Strength.WHAT_IS_LEFT
    key = "what_is_left" if left else _SENTENCES[booking.kind]
    names = [rules.therapy(one).name for one in booking.therapies]
    texts = dict.fromkeys((booking.text or sentence(rules, key, names), STRENGTH[booking.strength]))
    blocks: list[Block] = [Heading("The suggestion"), *(Paragraph(text) for text in texts if text)]
    for result in assessment.therapies:
        reasons = tuple(dict.fromkeys(reason.text for reason in result.reasons if reason.text))
        if result.id in booking.therapies and reasons:
            blocks += [Paragraph(f"Why {rules.therapy(result.id).name}:"), Bullets(reasons)]
    return tuple(blocks)


def _comparison(assessment: Assessment, rules: RuleTable) -> tuple[Block, ...]:
    if assessment.recommendation.kind is RecommendationKind.NONE or not assessment.therapies:
        return ()
    return (Heading("The choices compared"), table_for(assessment, rules))


def _last(assessment: Assessment, rules: RuleTable, warning: str) -> tuple[Block, ...]:
    stamp = assessment.stamp
    made_by = (
        f"nmtchoose {stamp.app}, questions {stamp.questionnaire.version} ({stamp.questionnaire.sha256[:12]}), "
        f"rules {stamp.rules.version} ({stamp.rules.sha256[:12]})"
    )
    return (
        *listed(warning, rules.safety_net),
        Heading("Please note"),
        Paragraph(sentence(rules, "not_a_diagnosis")),
        *facts(("Made with", made_by)),
        *facts(("In short", _in_short(assessment, rules))),
    )


def _in_short(assessment: Assessment, rules: RuleTable) -> str:
    """Return the result in one line, since a long page ends where a terminal shows it."""
    named = suggested_names(assessment, rules)
    title = (own_card(assessment, rules) or rules.dispositions[assessment.disposition]).title
    return f"{title}. {suggested_label(assessment)}: {named}." if named else f"{title}."
