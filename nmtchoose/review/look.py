"""One item as it is read before it is signed: what it says, who says so, whom it meets, and what changed since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from msgspec import Struct
from msgspec.structs import fields

from nmtchoose.authoring.differences import Telling, Thing, things
from nmtchoose.meaning.solver import is_installed
from nmtchoose.model.condition import ALWAYS, Condition, leaves, questions_of
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import UNSURE, Kind, Option, Question, Questionnaire
from nmtchoose.model.rules import Decision, Region, Rule, RuleTable, SequencePlan, Therapy
from nmtchoose.model.tables import Tables
from nmtchoose.proof.encoded import Encoded, encode
from nmtchoose.review.examples import client_with
from nmtchoose.signatures.items import Item, Numbers, Scale, Setting, is_condition, normal
from nmtchoose.signatures.reviews import Standing, State, as_signed
from nmtchoose.words.answers import option_label
from nmtchoose.words.conditions import groups_in, in_words
from nmtchoose.words.effects import booking_effects, therapy_effects
from nmtchoose.words.sentences import id_words, joined, with_numbers
from nmtchoose.words.terms import FIRMNESS, firmness_of

Said = tuple[str, str]
"""A label and a text."""

NEAR_MISS = "Not with"
"""What stands beside the client for whom a rule fires."""


def in_full(question: Question, *, staff: bool = False) -> str:
    """Return the words of a question, as the client or as staff read them; what stands above a line comes first."""
    voices = (question.stem.ask, question.ask) if question.stem else (question.ask,)
    return " ".join(one.staff if staff else one.client for one in voices)


def question_told(question: Question, questionnaire: Questionnaire) -> Iterator[Said]:
    """Yield what is asked, what can be answered, of whom and why."""
    asked, to_staff = in_full(question), in_full(question, staff=True)
    yield "Asks", asked
    yield "Staff ask", to_staff if to_staff != asked else ""
    yield "Answers", "; ".join(_answers(question, questionnaire))
    yield "Asked when", in_words(question.ask_when, questionnaire) if question.ask_when else "always"
    yield "Why we ask", question.why
    yield "Help", " ".join(filter(None, (question.stem.help if question.stem else "", question.help)))
    found = (f"{one.label}: {', '.join(one.words)}" for one in question.options if one.words and not question.sites)
    yield "Also found by", "; ".join(found)


def _answers(question: Question, questionnaire: Questionnaire) -> Iterator[str]:
    if question.kind is Kind.NUMBER:
        unit = "" if question.unit.startswith("of ") else f" {question.unit}"
        yield f"{question.minimum} to {question.maximum}{unit}"
    elif question.kind is Kind.TEXT:
        yield "a few words"
    elif question.sites:
        yield "places on the body"
    else:
        yield from (_option(one, questionnaire) for one in question.options)
    for one in question.specials:
        counts = question.unsure_as if one == UNSURE else None
        yield f"{question.label(one)} (counts as {question.label(counts)})" if counts else question.label(one)


def _option(option: Option, questionnaire: Questionnaire) -> str:
    notes = (
        "speaks against a risk" if option.reassuring else "",
        f"only when {in_words(option.show_when, questionnaire)}" if option.show_when else "",
        f"staff read: {option.staff}" if option.staff else "",
        option.help,
    )
    told = "; ".join(filter(None, notes))
    return f"{option_label(option)} ({told})" if told else option_label(option)


def decision_told(decision: Decision, rules: RuleTable) -> Iterator[Said]:
    """Yield how points of fit become a suggestion."""
    yield "Named alone", f"a therapy that leads by {decision.winner_lead} points or more, else several are offered"
    yield "Called clear", f"from a lead of {decision.clear_lead} points"
    few = ", ".join(map(id_words, decision.enough_of))
    yield "Too little known", f"with fewer than {decision.enough_answers} answers to these: {few}"
    yield "Too little fit", f"where the best has fewer than {decision.enough_points} points"
    yield "Then named", f"{rules.therapy(decision.fallback).name}, as the mildest choice"


_TOLD = ("when", "first", "later", "min fit")
_OF_QUESTIONS = (
    *("section", "kind", "to the client", "to staff", "purpose", "why", "help", "asked when", "option", "also offered"),
    *("the words of", "stem, to", "stem, help", "minimum", "maximum", "unit", "'not sure'"),
)
"""What `question_told` tells in a shorter way, or what nobody reads."""

_MOST_SOURCES = 2
_NO_SOLVER = "Not looked for: it needs the solver (the extra 'prove')."


@dataclass(frozen=True)
class Lookout:
    """Says what there is to read about each item. `rules_text` is the file of rules: settings have comments there."""

    tables: Tables
    rules_text: str
    region: Region | None = None

    def at(self, standing: Standing) -> tuple[Said, ...]:
        """Return what to read about an item, the most important first; raises ProofError."""
        item = standing.item
        said = (*self._about(item), *self._since(standing))
        return tuple((label, with_numbers(" ".join(text.split()), self.region)) for label, text in said if text)

    def _about(self, item: Item) -> Iterator[Said]:
        match item.value:
            case Rule():
                yield from self._rule(item.value)
            case Setting(value):
                yield "Set to", str(value).lower()
                yield "To choose from", _comment_at(item.name, self.rules_text)
            case Scale(says):
                yield "From light to deep", ", ".join(says)
            case Numbers(regions):
                for one in regions:
                    yield one.name, f"{one.emergency}; urgent: {one.urgent}; {one.crisis_name}: {one.crisis}"
            case Decision():
                yield from decision_told(item.value, self.tables.rules)
            case Question():
                yield from question_told(item.value, self.tables.questionnaire)
                yield from self._other(item, _OF_QUESTIONS)
            case _:
                when: Condition | None = getattr(item.value, "when", None)
                if when is not None:
                    yield from self._when(when)
                if isinstance(item.value, SequencePlan):
                    plan, rules = item.value, self.tables.rules
                    first, *later = (rules.therapy(one).name for one in (plan.first, *plan.later))
                    ways = f"{first} first, later {joined(later, 'or')}"
                    yield "Then", f"{ways}, where both have {plan.min_fit} points or more"
                yield from self._other(item, _TOLD)

    def _other(self, item: Item, told: tuple[str, ...]) -> Iterator[Said]:
        """Yield what else the files say about `item`: whatever has no label that begins like one of those `told`."""
        thing = self._things.get(item.kind, {}).get(item.name, {})
        for label, one in Telling(self.tables).told(thing).items():
            if label == "sources" and isinstance(item.value, SequencePlan | Therapy):
                yield "Rests on", "; ".join(self.tables.rules.sources[name].title for name in item.value.sources)
            elif not label.startswith(told):
                yield label[:1].upper() + label[1:], one.words

    def _when(self, condition: Condition) -> Iterator[Said]:
        """Yield a condition, and the questions behind the short names in it; a line of a screen stands there itself."""
        asked = self.tables.questionnaire
        yield "When", in_words(condition, asked)
        named = (one for one in asked.questions if one.id in questions_of(condition) and not one.is_line)
        yield "Where", "; ".join(f"{name}: {held}" for name, held in groups_in(condition, asked).items())
        yield "Asked", "; ".join(f'{id_words(one.id)}: "{in_full(one)}"' for one in named)

    def _rule(self, rule: Rule) -> Iterator[Said]:
        table = self.tables.rules
        yield from self._when(rule.when)
        effects = (*booking_effects(rule.then, self.tables), *therapy_effects(rule.then, table))
        yield "Then", ". ".join(one.rstrip(".") for one in effects)
        if rule.then.card:
            yield "In its own words", f"{rule.then.card.title}. {rule.then.card.client} Staff: {rule.then.card.staff}"
        yield "Client reads", rule.tell_client or rule.reason
        yield "Therapist reads", rule.tell_therapist
        yield "Rests on", self._sources(rule, table)
        if rule.when != ALWAYS:
            yield from self._clients(rule)

    def _sources(self, rule: Rule, table: RuleTable) -> str:
        named = [table.sources[one].title for one in rule.sources[:_MOST_SOURCES]]
        more = len(rule.sources) - len(named)
        titles = "; ".join((*named, *([f"and {more} more"] if more else [])))
        graded = f", evidence {rule.evidence.replace('_', ' ')}" if rule.evidence else ""
        return f"{FIRMNESS[firmness_of(rule, table)]}{graded}: {titles}"

    def _clients(self, rule: Rule) -> Iterator[Said]:
        if self._encoded is None:
            yield "Fires for", _NO_SOLVER
            return
        worst = rule.then.disposition or Disposition.CLEARANCE
        found = client_with(self._encoded, rule.when, worst)
        if found is None:
            yield "Fires for", "nobody: no answers lead to it"
            return
        answers, near_miss = found
        yield "Fires for", f"{'; '.join(answers) or 'a client with nothing special'}. All else is plain."
        yield NEAR_MISS, f"the same, but {near_miss}" if near_miss else "No one other answer is enough to stop it."

    def _since(self, standing: Standing) -> Iterator[Said]:
        last = standing.last
        if last is None:
            return
        yield "Said before", f"{standing.told.partition(' (')[0]}; {last.verdict} by {last.signer}, {last.on}"
        yield "Comment then", last.comment
        if standing.state is State.CHANGED:
            before = as_signed(last)
            if before is None:
                yield "What changed", "cannot be told: an older version wrote it"
                return
            yield "What changed", "; ".join(changes(before.value, standing.item.value, self.tables.questionnaire))

    @cached_property
    def _things(self) -> Mapping[str, Mapping[str, Thing]]:
        return things(self.tables)

    @cached_property
    def _encoded(self) -> Encoded | None:
        return encode(self.tables) if is_installed() else None


def _comment_at(setting: str, text: str) -> str:
    """Return the comment above a setting in the file of rules: the alternatives and their sources stand there."""
    lines = text.splitlines()
    at = next((number for number, line in enumerate(lines) if line.strip().startswith(f"{setting}:")), 0)
    start = at
    while start and lines[start - 1].strip().startswith("#"):
        start -= 1
    return " ".join(line.strip().lstrip("# ") for line in lines[start:at])


_UNTOLD = ("line", "covers", "because")


def changes(before: Struct, now: Struct, questionnaire: Questionnaire) -> Iterator[str]:
    """Yield every difference, each as a label with what it was and what it is."""
    for field in fields(now):
        old, new = getattr(before, field.name), getattr(now, field.name)
        if old != new and field.name not in _UNTOLD:
            yield from _changed(id_words(field.name), old, new, questionnaire)


def _changed(label: str, old: object, new: object, questionnaire: Questionnaire) -> Iterator[str]:
    if is_condition(old) or is_condition(new):
        yield from _condition(label, cast("Condition | None", old), cast("Condition | None", new), questionnaire)
    elif isinstance(old, Struct) and isinstance(new, Struct):
        yield from changes(old, new, questionnaire)
    elif isinstance(old, tuple) and isinstance(new, tuple) and any(isinstance(one, Struct) for one in (*old, *new)):
        then, now = ({getattr(one, "id", str(at)): one for at, one in enumerate(some)} for some in (old, new))
        for name in dict.fromkeys((*then, *now)):
            if then.get(name) != now.get(name):
                yield from _changed(f"{label} {name}", then.get(name, ""), now.get(name, ""), questionnaire)
    else:
        yield f"{label} was {_text(old)}, and is now {_text(new)}"


def _condition(label: str, old: Condition | None, new: Condition | None, questionnaire: Questionnaire) -> Iterator[str]:
    """Tell a condition by the parts that went and came; where there are none, as a whole."""
    if old is not None and new is not None and normal(old) == normal(new):
        return
    parts = [[in_words(leaf, questionnaire) for leaf in leaves(one)] if one else [] for one in (old, new)]
    gone, come = (list(dict.fromkeys(one for one in mine if one not in other)) for mine, other in (parts, parts[::-1]))
    if gone:
        yield f"{label} no longer has: {'; '.join(gone)}"
    if come:
        yield f"{label} now has: {'; '.join(come)}"
    if not (gone or come):
        yield f"{label} is put together in another way; it was: {in_words(old, questionnaire) if old else 'always'}"


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_text, value)) or "nothing"
    if isinstance(value, Struct):
        return "; ".join(_text(getattr(value, field.name)) for field in fields(value))
    return f'"{value}"' if isinstance(value, str) and value else str(value or "nothing")
