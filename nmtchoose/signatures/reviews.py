"""Reviews: what somebody said about an item as it then was; there are only ever more. And whether it still holds."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from msgspec import Struct, ValidationError, convert
from msgspec import json as msgspec_json

from nmtchoose.model.tables import Tables
from nmtchoose.signatures.items import DIGITS, KINDS, Item, in_full, items_of


class Verdict(StrEnum):
    """What was said. `kept` is an acceptance that a proof carried over to another form of the same."""

    ACCEPTED = "accepted"
    OBJECTED = "objected"
    KEPT = "kept"


class Signer(Struct, frozen=True):
    """Who reviews, and by which licence."""

    by: str
    licence: str

    def __str__(self) -> str:
        return f"{self.by} ({self.licence})" if self.licence else self.by


class Review(Struct, frozen=True, kw_only=True):
    """One verdict on an item: by whom, on which day, and what was signed, the item in full as JSON.

    `seal` is made of this review and the seal before it: it tells what was changed or taken out by hand.
    """

    item: str
    verdict: Verdict
    by: str
    on: str
    meaning: str
    words: str
    signed: str
    licence: str = ""
    comment: str = ""
    seal: str = ""
    line: int = 0

    @property
    def signer(self) -> Signer:
        """Who said it."""
        return Signer(self.by, self.licence)

    def sealed(self, before: str) -> str:
        """Return the seal of this review after one with the seal `before`."""
        told = (before, self.item, self.verdict, self.by, self.licence, self.on, self.comment)
        whole = msgspec_json.encode((*told, self.meaning, self.words, self.signed))
        return hashlib.sha256(whole).hexdigest()[:DIGITS]


def review_of(item: Item, verdict: Verdict, signer: Signer, on: str, comment: str = "") -> Review:
    """Return a verdict on `item` as it is now, not sealed yet."""
    meaning, words = item.fingerprints
    return Review(
        item=item.id,
        verdict=verdict,
        by=signer.by,
        licence=signer.licence,
        on=on,
        comment=comment,
        meaning=meaning,
        words=words,
        signed=json.dumps(in_full(item.value), ensure_ascii=False, separators=(",", ":")),
    )


def as_signed(review: Review) -> Item | None:
    """Return the item as it was when it was signed; None where this version cannot read it any more."""
    kind, _, name = review.item.partition("/")
    try:
        return Item(kind, name, convert(json.loads(review.signed), KINDS[kind]))
    except (KeyError, ValueError, ValidationError, RecursionError):
        return None


def by_hand(reviews: Iterable[Review]) -> Iterator[Review]:
    """Yield reviews that were changed by hand, or before which one was taken out."""
    before = ""
    for one in reviews:
        if one.seal != one.sealed(before):
            yield one
        before = one.seal


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
    """Return how every item stands, the riskiest first; reviews changed by hand do not count, `added` are new."""
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
