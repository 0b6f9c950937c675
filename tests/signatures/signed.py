"""A pair in a folder of its own, with what was signed of it."""

from __future__ import annotations

from pathlib import Path

from nmtchoose.loading.load import load_pair, read_reviews
from nmtchoose.loading.nodes import FaultLog
from nmtchoose.model.tables import Tables
from nmtchoose.review.session import sign
from nmtchoose.signatures.items import items_of
from nmtchoose.signatures.reviews import Review, Signer, State, Verdict, review_of, standings
from tests.conftest import MINIMAL

CLINICIAN = Signer("N. N.", "LMT 12345")
TODAY = "2026-11-27"


class Folder:
    """A pair with its reviews."""

    def __init__(self, path: Path) -> None:
        self.questions, self.rules = path / "questions.yaml", path / "rules.yaml"
        self.reviews = path / "reviews.yaml"
        for file in (self.questions, self.rules):
            file.write_bytes((MINIMAL / file.name).read_bytes())

    @property
    def tables(self) -> Tables:
        return Tables(*load_pair(self.questions, self.rules))

    def sign(self, verdict: Verdict = Verdict.ACCEPTED, *names: str, comment: str = "") -> None:
        wanted = [one for one in items_of(self.tables) if not names or one.id in names]
        sign(self.reviews, [review_of(one, verdict, CLINICIAN, TODAY, comment) for one in wanted])

    def edit(self, before: str, after: str) -> None:
        text = self.rules.read_text(encoding="utf-8")
        assert text.count(before) >= 1
        self.rules.write_text(text.replace(before, after), encoding="utf-8")

    def read(self, log: FaultLog | None = None) -> tuple[Review, ...]:
        return read_reviews(self.reviews.read_bytes(), log or FaultLog("reviews.yaml"))

    def open(self) -> dict[str, str]:
        """Return what is not signed, with why."""
        found = standings(self.tables, self.read())
        return {one.item.id: one.told.partition(" (")[0] for one in found if one.state is not State.SIGNED}
