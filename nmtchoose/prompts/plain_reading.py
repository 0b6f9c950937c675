"""What a typed line means as an answer from a list: numbers, words of the options, or both."""

import re
from collections.abc import Sequence

from nmtchoose.model.questionnaire import SPECIAL_ANSWERS
from nmtchoose.prompts.rows import Role, Row, plain


class Unclear(Exception):  # noqa: N818
    """A typed line that names no row, or several; the message says what to type instead."""


def rows_typed(rows: Sequence[Row], typed: str, *, many: bool) -> tuple[Row, ...]:
    """Return the rows that `typed` names, each once and in the order typed.

    Numbers may be parted by spaces or commas; words by commas. A line that is the whole of a label counts as that
    label, commas and all. Exactly one row where not `many`, perhaps none where many. Raises Unclear.
    """
    choices = [row for row in rows if row.is_answer]
    whole = _same(choices, typed)
    if whole:
        return (whole,)
    if not many:
        return (_one(choices, typed),)
    parts: list[str] = []
    for part in re.split(r"[,;]", typed):
        words = [word for word in part.split() if word.lower() not in ("and", "&")]
        parts += words if all(word.isdecimal() for word in words) else [part]
    return tuple(dict.fromkeys(_one(choices, part) for part in parts if part.strip()))


def bounds(rows: Sequence[Row]) -> tuple[str, str]:
    """Return the lowest and the highest number among `rows`."""
    numbers = [row.number for row in rows if row.number is not None]
    return str(min(numbers)), str(max(numbers))


def _one(choices: Sequence[Row], part: str) -> Row:
    text = part.strip().rstrip(".)")
    please = f"Please type a number from {' to '.join(bounds(choices))}."
    if text.isdecimal():
        number = int(text[:6])
        for row in choices:
            if row.number == number:
                return row
        raise Unclear(f"There is no {number}. {please}")
    if not plain(text):
        raise Unclear(please)
    same = _same(choices, text)
    if same:
        return same
    begins = [row for row in choices if plain(row.label).startswith(plain(text))]
    options = [row for row in begins if row.role is Role.OPTION]  # `n` is No before it is Not sure
    for fitting in (options or begins, [row for row in choices if row.fits(text)]):
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            listed = "; ".join(f"{row.number} {row.label}" for row in fitting[:6])
            raise Unclear(f"That fits more than one: {listed}. Please type the number.")
    raise Unclear(f"That fits none of them. {please}")


def _same(choices: Sequence[Row], text: str) -> Row | None:
    """Return the only row whose label is `text`, whose id it is for a special answer, or that has it as a synonym."""
    wanted = plain(text)
    for same in (
        [row for row in choices if plain(row.label) == wanted],
        [row for row in choices if row.value in SPECIAL_ANSWERS and row.value == wanted],
        [row for row in choices if wanted in map(plain, row.words)],
    ):
        if len(same) == 1:
            return same[0]
    return None
