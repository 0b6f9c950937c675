"""What changed in an item since it was signed, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from msgspec import Struct
from msgspec.structs import fields

from nmtchoose.model.condition import Condition, leaves
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.signatures.canonical import is_condition, normal
from nmtchoose.words.conditions import in_words
from nmtchoose.words.sentences import id_words

_UNTOLD = ("line", "covers", "because")


def changes(before: Struct, now: Struct, questionnaire: Questionnaire) -> Iterator[str]:
    """Yield every difference, each as a label with what it was and what it is."""
    for field in fields(now):
        old, new = getattr(before, field.name), getattr(now, field.name)
        if old != new and field.name not in _UNTOLD:
            yield from _changed(id_words(field.name), old, new, questionnaire)


def _changed(label: str, old: object, new: object, questionnaire: Questionnaire) -> Iterator[str]:
    if is_condition(old) or is_condition(new):
        yield from _condition(label, cast("Condition | None", old), cast("Condition | None", new), questionnaire)
    elif isinstance(old, Struct) and isinstance(new, Struct):
        yield from changes(old, new, questionnaire)
    elif isinstance(old, tuple) and isinstance(new, tuple) and any(isinstance(one, Struct) for one in (*old, *new)):
        then, now = ({getattr(one, "id", str(at)): one for at, one in enumerate(some)} for some in (old, new))
        for name in dict.fromkeys((*then, *now)):
            if then.get(name) != now.get(name):
                yield from _changed(f"{label} {name}", then.get(name, ""), now.get(name, ""), questionnaire)
    else:
        yield f"{label} was {_text(old)}, and is now {_text(new)}"


def _condition(label: str, old: Condition | None, new: Condition | None, questionnaire: Questionnaire) -> Iterator[str]:
    """Tell a condition by the parts that went and came; where there are none, as a whole."""
    if old is not None and new is not None and normal(old) == normal(new):
        return
    parts = [[in_words(leaf, questionnaire) for leaf in leaves(one)] if one else [] for one in (old, new)]
    gone, come = (list(dict.fromkeys(one for one in mine if one not in other)) for mine, other in (parts, parts[::-1]))
    if gone:
        yield f"{label} no longer has: {'; '.join(gone)}"
    if come:
        yield f"{label} now has: {'; '.join(come)}"
    if not (gone or come):
        yield f"{label} is put together in another way; it was: {in_words(old, questionnaire) if old else 'always'}"


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_text, value)) or "nothing"
    if isinstance(value, Struct):
        return "; ".join(_text(getattr(value, field.name)) for field in fields(value))
    return f'"{value}"' if isinstance(value, str) and value else str(value or "nothing")
