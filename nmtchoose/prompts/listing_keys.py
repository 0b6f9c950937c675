"""What every key does to a list. The time of a key press is passed in, so nothing in here waits or looks at a clock.

A letter that is followed by another at once was the beginning of a word: what it did is undone, and the word is
searched for. A digit followed by a digit is undone where the two could be the number of a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from nmtchoose.prompts.listing import Letter, Listing
from nmtchoose.prompts.rows import Role, Row

AT_ONCE = 0.8
"""Within so many seconds a second letter belongs to the word that the first one began."""

TWICE = 0.25
"""Within so many seconds the same key again is a finger or a keyboard that trembles, but where keys move."""

_TWO_DIGITS = 10
_FAR = 1000
_MOVES: dict[str, Callable[[Listing], Listing]] = {
    "up": lambda listing: listing.moved(-1),
    "down": lambda listing: listing.moved(1),
    "pageup": lambda listing: listing.paged(-1),
    "pagedown": lambda listing: listing.paged(1),
    "home": lambda listing: listing.moved(-_FAR),
    "end": lambda listing: listing.moved(_FAR),
}
_STEPS = {"j": 1, "k": -1}


def pressed(listing: Listing, key: str, now: float) -> Listing:
    """Return the list after `key` was pressed at `now`: a printed character, or a name such as `up`, `tab`, `escape`.

    A key that means nothing here changes nothing. Enter is not among them; see `lists`.
    """
    fresh = replace(listing, letter=None)
    if key in _MOVES:
        return _MOVES[key](fresh)
    if listing.sought is not None:
        return _in_search(fresh, listing.sought, key)
    if key == "escape":
        return replace(fresh, leaving=True)
    return _typed(listing, key, now) if len(key) == 1 else listing


def settled(listing: Listing, now: float) -> Listing:
    """Return the list as it is when no key has come until `now`: a letter alone has answered a single choice."""
    letter = listing.letter
    if letter and letter.answers and now - letter.at >= AT_ONCE:
        return replace(listing, letter=None, chosen=True)
    return listing


def _in_search(listing: Listing, sought: str, key: str) -> Listing:
    if key == "escape":
        return listing.seeking(None)
    if key == "backspace":
        return listing.seeking(sought[:-1] if sought else None)
    if key == "tab":
        return listing.taken() if listing.many else listing
    if key == "/" and listing.message:  # what was sought fits nothing, or too much: they begin anew
        return listing.seeking("")
    return listing.seeking((sought + key).lstrip()) if len(key) == 1 else listing


def _typed(listing: Listing, char: str, now: float) -> Listing:
    """Take a printed character while no search field is open."""
    last = listing.letter if listing.letter and now - listing.letter.at < AT_ONCE else None
    if last and _is_number(listing, last.char, char):
        return _no_number(last.before, last.char + char, now)
    if last and last.char == char and now - last.at < TWICE and char not in (*_STEPS, "?"):
        return replace(listing, letter=replace(last, at=now))
    if last and _goes_on(last.char, char):
        return last.before.seeking(last.char + char)
    before = replace(listing, letter=None)
    after = _done(before, char)
    if after.sought is not None or after.leaving:
        return after
    answers = not (after.many or after.chosen or after.message) and row_with(before, char.lower()) is not None
    return replace(after, letter=Letter(char, now, before, answers))


def _goes_on(first: str, char: str) -> bool:
    """Return whether `char` goes on with the word that `first` began; `jj` and `kj` move twice."""
    return first.isalpha() and (char.isalpha() or char == " ") and not (first in _STEPS and char in (*_STEPS, " "))


def _is_number(listing: Listing, first: str, char: str) -> bool:
    """Return whether digits were meant as one number: of a row, or of something that the lines speak of."""
    if listing.long or not listing.rows or not (first + char).isdecimal() or first == "0":
        return False
    return len(first) > 1 or char == "0" or row_with(listing, first) is None or takes_numbers(listing)


def takes_numbers(listing: Listing) -> bool:
    """Return whether somebody may type a number of two digits here: there are so many lines, or they name one."""
    options = [row for row in listing.rows if row.role is Role.OPTION]
    return len(options) >= _TWO_DIGITS or any(re.search(r"\d\d", row.label) for row in options)


def _no_number(before: Listing, digits: str, now: float) -> Listing:
    """Undo the digits of a number, and those still to come."""
    keys = [row.key for row in before.rows if row.role is Role.OPTION]
    if _TWO_DIGITS <= int(digits) <= len(keys):
        told = f"Row {digits} is {keys[int(digits) - 1]}"
    elif len(keys) < _TWO_DIGITS:
        told = f"The keys are {keys[0]} to {keys[-1]}"
    else:
        told = f"The keys are 1 to 9, then {' to '.join(dict.fromkeys((keys[9], keys[-1])))}"
    refused = before.refused(f"{told}. One key at a time, please.")
    return replace(refused, letter=Letter(digits, now, refused))


def _done(listing: Listing, char: str) -> Listing:
    match char:
        case " ":
            return listing.toggled()
        case "/":
            return listing.seeking("")
        case "?":
            return replace(listing, explained=not listing.explained, message="")
    row = row_with(listing, char.lower())
    if row:
        return _picked(listing, row, char)
    if not listing.long:
        match char:
            case "j" | "k":
                return listing.moved(_STEPS[char])
            case "x" if listing.many:
                return listing.unticked()
            case "q":
                return replace(listing, leaving=True)
    if char.isdecimal() and not listing.long:
        return listing.refused(f"No line has the key {char}.")
    return listing.seeking(char) if listing.rows else listing


def _picked(listing: Listing, row: Row, char: str) -> Listing:
    """A digit answers a single choice at once; what may be the beginning of a word or number waits for a moment."""
    if listing.many:
        return listing.picked(row)
    if listing.is_unread(row):
        return listing.read_on(row)
    return replace(listing.picked(row), chosen=char.isdecimal() and not takes_numbers(listing))


def row_with(listing: Listing, key: str) -> Row | None:
    """Return the row that `key` picks: its own key, or y and n where just one row says yes, or no.

    In a long list letters search, but for the way on.
    """
    if listing.long and key.isalpha() and not any(row.role is Role.ON for row in listing.rows):
        return None
    found = [row for row in listing.rows if row.key == key] or [
        row for row in listing.rows if row.role is Role.OPTION and not listing.many and row.says == key
    ]
    return found[0] if len(found) == 1 else None


class Leaving(Struct, frozen=True):
    """Whether to stop is being asked: only y or n counts, and neither of them as a letter of a word.

    `at` is when the last letter came that was no answer, None where none did.
    """

    at: float | None = None

    def pressed(self, key: str, now: float) -> bool | Leaving:
        """Return True to stop, False to go on, or what is asked still."""
        typing = self.at is not None and now - self.at < AT_ONCE
        if key.lower() in ("y", "n") and not typing:
            return key.lower() == "y"
        return Leaving(now) if len(key) == 1 else self


class Reply(Struct, frozen=True):
    """What a prompt was answered with; `by_one_key` where no Enter was needed."""

    value: object
    by_one_key: bool = False
