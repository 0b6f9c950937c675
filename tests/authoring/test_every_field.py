"""Every field of the model takes part in a difference: each is changed by itself, and `diff` has to name it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import replace

from nmtchoose.authoring.differences import change_lines, differences
from nmtchoose.model.condition import Condition, InRange, Not
from nmtchoose.model.tables import Tables
from tests.authoring.pairs import QUESTIONS, changed, loaded
from tests.shipped import shipped_pair

PAIR = Tables(*shipped_pair())
SMALL = Tables(*loaded())
LINES = Tables(
    *loaded(
        changed(
            QUESTIONS,
            {
                "kind: many\n    purpose: emergency": "kind: each\n    staff_hint: Read it.\n    purpose: emergency",
                "kind: duration\n": "kind: duration\n    was: pain_months\n",
                "kind: text\n": "kind: text\n    finds: [medicines]\n",
                "contradictions:\n": "medicines:\n  thinner: {label: a blood thinner, means: {health: blood_thinner},"
                " names: [warfarin]}\ncontradictions:\n",
            },
        )
    )
)
Path = tuple[str | int, ...]

SAID_ELSEWHERE = {
    ("Rule", "line"),
    ("Guarantee", "line"),
    ("Stamp", "sha256"),
    ("Question", "noted_of"),
    ("Stem", "id"),
    ("Option", "site"),
    ("Option", "side"),
    ("RuleTable", "not_offered"),
    ("RuleTable", "reviewed"),
    ("Region", "id"),
    ("Source", "id"),
}
"""Places in a file, what follows from the names of things, what belongs to a practice, and who reviewed it."""


def structs(value: object, path: Path = ()) -> Iterator[tuple[Path, Struct]]:
    """Yield everything in `value` that has fields, with the way to it; conditions are values."""
    if isinstance(value, Condition):
        return
    if isinstance(value, Struct):
        yield path, value
        for name in value.__struct_fields__:
            yield from structs(getattr(value, name), (*path, name))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from structs(part, (*path, key))
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from structs(part, (*path, number))


def at(path: Path, value: Any, change: Any) -> Any:
    """Return `value` with what stands at `path` replaced by `change`."""
    if not path:
        return change
    first, *rest = path
    if isinstance(value, Struct):
        return replace(value, **{str(first): at(tuple(rest), getattr(value, str(first)), change)})
    if isinstance(value, tuple):
        assert isinstance(first, int)
        return (*value[:first], at(tuple(rest), value[first], change), *value[first + 1 :])
    return {**value, first: at(tuple(rest), value[first], change)}


def another(value: Any, name: str) -> Any:
    """Return some other value of the same kind, or None where there is none without knowing more."""
    if isinstance(value, Condition):
        return Not(value)
    match value:
        case bool():
            return not value
        case int():
            return value - 1 if name in ("pressure_limit", "usual") else value + 1
        case None if name in ("ask_when", "show_when", "choose_when"):
            return InRange("age", 3, None)
        case Enum():
            return next(one for one in type(value) if one is not value)
        case str():
            return f"{value} else"
        case Mapping() if name == "removed":
            return {"old-rule": "Nobody needs it."}
        case Mapping() if name == "always_offered":
            return {"health": ("fever",)}
        case Mapping() if name in ("always_asked", "means"):
            return {"health": InRange("age", 3, None)}
        case Mapping() if value:
            return dict(list(value.items())[:-1])
        case tuple() if value:
            return value[1:]
    return None


def fields() -> Iterator[tuple[str, str, Tables, Path]]:
    """Yield each (class, field) once, with the way to one that can be changed in a pair: the small one if it has it."""
    seen: set[tuple[str, str]] = set()
    for pair in (SMALL, LINES, PAIR):
        for path, struct in structs(pair):
            for name in struct.__struct_fields__:
                place = (type(struct).__name__, name)
                known = place in seen or place in SAID_ELSEWHERE or _is_made(pair, path)
                if not known and another(getattr(struct, name), name) is not None:
                    seen.add(place)
                    yield *place, pair, (*path, name)


def _is_made(pair: Tables, path: Path) -> bool:
    """Return whether something belongs to a question that is made from others, or to one for body sites."""
    if path[:2] != ("questionnaire", "questions") or not isinstance(path[2], int):
        return False
    question = pair.questionnaire.questions[path[2]]
    return question.sites or question.noted_of is not None


FIELDS = list(fields())


@pytest.mark.parametrize(("struct", "field", "pair", "path"), FIELDS, ids=[".".join(one[:2]) for one in FIELDS])
def test_a_field_that_changed_is_named(struct: str, field: str, pair: Tables, path: Path) -> None:
    before: Any = pair
    for step in path:
        before = getattr(before, step) if isinstance(step, str) and isinstance(before, Struct) else before[step]
    told = list(differences(pair, at(path, pair, another(before, field))))
    assert told, f"{struct}.{field} changed, and nothing was told"
    lines = [line for change in told for line in change_lines(change)]
    assert len(lines) > 1
    assert not any(line.endswith((": ", "was ", "now ")) for line in lines), lines


def test_what_is_left_out_is_little() -> None:
    every = {
        (type(struct).__name__, name)
        for _, struct in structs(PAIR)
        for name in struct.__struct_fields__
        if not isinstance(getattr(struct, name), Struct | None)
    }
    told = {(struct, field) for struct, field, *_ in FIELDS}
    assert every - told - SAID_ELSEWHERE == set()
