"""The result of an intake as the client reads it: what is suggested and why, the choices, and what to do around it.

What staff and therapists need beyond it stands on pages of their own. Each fact is told once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from nmtchoose.model.assessment import Assessment
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import RuleTable, Therapy
from nmtchoose.model.tables import Tables
from nmtchoose.pages.body_marks import body_map_blocks
from nmtchoose.pages.compare import choices
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.page import Block, Bullets, Card, Facts, Heading, Page, Paragraph, Tone, facts, listed, texts
from nmtchoose.pages.ruled_out import ruled_out_blocks
from nmtchoose.pages.suggestion import (
    NO_LIMIT,
    NOT_FINISHED,
    TONES,
    act,
    how_it_ended,
    how_sure,
    is_bookable,
    on_hold,
    pain_told,
    pressure_pairs,
    recommended,
    site_pairs,
    suggested,
    waiting,
    worst_first,
)
from nmtchoose.pages.urgent import doctor_blocks, emergency_blocks, for_the_doctor, signs_for
from nmtchoose.words.answers import answer_words
from nmtchoose.words.sentences import sentence
from nmtchoose.words.terms import files_words, review_words

_MOST = 1
"""So many general lines of each kind are told of a therapy; the rest stands in the comparison."""


def result_page(intake: Intake, tables: Tables) -> Page:
    """Return everything that an assessment says, in the words of the two files.

    The places of telephone numbers stay open for `page_with_numbers`. Where the disposition forbids it, no therapy is
    named. Raises KeyError when the assessment was made with other tables.
    """
    assessment = intake.assessment
    if assessment.disposition.is_emergency:
        blocks = emergency_blocks(intake, tables)
    elif assessment.disposition.forbids_therapy:
        blocks = (*_incomplete(assessment, tables), *doctor_blocks(intake, tables), *_last(intake, tables))
    else:
        blocks = (
            *_incomplete(assessment, tables),
            *_suggestion(intake, tables),
            *_choices(assessment, tables.rules),
            *_session(assessment, tables.rules),
            *_last(intake, tables),
        )
    stamp = assessment.stamp
    reviewed = review_words(tables.rules.reviewed)
    made = f"{sentence(tables.rules, 'not_a_diagnosis')} {reviewed} nmtchoose {stamp.app}, {files_words(stamp)}."
    foot = "" if assessment.disposition.is_emergency else made
    title = tables.rules.dispositions[assessment.disposition].title
    return Page(
        title if assessment.disposition.is_emergency else act(assessment, tables.rules), tuple(blocks), foot=foot
    )


def _suggestion(intake: Intake, tables: Tables) -> Iterator[Block]:
    assessment, rules = intake.assessment, tables.rules
    yield _headline(assessment, rules)
    yield from listed("What your answers mean", texts(worst_first(assessment.tell_client, rules)))
    yield from _undecided(intake, tables)
    yield from _why(intake, tables)
    yield from ruled_out_blocks(assessment, rules)
    yield from _mind(intake, tables)
    yield from _next(intake, tables)


def _headline(assessment: Assessment, rules: RuleTable) -> Card:
    said = rules.dispositions[assessment.disposition]
    meanwhile = suggested(assessment, rules) if assessment.disposition is Disposition.MEDICAL_SOON else ("", "")
    client = Paragraph(said.client or sentence(rules, "nothing_found"))
    told = facts(meanwhile, waiting(assessment))
    answered = replace(assessment, complete=True)  # what is still open stands above
    return Card(act(answered, rules), TONES[assessment.disposition], (client, *told))


def _incomplete(assessment: Assessment, tables: Tables) -> tuple[Block, ...]:
    if assessment.complete:
        return ()
    missing = tuple(dict.fromkeys(tables.questionnaire[one].screen_ask.client for one in assessment.missing))
    body = (Paragraph(sentence(tables.rules, "incomplete")), Bullets(missing))
    return (Card(NOT_FINISHED, Tone.WAIT, body if missing else body[:1]),)


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


def _why(intake: Intake, tables: Tables) -> Iterator[Block]:
    """Yield what the client said that speaks for the suggestion, and how sure it is."""
    assessment, rules = intake.assessment, tables.rules
    named = recommended(assessment)
    reasons = {result.id: texts(result.reasons) for result in named}
    alone = len(named) == 1
    told = [text if alone else f"{rules.therapy(one).short}: {text}" for one in reasons for text in reasons[one]]
    yield from listed("Why", (*pain_told(intake, tables), *told))
    if not (told or pain_told(intake, tables)):
        yield Heading("Why")
    yield Paragraph(" ".join((*how_it_ended(assessment, rules), *how_sure(assessment, rules))))


def _mind(intake: Intake, tables: Tables) -> Iterator[Block]:
    """Yield the limits, the places, and cautions that no limit, place or therapy has told already."""
    assessment = intake.assessment
    limits = (*pressure_pairs(assessment, tables.rules), *site_pairs(assessment.site_notes, tables))
    if not limits and not assessment.cautions:
        yield Paragraph(NO_LIMIT)
        return
    yield Heading("What to mind")
    yield from facts(*limits)
    told = {one.reason for one in assessment.site_notes}
    cautions = tuple(text for text in texts(assessment.cautions) if text not in told)
    if cautions:
        yield Bullets(cautions)
    if any(note.pressure_limit == 0 for note in assessment.site_notes):
        yield from body_map_blocks(intake, tables)


def _next(intake: Intake, tables: Tables) -> tuple[Block, ...]:
    assessment = intake.assessment
    held = sentence(tables.rules, "held") if on_hold(assessment) and assessment.recommendation.therapies else ""
    steps = listed("What to do next", (held, *texts(assessment.next_steps)))
    return (*steps, *for_the_doctor(intake, tables)) if assessment.disposition is Disposition.MEDICAL_SOON else steps


def _choices(assessment: Assessment, rules: RuleTable) -> tuple[Block, ...]:
    """Return the comparison where there is something to choose: a session is possible, and more than one kind fits."""
    table = choices(assessment, rules)
    return (Heading("The choices"), table) if is_bookable(assessment) and len(table.columns) > 1 else ()


def _session(assessment: Assessment, rules: RuleTable) -> Iterator[Block]:
    """Yield what to know before, during and after the suggested session."""
    named = [rules.therapy(one) for one in assessment.recommendation.therapies]

    def merged(part: Callable[[Therapy], Iterable[str]]) -> tuple[str, ...]:
        """Return the items of all therapies; an item that not all of them share says which one it is about."""
        owners: dict[str, list[str]] = {}
        for therapy in named:
            for item in part(therapy):
                owners.setdefault(item, []).append(therapy.short)
        shared = {item for item, shorts in owners.items() if len(shorts) == len(named)}
        return tuple(item if item in shared else f"{', '.join(shorts)}: {item}" for item, shorts in owners.items())

    asked = (*merged(lambda one: one.ask_therapist[:_MOST]), *texts(assessment.ask_therapist))
    yield from listed(
        "Before: what to look for, and what to ask", (*merged(lambda one: one.qualifications[:_MOST]), *asked)
    )
    yield from listed("During", (*merged(lambda one: one.expect[:_MOST]), *texts(assessment.expect)))
    yield from listed("After", (*merged(lambda one: one.aftercare[: _MOST + 1]), *texts(assessment.aftercare)))


def _last(intake: Intake, tables: Tables) -> tuple[Block, ...]:
    """Return when to get help."""
    return listed("Cancel the session and get help if this starts", tuple(signs_for(intake, tables)))
