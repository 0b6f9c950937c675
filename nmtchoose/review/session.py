"""Going through the items one after another: each verdict is kept at once, so one can stop anywhere and go on later."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from nmtchoose.desk.amending import ask_words
from nmtchoose.desk.prompter import Prompter
from nmtchoose.review.look import Lookout, Said
from nmtchoose.review.signing import sign
from nmtchoose.signatures.reviews import Signer, Verdict, review_of
from nmtchoose.signatures.standing import Standing

WIDTH, ROOM = 77, 15
"""Columns and lines for the words about an item, so that everything fits on a screen of 80 by 24."""


class Reply(StrEnum):
    """What is chosen under an item."""

    READ_ON = "read_on"
    ACCEPT = "accept"
    OBJECT = "object"
    SKIP = "skip"
    BACK = "back"
    STOP = "stop"


_WORDS = {
    Reply.READ_ON: "Read on",
    Reply.ACCEPT: "Accept: it is right as it stands",
    Reply.OBJECT: "Object: say what is wrong",
    Reply.SKIP: "Skip for now",
    Reply.BACK: "Back to the one before",
    Reply.STOP: "Stop, and go on another time",
}


_BEGIN = (
    "{count} to look at, the riskiest first. You judge each as it stands here; when somebody changes it, it comes back."
    " Each verdict is kept at once, with your name and the date. A later one stands beside it, so nothing is lost."
)


@dataclass
class Session:
    """A clinician at the screen. `done` counts the verdicts given."""

    path: Path
    signer: Signer
    lookout: Lookout
    prompter: Prompter
    done: Counter[Verdict] = field(default_factory=Counter)

    def go_through(self, standings: Sequence[Standing]) -> None:
        """Show the items one by one until the last, or until somebody stops."""
        with suppress(KeyboardInterrupt, EOFError):
            self.prompter.pause(_BEGIN.format(count=len(standings)))
            self._one_by_one(standings)

    def _one_by_one(self, standings: Sequence[Standing]) -> None:
        at = 0
        while at < len(standings):
            match self._shown(standings[at], at, len(standings)):
                case Reply.STOP:
                    return
                case Reply.BACK:
                    at = max(at - 1, 0)
                case Reply.ACCEPT:
                    self._say(standings[at], Verdict.ACCEPTED)
                    at += 1
                case Reply.OBJECT:
                    comment = ask_words(self.prompter, f"What is wrong with {standings[at].item.id}?")
                    self._say(standings[at], Verdict.OBJECTED, comment)
                    at += 1
                case _:
                    at += 1

    def _shown(self, standing: Standing, at: int, total: int) -> Reply:
        """Show all pages of an item, and return the reply to the last; on an earlier one it can be left as well."""
        pages = _pages(self.lookout.at(standing))
        for number, page in enumerate(pages, start=1):
            self.prompter.say("\n".join(page))
            part = f", page {number} of {len(pages)}" if len(pages) > 1 else ""
            place = f"{standing.item.id} ({at + 1} of {total}{part}). Is this right?"
            verdicts = (Reply.ACCEPT, Reply.OBJECT) if number == len(pages) else (Reply.READ_ON,)
            choices = (*verdicts, Reply.SKIP, *((Reply.BACK,) if at else ()), Reply.STOP)
            reply = Reply(self.prompter.choose(place, tuple((str(one), _WORDS[one]) for one in choices)))
            if reply is not Reply.READ_ON:
                return reply
        return Reply.SKIP

    def _say(self, standing: Standing, verdict: Verdict, comment: str = "") -> None:
        sign(self.path, [review_of(standing.item, verdict, self.signer, today(), comment)])
        self.done[verdict] += 1


def today() -> str:
    """Return the date here."""
    return date.today().isoformat()


def ask_signer(prompter: Callable[[], Prompter], by: str, licence: str) -> Signer:
    """Return who reviews; what is not known is asked."""
    return Signer(
        by or ask_words(prompter(), "Your name, as it shall stand under what you sign:"),
        licence or ask_words(prompter(), "Your licence, such as LMT 12345:"),
    )


def _pages(said: Sequence[Said]) -> tuple[tuple[str, ...], ...]:
    """Return the lines of an item in pages, each text on one of them unless it is longer than a page."""
    pages: list[list[str]] = [[]]
    for label, text in said:
        lines = textwrap.wrap(f"{label}: {text}", WIDTH, subsequent_indent="  ")
        if len(pages[-1]) + len(lines) > ROOM >= len(lines):
            pages.append([])
        for line in lines:
            if len(pages[-1]) == ROOM:
                pages.append([])
            pages[-1].append(line)
    return tuple(map(tuple, pages))
