"""What changed between two pairs of files, in words and not in lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from nmtchoose.authoring.checks.reads import facts_used
from nmtchoose.authoring.described import described
from nmtchoose.model.rules import RuleTable
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


def differences(old: Tables, new: Tables) -> Iterator[Change]:
    """Yield every change from `old` to `new`, kind of thing by kind of thing, in the order of the files."""
    old_things, new_things = described(old), described(new)
    for noun, before in old_things.items():
        after = new_things[noun]
        for name in dict.fromkeys((*before, *after)):
            kind = Kind.CHANGED if name in before and name in after else Kind.REMOVED if name in before else Kind.ADDED
            details = tuple(_details(before.get(name, {}), after.get(name, {})))
            if details and noun == "fact" and kind is Kind.CHANGED:
                details += (_resting_on(name, new.rules),)
            if details or kind is not Kind.CHANGED:
                yield Change(noun, name, kind, details)
        yield from _moved(noun, list(before), list(after))


def _moved(noun: str, before: list[str], after: list[str]) -> Iterator[Change]:
    """Yield the order of questions or therapies where it changed: it decides what is asked and named first."""
    old, new = [name for name in before if name in after], [name for name in after if name in before]
    if noun in ("question", "therapy") and old != new:
        yield Change("order of", noun, Kind.CHANGED, (Detail("order", ", ".join(old), ", ".join(new)),))


def _resting_on(fact: str, table: RuleTable) -> Detail:
    rules = ", ".join(rule.id for rule in table.rules if fact in facts_used([rule.when], table)) or "none"
    return Detail("rules that rest on it", rules, rules)


def _details(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Detail]:
    for label in dict.fromkeys((*old, *new)):
        before, after = old.get(label, ""), new.get(label, "")
        if before != after:
            yield Detail(label, before, after)


def change_lines(change: Change) -> Iterator[str]:
    """Yield one change as lines to read."""
    yield f"{change.kind} {change.noun} {change.id}"
    for one in change.details:
        if one.old == one.new:
            yield f"  {one.label}: {one.old}"
        elif not one.old:
            now = "" if change.kind is Kind.ADDED else "new, "
            yield f"  {now}{one.label}: {one.new}"
        elif not one.new:
            yield f"  {'' if change.kind is Kind.REMOVED else 'gone, '}{one.label}: {one.old}"
        else:
            yield f"  {one.label}:"
            yield f"    was {one.old}"
            yield f"    now {one.new}"
