"""What every key does to a list. The time of a key press is passed in, so nothing in here waits or looks at a clock.

A letter that is followed by another at once was the beginning of a word: what it did is undone, and the word is
searched for. So is a digit followed by a digit where the two could be the number of a row.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from nmtchoose.prompts.listing import Letter, Listing
from nmtchoose.prompts.rows import Role, Row

AT_ONCE = 0.8
"""Within so many seconds a second letter belongs to the word that the first one began."""

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
    return listing.seeking((sought + key).lstrip()) if len(key) == 1 else listing


def _typed(listing: Listing, char: str, now: float) -> Listing:
    """Take a printed character while no search field is open."""
    last = listing.letter if listing.letter and now - listing.letter.at < AT_ONCE else None
    if last and _goes_on(last.char, char):
        return last.before.seeking(last.char + char)
    if last and _is_number(listing, last.char + char):
        return last.before.refused(f"{last.char + char} is no key here: {_keys_told(listing)}.")
    before = replace(listing, letter=None)
    after = _done(before, char)
    if not char.isalnum() or after.sought is not None:
        return after
    answers = not (after.many or after.chosen or after.message) and row_with(before, char.lower()) is not None
    return replace(after, letter=Letter(char, now, before, answers))


def _goes_on(first: str, char: str) -> bool:
    """Return whether `char` goes on with the word that `first` began; `jj` and `kj` move twice."""
    return first.isalpha() and (char.isalpha() or char == " ") and not (first in _STEPS and char in _STEPS)


def _is_number(listing: Listing, digits: str) -> bool:
    options = sum(row.role is Role.OPTION for row in listing.rows)
    return digits.isdecimal() and len(digits) == 2 and 10 <= int(digits) <= options


def _keys_told(listing: Listing) -> str:
    keys = [row.key for row in listing.rows if row.role is Role.OPTION and row.key]
    letters = [key for key in keys if key.isalpha()]
    return f"the lines have 1 to 9, then {letters[0]} to {letters[-1]}" if letters else "type a word"


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
    """A digit answers a single choice at once; a letter may be the beginning of a word, so it waits for a moment."""
    if listing.many:
        return listing.picked(row)
    if listing.is_unread(row):
        return listing.read_on(row)
    return replace(listing.picked(row), chosen=char.isdecimal())


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
