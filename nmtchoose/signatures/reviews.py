"""Reviews: what somebody said about an item as it then was. There are only ever more of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct, ValidationError, convert
from msgspec import json as msgspec_json

from nmtchoose.signatures.canonical import DIGITS, in_full
from nmtchoose.signatures.items import KINDS, Item


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
    """One verdict on an item: by whom, on which day, and what was signed.

    `signed` is the item in full, as JSON. `seal` is made of this review and the seal before it: it tells what was
    changed or taken out by hand from what was not.
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
