"""Words of a text that name something here, to be offered back. A text itself decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from nmtchoose.model.questionnaire import Finds, Kind, Questionnaire

MOST_OFFERED = 3
"""So many signs and conditions are offered after one text; the rest is in the text that is passed on."""

_FEWEST_FOR_A_SLIP = 5
_PARTS = re.compile(r"[,;:.!?\n/()]+|\band\b|\bbut\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_SAY_NOTHING = frozenset(
    ["a", "an", "the", "my", "of", "in", "on", "or", "and", "is", "are", "i", "have", "it", "with", "at", "to"]
)


class Mention(Struct, frozen=True):
    """Words of a text that name something: as they were `written`, what they are, and which answer that would be."""

    written: str
    label: str
    question: str
    option: str
    medicine: bool = False


def mentions(text: str, finds: Sequence[Finds], questionnaire: Questionnaire) -> tuple[Mention, ...]:
    """Return what is named in `text`: every medicine, and the first few signs and conditions."""
    parts = [part for part in _PARTS.split(text) if part and part.strip()]
    found: dict[tuple[str, str], Mention] = {}
    if Finds.MEDICINES in finds:
        for one in _medicines(parts, questionnaire):
            found.setdefault((one.question, one.option or one.label), one)
    if Finds.WORDS in finds:
        offered = {(one.question, one.option): one for one in reversed(list(_signs(parts, questionnaire)))}
        for place in list(reversed(offered))[:MOST_OFFERED]:
            found.setdefault(place, offered[place])
    return tuple(found.values())


def _medicines(parts: Sequence[str], questionnaire: Questionnaire) -> Iterator[Mention]:
    for part in parts:
        words = _WORD.findall(part)
        for medicine in questionnaire.medicines:
            hit = next((written for name in medicine.names if (written := _run(name, words))), "")
            if hit:
                question, option = medicine.means or ("", "")
                yield Mention(hit, medicine.label, question, option, medicine=True)


def _signs(parts: Sequence[str], questionnaire: Questionnaire) -> Iterator[Mention]:
    for part in parts:
        words = _WORD.findall(part)
        for question in questionnaire.questions:
            for option in question.options if question.kind is not Kind.NUMBER else ():
                label = question.ask.client if question.is_line else option.label
                called = (label, *option.words) if option.id != "no" else ()
                if any(_all_in(name, words) for name in called):
                    yield Mention(" ".join(part.split()), label, question.id, option.id)


def _run(name: str, words: Sequence[str]) -> str:
    """Return the words that stand together in `words` and are `name`, as they were written; nothing without.

    Hyphens and blanks do not count: a name may be written together or apart.
    """
    parts = _WORD.findall(name)
    for size in range(1, len(parts) + 2):
        for at in range(len(words) - size + 1):
            if _same("".join(words[at : at + size]), "".join(parts)):
                return " ".join(words[at : at + size])
    return ""


def _all_in(name: str, words: Sequence[str]) -> bool:
    """Return whether every word of `name` that says something is among `words`, in any order."""
    wanted = [one for one in _WORD.findall(name) if one.casefold() not in _SAY_NOTHING]
    return bool(wanted) and all(any(_same(word, one) for word in words) for one in wanted)


def _same(typed: str, known: str) -> bool:
    """Return whether two words are the same, but for case, a plural, and in a longer word one slip of the fingers."""
    one, other = (word.casefold().removesuffix("s") for word in (typed, known))
    return one == other or (len(other) >= _FEWEST_FOR_A_SLIP and one[:1] == other[:1] and _one_slip(one, other))


def _one_slip(one: str, other: str) -> bool:
    """Return whether a letter more, less, wrong, or two letters in the wrong order make `one` out of `other`."""
    if len(one) > len(other):
        one, other = other, one
    at = next((at for at, letter in enumerate(one) if letter != other[at]), len(one))
    if len(one) == len(other):
        swapped = one[at + 1 : at + 2] + one[at : at + 1] == other[at : at + 2]
        return one[at + 1 :] == other[at + 1 :] or (swapped and one[at + 2 :] == other[at + 2 :])
    return len(other) == len(one) + 1 and one[at:] == other[at + 1 :]
