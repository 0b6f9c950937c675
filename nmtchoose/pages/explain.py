"""Why the result is what it is, in three questions of one screen each; and one rule in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from nmtchoose.engine.evaluate import view
from nmtchoose.engine.therapies import SOLE_FORM, in_play
from nmtchoose.model.answers import Answer, chosen, special
from nmtchoose.model.assessment import Assessment, Firing, Reason, RecommendationKind, Status
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import NONE, Question
from nmtchoose.model.rules import Rule, RuleTable
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake, private_rules
from nmtchoose.pages.page import Block, Bullets, Facts, Heading, Page, Paragraph, Subheading, Tone, facts
from nmtchoose.pages.suggestion import TONES, act, on_hold, recommended
from nmtchoose.words.answers import answer_words, answered, together, told_alone
from nmtchoose.words.conditions import in_words
from nmtchoose.words.effects import booking_effects, therapy_effects
from nmtchoose.words.sentences import counted, joined, sentences_of
from nmtchoose.words.terms import FIRMNESS, STATUS, firmness_of, review_words, source_words

DECIDED = "What decided it"
NEARLY = "What nearly mattered"
SOURCES = "Every rule that fired, and its sources"
WOULD_CHANGE = "What would change it"
_MOST = 5
"""So many therapies, and answers of one change, are told; a screen holds no more."""
_MOST_RULES = 8
_EXAMPLES = "If it were so. The nearest of each kind; other answers lead there too."
_MOST_BOOKINGS = 3
"""So many other bookings are told: the point is what else is near, not all there is."""
_BOOKED = (Disposition.PROCEED, Disposition.PROCEED_WITH_CARE)
_UNDECIDED = (RecommendationKind.NONE, RecommendationKind.NOT_ENOUGH_INFORMATION)
_LONGEST = 70
"""Answers of more letters are told in part: the rule they led to is what counts."""
WITHHELD = "A private answer; only the therapist's page shows it."


def explain_page(intake: Intake, tables: Tables, *, private: bool = True, sources: bool = False) -> Page:
    """Return what decided an assessment and what nearly mattered; with `sources` also each rule, condition and source.

    The id of a rule stands at the end of its line. Without `private` such answers are not told. The places of telephone
    numbers stay open for `page_with_numbers`, and where the disposition forbids it no therapy is named. Raises KeyError
    when the assessment was made with another rule table.
    """
    hidden = frozenset() if private else private_rules(intake.assessment, tables)
    blocks = (
        Heading(DECIDED),
        Paragraph(act(intake.assessment, tables.rules)),
        *_decided(intake.assessment, tables, hidden),
        *_nearly(intake, tables, hidden, private),
        *(_sources(intake.assessment, tables) if sources else ()),
    )
    return Page(DECIDED, blocks, foot=review_words(tables.rules.reviewed))


def _decided(assessment: Assessment, tables: Tables, hidden: Set[str]) -> Iterator[Block]:
    """Yield the rules behind the first line, the weightiest first."""
    rules = {rule.id: rule for rule in tables.rules.rules}
    fired = [(one, rules[one.rule]) for one in assessment.trace]
    weighed = [(_weight(rule, assessment, tables.rules.most_pressure), one, rule) for one, rule in fired]
    deciding = sorted((one for one in weighed if one[0]), key=lambda one: -one[0])
    told = [WITHHELD if rule.id in hidden else _line(firing, rule, assessment, tables) for _, firing, rule in deciding]
    if not told:
        yield Paragraph("No rule applies to these answers.")
        return
    yield Bullets(tuple(told[:_MOST_RULES]))
    if len(told) > _MOST_RULES:
        beyond = len(told) - _MOST_RULES
        rules_point = "rule points" if beyond == 1 else "rules point"
        yield Paragraph(f"{beyond} more {rules_point} the same way.")


def _weight(rule: Rule, assessment: Assessment, no_limit: int) -> int:
    """Return how much a rule that fired bears on the first line; 0 for nothing."""
    then, silent = rule.then, assessment.disposition.forbids_therapy
    if then.disposition is assessment.disposition is not Disposition.PROCEED:
        return 1000
    if silent:
        return 0
    if then.pressure_limit == assessment.pressure_limit < no_limit:
        return 500
    named = [then.fit.get(one, 0) for one in assessment.recommendation.therapies]
    return max(0, *named) if named else 0


def _line(firing: Firing, rule: Rule, assessment: Assessment, tables: Tables) -> str:
    """Return the answers, what follows from them, and the id of the rule."""
    said = _said(firing.because, tables)
    gained = {one: rule.then.fit.get(one, 0) for one in assessment.recommendation.therapies}
    for_them = [tables.rules.therapy(one).short for one, points in gained.items() if points > 0]
    if rule.stage.is_safety or not for_them:
        follows = sentences_of(rule.tell_client or rule.then.caution or rule.then.next_step or rule.tell_therapist)[0]
    else:
        follows = f"speaks for {joined(for_them, 'and')}"
    return f"{said}: {follows} ({rule.id})" if said else f"{follows} ({rule.id})"


def _said(because: Mapping[str, Answer], tables: Tables) -> str:
    parts: list[str] = []
    for one, answer in because.items():
        if special(answer) != NONE:
            parts += _short(tables.questionnaire[one], answer)
    parts = list(dict.fromkeys(parts))
    fitting = next((n for n in range(len(parts), 1, -1) if len("; ".join(parts[:n])) <= _LONGEST), 1)
    return f"{'; '.join(parts[:fitting])}{' and other answers' if fitting < len(parts) else ''}"


def _short(question: Question, answer: Answer) -> list[str]:
    if question.is_line or special(answer) is not None:
        return [told_alone(question, answer)]
    if isinstance(answer, tuple):
        return [answer_words(question, (one,)) for one in chosen(answer)]
    return [answer_words(question, answer)]


def _nearly(intake: Intake, tables: Tables, hidden: Set[str], private: bool) -> Iterator[Block]:
    """Yield the other therapies, nearest first, with what holds each back, and the rules that stayed open."""
    assessment = intake.assessment
    told = () if assessment.disposition.forbids_therapy else tuple(_others(intake, tables, hidden))
    left_open = tuple(_open(intake, tables, private))
    if told or left_open:
        yield Heading(NEARLY)
        yield Bullets((*left_open[:_MOST], *told[: _MOST + 1]))


def _others(intake: Intake, tables: Tables, hidden: Set[str]) -> Iterator[str]:
    assessment, rules = intake.assessment, tables.rules
    forms = {one.id for one in rules.therapies if one.form_of}
    forms -= in_play(rules, view(tables.questionnaire, intake.answers))
    best = max((one.fit for one in recommended(assessment)), default=0)
    others = [one for one in assessment.therapies if one.id not in assessment.recommendation.therapies]
    told = {""}
    for one in sorted(others, key=lambda one: -one.fit):
        against = next((reason for reason in one.against if reason.text and reason.rule not in hidden), Reason("", ""))
        name = rules.therapy(one.id).name
        if against.rule == SOLE_FORM or one.id in forms:  # a form for others is no choice
            continue
        if one.status is Status.NOT_NOW:
            waits = "on hold too" if on_hold(assessment) else "only after a talk with the therapist"
            yield f"{name}: {waits}, {_behind(best - one.fit, one.status)}."
            continue
        why = f" {sentences_of(against.text)[0]} ({against.rule})" if against.rule not in told else ""
        same = " For the same reason." if against.rule and not why else ""
        told.add(against.rule)
        yield f"{name}: {STATUS[one.status].lower()}, {_behind(best - one.fit, one.status)}.{why or same}"


def _behind(points: int, status: Status) -> str:
    if points > 0:
        return f"{counted(points, 'point')} behind"
    return f"{'though it' if status is Status.NOT_SUITABLE else 'and'} fits {'better' if points else 'as well'}"


def _open(intake: Intake, tables: Tables, private: bool) -> Iterator[str]:
    """Yield the questions that left a safety rule open, which is why the result is no better than a hold."""
    for rule in intake.assessment.undecided:
        for one in rule.questions:
            question = tables.questionnaire[one]
            if question.private and not private:
                yield f"Left open: {WITHHELD}"
            elif one in intake.answers:
                yield f"Left open: {told_alone(question, intake.answers[one])} ({rule.rule})"
            else:
                yield f"Left open: {together(question.ask.client, 'No answer')} ({rule.rule})"


def _sources(assessment: Assessment, tables: Tables) -> Iterator[Block]:
    rules = {rule.id: rule for rule in tables.rules.rules}
    silent = assessment.disposition.forbids_therapy
    yield Heading(SOURCES)
    for firing in assessment.trace:
        rule = rules[firing.rule]
        if rule.stage.is_safety or not silent:
            yield from _firing(firing, rule, tables, silent=silent)


def rule_page(rule: Rule, tables: Tables) -> Page:
    """Return in words when `rule` fires, what it does, and its sources."""
    said = (("Tells the client", rule.tell_client), ("Tells the therapist", rule.tell_therapist))
    blocks = _firing(Firing(rule.id, {}), rule, tables, silent=False)
    return Page(f"The rule {rule.id}", (*blocks, *facts(*said)))


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


@dataclass(frozen=True, slots=True)
class Changed:
    """Other answers (before, or None; after) by question, and the result they lead to."""

    answers: Mapping[str, tuple[Answer | None, Answer]]
    assessment: Assessment


def change_blocks(
    changes: Iterable[Changed], tables: Tables, now: Assessment, *, unable: str = "", private: bool = True
) -> tuple[Block, ...]:
    """Return the smallest changes of answers that lead to another result than `now`; `unable` says why none are known.

    `changes` come nearest first. One is told for each kind of help that comes before a booking, then those with which
    other therapies lead. A change of many answers is left out and, without `private`, one of a private answer.
    """
    title = Heading(WOULD_CHANGE)
    if unable:
        return (title, Paragraph(f"Not looked for: {unable}"))
    unsaid = frozenset(() if private else (one.id for one in tables.questionnaire.questions if one.private))
    possible = (one for one in changes if not unsaid & set(one.answers) and len(one.answers) <= _MOST)
    told = tuple(_told(one, tables) for one in _of_each_turn(possible, tables.rules, now))
    nothing = Paragraph("No change of one or two answers leads to another result.")
    return (title, Paragraph(_EXAMPLES), Bullets(told)) if told else (title, nothing)


def _of_each_turn(changes: Iterable[Changed], rules: RuleTable, now: Assessment) -> Iterator[Changed]:
    """Yield the nearest change of each turn: what would come before a booking, gravest first, then other bookings."""
    turns: dict[tuple[str, ...], Changed] = {}
    for one in changes:
        held = one.assessment.disposition is now.disposition and now.disposition not in _BOOKED
        if not held and act(one.assessment, rules) != act(now, rules):
            turns.setdefault(_turn(one.assessment), one)
    turns.pop((), None)
    bookings = [one for one in turns.values() if one.assessment.disposition in _BOOKED]
    before = [one for one in turns.values() if one not in bookings]
    fit, leads = {one.id: one.fit for one in now.therapies}, now.recommendation.therapies[:1]

    def how_near(one: Changed) -> tuple[bool, int]:
        lead = one.assessment.recommendation.therapies[:1]
        return lead == leads, -sum(fit.get(therapy, 0) for therapy in lead)

    yield from sorted(before, key=lambda one: -one.assessment.disposition.severity)
    nearest = min((len(one.answers) for one in bookings), default=0)
    yield from sorted((one for one in bookings if len(one.answers) == nearest), key=how_near)[:_MOST_BOOKINGS]


def _turn(assessment: Assessment) -> tuple[str, ...]:
    """Return what comes before a booking, in few kinds; else which therapy leads, and nothing where none does."""
    if assessment.disposition in _BOOKED:
        recommended = assessment.recommendation
        return () if recommended.kind in _UNDECIDED else recommended.therapies[:1]
    tone = TONES[assessment.disposition]
    return (assessment.disposition if tone is Tone.WAIT else tone,)


def _told(change: Changed, tables: Tables) -> str:
    """Return the other answers and what to do then; of a list, what is ticked as well and what no longer is.

    That nothing applies of what is asked only then goes without saying.
    """
    parts = [
        part
        for one, (before, after) in change.answers.items()
        if before is not None or special(after) != NONE
        for part in _other(tables.questionnaire[one], before, after)
    ]
    said = joined(parts, "and")
    return f"{said[:1].upper()}{said[1:]}: {act(change.assessment, tables.rules)}"


def _other(question: Question, before: Answer | None, after: Answer) -> Iterator[str]:
    if not isinstance(after, tuple) or special(after):
        yield f'"{answer_words(question, after)}" to "{question.ask.client.rstrip(":")}"'
        return
    was = () if before is None else chosen(before)
    more = [one for one in after if one not in was]
    less = [one for one in was if one not in after and question.option(one)]
    for word, options in (("with", more), ("without", less)):
        if options:
            labels = [f'"{answer_words(question, (one,))}"' for one in options]
            yield f"{word} {joined(labels, 'and')}"
