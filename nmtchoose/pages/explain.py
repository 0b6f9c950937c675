"""Why the result is what it is: the rules that fired, from which answers and sources; and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nmtchoose.model.answers import Answer
from nmtchoose.model.assessment import Assessment, Firing, TherapyResult
from nmtchoose.model.rules import Rule, RuleTable, Stage
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.page import Block, Bullets, Facts, Heading, Page, Paragraph, Subheading, facts
from nmtchoose.words.answers import answer_words, answered, together
from nmtchoose.words.conditions import in_words
from nmtchoose.words.effects import booking_effects, therapy_effects
from nmtchoose.words.sentences import joined, sentence
from nmtchoose.words.terms import FIRMNESS, STATUS, firmness_of, review_words, source_words

_STAGES = {
    Stage.EMERGENCY: "Signs that need emergency help",
    Stage.MEDICAL: "Signs for a doctor",
    Stage.DEFER: "Reasons to wait",
    Stage.CONTRAINDICATION: "What to leave out or do with changes",
    Stage.FIT: "What fits",
    Stage.PLAN: "The plan",
}


def explain_page(intake: Intake, tables: Tables) -> Page:
    """Return the trace of an assessment in words, stage by stage, then the rules that stayed undecided.

    The places of telephone numbers stay open for `page_with_numbers`. Where the disposition forbids naming a therapy,
    rules about fit and plan are left out, and of the others what they say about therapies. Raises KeyError when the
    assessment was made with another rule table.
    """
    assessment = intake.assessment
    rules = {rule.id: rule for rule in tables.rules.rules}
    silent = assessment.disposition.forbids_therapy
    title = tables.rules.dispositions[assessment.disposition].title
    blocks: list[Block] = [Heading("Why this result"), Paragraph(title)]
    for stage, heading in _STAGES.items():
        firings = [(one, rules[one.rule]) for one in assessment.trace if rules[one.rule].stage is stage]
        if firings and (stage.is_safety or not silent):
            blocks.append(Heading(heading))
            for firing, rule in firings:
                blocks += _firing(firing, rule, tables, silent=silent)
    if len(blocks) == 2:
        blocks.append(Paragraph("No rule applies to these answers."))
    blocks += _undecided(intake, rules, tables)
    blocks += _why_not(assessment, tables.rules)
    blocks += [Heading("Please note"), Paragraph(sentence(tables.rules, "not_a_diagnosis"))]
    blocks.append(Paragraph(review_words(tables.rules.reviewed)))
    return Page("Why this result", tuple(blocks))


def rule_page(rule: Rule, tables: Tables) -> Page:
    """Return in words when `rule` fires, what it does, and its sources."""
    said = (("Tells the client", rule.tell_client), ("Tells the therapist", rule.tell_therapist))
    blocks = _firing(Firing(rule.id, {}), rule, tables, silent=False)
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


def _firing(firing: Firing, rule: Rule, tables: Tables, *, silent: bool) -> Iterator[Block]:
    """Yield what made `rule` fire and what it does; about therapies nothing where these are not to be named."""
    yield Subheading(rule.id)
    because = answered([firing.because], tables.questionnaire)
    if because:
        yield Facts(because)
    effects = [*booking_effects(rule.then, tables), *(() if silent else therapy_effects(rule.then, tables.rules))]
    sources = tables.rules.sources
    yield Facts(
        (
            ("Applies when", in_words(rule.when, tables.questionnaire)),
            *(("What it does", effect) for effect in effects),
            ("How firm", FIRMNESS[firmness_of(rule, tables.rules)]),
            *(("Source", source_words(sources[one])) for one in rule.sources if one in sources),
        )
    )


def _undecided(intake: Intake, rules: Mapping[str, Rule], tables: Tables) -> Iterator[Block]:
    if not intake.assessment.undecided:
        return
    yield Heading("Not decided")
    yield Paragraph("These safety rules could not be decided, so the result is not better than a hold.")
    for one in intake.assessment.undecided:
        yield Subheading(one.rule)
        yield Facts((("Applies when", in_words(rules[one.rule].when, tables.questionnaire)),))
        questions = (tables.questionnaire[question] for question in one.questions)
        given = ((question, intake.answers.get(question.id)) for question in questions)
        yield Bullets(
            tuple(
                together(question.ask.client, "No answer" if answer is None else answer_words(question, answer))
                for question, answer in given
            )
        )


@dataclass(frozen=True, slots=True)
class Changed:
    """Other answers (before, after; None for no answer) by question, and the result they lead to."""

    answers: Mapping[str, tuple[Answer | None, Answer | None]]
    assessment: Assessment


def change_blocks(changes: Sequence[Changed], tables: Tables, unable: str = "") -> tuple[Block, ...]:
    """Return the smallest changes of answers that lead to another result; `unable` says why none were looked for.

    A change that only takes an answer away is left out: nobody would give it.
    """
    title = Heading("What would change this")
    if unable:
        return (title, Paragraph(f"Not looked for: {unable}"))
    given = (one for one in changes if all(after is not None for _, after in one.answers.values()))
    told = tuple(_told(one, tables) for one in given)
    return (title, Bullets(told) if told else Paragraph("No change of one or two answers leads to another result."))


def _told(change: Changed, tables: Tables) -> str:
    questions = ((tables.questionnaire[one], after) for one, (_, after) in change.answers.items())
    answers = [
        f'"{question.ask.client}" were answered "{answer_words(question, after)}"'
        for question, after in questions
        if after is not None
    ]
    title = tables.rules.dispositions[change.assessment.disposition].title
    named = [tables.rules.therapy(one).name for one in change.assessment.recommendation.therapies]
    result = f"{title}. {joined(named, 'and')}.".replace(" .", "") if named else f"{title}."
    return f"If {joined(answers, 'and')}: {result}"
