"""The rows of a list: headings, options, special answers and the ways out, for every prompter; which a line names."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from nmtchoose.desk.prompter import Screen, Sheet
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import DECLINED, NONE, SPECIAL_ANSWERS, UNSURE
from nmtchoose.prompts.wording import DROPPED, SHOW_RESULT
from nmtchoose.words.answers import option_label

ROW_KEYS = "123456789bcefghilmoprstvwz"
"""The keys of rows, in order: digits, then every letter that means nothing else in a list."""

_LETTERS = "".join(filter(str.isalpha, ROW_KEYS))

SPECIAL_KEYS = {NONE: "0", UNSURE: "u", DECLINED: "d"}
"""The special answers have the same keys wherever they are offered, also where answers are typed."""

_ON_KEY = "y"


class Role(Enum):
    """What a row is for."""

    HEADING = "heading"
    OPTION = "option"
    SPECIAL = "special"
    ON = "on"
    NOTE = "note"


class Row(Struct, frozen=True):
    """One row of a list. `value` is the answer it stands for; `key` is the one key that picks it, where it has one.

    `number` is what to type for it where lines are typed: "None of these" is always 0, the others count from 1. `told`
    is the answer that a row of the review shows. A row that is a line with an answer of its own has `ways`: what to
    type, and the answer that it gives.
    """

    role: Role
    label: str
    value: str = ""
    key: str = ""
    number: int | None = None
    words: tuple[str, ...] = ()
    help: str = ""
    told: str = ""
    ways: tuple[tuple[str, Answer], ...] = ()

    @property
    def is_stop(self) -> bool:
        """True for rows that the pointer can stand on."""
        return self.role not in (Role.HEADING, Role.NOTE)

    @property
    def is_answer(self) -> bool:
        """True for rows that can be an answer."""
        return self.role in (Role.OPTION, Role.SPECIAL)

    @property
    def is_pinned(self) -> bool:
        """True for rows that stay in view below the others."""
        return self.role in (Role.SPECIAL, Role.ON)

    @property
    def says(self) -> str:
        """`y` or `n` for an option that begins with yes or no, else nothing."""
        return {"yes": "y", "no": "n"}.get(plain(self.label.partition(" ")[0]), "")

    def fits(self, sought: str) -> bool:
        """Return whether every sought letter stands together in the label or one of the synonyms."""
        return any(plain(sought) in plain(words) for words in (self.label, *self.words))


def plain(text: str) -> str:
    """Return `text` for comparing: no case, no accents, letters and digits only."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parted if char.isalnum())


def answer_rows(screen: Screen) -> tuple[Row, ...]:
    """Return headings, options and special answers in order; numbers run on across headings."""
    options = (
        (one.heading, Row(Role.OPTION, option_label(one), one.id, words=one.words, help=one.help))
        for one in screen.options
    )
    specials = (Row(Role.SPECIAL, screen.question.label(one), one) for one in screen.question.specials)
    return _keyed((*_headed(options), *specials))


def sheet_rows(sheet: Sheet) -> tuple[Row, ...]:
    """Return the rows of the review: the answers by section, what was left out, and last the way on to the result.

    The answers have no keys: there are many, and the words of a question find it.
    """
    answers = (
        (one.section_title, Row(Role.OPTION, one.asked, one.question_id, words=(one.answer,), told=one.answer))
        for one in sheet.told
    )
    told = (replace(row, key="") for row in _keyed(_headed(answers)))
    dropped = (Row(Role.HEADING, DROPPED), *(Row(Role.NOTE, asked) for asked in sheet.dropped)) if sheet.dropped else ()
    return (*told, *dropped, Row(Role.ON, SHOW_RESULT, key=_ON_KEY))


def menu_rows(choices: tuple[tuple[str, str], ...], keys: str = "") -> tuple[Row, ...]:
    """Return rows for a short menu of (id, label) pairs, numbered from 1 or by the digits `keys`."""
    rows = _keyed(Row(Role.OPTION, label, one) for one, label in choices)
    numbered = zip(rows, keys, strict=True) if keys else ()
    return tuple(replace(row, key=key, number=int(key)) for row, key in numbered) or rows


def _headed(rows: Iterable[tuple[str, Row]]) -> Iterator[Row]:
    """Yield rows with the heading of each, once for all that share it."""
    above = ""
    for heading, row in rows:
        if heading and heading != above:
            above = heading
            yield Row(Role.HEADING, heading)
        yield row


def _keyed(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Give rows their numbers and keys; options have keys only where there are enough for all of them."""
    listed = tuple(rows)
    options = [row for row in listed if row.role is Role.OPTION]
    specials = [row for row in listed if row.role is Role.SPECIAL]
    row_keys = _LETTERS if any(_begins_with_key(row, at, options) for at, row in enumerate(options)) else ROW_KEYS
    keys = dict(zip(options, row_keys, strict=False)) if len(options) <= len(row_keys) else {}
    keys |= {row: SPECIAL_KEYS[row.value] for row in specials}
    counted = [row for row in (*options, *specials) if row.value != NONE]
    numbers = {row: number for number, row in enumerate(counted, 1)}
    return tuple(
        replace(row, key=keys.get(row, ""), number=numbers.get(row, 0)) if row.is_answer else row for row in listed
    )


def _begins_with_key(row: Row, at: int, options: Sequence[Row]) -> bool:
    """Return whether the label of `row` begins with the digit of another row, as `1 to 7 days ago` in the second."""
    first = row.label.partition(" ")[0]
    return first in ROW_KEYS[: min(len(options), 9)] and first != ROW_KEYS[at]


class Unclear(Exception):  # noqa: N818 - it says what a line is, and whoever typed it is asked again
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
