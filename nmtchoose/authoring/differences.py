"""What the two files say, thing by thing, and what changed between two pairs, in words and not in lines.

Every field of the model is a value that can be compared, with its words. Nothing is picked by hand: a field that the
model gains is told by its name until `_LABELS` has better words for it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import asdict, replace

from nmtchoose.model.condition import ALWAYS, Condition, Fact, Is, facts_of, rebuilt
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Option, Voices
from nmtchoose.model.rules import MOST_PRESSURE, Effects, SiteLimit, Sites
from nmtchoose.model.tables import Tables
from nmtchoose.words.answers import sites_in_words
from nmtchoose.words.conditions import by_name
from nmtchoose.words.sentences import id_words
from nmtchoose.words.terms import FLAG

_NO_FIELDS_OF_THEIR_OWN = ("id", "line", "noted_of", "site", "side", "sha256")
"""Names, places in the file, and what follows from other fields."""

_LABELS = {
    "ask_when": "asked when",
    "show_when": "offered when",
    "choose_when": "takes its place when",
    "unsure_as": "'not sure' counts as",
    "specials": "also offered",
    "special_labels": "the words of",
    "at_visit": "left for the visit",
    "reassuring": "speaks against a risk",
    "lasting": "kept for the next visit",
    "asked_again": "asked again on the next visit",
    "client": "to the client",
    "staff": "to staff",
    "staff_hint": "hint for staff",
    "words": "found by",
    "disposition": "the result is at least",
    "exclude": "not suitable",
    "ask_first": "held until a conversation",
    "adapt": "done with changes",
    "still_sensible": "still sensible elsewhere on the body",
    "until": "wait until",
    "pressure_limit": "pressure anywhere at most",
    "therapy_limits": "most pressure with",
    "avoid": "left alone",
    "fit": "points for",
    "tell_client": "tells the client",
    "tell_therapist": "tells the therapist",
    "disposition_at_least": "the result is at least",
    "never_suggest": "never suggests",
    "pressure_at_most": "pressure at most",
    "say": "says",
    "text": "says",
    "facts": "row",
}
"""Words for fields, where the name of the field in words would not do."""

_ALL = ("every therapy",)
_SENTENCES = ("expect", "ask_therapist", "qualifications", "aftercare", "tell_them")
_LEVELS = ("pressure_limit", "limit", "pressure_at_most", "lightest", "usual", "therapy_limits")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a file says. Whether it changed is decided by `value`; `words` tell it.

    `in_full` tells more, for values that differ although their words are the same.
    """

    value: object
    words: str
    in_full: str = ""


Words = dict[str, Said]
Thing = Struct | Mapping[str, object]


def things(tables: Tables) -> Mapping[str, Mapping[str, Thing]]:
    """Return each thing that `told` tells, by what it is called and its id, in the order of the files.

    Questions made to ask one sign by itself are left out, and so are the options of questions for body sites: both
    follow from something that is told.
    """
    asked, rules = tables.questionnaire, tables.rules
    places = {option.id for one in asked.questions if one.sites for option in one.options}
    places |= {region.id for region in asked.body}
    every = tuple(one.id for one in rules.therapies)
    return {
        "file": {
            "questions.yaml": {"version": asked.stamp.version, "title": asked.title},
            "rules.yaml": {
                "version": rules.stamp.version,
                "pressure": rules.pressure,
                "pain_question": rules.pain_question,
            },
        },
        "section": {one.id: one for one in asked.sections},
        "place": {one.id: one for one in asked.body},
        "body group": {
            name: {"holds": Sites(sites)} for name, sites in asked.sites_by_name.items() if name not in places
        },
        "question": {
            one.id: replace(one, options=(), groups={}) if one.sites else one
            for one in asked.questions
            if one.noted_of is None
        },
        "contradiction": {one.id: one for one in asked.contradictions},
        "medicine": {one.id: one for one in asked.medicines},
        "reason": {name: {"says": why} for name, why in rules.removed.items()},
        "setting": {name: {"value": str(value).lower()} for name, value in rules.settings.items()},
        "region": rules.regions,
        "row": {one.id: one for one in rules.rows},
        "therapy": {one.id: one for one in rules.therapies},
        "decision": {"points": replace(rules.decision, sequences=())},
        "sequence": {one.id: one for one in rules.decision.sequences},
        "fact": {name: {"when": body} for name, body in rules.facts.items()},
        "rule": {one.id: one for one in rules.rules},
        "guarantee": {
            one.id: replace(one, never_suggest=_ALL) if one.never_suggest == every else one for one in rules.guarantees
        },
        "disposition": {str(name): words for name, words in rules.dispositions.items()},
        "sign": {str(number): one for number, one in enumerate(rules.safety_net, start=1)},
        "text": {name: {"text": text} for name, text in rules.texts.items()},
        "grade": {str(name): {"text": text} for name, text in rules.grades.items()},
        "source": rules.sources,
    }


