"""A list on screen as a value: where the pointer is, what is ticked, what is sought. No terminal in here.

Every key press is a function from one listing to the next, so the rules (what stands alone, what needs an explicit
act) can be read and tested without a screen.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from nmtchoose.desk.prompter import Screen, Sheet, Turn
from nmtchoose.engine.answering import check_answer
from nmtchoose.errors import AnswerError
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import DECLINED, UNSURE, Kind
from nmtchoose.prompts.rows import Role, Row, list_rows, menu_rows, sheet_rows
from nmtchoose.prompts.seeking import means_both, sought_rows
from nmtchoose.prompts.wording import refusal

LONG_LIST = 15
"""Lists with more options than this are searched by typing; shorter ones are picked from by number."""

_NUMBER_KEYS = 9
_CHOOSE_FIRST = "Please choose an answer first: arrow keys or its number, then Enter."
_SPACE_TICKS = "Space ticks a line."


class Listing(Struct, frozen=True):
    """`rows` are all rows, `at` is the place of the pointer among the visible ones.

    Where `searchable`, typing searches; else it picks rows by their keys. `ticked` is used where several may be
    chosen. `message` says why Enter was refused. `explained` is True while the answer to `?` is shown.
    """

    rows: tuple[Row, ...]
    many: bool
    searchable: bool = False
    at: int = 0
    ticked: frozenset[str] = frozenset()
    sought: str = ""
    message: str = ""
    explained: bool = False

    @property
    def visible(self) -> tuple[Row, ...]:
        """All rows, or, while something is sought, those that may be meant, then special answers and ways out."""
        if not self.sought:
            return self.rows
        meant, left_out = sought_rows(self.rows, self.sought), (Role.OPTION, Role.HEADING, Role.NOTE)
        return (*meant, *(row for row in self.rows if row.role not in left_out and row not in meant))

    @property
    def found(self) -> int:
        """How many answers may be meant by what is sought."""
        return len(sought_rows(self.rows, self.sought))

    @property
    def pointed(self) -> Row:
        """The row under the pointer."""
        return self.visible[self.at]

    @property
    def place(self) -> tuple[int, int]:
        """The pointer's place among the rows that can be chosen, and how many there are."""
        stops = self._stops
        return stops.index(self.at) + 1, len(stops)

    @property
    def _stops(self) -> list[int]:
        return [at for at, row in enumerate(self.visible) if row.is_stop]

    def moved(self, by: int) -> Listing:
        """Move the pointer `by` rows, over headings; one step past an end comes round, a longer one stops there."""
        stops = self._stops
        there = stops.index(self.at) + by
        place = there % len(stops) if abs(by) == 1 else min(max(there, 0), len(stops) - 1)
        return replace(self, at=stops[place], message="")

    def toggled(self) -> Listing:
        """Tick or untick the row under the pointer; a special answer stands alone, and never takes a tick away."""
        row = self.pointed
        if not self.many or not row.is_answer:
            return self
        if row.value in self.ticked:
            return replace(self, ticked=self.ticked - {row.value}, message="")
        special = {other.value for other in self.rows if other.role is Role.SPECIAL}
        if row.value in special and self.ticked - special:
            return self.refused(f"Untick the other lines first: '{row.label}' stands alone.")
        kept = frozenset() if row.value in special else self.ticked - special
        return replace(self, ticked=kept | {row.value}, message="")

    def spaced(self) -> Listing:
        """Take Space: a letter of what is sought, else it ticks."""
        return self.seeking(f"{self.sought} ") if self.sought else self.toggled()

    def taken(self) -> Listing:
        """Tick what the search found, the left and the right one where both are meant, and end the search."""
        if not self.sought:
            return self
        meant = sought_rows(self.rows, self.sought)
        if not meant:
            return self.refused(_nothing_fits(self.sought))
        if not self.pointed.is_answer:
            return self
        several = meant[:2] if means_both(self.sought) and self.many else (self.pointed,)
        listing = self
        for row in several:
            listing = replace(listing, sought="", at=self.rows.index(row))
            listing = listing if row.value in listing.ticked else listing.toggled()
        return listing

    def picked(self, key: str) -> Listing:
        """Point at the row with that key, and toggle it where several may be chosen."""
        for at, row in enumerate(self.visible):
            if key_of(row) == key:
                return replace(self, at=at, message="").toggled()
        return self

    def seeking(self, sought: str) -> Listing:
        """Show what may be meant by `sought`, with the pointer on the likeliest, and say where nothing is.

        Where nothing is sought any more, the pointer stays on its row.
        """
        words = sought.lstrip()
        narrowed = replace(self, sought=words, message="")
        if not words:
            return replace(narrowed, at=self.rows.index(self.pointed))
        fitting = bool(sought_rows(self.rows, words))
        return replace(narrowed, at=0, message="" if fitting else _nothing_fits(words))

    def typed(self, char: str) -> Listing:
        """Take a letter or digit: a long list is searched, in a short one it picks the row with that key.

        0 picks "none of these" in both, unless something is sought.
        """
        if self.sought or (self.searchable and not (char == "0" and any(row.number == 0 for row in self.rows))):
            return self.seeking(self.sought + char)
        return self.picked(char.lower())

    def erased(self) -> Listing:
        """Take back the last letter of a search."""
        return self.seeking(self.sought[:-1]) if self.sought else self

    def explaining(self) -> Listing:
        """Show or hide the answer to `?`."""
        return replace(self, explained=not self.explained, message="")

    def refused(self, message: str) -> Listing:
        """Stay, and say why."""
        return replace(self, message=message)


