"""Why the result is what it is: every rule that fired, from which answers, on which sources."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment, Firing, TherapyResult, Undecided
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import Region, Rule, RuleTable, Stage
from nmtchoose.pages.page import Block, Bullets, Facts, Heading, Page, Paragraph, Subheading, facts, page_with_numbers
from nmtchoose.words.answers import answer_words, answered
from nmtchoose.words.conditions import in_words
from nmtchoose.words.effects import booking_effects, therapy_effects
from nmtchoose.words.sentences import sentence
from nmtchoose.words.terms import FIRMNESS, STATUS, firmness_of, source_words

_STAGES = {
    Stage.EMERGENCY: "Signs that need emergency help",
    Stage.MEDICAL: "Signs for a doctor",
    Stage.DEFER: "Reasons to wait",
    Stage.CONTRAINDICATION: "What to leave out or do with changes",
    Stage.FIT: "What fits",
    Stage.PLAN: "The plan",
}


def explain_page(
    assessment: Assessment,
    questionnaire: Questionnaire,
    rules: RuleTable,
    answers: Answers,
    region: Region | None = None,
) -> Page:
    """Return the trace of `assessment` in words, stage by stage, then the rules that stayed undecided.

    `region` gives the telephone numbers; without it their places stay open for `page_with_numbers`. Where the
    disposition forbids naming a therapy, rules about fit and plan are left out, and of the others what they say
    about therapies. Raises KeyError when `assessment` was made with another rule table.
    """
    by_id = {rule.id: rule for rule in rules.rules}
    fired = [(firing, by_id[firing.rule]) for firing in assessment.trace]
    silent = assessment.disposition.forbids_therapy
    blocks: list[Block] = [Heading("Why this result"), Paragraph(rules.dispositions[assessment.disposition].title)]
    for stage, title in _STAGES.items():
        firings = [(firing, rule) for firing, rule in fired if rule.stage is stage]
        if firings and (stage.is_safety or not silent):
            blocks.append(Heading(title))
            for firing, rule in firings:
                effects = tuple(booking_effects(rule.then, questionnaire, rules))
                effects += () if silent else tuple(therapy_effects(rule.then, rules))
                blocks += _firing(firing, rule, effects, questionnaire, rules)
    if len(blocks) == 2:
        blocks.append(Paragraph("No rule applies to these answers."))
    blocks += _undecided(assessment.undecided, by_id, questionnaire, answers)
    blocks += _why_not(assessment, rules)
    blocks += [Heading("Please note"), Paragraph(sentence(rules, "not_a_diagnosis"))]
    page = Page("Why this result", tuple(blocks))
    return page_with_numbers(page, region) if region else page


def rule_page(rule: Rule, questionnaire: Questionnaire, rules: RuleTable) -> Page:
    """Return in words when `rule` fires, what it does, and its sources."""
    effects = (*booking_effects(rule.then, questionnaire, rules), *therapy_effects(rule.then, rules))
    said = (("Tells the client", rule.tell_client), ("Tells the therapist", rule.tell_therapist))
    blocks = _firing(Firing(rule.id, {}), rule, effects, questionnaire, rules)
    return Page(f"The rule {rule.id}", (*blocks, *facts(*said)))


def _why_not(assessment: Assessment, rules: RuleTable) -> Iterator[Block]:
    """Say of every therapy that is not suggested what speaks against it, or that another fits better."""
    others = [one for one in assessment.therapies if one.id not in assessment.recommendation.therapies]
    if others:
        yield Heading("Why not the others")
        yield Facts(tuple((rules.therapy(one.id).name, _against(one)) for one in others))


def _against(result: TherapyResult) -> str:
    against = "; ".join(dict.fromkeys(f"{reason.text} ({reason.rule})" for reason in result.against if reason.text))
    points = f"{result.fit} {'point' if result.fit == 1 else 'points'} of fit"
    return f"{STATUS[result.status]}, {points}. {against or 'Another fits better.'}"


def _firing(
    firing: Firing, rule: Rule, effects: tuple[str, ...], questionnaire: Questionnaire, rules: RuleTable
) -> Iterator[Block]:
    yield Subheading(rule.id)
    because = answered([firing.because], questionnaire)
    if because:
        yield Facts(because)
    told = [("Applies when", in_words(rule.when, questionnaire))]
    told += [("What it does", effect) for effect in effects]
    told.append(("How firm", FIRMNESS[firmness_of(rule, rules)]))
    told += [("Source", source_words(rules.sources[one])) for one in rule.sources if one in rules.sources]
    yield Facts(tuple(told))


def _undecided(
    undecided: tuple[Undecided, ...], by_id: dict[str, Rule], questionnaire: Questionnaire, answers: Answers
) -> Iterator[Block]:
    if not undecided:
        return
    yield Heading("Not decided")
    yield Paragraph("These safety rules could not be decided, so the result is not better than a hold.")
    for one in undecided:
        yield Subheading(one.rule)
        yield Facts((("Applies when", in_words(by_id[one.rule].when, questionnaire)),))
        yield Bullets(tuple(_open(question, questionnaire, answers) for question in one.questions))


def _open(question_id: str, questionnaire: Questionnaire, answers: Answers) -> str:
    given = answer_words(questionnaire[question_id], answers[question_id]) if question_id in answers else "No answer"
    return f"{questionnaire[question_id].ask.client} {given}"
