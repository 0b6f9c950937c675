"""The clinical basis: every question, rule, threshold and source of the two files, for a clinician to sign.

The reference that the built-in rules carry (compiled 2026-11-22, with a supplement of 2026-11-26) numbers its safety
rules E01 to E72 (emergency), R01 to R46 (a doctor first), D01 to D17 (later), C01 to C56 (contraindications and
precautions) and F01 to F08 (comfort and consent).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from nmtchoose.model.condition import CountAtLeast, InRange, leaves
from nmtchoose.model.questionnaire import Question, Questionnaire
from nmtchoose.model.rules import Firmness, Rule, RuleTable, Source, Stage, Therapy
from nmtchoose.model.tables import Tables
from nmtchoose.signatures.reviews import Review, reviewed_by, standings
from nmtchoose.words.conditions import in_words
from nmtchoose.words.effects import booking_effects, therapy_effects
from nmtchoose.words.terms import CHECKED, FIRMNESS, firmness_of, pressure_range, review_words

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

**A licensed clinician has to review and sign what stands here before the questions and rules are used with clients.**
{reviewed} `nmtchoose review` goes through it item by item, and the last column says how each of them stands.
nmtchoose suggests and never diagnoses; the most it may say is that nothing in the answers stops a booking.
"""

_Told = Mapping[str, str]
"""How an item stands with its reviewers, by its id."""


def clinical_basis(tables: Tables, reviews: Sequence[Review] = ()) -> str:
    """Return the clinical basis of the two files as one Markdown page, with what `reviews` say about each item."""
    asked, rules = tables.questionnaire, tables.rules
    standing = standings(tables, reviews)
    told = {one.item.id: one.told for one in standing}
    reviewed = review_words(reviewed_by(standing))
    sections = (
        _OPENING.format(questions=asked.stamp.version, rules=rules.stamp.version, reviewed=reviewed).splitlines(),
        _what_was_checked(rules),
        _settings(rules, told),
        _questions(asked, told),
        *(_rules(stage, tables, told) for stage in Stage),
        _thresholds(tables),
        _therapies(rules, told),
        _guarantees(tables, told),
        _reference(rules),
        _sources(rules),
    )
    return "\n".join(line for section in sections for line in (*section, "")).rstrip() + "\n"


def _headed(*paragraphs: str) -> Iterator[str]:
    for text in paragraphs:
        yield from (text, "")


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(_cell(text) for text in row)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def _what_was_checked(table: RuleTable) -> Iterator[str]:
    yield from _headed(
        "## What is verified, and what is judgement",
        "A rule is as firm as its firmest source. *We read it* means that the fact was read at the source itself.",
    )
    rows = []
    for firmness in Firmness:
        rules = [rule for rule in table.rules if firmness_of(rule, table) is firmness]
        if rules:
            safety = sum(rule.stage.is_safety for rule in rules)
            rows.append((FIRMNESS[firmness], str(safety), str(len(rules) - safety)))
    yield from _table(("Firmest source", "Safety rules", "Other rules"), rows)
    yield ""
    checked = Counter(source.checked for source in table.sources.values())
    yield from _table(("How checked", "Sources"), ((words, str(checked[one])) for one, words in CHECKED.items()))


def _settings(table: RuleTable, told: _Told) -> Iterator[str]:
    yield from _headed(
        "## Settings for the clinical owner",
        "The alternatives and their sources stand as comments beside each setting in `rules.yaml`.",
    )
    rows = ((f"`{name}`", str(value).lower(), told[f"setting/{name}"]) for name, value in table.settings.items())
    yield from _table(("Setting", "Value", "Review"), rows)


def _questions(questionnaire: Questionnaire, told: _Told) -> Iterator[str]:
    yield "## Questions"
    for section in questionnaire.sections:
        asked = [one for one in questionnaire.questions if one.section == section.id and one.noted_of is None]
        if asked:
            yield ""
            yield from _headed(f"### {section.title}")
            rows = ((*_question(one, questionnaire), told[f"question/{one.id}"]) for one in asked)
            yield from _table(("Question", "Asked", "Answers", "Why", "Review"), rows)


def _question(question: Question, questionnaire: Questionnaire) -> tuple[str, ...]:
    when = in_words(question.ask_when, questionnaire) if question.ask_when else "always"
    if question.private:
        when += "; on the client's own screen"
    return f"`{question.id}` {question.ask.client}", when, _answers(question), question.why


def _answers(question: Question) -> str:
    if question.sites:
        return "body sites"
    if question.minimum is not None:
        return f"{question.minimum} to {question.maximum} {question.unit}"
    return "; ".join(option.label for option in question.options) or "free text"


