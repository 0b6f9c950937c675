"""A list on screen as a value: where the pointer is, what is ticked, what is sought. No terminal in here.

Every act is a function from one listing to the next, so the rules (what stands alone, what needs an explicit act, what
has to have been read) can be tested without a screen. Which key does what is said in `listing_keys`. Below stand the
lists that are asked: a question's, a menu and the review, and what Enter gives in each.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from nmtchoose.desk.prompter import Screen, Sheet, Turn
from nmtchoose.engine.answering import check_answer
from nmtchoose.errors import AnswerError
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import NONE, Kind
from nmtchoose.prompts.rows import ROW_KEYS, Role, Row, answer_rows, menu_rows, sheet_rows
from nmtchoose.prompts.seeking import means_both, nearest_rows, sought_rows
from nmtchoose.prompts.wording import refusal

CHOOSE_FIRST = "Please choose an answer first: the key before a line, or the arrow keys and Enter."
ON_OR_CHANGE = "Press y if this is right, or choose an answer to change it."


class Letter(Struct, frozen=True):
    """The last letter or digit pressed: when it came, the listing before it, and whether it answers if none follows."""

    char: str
    at: float
    before: Listing
    answers: bool = False


class Listing(Struct, frozen=True):
    """`at` is the place of the pointer among the visible rows; None until somebody moves it.

    A `long` list has no keys: typing searches. `ticked` is used where several may be chosen. `sought` are the words in
    the open search field, None while it is closed. `message` says why something was refused.

    `said` are the answers by row where every row is a line with an answer of its own; None in all other lists.

    From `top` up to `past` rows are on the screen; all rows up to `read` have been. `chosen` is True when a key has
    answered, `leaving` when one asked to stop.
    """

    rows: tuple[Row, ...]
    many: bool
    long: bool = False
    at: int | None = None
    ticked: frozenset[str] = frozenset()
    sought: str | None = None
    message: str = ""
    explained: bool = False
    top: int = 0
    past: int = 0
    read: int = 0
    letter: Letter | None = None
    chosen: bool = False
    leaving: bool = False
    said: Mapping[str, Answer] | None = None

    @property
    def visible(self) -> tuple[Row, ...]:
        """All rows, or, while something is sought, those that may be meant."""
        return sought_rows(self.rows, self.sought) if self.sought else self.rows

    @property
    def pinned(self) -> tuple[Row, ...]:
        """The rows that stay in view below the list: special answers, and the way on."""
        shown = self.visible if self.sought else ()
        return tuple(row for row in self.rows if row.is_pinned and row not in shown)

    @property
    def scrolled(self) -> tuple[Row, ...]:
        """The visible rows above the pinned ones."""
        return self.visible if self.sought else tuple(row for row in self.rows if not row.is_pinned)

    @property
    def pointed(self) -> Row | None:
        """The row under the pointer."""
        return None if self.at is None else self.visible[self.at]

    @property
    def hidden(self) -> tuple[int, int]:
        """How many rows that can be chosen are out of sight above and below."""
        above, below = self.scrolled[: self.top], self.scrolled[self.past :]
        return sum(row.is_stop for row in above), sum(row.is_stop for row in below)

    @property
    def ticked_rows(self) -> tuple[Row, ...]:
        """The rows that are ticked, in order."""
        return tuple(row for row in self.rows if row.value in self.ticked)

    @property
    def alone(self) -> Row | None:
        """The special answer that is ticked, if one is."""
        return next((row for row in self.ticked_rows if row.role is Role.SPECIAL), None)

    def moved(self, by: int) -> Listing:
        """Move the pointer `by` rows, over headings; one step past an end comes round, a longer one stops there."""
        stops = [at for at, row in enumerate(self.visible) if row.is_stop]
        if not stops:
            return self
        start = (-1 if by > 0 else len(stops)) if self.at is None else stops.index(self.at)
        place = (start + by) % len(stops) if abs(by) == 1 else min(max(start + by, 0), len(stops) - 1)
        return replace(self, at=stops[place], message="")

    def paged(self, direction: int) -> Listing:
        """Move the pointer to the first row below those on the screen, or to the last one above them."""
        rows = range(self.past, len(self.scrolled)) if direction > 0 else range(self.top - 1, -1, -1)
        there = next((at for at in rows if self.scrolled[at].is_stop), None)
        if there is None:
            return self.moved(direction * len(self.visible))
        top = there if direction > 0 else self.top
        return replace(self, at=there, top=top, message="")

    def toggled(self) -> Listing:
        """Tick or untick the row under the pointer.

        A special answer stands alone, and no tick is ever taken away by another; "none of these" first wants the whole
        list to have been on the screen.
        """
        row = self.pointed
        if not self.many:
            return self
        if row is None:
            return self.refused(CHOOSE_FIRST)
        if row.value in self.ticked:
            return replace(self, ticked=self.ticked - {row.value}, message="")
        if self.alone:
            return self.refused(f"'{self.alone.label}' is ticked and stands alone: untick it first ({self.alone.key}).")
        if row.role is Role.SPECIAL and self.ticked:
            rest = "Untick the rest first" + ("." if self.long else ", or press x to untick all.")
            return self.refused(f"'{row.label}' stands alone. {rest}")
        if self.is_unread(row):
            return self.read_on(row)
        return replace(self, ticked=self.ticked | {row.value}, message="")

    def unticked(self) -> Listing:
        """Untick everything."""
        return replace(self, ticked=frozenset(), message="")

    def is_unread(self, row: Row) -> bool:
        """Return whether `row` says that nothing fits, while a part of the list has not been on the screen.

        Nobody has to read a list that is searched by words.
        """
        return row.value == NONE and row.is_pinned and not self.long and self.read < len(self.scrolled)

    def read_on(self, row: Row) -> Listing:
        """Show the next rows that have not been on the screen, and say why."""
        left = sum(one.is_stop for one in self.scrolled[self.read :])
        at = next(at for at, one in enumerate(self.scrolled) if at >= self.read and one.is_stop)
        lines = "1 line was" if left == 1 else f"{left} lines were"
        message = f"{lines} out of sight. Please read on, then press {row.key} again for '{row.label}'."
        return replace(self, at=at, top=self.read, message=message)

    def picked(self, row: Row) -> Listing:
        """Point at `row`, and tick or untick it where several may be chosen."""
        return replace(self, at=self.visible.index(row), message="").toggled()

    def seeking(self, sought: str | None) -> Listing:
        """Open the search field with `sought`, or close it with None.

        The pointer stands on the one row that fits best; on none where several fit as well. It stays on its row when
        the field closes.
        """
        if not sought:
            row = self.pointed
            return replace(self, sought=sought, message="", top=0, at=self.rows.index(row) if row else None)
        nearest = nearest_rows(self.rows, sought)
        message = "" if nearest or not sought.strip() else f"Nothing here fits '{sought.strip()}'."
        return replace(self, sought=sought, message=message, top=0, at=0 if len(nearest) == 1 else None)

    def taken(self) -> Listing:
        """Tick what was found: the row under the pointer, or the left and the right one where both are meant.

        A row that is ticked already stays so. The field is empty afterwards.
        """
        both = nearest_rows(self.rows, self.sought or "")
        several = both if self.many and means_both(self.sought or "") and len(both) == 2 else ()
        meant = several or ((self.pointed,) if self.pointed else ())
        if not meant:
            return self.refused(self.undecided)
        listing = self.seeking("")
        for row in meant:
            listing = listing if row.value in listing.ticked else listing.picked(row)
        return listing

    @property
    def undecided(self) -> str:
        """Why nothing can be taken from the search."""
        if self.visible and self.sought:
            return f"Several lines fit '{self.sought.strip()}': choose one with the arrow keys, or type on."
        if self.sought and self.sought.strip():
            return f"Nothing here fits '{self.sought.strip()}': press Backspace, or Esc for the whole list."
        return "Type a word of what you look for."

    def refused(self, message: str) -> Listing:
        """Stay, and say why."""
        return replace(self, message=message)


def keeps_early(screen: Screen) -> bool:
    """Return whether keys count that came before `screen` did.

    They do not where they could answer unread or keep an answer: Enter alone leaves a text empty.
    """
    question = screen.question
    return not question.purpose.is_safety and question.kind is not Kind.TEXT and screen.current is None


def opened(screen: Screen, ticked: frozenset[str] = frozenset()) -> Listing:
    """Return the list for `screen`, with the answer given before ticked or pointed at.

    `ticked` is what was ticked when the question was left without an answer.
    """
    rows = answer_rows(screen)
    many = screen.question.kind is Kind.MANY
    values = {row.value for row in rows if row.is_answer}
    current = screen.current if isinstance(screen.current, tuple) else (screen.current,)
    before = (ticked or frozenset(one for one in current if isinstance(one, str))) & values
    at = next((at for at, row in enumerate(rows) if row.is_answer and row.value in before), None)
    return Listing(rows, many, long=_is_long(rows), at=at, ticked=before if many else frozenset())


def menu(choices: tuple[tuple[str, str], ...], keys: str = "") -> Listing:
    """Return a list for a short menu of (id, label) pairs; no row is chosen before somebody does."""
    rows = menu_rows(choices, keys)
    return Listing(rows, many=False, long=_is_long(rows))


def review(sheet: Sheet) -> Listing:
    """Return the list of all answers, searched by typing."""
    return Listing(sheet_rows(sheet), many=False, long=True)


def _is_long(rows: tuple[Row, ...]) -> bool:
    return sum(row.role is Role.OPTION for row in rows) > len(ROW_KEYS)


def chosen_row(listing: Listing) -> Row | Listing:
    """Return the row that Enter chooses in a list with one answer, or the list with the reason for a refusal."""
    row = listing.pointed
    if row is None:
        return listing.refused(CHOOSE_FIRST if listing.sought is None else listing.undecided)
    return listing.read_on(row) if listing.is_unread(row) else row


def answered(listing: Listing, screen: Screen) -> Answer | Listing:
    """Return what Enter gives: a checked answer, or the list with the search taken or the reason for a refusal."""
    if not listing.many:
        row = chosen_row(listing)
        return row if isinstance(row, Listing) else check_answer(screen.question, screen.options, row.value)
    if listing.sought:
        taken = listing.taken()
        return taken if taken.message else taken.seeking(None)
    try:
        return check_answer(screen.question, screen.options, tuple(sorted(listing.ticked)))
    except AnswerError as error:
        pointed = listing.pointed
        ticking = f"Space ticks '{pointed.label}'." if pointed and not listing.ticked else ""
        return listing.refused(f"{refusal(error)} {ticking}".strip())


def picked(listing: Listing) -> str | Listing:
    """Return what Enter gives in a menu: the id chosen, or the list with the reason for a refusal."""
    row = chosen_row(listing)
    return row if isinstance(row, Listing) else row.value


def turned(listing: Listing) -> str | Turn | Listing:
    """Return what Enter gives in the review: on, the id of the question to change, or the list with a refusal."""
    row = chosen_row(listing)
    if isinstance(row, Listing):
        return row if row.pointed or row.sought is not None else row.refused(ON_OR_CHANGE)
    return Turn.ON if row.role is Role.ON else row.value
