"""Which rows of a list somebody means who types words: in any order, with either side, with a slip of the fingers.

What fits best comes first: a word of the label, then the beginning of one, then a synonym. Only where nothing fits
are words like "inner" left out, then slips forgiven, then words that were written together or torn apart.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import lru_cache

from nmtchoose.model.questionnaire import DECLINED, NONE, UNSURE
from nmtchoose.prompts.rows import Role, Row, plain

_SMALL = frozenset(("a", "an", "and", "both", "in", "i", "my", "of", "on", "or", "the", "to"))
_SAYS_NOTHING = _SMALL | {"at", "for", "is", "it", "that", "this", "what", "with"}
"""Words that find nothing when they stand alone, however many lines they are in."""

_FILLER = _SMALL | {"side", "ache", "aching", "hurt", "hurting", "pain", "painful", "sore"}
_POSITION = frozenset(("back", "front", "inner", "inside", "outer", "outside", "top", "bottom"))
_SAID = {
    NONE: ("none", "no", "nothing"),
    UNSURE: ("unsure", "do not know", "don't know", "dont know"),
    DECLINED: ("declined", "skip"),
}
"""What people say for a special answer: "no" means none of these, and not the line with "no doctor" in it."""

_ALL_SAID = {words for said in _SAID.values() for words in said}
"""A line that begins like that may be meant as well."""

_SIDE = frozenset(("left", "right"))
_ONE_OF = {"feet": "foot", "calves": "calf", "teeth": "tooth", "wrists": "wrist"}
_LIKE = 0.74
"""How alike two words have to be for one to be a slip of the other, as `difflib` counts; "knne" and "knee" are 0.75."""

_FEWEST_FOR_A_SLIP, _FEWEST_WITHIN = 4, 3

Words = tuple[str, ...]


def sought_rows(rows: Sequence[Row], sought: str) -> tuple[Row, ...]:
    """Return those of `rows` that may be meant by `sought`, the likeliest first; none where nothing fits."""
    return tuple(row for _, row in _found(tuple(rows), sought))


def nearest_rows(rows: Sequence[Row], sought: str) -> tuple[Row, ...]:
    """Return those of `sought_rows` that fit equally well and better than all others."""
    found = _found(tuple(rows), sought)
    return tuple(row for rank, row in found if rank == found[0][0])


Found = tuple[tuple[int, Row], ...]


@lru_cache(maxsize=1)
def _found(rows: tuple[Row, ...], sought: str) -> Found:
    # Drawing a list asks for the same rows ten times a key.
    answers = [row for row in rows if row.is_answer]
    words = _words(sought)
    if set(words) <= _SAYS_NOTHING:
        return ()
    broad = _without(words, _POSITION)
    meant = (words, broad, _without(broad, _SIDE))
    options = [row for row in answers if row.role is Role.OPTION]  # a slip for "knee" is never "none"
    whole = plain(sought)
    within = [row for row in answers if len(whole) >= _FEWEST_WITHIN and row.fits(sought)]  # whatever the blanks
    found = _ranked(meant, answers) or tuple((0, row) for row in within)
    found = found or _ranked(_corrected(words, options), options)
    said = [row for row in answers if whole in map(plain, (row.label, *row.words))]
    return (*((-1, row) for row in said), *(one for one in found if one[1] not in said))


def _ranked(ways: Iterable[Words], rows: Sequence[Row]) -> Found:
    """Return the rows that the first of `ways` finds that finds any, the nearest first."""
    for wanted in ways:
        found = [(rank, row) for row in rows if (rank := _rank(wanted, row)) is not None]
        if found:
            return tuple(sorted(found, key=lambda one: one[0]))
    return ()


def means_both(sought: str) -> bool:
    """Return whether `sought` asks for the left and the right one together."""
    return "both" in re.findall(r"\w+", sought.casefold())


@lru_cache(maxsize=1024)
def _words(text: str) -> Words:
    """Return the words of `text` that matter, in the singular; all of them where none does."""
    words = tuple(_single(plain(word)) for word in re.split(r"[^\w'’]+", text) if plain(word))
    return _without(words, _FILLER) or words


def _without(words: Words, left_out: frozenset[str]) -> Words:
    return tuple(word for word in words if word not in left_out)


def _single(word: str) -> str:
    word = word[: len(word) // 2] if word[: len(word) // 2] * 2 == word else word  # typed again after an Enter
    return _ONE_OF.get(word) or (word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word)


def _rank(wanted: Words, row: Row) -> int | None:
    """Return how far `row` is from `wanted`, 0 for its very label; None where a word fits neither it nor a synonym."""
    label = _words(row.label)
    if not wanted:
        return None
    said = _SAID.get(row.value, ()) if row.role is Role.SPECIAL else ()
    begins = " ".join(wanted) in _ALL_SAID and label[: len(wanted)] == wanted
    if begins or any(set(wanted) == set(words) for words in (label, *map(_words, said))):
        return 0
    ranks = [_distance(wanted, label, _words(synonym)) for synonym in ("", *row.words, *said)]
    return min((rank for rank in ranks if rank is not None), default=None)


def _distance(wanted: Words, label: Words, synonym: Words) -> int | None:
    """Return the worst of how each word fits: 1 a word of the label, 2 its beginning, 3 and 4 the same of a synonym."""
    worst = 1
    for word in wanted:
        fits = [
            word in label,
            any(one.startswith(word) for one in label),
            word in synonym,
            any(one.startswith(word) for one in synonym),
        ]
        if True not in fits:
            return None
        worst = max(worst, fits.index(True) + 1)
    return worst


def _corrected(words: Words, rows: Sequence[Row]) -> Iterator[Words]:
    """Yield `words` with each that no row knows replaced by the known word that it is most like, where there is one."""
    known = {word for row in rows for text in (row.label, *row.words) for word in _words(text)}
    long = [word for word in known - _SAYS_NOTHING if len(word) >= _FEWEST_FOR_A_SLIP]

    def corrected(word: str) -> str:
        if any(one.startswith(word) for one in known) or len(word) < _FEWEST_FOR_A_SLIP:
            return word
        # "what" is no slip of "that", and what was typed behind a word is none of the word
        near = [one for one in long if one[0] == word[0] and not (word.startswith(one) and len(word) > len(one) + 1)]
        return next(iter(get_close_matches(word, near, 1, _LIKE)), word)

    mended = tuple(map(corrected, words))
    if mended != words:
        yield mended
        yield _without(mended, _POSITION)