def _rules(stage: Stage, tables: Tables, told: _Told) -> Iterator[str]:
    yield from _headed(f"## {_STAGES[stage]}")
    rules = (rule for rule in tables.rules.rules if rule.stage is stage)
    rows = ((*_rule(rule, tables), told[f"rule/{rule.id}"]) for rule in rules)
    yield from _table(("Rule", "When", "What follows", "Firmness", "Sources", "Review"), rows)


def _rule(rule: Rule, tables: Tables) -> tuple[str, ...]:
    covers = f" ({', '.join(rule.covers)})" if rule.covers else ""
    effects = [*booking_effects(rule.then, tables), *therapy_effects(rule.then, tables.rules)]
    told = [f"Therapist: {rule.tell_therapist}"] if rule.tell_therapist else []
    firmness = FIRMNESS[firmness_of(rule, tables.rules)]
    if rule.evidence is not None:
        firmness += f"; evidence {rule.evidence.replace('_', ' ')}"
    when, sources = in_words(rule.when, tables.questionnaire), ", ".join(rule.sources)
    return f"`{rule.id}`{covers}", when, ". ".join([*effects, *told]), firmness, sources


def _thresholds(tables: Tables) -> Iterator[str]:
    yield from _headed("## Thresholds", "Every number that a rule compares with.")
    rows: dict[tuple[str, str], dict[str, None]] = {}
    for rule in tables.rules.rules:
        for leaf in leaves(rule.when):
            if isinstance(leaf, InRange | CountAtLeast):
                key = (leaf.question, in_words(leaf, tables.questionnaire))
                rows.setdefault(key, {})[f"`{rule.id}`"] = None
    yield from _table(("Threshold", "Rules"), ((words, ", ".join(rules)) for (_, words), rules in sorted(rows.items())))


def _therapies(table: RuleTable, told: _Told) -> Iterator[str]:
    yield from _headed("## Therapies and their evidence")
    header = ("Therapy", "Pressure", "Evidence", "What is known", "Sources", "Review")
    yield from _table(header, ((*_therapy(one, table), told[f"therapy/{one.id}"]) for one in table.therapies))
    yield ""
    yield from _headed("### Pairings of answers and therapies")
    graded = (rule for rule in table.rules if rule.evidence is not None)
    rows = ((rule.reason or rule.then.expect or rule.id, str(rule.evidence), _points(rule)) for rule in graded)
    yield from _table(("Because", "Evidence", "Points"), rows)


def _therapy(therapy: Therapy, table: RuleTable) -> tuple[str, ...]:
    form = f" (a form of `{therapy.form_of}`)" if therapy.form_of else ""
    evidence, sources = therapy.evidence.replace("_", " "), ", ".join(therapy.sources)
    name = f"`{therapy.id}` {therapy.name}{form}"
    return name, pressure_range(therapy, table), evidence, therapy.evidence_text, sources


def _points(rule: Rule) -> str:
    return ", ".join(f"{therapy} {points:+d}" for therapy, points in rule.then.fit.items())


def _guarantees(tables: Tables, told: _Told) -> Iterator[str]:
    yield from _headed("## Guarantees", "These hold for every possible set of answers.")
    rows = (
        (f"`{one.id}`", in_words(one.when, tables.questionnaire), one.say, told[f"guarantee/{one.id}"])
        for one in tables.rules.guarantees
    )
    yield from _table(("Guarantee", "When", "What holds", "Review"), rows)


def _reference(table: RuleTable) -> Iterator[str]:
    yield from _headed("## The clinical reference, id by id")
    shown = ((one, ", ".join(f"`{rule}`" for rule in rules)) for one, rules in carried(table).items())
    yield from _table(("Reference", "Rules"), ((one, rules or "**none**") for one, rules in shown))


def _sources(table: RuleTable) -> Iterator[str]:
    yield from _headed("## Sources")
    named = (*(one.sources for one in table.rules), *(one.sources for one in table.therapies))
    used = {source for sources in named for source in sources}
    rows = (_source(source) for source in table.sources.values() if source.id in used)
    yield from _table(("Source", "Title", "Kind", "Checked", "Address"), rows)


def _source(source: Source) -> tuple[str, ...]:
    code = f" ({source.code})" if source.code else ""
    return f"`{source.id}`{code}", source.title, FIRMNESS[source.firmness], CHECKED[source.checked], source.url


_RUNS = {"E": 72, "R": 46, "D": 17, "C": 56, "F": 8}

REFERENCE_IDS = tuple(f"{letter}{number:02}" for letter, last in _RUNS.items() for number in range(1, last + 1))
"""All 199 ids, in order."""


def carried(table: RuleTable) -> Mapping[str, tuple[str, ...]]:
    """Return for every reference id the ids of the rules of `table` that carry it; empty where none does."""
    return {
        reference: tuple(rule.id for rule in table.rules if reference in rule.covers) for reference in REFERENCE_IDS
    }
