"""The result of an intake as the client reads it, the most important things first.

What staff and therapists need beyond it stands on pages of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from nmtchoose.model.assessment import Assessment, RecommendationKind, Strength
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import RuleTable, Therapy
from nmtchoose.model.tables import Tables
from nmtchoose.pages.body_marks import body_map_blocks
from nmtchoose.pages.compare import evidence_words, table_for
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.page import Block, Bullets, Card, Facts, Heading, Page, Paragraph, Tone, facts, listed, texts
from nmtchoose.pages.ruled_out import ruled_out_blocks
from nmtchoose.pages.suggestion import TONES, on_hold, pressure_pairs, site_pairs, suggested, waiting, whole_body
from nmtchoose.pages.urgent import doctor_blocks, emergency_blocks, for_the_doctor, own_card
from nmtchoose.words.answers import answer_words
from nmtchoose.words.sentences import sentence
from nmtchoose.words.terms import STRENGTH, files_words, review_words

_SENTENCES = {
    RecommendationKind.THERAPY: "winner",
    RecommendationKind.SEQUENCE: "sequence",
    RecommendationKind.EITHER: "tie",
    RecommendationKind.NONE: "no_therapy",
    RecommendationKind.NOT_ENOUGH_INFORMATION: "not_enough_information",
}


def result_page(intake: Intake, tables: Tables) -> Page:
    """Return everything that an assessment says, in the words of the two files.

    The places of telephone numbers stay open for `page_with_numbers`. Where the disposition forbids it, no therapy is
    named. Raises KeyError when the assessment was made with other tables.
    """
    assessment = intake.assessment
    if assessment.disposition.is_emergency:
        blocks = emergency_blocks(assessment, tables)
    elif assessment.disposition.forbids_therapy:
        blocks = (
            *_incomplete(assessment, tables),
            *doctor_blocks(assessment, tables),
            *_last(assessment, tables.rules, "Do not wait for the appointment: get help at once if any of these start"),
        )
    else:
        blocks = (
            *_incomplete(assessment, tables),
            *_booking(intake, tables),
            *_last(assessment, tables.rules, "Get medical help, and cancel the session, if any of these start later"),
        )
    return Page(tables.rules.dispositions[assessment.disposition].title, blocks)


def _booking(intake: Intake, tables: Tables) -> tuple[Block, ...]:
    assessment, rules = intake.assessment, tables.rules
    return (
        _headline(assessment, rules),
        *_next(assessment, tables),
        *_undecided(intake, tables),
        *_why(assessment, rules),
        *ruled_out_blocks(assessment, rules),
        *body_map_blocks(intake, tables),
        Heading("Pressure and places"),
        Facts((*pressure_pairs(assessment, rules), *site_pairs(assessment.site_notes, tables))),
        *listed("Take care", texts(assessment.cautions)),
        *_comparison(assessment, rules),
        *_session(assessment, rules),
    )


def _incomplete(assessment: Assessment, tables: Tables) -> tuple[Block, ...]:
    if assessment.complete:
        return ()
    missing = tuple(tables.questionnaire[one].ask.client for one in assessment.missing)
    body = (Paragraph(sentence(tables.rules, "incomplete")), Bullets(missing))
    return (Card("Not finished: questions still open", Tone.WAIT, body if missing else body[:1]),)


def _headline(assessment: Assessment, rules: RuleTable) -> Card:
    said = rules.dispositions[assessment.disposition]
    told = facts(
        suggested(assessment, rules),
        ("Pressure", whole_body(assessment, rules)),
        waiting(assessment),
        ("At the desk", said.staff),
    )
    client = Paragraph(said.client or sentence(rules, "nothing_found"))
    return Card(said.title, TONES[assessment.disposition], (client, *told))


def _next(assessment: Assessment, tables: Tables) -> tuple[Block, ...]:
    steps = listed("What to do next", texts(assessment.next_steps))
    if on_hold(assessment) and assessment.recommendation.therapies:
        steps = (Heading("What to do next"), Paragraph(sentence(tables.rules, "held")), *steps[1:])
    if assessment.disposition is Disposition.MEDICAL_SOON:
        steps = (*steps, *for_the_doctor(assessment, tables))
    return (*listed("What your answers mean", texts(assessment.tell_client)), *steps)


def _undecided(intake: Intake, tables: Tables) -> tuple[Block, ...]:
    """Return the answers that left a safety rule open; questions that are still missing are told at the top."""
    left_open = dict.fromkeys(one for rule in intake.assessment.undecided for one in rule.questions)
    pairs = tuple(
        (question.ask.client, answer_words(question, intake.answers[question.id]))
        for question in (tables.questionnaire[one] for one in left_open if one in intake.answers)
    )
    if not pairs:
        return ()
    return (Heading("Left open by the answers"), Paragraph(sentence(tables.rules, "undecided")), Facts(pairs))


def _why(assessment: Assessment, rules: RuleTable) -> Iterator[Block]:
    booking = assessment.recommendation
    left = booking.strength is Strength.WHAT_IS_LEFT
    key = "what_is_left" if left else _SENTENCES[booking.kind]
    names = [rules.therapy(one).name for one in booking.therapies]
    yield Heading("The suggestion")
    for text in dict.fromkeys((booking.text or sentence(rules, key, names), STRENGTH[booking.strength])):
        if text:
            yield Paragraph(text)
    for result in assessment.therapies:
        reasons = texts(result.reasons)
        if result.id in booking.therapies and reasons:
            yield from (Paragraph(f"Why {rules.therapy(result.id).name}:"), Bullets(reasons))


def _comparison(assessment: Assessment, rules: RuleTable) -> tuple[Block, ...]:
    if assessment.recommendation.kind is RecommendationKind.NONE or not assessment.therapies:
        return ()
    return (Heading("The choices compared"), table_for(assessment, rules))


def _session(assessment: Assessment, rules: RuleTable) -> Iterator[Block]:
    """Yield what to know about the suggested session, and how sure the evidence is."""
    named = [rules.therapy(one) for one in assessment.recommendation.therapies]

    def merged(part: Callable[[Therapy], Iterable[str]]) -> tuple[str, ...]:
        """Return the items of all therapies; an item that not all of them share says which one it is about."""
        owners: dict[str, list[str]] = {}
        for therapy in named:
            for item in part(therapy):
                owners.setdefault(item, []).append(therapy.short)
        shared = {item for item, shorts in owners.items() if len(shorts) == len(named)}
        return tuple(item if item in shared else f"{', '.join(shorts)}: {item}" for item, shorts in owners.items())

    asked = (*merged(lambda one: one.ask_therapist), *texts(assessment.ask_therapist))
    yield from listed("What to expect", (*merged(lambda one: one.expect), *texts(assessment.expect)))
    yield from listed("What to ask the therapist", asked)
    yield from listed("What to look for in a therapist", merged(lambda one: one.qualifications))
    yield from listed("Afterwards", (*merged(lambda one: one.aftercare), *texts(assessment.aftercare)))
    for title, pairs in (
        ("Usual number of visits", [(therapy.name, therapy.visits) for therapy in named if therapy.visits]),
        ("How sure the evidence is", [(therapy.name, evidence_words(rules, therapy)) for therapy in named]),
    ):
        if pairs:
            yield from (Heading(title), Facts(tuple(pairs)))


def _last(assessment: Assessment, rules: RuleTable, warning: str) -> tuple[Block, ...]:
    """Return what to watch for, and the result in one line, since a long page ends where a terminal shows it."""
    label, named = suggested(assessment, rules)
    title = (own_card(assessment, rules) or rules.dispositions[assessment.disposition]).title
    return (
        *listed(warning, rules.safety_net),
        Heading("Please note"),
        Paragraph(sentence(rules, "not_a_diagnosis")),
        Paragraph(review_words(rules.reviewed)),
        *facts(("Made with", f"nmtchoose {assessment.stamp.app}, {files_words(assessment.stamp)}")),
        *facts(("In short", f"{title}. {label}: {named}." if named else f"{title}.")),
    )
