"""What changed between two pairs of files, in words and not in lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from nmtchoose.authoring.described import Said, Telling, Words, things
from nmtchoose.model.condition import facts_of
from nmtchoose.model.tables import Tables


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


_NOTHING = Said(None, "")


def _details(old: Words, new: Words) -> Iterator[Detail]:
    for label in dict.fromkeys((*old, *new)):
        before, after = old.get(label, _NOTHING), new.get(label, _NOTHING)
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
