"""Going through the items one after another: each verdict is kept at once, so one can stop anywhere and go on later."""

import os
import shutil
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from nmtchoose.desk.amending import ask_words
from nmtchoose.desk.prompter import Prompter
from nmtchoose.errors import while_writing
from nmtchoose.files.atomic import write_atomically
from nmtchoose.loading.load import HEAD, read_reviews, review_lines
from nmtchoose.loading.locate import content_of
from nmtchoose.loading.nodes import FaultLog
from nmtchoose.model.rules import Rule
from nmtchoose.review.look import NEAR_MISS, Lookout, Said
from nmtchoose.review.state import today
from nmtchoose.signatures.items import Item
from nmtchoose.signatures.reviews import Review, Signer, Standing, Verdict, review_of

_WIDEST = 100
_MARGIN = 3  # columns that the screen keeps free
_AROUND = 9
"""Lines around the words about an item: its title, the question, five choices, the keys, and one for a refusal."""

_NARROW, _AROUND_NARROW = 80, 11  # in fewer columns than this, the title and the keys take two lines
_FEWEST = 3  # lines of words, however small the screen is


class Reply(StrEnum):
    """What is chosen under an item."""

    READ_ON = "read_on"
    ACCEPT = "accept"
    OBJECT = "object"
    SKIP = "skip"
    BACK = "back"
    STOP = "stop"


_WORDS = {
    Reply.READ_ON: "Read on: there is more of it",
    Reply.ACCEPT: "Accept: right as it stands",
    Reply.OBJECT: "Object: say what is wrong",
    Reply.SKIP: "Skip for now",
    Reply.BACK: "Back to the one before",
    Reply.STOP: "Stop, and go on another time",
}
_KEYS = {reply: str(number) for number, reply in enumerate(_WORDS)}
"""A reply has the same key under every item, so that the one for reading on can never sign."""

_BEGIN = (
    "{count} to look at, the riskiest first: {parts}. You judge each as it stands here; when somebody changes it, it"
    " comes back. Each verdict is kept at once, with your name and the date. A later one stands beside it, so nothing"
    " is lost, and you can stop at any time."
)
_PARTS = " One part alone: nmtchoose review --stage {part}."


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
            self.prompter.pause(_beginning([one.item.group for one in standings]))
            at = 0
            while at < len(standings):
                reply = self._shown(standings[at], at, len(standings))
                if reply is Reply.STOP:
                    return
                if reply is Reply.ACCEPT:
                    self._say(standings[at], Verdict.ACCEPTED)
                elif reply is Reply.OBJECT:
                    comment = ask_words(self.prompter, f"What is wrong with {standings[at].item.id}?")
                    self._say(standings[at], Verdict.OBJECTED, comment)
                at = max(at - 1, 0) if reply is Reply.BACK else at + 1

    def _shown(self, standing: Standing, at: int, total: int) -> Reply:
        pages = _pages(self.lookout.at(standing), shutil.get_terminal_size())
        for number, page in enumerate(pages, start=1):
            part = f", page {number}/{len(pages)}" if len(pages) > 1 else ""
            self.prompter.say("\n".join((f"{_title(standing.item)} ({at + 1} of {total}{part})", *page)))
            verdicts = (Reply.ACCEPT, Reply.OBJECT) if number == len(pages) else (Reply.READ_ON,)
            replies = (*verdicts, Reply.SKIP, *((Reply.BACK,) if at else ()), Reply.STOP)
            keys = "".join(_KEYS[one] for one in replies)
            choices = tuple((str(one), _WORDS[one]) for one in replies)
            reply = Reply(self.prompter.choose("Is this right?", choices, keys))
            if reply is not Reply.READ_ON:
                return reply
        return Reply.SKIP

    def _say(self, standing: Standing, verdict: Verdict, comment: str = "") -> None:
        sign(self.path, [review_of(standing.item, verdict, self.signer, today(), comment)])
        self.done[verdict] += 1


def ask_signer(prompter: Callable[[], Prompter], by: str, licence: str) -> Signer:
    """Return who reviews; what is not known is asked."""
    return Signer(
        by or ask_words(prompter(), "Your name, as it shall stand under what you sign:"),
        licence or ask_words(prompter(), "Your licence, such as LMT 12345:"),
    )


def _beginning(groups: Sequence[str]) -> str:
    """Return what is said before the first item; `groups` are the parts that all of them belong to."""
    parts = Counter(groups)
    told = _BEGIN.format(count=len(groups), parts=", ".join(f"{count} {name}" for name, count in parts.items()))
    return told + (_PARTS.format(part=list(parts)[1]) if len(parts) > 1 else "")


def _title(item: Item) -> str:
    kind = f"{item.group} rule" if isinstance(item.value, Rule) else item.kind
    return f"{kind.capitalize()} {item.name}"


def _pages(said: Iterable[Said], size: os.terminal_size) -> tuple[tuple[str, ...], ...]:
    """Return the lines of an item in pages that fit the screen with the choices under them.

    A text stands on one page unless it is longer, and a near miss beside the client whom it is near.
    """
    width = min(size.columns, _WIDEST) - _MARGIN
    room = max(size.lines - (_AROUND if size.columns >= _NARROW else _AROUND_NARROW), _FEWEST)
    texts: list[list[str]] = []
    for label, text in said:
        lines = textwrap.wrap(f"{label}: {text}", width, subsequent_indent="  ")
        texts[-1:] = [texts[-1] + lines] if label == NEAR_MISS else [*texts[-1:], lines]
    pages: list[list[str]] = [[]]
    for lines in texts:
        if len(pages[-1]) + len(lines) > room >= len(lines):
            pages.append([])
        for line in lines:
            if len(pages[-1]) == room:
                pages.append([])
            pages[-1].append(line)
    return tuple(map(tuple, pages))


def sign(path: Path, reviews: Sequence[Review]) -> None:
    """Add `reviews` to the file at `path`, which may be new; raises FileError. What stands there stays."""
    before = content_of(path).decode("utf-8", "surrogateescape")
    present = read_reviews(before.encode("utf-8", "surrogateescape"), FaultLog(str(path)))
    text = before if before.endswith("\n") or not before else f"{before}\n"
    with while_writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    added = review_lines(reviews, present[-1].seal if present else "")
    write_atomically(path, f"{text or HEAD}{added}", mode=0o644)
