"""What every key does to a list. The time of a key press is passed in, so nothing in here waits or looks at a clock.

A letter that is followed by another at once was the beginning of a word: what it did is undone, and the word is
searched for. A digit followed by a digit is undone where the two could be the number of a row. Of several lines on one
screen each has an answer of its own: a key that answers moves the pointer on, and letters that spell an answer in full
are that answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from msgspec.structs import replace

from nmtchoose.desk.prompter import Screen
from nmtchoose.engine.answering import check_answer
from nmtchoose.model.answers import Answer
from nmtchoose.prompts.listing import Letter, Listing
from nmtchoose.prompts.rows import Role, Row
from nmtchoose.prompts.wording import SPELLED, ways, ways_told

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
_HELP = "h"
_BESIDE = {"left": -1, "right": 1}


def pressed(listing: Listing, key: str, now: float) -> Listing:
    """Return the list after `key` was pressed at `now`: a printed character, or a name such as `up`, `tab`, `escape`.

    A key that means nothing here changes nothing. Enter is not among them; see `listing`.
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
    moves = last and last.char in _STEPS and char in (*_STEPS, " ")  # `jj` and `kj` move twice
    if last and last.char.isalpha() and (char.isalpha() or char == " ") and not moves:
        return last.before.seeking(last.char + char)
    before = replace(listing, letter=None)
    after = _done(before, char)
    if after.sought is not None or after.leaving:
        return after
    answers = not (after.many or after.chosen or after.message) and row_with(before, char.lower()) is not None
    return replace(after, letter=Letter(char, now, before, answers))


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


def opened_lines(screen: Screen, left: Mapping[str, Answer]) -> Listing:
    """Return the lines of `screen` with their answers so far; `left` is what was said when it was left by Back."""
    rows = tuple(
        Row(
            Role.OPTION,
            line.text,
            line.question.id,
            number=at,
            words=line.question.options[0].words if line.question.options else (),
            help=line.question.help,
            ways=tuple(ways(line.question).items()),
        )
        for at, line in enumerate(screen.lines, 1)
    )
    before = {line.question.id: line.current for line in screen.lines if line.current is not None}
    before |= {row.value: left[row.value] for row in rows if row.value in left}
    begin = next((at for at, line in enumerate(screen.lines) if line.question.id == screen.question.id), 0)
    return Listing(rows, many=False, at=begin, said=before)


def answered_lines(listing: Listing, screen: Screen) -> tuple[Answer, ...] | Listing:
    """Return what Enter gives: a checked answer for each line, or the listing at the first line without one.

    Enter in the search goes to the line that was found.
    """
    if listing.sought is not None:
        return listing.seeking(None) if listing.pointed else listing.refused(listing.undecided)
    said = listing.said or {}
    for at, line in enumerate(screen.lines):
        if line.question.id not in said:
            left = len(screen.lines) - len(said)
            lines = "this line too" if left == 1 else f"the {left} lines left" if said else f"{left} lines"
            refusal = "" if waits(listing) else f"Please answer {lines}: {ways_told(ways(line.question))}."
            return replace(listing, at=at, message=refusal or listing.message)
    return tuple(check_answer(line.question, line.options, said[line.question.id]) for line in screen.lines)


def pressed_on_line(listing: Listing, key: str, now: float) -> Listing:
    """Return the lines after `key` was pressed at `now`; see `nmtchoose.prompts.keys.pressed`."""
    if listing.sought is not None:
        return _pointing(pressed(listing, key, now))
    row = listing.pointed
    if key in _BESIDE and row:
        return _moved_beside(listing, row, _BESIDE[key])
    if len(key) != 1 or row is None:
        return _pointing(pressed(listing, key, now))
    at_once = listing.letter is not None and now - listing.letter.at < AT_ONCE
    last = listing.letter if at_once or waits(listing) else None
    if last and not {last.char, key} <= _STEPS.keys():
        spelled = (last.char + key).lower()
        longer = _spelled(last.before, spelled)
        if longer is not None:
            return replace(longer, letter=Letter(spelled, now, last.before))
        if last.char[-1] == key and now - last.at < TWICE:
            return replace(listing, letter=replace(last, at=now))
        if at_once and waits(listing) and row is not listing.rows[-1]:  # a number for the next line
            return pressed_on_line(replace(listing.moved(1), letter=None), key, now)
        two_answers = {last.char, key.lower()} <= dict(row.ways).keys()
        if last.char[0].isalpha() and (key.isalpha() or key == " ") and not two_answers:
            return last.before.seeking(spelled)
    before = replace(listing, letter=None)
    return _done_on_line(before, row, key, now)


def waits(listing: Listing) -> str:
    """Return what may follow the figure just typed, as the 0 of 10 does the 1; nothing where nothing may."""
    row, last = listing.pointed, listing.letter
    if row is None or last is None or last.before.at != listing.at:
        return ""
    return _longer(row, last.char).removeprefix(last.char)


def _longer(row: Row, typed: str) -> str:
    """Return the longer answer that `typed` begins too, or nothing."""
    return next((key for key, _ in row.ways if key != typed and key.startswith(typed)), "")


def _done_on_line(listing: Listing, row: Row, key: str, now: float) -> Listing:
    typed = key.lower()
    answered = _spelled(listing, typed)
    if answered is not None:
        return replace(answered, letter=Letter(typed, now, listing))
    if typed == _HELP:
        explained = replace(listing, explained=not listing.explained, message="")
        return replace(explained, letter=Letter(typed, now, listing))
    if key.isdecimal() or key in (" ", "?"):
        return listing.refused(f"That key does not answer this line: press {ways_told(dict(row.ways))}.")
    return _pointing(pressed(listing, key, now))


def _spelled(listing: Listing, typed: str) -> Listing | None:
    """Return the lines with the answer that `typed` is or begins, for the line pointed at, or None."""
    row = listing.pointed
    known = dict(row.ways) if row else {}
    begun = next((key for word, key in SPELLED.items() if word.startswith(typed) and key in known), "")
    answer = known.get(typed, known.get(begun))
    if row is None or answer is None:
        return None
    answered = replace(listing, said={**(listing.said or {}), row.value: answer}, message="")
    return answered if _longer(row, str(answer)) or row is listing.rows[-1] else answered.moved(1)


def _moved_beside(listing: Listing, row: Row, by: int) -> Listing:
    """Answer a line of numbers with the number beside the one it has; the pointer stays."""
    numbers = [answer for _, answer in row.ways if isinstance(answer, int)]
    if not numbers:
        return listing
    now = (listing.said or {}).get(row.value)
    at = numbers.index(now) + by if now in numbers else (0 if by > 0 else len(numbers) - 1)
    chosen = numbers[min(max(at, 0), len(numbers) - 1)]
    return replace(listing, said={**(listing.said or {}), row.value: chosen}, message="", letter=None)


def _pointing(listing: Listing) -> Listing:
    """Return `listing` with the pointer on a line: the search leaves it nowhere where nothing was found."""
    if listing.sought is not None or listing.at is not None:
        return listing
    open_lines = (at for at, row in enumerate(listing.rows) if row.value not in (listing.said or {}))
    return replace(listing, at=next(open_lines, 0))
