"""How a practised person answers: the fewest keys that the real lists and fields take for an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace
from prompt_toolkit.data_structures import Size

from nmtchoose.desk.prompter import Screen
from nmtchoose.model.answers import Answer, special
from nmtchoose.model.questionnaire import Kind
from nmtchoose.prompts.keys import pressed
from nmtchoose.prompts.listing import Listing, opened
from nmtchoose.prompts.rows import Row, answer_rows, plain
from nmtchoose.prompts.terminal_layout import Around, Look, head, laid_out
from nmtchoose.prompts.wording import ways
from nmtchoose.words.answers import WEEKS

FARTHEST = 60
"""No list is longer; a key that does not arrive within so many presses never does."""

WINDOW = Size(rows=40, columns=80)
"""The window of a test without a terminal."""

LOOK = Look("utf-8")


def keys_for(screen: Screen, answer: Answer, *, in_a_hurry: bool = False) -> list[str]:
    """Return the keys that answer a fresh `screen` with `answer`; names as in `KEYS`.

    Who presses them all at once, `in_a_hurry`, takes none that answers by itself, and reads on to the end of a list
    however small the window is.
    """
    if screen.question.kind in (Kind.NUMBER, Kind.TEXT):
        return [*_typed(screen, answer), "enter"]
    fit, listing = _fitting(screen), opened(screen)
    keys = ["pagedown"] * FARTHEST if in_a_hurry and answer == ("none",) and not listing.long else []
    for value in answer if isinstance(answer, tuple) else (str(answer),):
        ways = _ways_to(fit(listing), value, fit, keyed=not (in_a_hurry and listing.ticked))
        done, there = min((way for way in ways if not (in_a_hurry and way[0].chosen)), key=lambda way: len(way[1]))
        listing, keys = replace(done, letter=None), keys + there
    return keys if listing.chosen else [*keys, "enter"]


def keys_for_lines(screen: Screen, answers: Sequence[Answer], *, in_a_hurry: bool = False) -> list[str]:
    """Return the keys that answer the lines of a fresh `screen`.

    Who presses them all at once goes up and down between two, since a key that comes twice at once counts once.
    """
    keys: list[str] = []
    for line, answer in zip(screen.lines, answers, strict=True):
        typed = next(key for key, given in ways(line.question).items() if given == answer)
        goes_on = not any(key != typed and key.startswith(typed) for key in ways(line.question))
        moves = () if line is screen.lines[-1] else ("down",) if not goes_on else ("up", "down") if in_a_hurry else ()
        keys += [*typed, *moves]
    return [*keys, "enter"]


def line_for(screen: Screen, answer: Answer) -> str:
    """Return the line that answers `screen` with `answer` where lines are typed."""
    if screen.question.stem:
        return next(key for key, given in ways(screen.question).items() if given == answer)
    if screen.question.kind in (Kind.NUMBER, Kind.TEXT):
        return "".join(_typed(screen, answer))
    wanted = answer if isinstance(answer, tuple) else (str(answer),)
    numbers = {row.value: str(row.number) for row in answer_rows(screen)}
    return " ".join(numbers[value] for value in wanted)


def _fitting(screen: Screen) -> Callable[[Listing], Listing]:
    around = Around((), tuple(head(screen, WINDOW)), back=screen.can_go_back)
    return lambda listing: laid_out(listing, around, LOOK, WINDOW)[0]


def _typed(screen: Screen, answer: Answer) -> str:
    alone = special(answer)
    if alone and screen.question.kind is Kind.NUMBER:
        return alone[0]
    return f"{answer}w" if screen.question.unit == WEEKS else str(answer)


Fit = Callable[[Listing], Listing]
Way = tuple[Listing, list[str]]


def _ways_to(listing: Listing, value: str, fit: Fit, *, keyed: bool) -> Iterator[Way]:
    """Yield what picks the row `value` (ticks it, where several may be chosen): its key, the arrows, or a search."""
    row = next(row for row in listing.rows if row.value == value)
    if keyed and row.key and not row.key.isalpha():
        yield from _by_key(listing, row, fit)
    for arrow, step in (("down", 1), ("up", -1)):
        yield from _pressing(listing, row, arrow, step, fit)
    yield from _searching(listing, row)


def _by_key(listing: Listing, row: Row, fit: Fit) -> Iterator[Way]:
    """Yield the key of a row, pressed again where the list has to be read on first."""
    keys: list[str] = []
    while len(keys) < FARTHEST:
        listing, keys = fit(pressed(replace(listing, letter=None), row.key, 0.0)), [*keys, row.key]
        if listing.chosen or row.value in listing.ticked:
            yield listing, keys
            return


def _pressing(listing: Listing, row: Row, arrow: str, step: int, fit: Fit) -> Iterator[Way]:
    for presses in range(FARTHEST):
        if listing.pointed == row:
            done = listing.toggled() if listing.many else listing
            if not listing.many or row.value in done.ticked:
                yield done, [arrow] * presses + (["space"] if listing.many else [])
            return
        listing = fit(listing.moved(step))


def _searching(listing: Listing, row: Row) -> Iterator[Way]:
    for words in (row.label, *row.words):
        found, typed = (listing, []) if listing.long else (listing.seeking(""), ["/"])
        for letter in plain(words):
            found, typed = pressed(found, letter, 0.0), [*typed, letter]
            if found.pointed == row:
                done = found.taken() if found.many else found
                if not done.many or row.value in done.ticked:
                    yield done.seeking(None), [*typed, "enter"] if found.many else typed
                break
