"""The clinical basis: every question, rule, threshold and source of the two files, for a clinician to sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nmtchoose.authoring.reference import carried
from nmtchoose.model.condition import CountAtLeast, InRange, leaves
from nmtchoose.model.questionnaire import Question, Questionnaire
from nmtchoose.model.rules import Firmness, Rule, RuleTable, Source, Stage, Therapy
from nmtchoose.model.tables import Tables
from nmtchoose.words.conditions import in_words
from nmtchoose.words.effects import booking_effects, therapy_effects
from nmtchoose.words.terms import CHECKED, FIRMNESS, firmness_of, pressure_range

_STAGES = {
    Stage.EMERGENCY: "Emergencies",
    Stage.MEDICAL: "A doctor first",
    Stage.DEFER: "Later",
    Stage.CONTRAINDICATION: "Contraindications and precautions",
    Stage.FIT: "What fits",
    Stage.PLAN: "Plan, comfort and consent",
}

_OPENING = """\
# Clinical basis

*Written by `nmtchoose docs` from `questions.yaml` (version {questions}) and `rules.yaml` (version {rules}). Do not edit
this page; edit the two files.*

**A licensed clinician has to review and sign this page before the questions and rules are used with clients.** It has
not been signed. nmtchoose suggests and never diagnoses; the most it may say is that nothing in the answers stops a
booking.