def _by_name_alone(condition: Condition) -> Condition:
    """Return `condition` with facts by name alone, since their meaning is told elsewhere, and options in one order."""
    match condition:
        case Is(question, options):
            return Is(question, tuple(sorted(options)))
        case Fact(name):
            return Fact(name, ALWAYS)
    return rebuilt(condition, _by_name_alone)


class Telling:
    """Tells things of one pair, with a copy of its questionnaire in which no group stands for its options."""

    def __init__(self, tables: Tables) -> None:
        self._asked, self._rules = tables.questionnaire, tables.rules
        self._ungrouped = replace(
            self._asked, questions=tuple(replace(one, groups={}) for one in self._asked.questions)
        )

    def told(self, thing: Thing) -> Words:
        """Return everything that is said about `thing`, by label."""
        return {label: said for label, said in self._fields("", thing) if said.words}

    def _fields(self, prefix: str, thing: Thing) -> Iterator[tuple[str, Said]]:
        for name, value in (thing if isinstance(thing, Mapping) else asdict(thing)).items():
            if name not in _NO_FIELDS_OF_THEIR_OWN:
                label = _LABELS.get(name, id_words(name))
                inside = isinstance(value, Voices | Effects)
                yield from self._value(name, prefix if inside else ", ".join(filter(None, (prefix, label))), value)

    def _value(self, name: str, label: str, value: object) -> Iterator[tuple[str, Said]]:
        """Yield `value` of the field `name`, part by part where it has parts."""
        if isinstance(value, Condition):
            words, in_full = by_name(value, self._asked), by_name(value, self._ungrouped)
            yield label, Said(_by_name_alone(value), words, in_full)
        elif isinstance(value, Sites):
            yield label, Said(value, self._sites(value))
        elif isinstance(value, Struct):
            yield from self._fields(label, value)
        elif isinstance(value, Mapping):
            for key, part in value.items():
                yield from self._value(name, f"{label} {key}", part)
        elif isinstance(value, tuple) and any(isinstance(one, Struct) for one in value):
            yield from self._items(value)
        else:
            yield label, Said(value, self._plain(name, value))

    def _items(self, items: tuple[object, ...]) -> Iterator[tuple[str, Said]]:
        for one in items:
            if isinstance(one, SiteLimit):
                at_most = self._plain("limit", one.limit)
                yield f"pressure on {self._sites(one.sites)} at most", Said(one, at_most)
            elif isinstance(one, Option):
                named = f"option {one.id}"
                yield named, Said(one.label, one.label)
                yield from self._fields(named, {field: getattr(one, field) for field in _OPTION})

    def _sites(self, sites: Sites) -> str:
        marked = (f"what was marked in {one}" for one in sites.marked_in)
        return ", ".join((*sites_in_words(sites.named, self._asked), *marked))

    def _plain(self, name: str, value: object) -> str:
        if isinstance(value, bool):
            return "yes" if value else ""
        if isinstance(value, Disposition):
            return f"{FLAG[value]} ({value})"
        if isinstance(value, tuple):
            return ("; " if name in _SENTENCES else ", ").join(map(str, value))
        if name in _LEVELS and isinstance(value, int):
            no_limit = name == "pressure_limit" and value >= MOST_PRESSURE
            return "" if no_limit else f"{value} ({self._rules.pressure[min(value, len(self._rules.pressure)) - 1]})"
        return "" if value is None else f"{value:+d}" if name == "fit" else str(value)


