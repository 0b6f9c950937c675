"""What the two files say, thing by thing: every field of the model as a value that can be compared, with its words.

Nothing is picked by hand: a field that the model gains is told by its name until `_LABELS` has better words for it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from msgspec import Struct
from msgspec.structs import replace

from nmtchoose.model.condition import ALWAYS, Condition, Fact, Is, rebuilt
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

_WITHOUT_PREFIX = (Voices, Effects)
_SENTENCES = ("expect", "ask_therapist", "qualifications", "aftercare", "tell_them")
_ALL = ("every therapy",)
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
    """Return `condition` with facts by their name alone, since what they mean is said where they are told, and options
    in one order.
    """
    match condition:
        case Is(question, options):
            return Is(question, tuple(sorted(options)))
        case Fact(name):
            return Fact(name, ALWAYS)
    return rebuilt(condition, _by_name_alone)


class Telling:
    """Tells things of one pair, with a copy of its questionnaire in which no group stands for its options."""

    def __init__(self, tables: Tables) -> None:
        self._asked = tables.questionnaire
        plain = tuple(replace(one, groups={}) for one in self._asked.questions)
        self._ungrouped = replace(self._asked, questions=plain)
        self._rules = tables.rules

    def told(self, thing: Thing) -> Words:
        """Return everything that is said about `thing`, by label."""
        return {label: said for label, said in self._fields("", thing) if said.words}

    def _fields(self, prefix: str, thing: object) -> Iterator[tuple[str, Said]]:
        names = thing.keys() if isinstance(thing, Mapping) else getattr(thing, "__struct_fields__", ())
        for name in names:
            if name not in _NO_FIELDS_OF_THEIR_OWN:
                value = thing[name] if isinstance(thing, Mapping) else getattr(thing, name)
                label = _LABELS.get(name, id_words(name))
                inside = isinstance(value, _WITHOUT_PREFIX)
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
