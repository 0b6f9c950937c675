"""What there is to sign in a pair of files, the riskiest first, and its fingerprints.

A fingerprint is taken of the meaning (conditions with all that they use, effects, thresholds), and one of the words:
in one form for everything that means the same, without layout, order, names of facts, and values that are the usual.
Fields that the model gets later do not change it as long as they have their usual value.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import cast

from msgspec import NODEFAULT, Struct, to_builtins
from msgspec.structs import fields, replace

from nmtchoose.model.condition import AllOf, AnyOf, AtLeastOf, Condition, Fact, Is, Leaf, Not
from nmtchoose.model.questionnaire import Contradiction, Question
from nmtchoose.model.rules import Decision, DispositionText, Guarantee, Region, Rule, SequencePlan, Sign, Stage, Therapy
from nmtchoose.model.tables import Tables

DIGITS = 16
"""Of a fingerprint."""

_NEITHER = frozenset({"line", "covers", "section", "groups", "because"})
_WORDS = frozenset(
    (
        *("ask", "why", "help", "staff_hint", "special_labels", "unit", "label", "heading", "words", "staff"),
        *("tell_client", "tell_therapist", "reason", "sources", "evidence", "firmness", "until", "caution"),
        *("next_step", "expect", "aftercare", "ask_therapist", "card", "say", "says", "text", "name", "short", "facts"),
        *("summary", "evidence_text", "qualifications", "visits", "title", "client", "tell_them"),
    )
)
"""Fields that a client or a therapist reads, or that say on what something rests."""

_IN_ORDER = frozenset({"later"})
_Field = Callable[[str, object], object]


def in_full(value: Struct) -> dict[str, object]:
    """Return all of `value` as JSON has it, to be read again as its class; the line in a file is left out."""
    return _fields(value, lambda name, one: None if name == "line" else _plain(one, in_full))


def fingerprints(value: Struct) -> tuple[str, str]:
    """Return the fingerprint of what `value` means, and that of its words."""
    return _digest(_meaning(value)), _digest(_words(value))


def same_but_for_conditions(one: Struct, other: Struct) -> bool:
    """Return whether two values mean the same where their conditions do."""
    first, second = (_without_conditions(_meaning(value)) for value in (one, other))
    return type(one) is type(other) and first == second


def normal(condition: Condition) -> Condition:
    """Return `condition` without facts, in one order, and without what says nothing; it means the same."""
    match condition:
        case Fact(_, body):
            return normal(body)
        case Not(part):
            inside = normal(part)
            return inside.part if isinstance(inside, Not) else Not(inside)
        case AtLeastOf(count, parts) if 1 < count < len(parts):
            return AtLeastOf(count, _sorted(map(normal, parts)))
        case AtLeastOf(count, parts) if count == len(parts):
            return normal(AllOf(parts))
        case AtLeastOf(1, parts) | AnyOf(parts):
            return _together(AnyOf, parts)
        case AllOf(parts):
            return _together(AllOf, parts)
        case Is(question, options):
            return Is(question, tuple(sorted(set(options))))
        case _:
            return condition


def _together(kind: type[AllOf] | type[AnyOf], parts: tuple[Condition, ...]) -> Condition:
    flat: list[Condition] = []
    for part in map(normal, parts):
        flat += part.parts if isinstance(part, kind) else [part]
    once = _sorted(dict.fromkeys(flat))
    return once[0] if len(once) == 1 else kind(once)


def _sorted(parts: object) -> tuple[Condition, ...]:
    return tuple(sorted(cast("list[Condition]", parts), key=lambda one: _json(to_builtins(one))))


def is_condition(value: object) -> bool:
    """Return whether `value` is a condition."""
    return isinstance(value, Leaf | AllOf | AnyOf | AtLeastOf | Not | Fact)


def _fields(value: Struct, of: _Field) -> dict[str, object]:
    """Return the fields of `value` that are not as usual, as `of` has them; None leaves one out."""
    told: dict[str, object] = {}
    for field in fields(value):
        one = getattr(value, field.name)
        usual = field.default_factory() if field.default_factory is not NODEFAULT else field.default
        said = of(field.name, one) if one != usual else None
        if said is not None:
            told[field.name] = said
    return told


def _meaning(value: Struct) -> dict[str, object]:
    def meant(name: str, one: object) -> object:
        if name in _WORDS or name in _NEITHER:
            return None
        told = _plain(one, _meaning)
        return sorted(told, key=_json) if isinstance(told, list) and name not in _IN_ORDER else told

    return _fields(value, meant)


def _words(value: Struct) -> dict[str, object]:
    """Return the words, those inside too; what has an id keeps it, so that words are told apart."""

    def worded(name: str, one: object) -> object:
        if name in _NEITHER or is_condition(one):
            return None
        if name in _WORDS or name == "id":
            return _plain(one, in_full)
        if isinstance(one, Struct):
            return _words(one) or None
        if isinstance(one, tuple):
            return sorted((_words(part) for part in one if isinstance(part, Struct)), key=_json) or None
        return None

    return _fields(value, worded)


def _plain(value: object, of: Callable[[Struct], dict[str, object]]) -> object:
    if is_condition(value):
        return to_builtins(normal(cast("Condition", value)))
    if isinstance(value, Struct):
        return of(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(one, of) for key, one in value.items()}
    if isinstance(value, tuple | frozenset):
        return [_plain(one, of) for one in value]
    return to_builtins(value)


def _without_conditions(told: object) -> object:
    """Return `told` without conditions, which alone have a `type`."""
    if isinstance(told, dict):
        kept = {key: one for key, one in told.items() if not (isinstance(one, dict) and "type" in one)}
        return {key: _without_conditions(one) for key, one in kept.items()}
    return sorted(map(_without_conditions, told), key=_json) if isinstance(told, list) else told


def _digest(told: object) -> str:
    return hashlib.sha256(_json(told).encode()).hexdigest()[:DIGITS]


def _json(told: object) -> str:
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


class Setting(Struct, frozen=True):
    """The value of a setting of the rules."""

    value: int | bool


class Scale(Struct, frozen=True):
    """The words of the pressure scale, lightest first."""

    says: tuple[str, ...]


class Numbers(Struct, frozen=True):
    """The telephone numbers of all regions."""

    regions: tuple[Region, ...]


class Text(Struct, frozen=True):
    """A sentence of the pages, or a list of them."""

    says: tuple[str, ...]


KINDS: dict[str, type[Struct]] = {
    "setting": Setting,
    "rule": Rule,
    "guarantee": Guarantee,
    "decision": Decision,
    "sequence": SequencePlan,
    "disposition": DispositionText,
    "numbers": Numbers,
    "scale": Scale,
    "contradiction": Contradiction,
    "question": Question,
    "therapy": Therapy,
    "sign": Sign,
    "text": Text,
}
"""By the word for it, what an item of that kind is."""


class Item(Struct, frozen=True, dict=True):
    """One thing to sign. `group` is the stage of a rule, else the kind."""

    kind: str
    name: str
    value: Struct

    @property
    def id(self) -> str:
        """Kind and name, such as `rule/blood-thinner`."""
        return f"{self.kind}/{self.name}"

    @property
    def group(self) -> str:
        """What `--stage` calls it."""
        return str(self.value.stage) if isinstance(self.value, Rule) else self.kind

    @cached_property
    def fingerprints(self) -> tuple[str, str]:
        """The fingerprint of the meaning, and that of the words."""
        return fingerprints(self.value)


def items_of(tables: Tables) -> tuple[Item, ...]:
    """Return every item: what is the clinician's to choose, what stops a booking, what limits it, then the rest.

    Questions made to ask one sign by itself are part of the question with the list.
    """
    asked, rules = tables.questionnaire, tables.rules
    return (
        *(Item("setting", name, Setting(value)) for name, value in rules.settings.items()),
        *_rules(tables, Stage.EMERGENCY, Stage.MEDICAL, Stage.DEFER, Stage.CONTRAINDICATION),
        *(Item("guarantee", one.id, one) for one in rules.guarantees),
        Item("decision", "points", replace(rules.decision, sequences=())),
        *(Item("sequence", one.id, one) for one in rules.decision.sequences),
        *_rules(tables, Stage.FIT, Stage.PLAN),
        *(Item("disposition", str(name), words) for name, words in rules.dispositions.items()),
        Item("numbers", "telephone", Numbers(tuple(rules.regions.values()))),
        *(Item("question", one.id, one) for one in asked.questions),
        *(Item("contradiction", one.id, one) for one in asked.contradictions),
        *(Item("therapy", one.id, one) for one in rules.therapies),
        Item("scale", "pressure", Scale(rules.pressure)),
        *(Item("sign", str(number), one) for number, one in enumerate(rules.safety_net, start=1)),
        *(Item("text", name, Text((said,))) for name, said in rules.texts.items()),
    )


def _rules(tables: Tables, *stages: Stage) -> Iterator[Item]:
    for stage in stages:
        yield from (Item("rule", one.id, one) for one in tables.rules.rules if one.stage is stage)
