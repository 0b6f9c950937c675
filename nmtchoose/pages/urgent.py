"""Help first: the short pages for an emergency and for a doctor first. No therapy is named on them."""

from __future__ import annotations

from collections.abc import Iterable, Set
from itertools import chain

from nmtchoose.engine.evaluate import behind, truth, view
from nmtchoose.model.assessment import Assessment, Note
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import RuleTable, Stage
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake, fired_rules
from nmtchoose.pages.page import Block, Card, Facts, Heading, Paragraph, Simple, Tone, facts, listed
from nmtchoose.pages.suggestion import own_card
from nmtchoose.words.answers import answer_words, answered, together
from nmtchoose.words.sentences import sentence
from nmtchoose.words.terms import review_words


def emergency_blocks(intake: Intake, tables: Tables) -> tuple[Block, ...]:
    """Return what to do now, whom to call and what to tell them, for `call_emergency` and `emergency_today`.

    Only rules that ask for emergency help speak here, so that nothing else delays it.
    """
    assessment = intake.assessment
    said = tables.rules.dispositions[assessment.disposition]
    speaking = _rules_sending(assessment, tables.rules, Disposition.EMERGENCY_TODAY)
    say = (said.client, *_texts(assessment.tell_client, speaking), *_texts(assessment.next_steps, speaking))
    do_now: tuple[Simple, ...] = (
        *facts(*whom_to_call(assessment.disposition)),
        *(Paragraph(text) for text in dict.fromkeys(say)),
        *facts(("At the desk", said.staff)),
    )
    return (
        Card(said.title, Tone.EMERGENCY, do_now),
        *listed("Tell them", said.tell_them),
        *_answers_of(intake, tables, speaking, "Answers to tell them"),
        *listed("For staff", _texts(assessment.tell_therapist, speaking)),
        Heading("Please note"),
        Paragraph(sentence(tables.rules, "not_a_diagnosis")),
        Paragraph(review_words(tables.rules.reviewed)),
    )


def emergency_glance(intake: Intake, tables: Tables, *, staff: bool, most: int) -> tuple[Block, ...]:
    """Return of `emergency_blocks` what a screen of few rows has room for, with at most `most` things to tell them."""
    assessment = intake.assessment
    said = tables.rules.dispositions[assessment.disposition]
    speaking = _rules_sending(assessment, tables.rules, Disposition.EMERGENCY_TODAY)
    notes, general = (assessment.tell_therapist, said.staff) if staff else (assessment.tell_client, said.client)
    do_now = dict.fromkeys((*_texts(notes, speaking), general))
    in_title = assessment.disposition is Disposition.CALL_EMERGENCY
    numbers = () if in_title else facts(*whom_to_call(assessment.disposition))
    tell = (*(together(*one) for one in _answers_behind(intake, tables, speaking)), *said.tell_them)
    return (
        Card(said.title, Tone.EMERGENCY, (*numbers, *map(Paragraph, do_now))),
        Facts(
            (
                *(("Tell them", one) for one in tell[: max(most, 1)]),
                ("Please note", review_words(tables.rules.reviewed)),
            )
        ),
    )


def doctor_blocks(intake: Intake, tables: Tables) -> tuple[Block, ...]:
    """Return the blocks for `medical_urgent`: the doctor first, why, what to do next and what to take along."""
    assessment = intake.assessment
    speaking = _rules_sending(assessment, tables.rules, Disposition.MEDICAL_URGENT)
    steps = _texts(assessment.next_steps, speaking)
    own = own_card(assessment, tables.rules)
    if own is not None:
        body: tuple[Simple, ...] = (
            Paragraph(own.client),
            *(Paragraph(text) for text in steps),
            *facts(("At the desk", own.staff)),
        )
        return (Card(own.title, Tone.DOCTOR, body),)
    said = tables.rules.dispositions[assessment.disposition]
    return (
        Card(said.title, Tone.DOCTOR, (Paragraph(said.client), *facts(("At the desk", said.staff)))),
        *listed("Why", _texts(assessment.tell_client, speaking)),
        *listed("What to do next", steps),
        *for_the_doctor(intake, tables),
    )


def for_the_doctor(intake: Intake, tables: Tables) -> tuple[Block, ...]:
    """Return the answers that a doctor should see, what was written as it was written, and what else to take along."""
    assessment = intake.assessment
    fired = fired_rules(assessment, tables.rules)
    texts = (question for question in tables.questionnaire.questions if question.finds)
    told = facts(*((one.ask.client, answer_words(one, intake.answers.get(one.id, ""))) for one in texts))
    written: tuple[Block, ...] = (Heading("In your own words"), *told) if told else ()
    medical = {rule.id for rule in fired if rule.stage in (Stage.EMERGENCY, Stage.MEDICAL)}
    return (
        *_answers_of(intake, tables, medical, "Answers to show the doctor"),
        *written,
        Heading("What to take along"),
        Paragraph(sentence(tables.rules, "take_along")),
    )


def signs_for(intake: Intake, tables: Tables) -> list[str]:
    """Return what to get help for if it starts later: all of it where a risk was named, else what fits what was said.

    What fits stands first.
    """
    risk = intake.assessment.disposition is not Disposition.PROCEED
    seen = view(tables.questionnaire, intake.answers)
    fits = [one for one in tables.rules.safety_net if one.when is not None and truth(one.when, seen)]
    return [one.say for one in (*fits, *(one for one in tables.rules.safety_net if one.when is None or risk))]


def whom_to_call(disposition: Disposition) -> tuple[tuple[str, str], ...]:
    """Return the numbers to call in an emergency, with what each is for."""
    if disposition is Disposition.CALL_EMERGENCY:
        return (("Call now", "{emergency}"),)
    return (("Urgent help", "{urgent}"), ("If it gets worse", "call {emergency}"))


def _rules_sending(assessment: Assessment, rules: RuleTable, at_least: Disposition) -> Set[str]:
    """Return the ids of the fired rules whose own disposition is `at_least` or worse."""
    return {
        rule.id
        for rule in fired_rules(assessment, rules)
        if rule.then.disposition is not None and rule.then.disposition.severity >= at_least.severity
    }


def _answers_of(intake: Intake, tables: Tables, speaking: Set[str], title: str) -> tuple[Block, ...]:
    pairs = _answers_behind(intake, tables, speaking)
    return (Heading(title), Facts(pairs)) if pairs else ()


def _answers_behind(intake: Intake, tables: Tables, speaking: Set[str]) -> tuple[tuple[str, str], ...]:
    seen = view(tables.questionnaire, intake.answers)
    told = (behind(one.because, seen) for one in intake.assessment.trace if one.rule in speaking)
    return answered(chain.from_iterable(told), tables.questionnaire)


def _texts(notes: Iterable[Note], speaking: Set[str]) -> tuple[str, ...]:
    return tuple(note.text for note in notes if note.rule in speaking)
