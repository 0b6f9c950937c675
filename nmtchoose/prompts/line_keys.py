"""Several lines on one screen, each with an answer of its own: what every key does to the line that is pointed at.

A key that answers moves the pointer on. Letters that spell an answer in full are that answer; those that spell
anything else undo what the first of them did, and are searched for, as in every list.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from nmtchoose.desk.prompter import Screen
from nmtchoose.engine.answering import check_answer
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import DECLINED, UNSURE, Kind, Question
from nmtchoose.prompts.listing import Letter, Listing
from nmtchoose.prompts.listing_keys import AT_ONCE, TWICE, pressed
from nmtchoose.prompts.rows import Role, Row

_KEYS = {"y": "yes", "n": "no"}
_SPECIAL = {"?": UNSURE, "d": DECLINED}
_WORDS = {"yes": "y", "no": "n", "not sure": "?", "unsure": "?", "u": "?"}
_HELP = "h"
_STEPS = {"j", "k"}
_BESIDE = {"left": -1, "right": 1}


def ways(question: Question) -> dict[str, Answer]:
    """Return what may be typed for a line, and the answer that it gives."""
    if question.kind is Kind.NUMBER:
        given: dict[str, Answer] = {str(one): one for one in range(question.minimum or 0, (question.maximum or 0) + 1)}
    else:
        given = dict(_KEYS)
    return given | {key: one for key, one in _SPECIAL.items() if one in question.specials}


def ways_told(given: Mapping[str, Answer]) -> str:
    """Return what may be typed for a line, in words: `y, n or ?`, `0 to 10, ? or d`."""
    keys = list(given)
    numbers = [key for key in keys if key.isdecimal()]
    shown = [f"{numbers[0]} to {numbers[-1]}", *keys[len(numbers) :]] if numbers else keys
    return " or ".join(part for part in (", ".join(shown[:-1]), shown[-1]) if part)


def line_typed(question: Question, typed: str) -> Answer | None:
    """Return the answer that a whole typed line gives to a line of a screen: its key or its words; else None."""
    given, word = ways(question), typed.strip().rstrip(".").casefold()
    named = {question.label(one).casefold(): one for one in question.specials}
    return given.get(word, given.get(_WORDS.get(word, ""), named.get(word)))


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
            open_line = replace(listing, at=at)
            return (
                open_line
                if waits(listing)
                else open_line.refused(f"Please answer {lines}: {ways_told(ways(line.question))}.")
            )
    return tuple(check_answer(line.question, line.options, said[line.question.id]) for line in screen.lines)


def pressed_on_line(listing: Listing, key: str, now: float) -> Listing:
    """Return the lines after `key` was pressed at `now`; see `nmtchoose.prompts.listing_keys.pressed`."""
    if listing.sought is not None:
        return _pointing(pressed(listing, key, now))
    row = listing.pointed
    if key in _BESIDE and row:
        return _moved_beside(listing, row, _BESIDE[key])
    if len(key) != 1 or row is None:
        return _pointing(pressed(listing, key, now))
    at_once = listing.letter is not None and now - listing.letter.at < AT_ONCE
    last = listing.letter if at_once or waits(listing) else None
    if last and not {last.char, key} <= _STEPS:
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
    return _done(before, row, key, now)


def waits(listing: Listing) -> str:
    """Return what may follow the figure just typed, as the 0 of 10 does the 1; nothing where nothing may."""
    row, last = listing.pointed, listing.letter
    if row is None or last is None or last.before.at != listing.at:
        return ""
    return _longer(row, last.char).removeprefix(last.char)


def _longer(row: Row, typed: str) -> str:
    """Return the longer answer that `typed` begins too, or nothing."""
    return next((key for key, _ in row.ways if key != typed and key.startswith(typed)), "")


def _done(listing: Listing, row: Row, key: str, now: float) -> Listing:
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
    begun = next((key for word, key in _WORDS.items() if word.startswith(typed) and key in known), "")
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