_OPTION = tuple(name for name in Option.__struct_fields__ if name not in ("id", "label"))


class Kind(StrEnum):
    """What happened to a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing about a question or a rule. `old` or `new` is empty where it did not have it; alike they explain."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """One question, rule or other named thing that was added, removed or changed."""

    noun: str
    id: str
    kind: Kind
    details: tuple[Detail, ...]


_ORDERED = ("section", "place", "question", "row", "therapy", "sequence", "rule")
"""What comes first of these is asked, shown, named or taken first."""


def differences(old: Tables, new: Tables) -> Iterator[Change]:
    """Yield every change from `old` to `new`, kind of thing by kind of thing, in the order of the files."""
    old_things, new_things = things(old), things(new)
    tell_old, tell_new = Telling(old).told, Telling(new).told
    for noun, before in old_things.items():
        after = new_things[noun]
        for name in dict.fromkeys((*before, *after)):
            was, now = before.get(name, {}), after.get(name, {})
            kind = Kind.CHANGED if name in before and name in after else Kind.REMOVED if name in before else Kind.ADDED
            details = () if was == now else tuple(_details(tell_old(was), tell_new(now)))
            if details and noun == "fact" and kind is Kind.CHANGED:
                rules = ", ".join(rule.id for rule in new.rules.rules if name in facts_of(rule.when)) or "none"
                details += (Detail("rules that rest on it", rules, rules),)
            if details or kind is not Kind.CHANGED:
                yield Change(noun, name, kind, details)
        if noun in _ORDERED:
            yield from _in_another_order(noun, list(before), list(after))
    for question in new.questionnaire.questions:
        same = old.questionnaire.by_id.get(question.id)
        if same is not None and not question.sites:
            options = ([one.id for one in asked.options] for asked in (same, question))
            yield from _in_another_order(f"options of {question.id}", *options)


def _in_another_order(noun: str, before: list[str], after: list[str]) -> Iterator[Change]:
    """Yield what moved among the things that were there before."""
    old, new = [name for name in before if name in after], [name for name in after if name in before]
    if old != new:
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        stayed = {place for block in blocks for place in range(block.b, block.b + block.size)}
        moved = [place for place in range(len(new)) if place not in stayed]
        told = (f"{new[place]} now {f'after {new[place - 1]}' if place else 'first'}" for place in moved)
        yield Change("order of", noun, Kind.CHANGED, (Detail("moved", "", "; ".join(told)),))


def _details(old: Words, new: Words) -> Iterator[Detail]:
    for label in dict.fromkeys((*old, *new)):
        before, after = (told.get(label, Said(None, "")) for told in (old, new))
        if before.value != after.value:
            alike = sorted(before.words) == sorted(after.words)
            yield Detail(label, *((alike and said.in_full) or said.words for said in (before, after)))


def change_lines(change: Change) -> Iterator[str]:
    """Yield one change as lines to read."""
    yield f"{change.kind} {change.noun} {change.id}"
    for one in change.details:
        if one.old == one.new:
            yield f"  {one.label}: {one.old}"
        elif not one.old:
            yield f"  {'' if change.kind is Kind.ADDED or change.noun == 'order of' else 'new: '}{one.label}: {one.new}"
        elif not one.new:
            yield f"  {'' if change.kind is Kind.REMOVED else 'no longer: '}{one.label}: {one.old}"
        else:
            yield f"  {one.label}:"
            yield f"    was {one.old}"
            yield f"    now {one.new}"
