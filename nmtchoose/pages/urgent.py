"""Help first: the short pages for an emergency and for a doctor first. No therapy is named on them."""

from __future__ import annotations

from collections.abc import Iterable

from nmtchoose.model.assessment import Assessment, Note
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import DispositionText, Rule, RuleTable, Stage
from nmtchoose.pages.page import Block, Card, Facts, Heading, Paragraph, Tone, facts, listed
from nmtchoose.words.answers import answered
from nmtchoose.words.sentences import sentence


def emergency_blocks(assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable) -> tuple[Block, ...]:
    """Return what to do now, whom to call and what to tell them, for `call_emergency` and `emergency_today`.

    Only rules that ask for emergency help speak here, so that nothing else delays it.
    """
    said = rules.dispositions[assessment.disposition]
    speaking = _rules_sending(assessment, rules, Disposition.EMERGENCY_TODAY)
    return (
        Card(said.title, Tone.EMERGENCY, _do_now(assessment, said, speaking)),
        *listed("Tell them", said.tell_them),
        *_answers_of(assessment, questionnaire, speaking, "Answers to tell them"),
        *_staff_notes(assessment, speaking),
        Heading("Please note"),
        Paragraph(sentence(rules, "not_a_diagnosis")),
    )


def doctor_blocks(assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable) -> tuple[Block, ...]:
    """Return the blocks for `medical_urgent`: the doctor first, why, what to do next and what to take along."""
    speaking = _rules_sending(assessment, rules, Disposition.MEDICAL_URGENT)
    own = own_card(assessment, rules)
    if own is not None:
        steps = tuple(Paragraph(text) for text in _texts(assessment.next_steps, speaking))
        return (Card(own.title, Tone.DOCTOR, (Paragraph(own.client), *steps, *facts(("At the desk", own.staff)))),)
    said = rules.dispositions[assessment.disposition]
    return (
        Card(said.title, Tone.DOCTOR, (Paragraph(said.client), *facts(("At the desk", said.staff)))),
        *listed("Why", _texts(assessment.tell_client, speaking)),
        *listed("What to do next", _texts(assessment.next_steps, speaking)),
        *for_the_doctor(assessment, questionnaire, rules),
    )


def own_card(assessment: Assessment, rules: RuleTable) -> DispositionText | None:
    """Return the words that a fired rule brings along, when no other rule is as severe as that one."""
    cards = [rule.then.card for rule in _fired(assessment, rules) if rule.then.disposition is assessment.disposition]
    return cards[0] if len(cards) == 1 else None


def for_the_doctor(assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable) -> tuple[Block, ...]:
    """Return the answers that a doctor should see, and what else to take along."""
    return (
        *_answers_of(assessment, questionnaire, _medical(assessment, rules), "Answers to show the doctor"),
        Heading("What to take along"),
        Paragraph(sentence(rules, "take_along")),
    )


def _do_now(assessment: Assessment, said: DispositionText, speaking: frozenset[str]) -> tuple[Paragraph | Facts, ...]:
    why = _texts(assessment.tell_client, speaking)
    steps = _texts(assessment.next_steps, speaking)
    say = (said.client, *why, *steps)
    numbers = whom_to_call(assessment.disposition)
    desk = ("At the desk", said.staff)
    return (*facts(*numbers), *(Paragraph(text) for text in dict.fromkeys(say)), *facts(desk))


def whom_to_call(disposition: Disposition) -> tuple[tuple[str, str], ...]:
    """Return the numbers to call in an emergency, with what each is for."""
    if disposition is Disposition.CALL_EMERGENCY:
        return (("Call now", "{emergency}"),)
    return (("Urgent help", "{urgent}"), ("If it gets worse", "call {emergency}"))


def _rules_sending(assessment: Assessment, rules: RuleTable, at_least: Disposition) -> frozenset[str]:
    """Return the ids of the fired rules whose own disposition is `at_least` or worse."""
    return frozenset(
        rule.id
        for rule in _fired(assessment, rules)
        if rule.then.disposition is not None and rule.then.disposition.severity >= at_least.severity
    )


def _medical(assessment: Assessment, rules: RuleTable) -> frozenset[str]:
    stages = (Stage.EMERGENCY, Stage.MEDICAL)
    return frozenset(rule.id for rule in _fired(assessment, rules) if rule.stage in stages)


def _fired(assessment: Assessment, rules: RuleTable) -> Iterable[Rule]:
    fired = {firing.rule for firing in assessment.trace}
    return (rule for rule in rules.rules if rule.id in fired)


def _answers_of(
    assessment: Assessment, questionnaire: Questionnaire, speaking: frozenset[str], title: str
) -> tuple[Block, ...]:
    pairs = answered((one.because for one in assessment.trace if one.rule in speaking), questionnaire)
    return (Heading(title), Facts(pairs)) if pairs else ()


def _staff_notes(assessment: Assessment, speaking: frozenset[str]) -> tuple[Block, ...]:
    return listed("For staff", _texts(assessment.tell_therapist, speaking))


def _texts(notes: Iterable[Note], speaking: frozenset[str]) -> tuple[str, ...]:
    return tuple(note.text for note in notes if note.rule in speaking)
