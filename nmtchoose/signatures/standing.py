"""Whether what was signed still holds: item by item, and for the pair in one line."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from nmtchoose.model.tables import Tables
from nmtchoose.signatures.items import Item, items_of
from nmtchoose.signatures.reviews import Review, Verdict, by_hand

MEANING, WORDS = "meaning", "words"


class State(StrEnum):
    """How an item stands with those who review it."""

    SIGNED = "signed"
    OBJECTED = "objected to"
    CHANGED = "changed since"
    UNSIGNED = "not signed"


class Standing(Struct, frozen=True):
    """One item, and `last` what was said about it last. `opened` says what has to be looked at again."""

    item: Item
    state: State
    last: Review | None = None
    opened: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """In a few words, such as `words changed since (N. N., 2026-11-27)`."""
        what = f"{' and '.join(self.opened)} " if self.opened else ""
        who = f" ({self.last.by}, {self.last.on})" if self.last else ""
        return f"{what}{self.state}{who}"


def standings(tables: Tables, reviews: Sequence[Review], added: Sequence[Review] = ()) -> tuple[Standing, ...]:
    """Return how every item of `tables` stands, the riskiest first.

    Of the `reviews` in a file, those that were changed by hand do not count. `added` are not in it yet.
    """
    not_ours = {one.line for one in by_hand(reviews)}
    said: dict[str, list[Review]] = {}
    for one in (*(one for one in reviews if one.line not in not_ours), *added):
        said.setdefault(one.item, []).append(one)
    return tuple(_standing(item, said.get(item.id, [])) for item in items_of(tables))


def _standing(item: Item, said: Sequence[Review]) -> Standing:
    if not said:
        return Standing(item, State.UNSIGNED)
    meaning, words = item.fingerprints
    last = said[-1]
    if last.verdict is Verdict.OBJECTED and (last.meaning, last.words) == (meaning, words):
        return Standing(item, State.OBJECTED, last)
    since = [at for at, one in enumerate(said) if one.verdict is Verdict.OBJECTED]
    accepted = said[since[-1] + 1 if since else 0 :]
    opened = []
    if meaning not in {one.meaning for one in accepted}:
        opened.append(MEANING)
    if words not in {one.words for one in accepted}:
        opened.append(WORDS)
    return Standing(item, State.CHANGED if opened else State.SIGNED, last, tuple(opened))


def reviewed_by(standing: Sequence[Standing]) -> str:
    """Return who signed all of it, with the last date, such as `N. N., 2026-11-27`; empty where something is open."""
    signed = [one.last for one in standing if one.state is State.SIGNED and one.last]
    if not signed or len(signed) != len(standing):
        return ""
    names = dict.fromkeys(one.by for one in signed)
    return f"{', '.join(names)}, {max(one.on for one in signed)}"
