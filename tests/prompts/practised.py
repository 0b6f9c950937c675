"""How a practised person answers: the fewest keys that the real lists and fields take for an answer."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.desk.prompter import Screen
from nmtchoose.model.answers import Answer, special
from nmtchoose.model.questionnaire import Kind
from nmtchoose.prompts.listing import Listing, key_of, opened
from nmtchoose.prompts.rows import Row, answer_rows, plain
from nmtchoose.words.answers import WEEKS

FARTHEST = 60
"""No list is longer; an arrow key that does not arrive within so many presses never does."""


def keys_for(screen: Screen, answer: Answer) -> list[str]:
    """Return the keys that answer a fresh `screen` with `answer`, Enter included; names as in `KEYS`."""
    if screen.question.kind in (Kind.NUMBER, Kind.TEXT):
        return [*_typed(screen, answer), "enter"]
    wanted = answer if isinstance(answer, tuple) else (str(answer),)
    listing, keys = opened(screen), list[str]()
    for value in wanted:
        listing, there = min(_ways_to(listing, value), key=lambda way: len(way[1]))
        keys += there
    return [*keys, "enter"]


def line_for(screen: Screen, answer: Answer) -> str:
    """Return the line that answers `screen` with `answer` where lines are typed."""
    if screen.question.kind in (Kind.NUMBER, Kind.TEXT):
        return "".join(_typed(screen, answer))
    wanted = answer if isinstance(answer, tuple) else (str(answer),)
    numbers = {row.value: str(row.number) for row in answer_rows(screen)}
    return " ".join(numbers[value] for value in wanted)


def _typed(screen: Screen, answer: Answer) -> str:
    alone = special(answer)
    if alone and screen.question.kind is Kind.NUMBER:
        return alone[0]
    return f"{answer}w" if screen.question.unit == WEEKS else str(answer)


def _ways_to(listing: Listing, value: str) -> Iterator[tuple[Listing, list[str]]]:
    """Yield what picks the row `value` (ticks it, where several may be chosen): its key, the arrows, or a search."""
    row = next(row for row in listing.rows if row.value == value)
    key = key_of(row)
    if key and listing.typed(key).pointed == row:
        yield listing.typed(key), [key]
    for arrow, step in (("down", 1), ("up", -1)):
        yield from _pressing(listing, row, arrow, step)
    if listing.searchable:
        yield from _searching(listing, row)


def _pressing(listing: Listing, row: Row, arrow: str, step: int) -> Iterator[tuple[Listing, list[str]]]:
    for presses in range(FARTHEST):
        if listing.pointed == row:
            yield _ticked(listing, [arrow] * presses)
            return
        listing = listing.moved(step)


def _searching(listing: Listing, row: Row) -> Iterator[tuple[Listing, list[str]]]:
    for words in (row.label, *row.words):
        found, typed = listing, list[str]()
        for letter in plain(words):
            found, typed = found.typed(letter), [*typed, letter]
            if found.pointed == row:
                yield (found.taken(), [*typed, "tab"]) if found.many else (found, typed)
                break


def _ticked(listing: Listing, keys: list[str]) -> tuple[Listing, list[str]]:
    return (listing.toggled(), [*keys, "space"]) if listing.many else (listing, keys)