| | |
|---|---|
| Reviewed by (name, licence) | |
| Date | |
| Changes asked for | |
"""


def clinical_basis(questionnaire: Questionnaire, table: RuleTable) -> str:
    """Return the clinical basis of the two files as one Markdown page."""
    sections = (
        _OPENING.format(questions=questionnaire.stamp.version, rules=table.stamp.version).splitlines(),
        _what_was_checked(table),
        _settings(table),
        _questions(questionnaire),
        *(_rules(stage, questionnaire, table) for stage in Stage),
        _thresholds(questionnaire, table),
        _therapies(table),
        _guarantees(questionnaire, table),
        _reference(table),
        _sources(table),
    )
    return "\n".join(line for section in sections for line in (*section, "")).rstrip() + "\n"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(_cell(text) for text in row)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def _what_was_checked(table: RuleTable) -> Iterator[str]:
    yield "## What is verified, and what is judgement"
    yield ""
    yield "A rule is as firm as its firmest source. *We read it* means that the fact was read at the source itself."
    yield ""
    rows = []
    for firmness in Firmness:
        rules = [rule for rule in table.rules if firmness_of(rule, table) is firmness]
        if rules:
            safety = sum(rule.stage.is_safety for rule in rules)
            rows.append((FIRMNESS[firmness], str(safety), str(len(rules) - safety)))
    yield from _table(("Firmest source", "Safety rules", "Other rules"), rows)
    yield ""
    by_check = (
        (words, str(sum(source.checked is checked for source in table.sources.values())))
        for checked, words in CHECKED.items()
    )
    yield from _table(("How checked", "Sources"), by_check)


def _settings(table: RuleTable) -> Iterator[str]:
    yield "## Settings for the clinical owner"
    yield ""
    yield "The alternatives and their sources stand as comments beside each setting in `rules.yaml`."
    yield ""
    rows = ((f"`{name}`", str(value).lower()) for name, value in table.settings.items())
    yield from _table(("Setting", "Value"), rows)


def _questions(questionnaire: Questionnaire) -> Iterator[str]:
    yield "## Questions"
    for section in questionnaire.sections:
        asked = [one for one in questionnaire.questions if one.section == section.id and one.sign_of is None]
        if not asked:
            continue
        yield ""
        yield f"### {section.title}"
        yield ""
        yield from _table(("Question", "Asked", "Answers", "Why"), (_question(one, questionnaire) for one in asked))


def _question(question: Question, questionnaire: Questionnaire) -> tuple[str, str, str, str]:
    when = in_words(question.ask_when, questionnaire) if question.ask_when else "always"
    if question.private:
        when += "; on the client's own screen"
    return (f"`{question.id}` {question.ask.client}", when, _answers(question), question.why)


def _answers(question: Question) -> str:
    if question.sites:
        return "body sites"
    if question.minimum is not None:
        return f"{question.minimum} to {question.maximum} {question.unit}"
    return "; ".join(option.label for option in question.options) or "free text"


def _rules(stage: Stage, questionnaire: Questionnaire, table: RuleTable) -> Iterator[str]:
    yield f"## {_STAGES[stage]}"
    yield ""
    header = ("Rule", "When", "What follows", "Firmness", "Sources")
    yield from _table(header, (_rule(rule, questionnaire, table) for rule in table.rules if rule.stage is stage))


def _rule(rule: Rule, questionnaire: Questionnaire, table: RuleTable) -> tuple[str, str, str, str, str]:
    covers = f" ({', '.join(rule.covers)})" if rule.covers else ""
    effects = [*booking_effects(rule.then, Tables(questionnaire, table)), *therapy_effects(rule.then, table)]
    told = [text for text in (rule.tell_therapist and f"Therapist: {rule.tell_therapist}",) if text]
    firmness = FIRMNESS[firmness_of(rule, table)]
    if rule.evidence is not None:
        firmness += f"; evidence {rule.evidence.replace('_', ' ')}"
    return (
        f"`{rule.id}`{covers}",
        in_words(rule.when, questionnaire),
        ". ".join([*effects, *told]),
        firmness,
        ", ".join(rule.sources),
    )


def _thresholds(questionnaire: Questionnaire, table: RuleTable) -> Iterator[str]:
    yield "## Thresholds"
    yield ""
    yield "Every number that a rule compares with."
    yield ""
    rows: dict[tuple[str, str], list[str]] = {}
    for rule in table.rules:
        for leaf in leaves(rule.when):
            if isinstance(leaf, InRange | CountAtLeast):
                key = (leaf.question, in_words(leaf, questionnaire))
                rows.setdefault(key, []).append(f"`{rule.id}`")
    shown = ((words, ", ".join(dict.fromkeys(rules))) for (_, words), rules in sorted(rows.items()))
    yield from _table(("Threshold", "Rules"), shown)


def _therapies(table: RuleTable) -> Iterator[str]:
    yield "## Therapies and their evidence"
    yield ""
    header = ("Therapy", "Pressure", "Evidence", "What is known", "Sources")
    yield from _table(header, (_therapy(therapy, table) for therapy in table.therapies))
    yield ""
    graded = [rule for rule in table.rules if rule.evidence is not None]
    yield "### Pairings of answers and therapies"
    yield ""
    rows = ((rule.reason or rule.then.expect or rule.id, rule.evidence or "", _points(rule)) for rule in graded)
    yield from _table(("Because", "Evidence", "Points"), ((why, str(grade), points) for why, grade, points in rows))


def _therapy(therapy: Therapy, table: RuleTable) -> tuple[str, str, str, str, str]:
    form = f" (a form of `{therapy.form_of}`)" if therapy.form_of else ""
    return (
        f"`{therapy.id}` {therapy.name}{form}",
        pressure_range(therapy, table),
        therapy.evidence.replace("_", " "),
        therapy.evidence_text,
        ", ".join(therapy.sources),
    )


def _points(rule: Rule) -> str:
    return ", ".join(f"{therapy} {points:+d}" for therapy, points in rule.then.fit.items())


def _guarantees(questionnaire: Questionnaire, table: RuleTable) -> Iterator[str]:
    yield "## Guarantees"
    yield ""
    yield "These hold for every possible set of answers."
    yield ""
    rows = ((f"`{one.id}`", in_words(one.when, questionnaire), one.say) for one in table.guarantees)
    yield from _table(("Guarantee", "When", "What holds"), rows)


def _reference(table: RuleTable) -> Iterator[str]:
    yield "## The clinical reference, id by id"
    yield ""
    rows = (
        (reference, ", ".join(f"`{one}`" for one in rules) or "**none**") for reference, rules in carried(table).items()
    )
    yield from _table(("Reference", "Rules"), rows)


def _sources(table: RuleTable) -> Iterator[str]:
    yield "## Sources"
    yield ""
    used = {one for rule in table.rules for one in rule.sources} | {
        one for therapy in table.therapies for one in therapy.sources
    }
    yield from _table(
        ("Source", "Title", "Kind", "Checked", "Address"),
        (_source(source) for source in table.sources.values() if source.id in used),
    )


def _source(source: Source) -> tuple[str, str, str, str, str]:
    code = f" ({source.code})" if source.code else ""
    return (f"`{source.id}`{code}", source.title, FIRMNESS[source.firmness], CHECKED[source.checked], source.url)