def _nothing_fits(sought: str) -> str:
    return f"Nothing here fits '{sought.strip()}'. Esc clears it."


def key_of(row: Row) -> str:
    """Return the key that picks `row` in a short list: 0 to 9, `u` for not sure, `d` for declined, or none.

    The special answers have the same keys wherever they are offered, also where answers are typed.
    """
    if row.role is Role.SPECIAL and row.value in (UNSURE, DECLINED):
        return row.value[0]
    return str(row.number) if row.number is not None and row.number <= _NUMBER_KEYS else ""


def opened(screen: Screen) -> Listing:
    """Return the list for `screen`, with the answer given before ticked or pointed at."""
    rows = list_rows(screen)
    many = screen.question.kind is Kind.MANY
    values = {row.value for row in rows if row.is_answer}
    current = screen.current if isinstance(screen.current, tuple) else (screen.current,)
    before = frozenset(one for one in current if isinstance(one, str) and one in values)
    stops = [at for at, row in enumerate(rows) if row.is_stop]
    start = next((at for at in stops if rows[at].value in before), stops[0])
    long = sum(row.role is Role.OPTION for row in rows) > LONG_LIST
    return Listing(rows, many, searchable=long, at=start, ticked=before if many else frozenset())


def answered(listing: Listing, screen: Screen) -> Answer | Turn | Listing:
    """Return what Enter gives: a checked answer, Back, or the same list with the reason for a refusal."""
    row = listing.pointed
    if listing.sought and (not listing.found or (listing.many and row.is_answer)):
        return listing.taken()
    if row.role is Role.BACK:
        return Turn.BACK
    if row.role is Role.NOT_YET:
        return listing.refused(_CHOOSE_FIRST)
    raw: object = tuple(sorted(listing.ticked)) if listing.many else row.value
    try:
        return check_answer(screen.question, screen.options, raw)
    except AnswerError as error:
        hint = f" {_SPACE_TICKS}" if listing.many and not listing.ticked else ""
        return listing.refused(refusal(error) + hint)


def menu(choices: tuple[tuple[str, str], ...]) -> Listing:
    """Return a list for a short menu of (id, label) pairs."""
    return Listing(menu_rows(choices), many=False, searchable=len(choices) > LONG_LIST)


def review(sheet: Sheet) -> Listing:
    """Return the list of all answers, with the pointer on the way to the result."""
    return Listing(sheet_rows(sheet), many=False, searchable=True)


def turned(listing: Listing) -> str | Turn | Listing:
    """Return what Enter gives in the review: on, back, the id of the question to change, or the list as it is."""
    row = listing.pointed
    if listing.sought and not listing.found:
        return listing
    return {Role.ON: Turn.ON, Role.BACK: Turn.BACK}.get(row.role, row.value)
