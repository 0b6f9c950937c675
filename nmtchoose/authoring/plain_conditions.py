"""Conditions as they stand in a file: written out, put together, and without those that others make needless."""

from collections.abc import Iterable, Mapping

from nmtchoose.loading.load import Reading
from nmtchoose.loading.nodes import plain_value
from nmtchoose.model.questionnaire import NONE

Plain = object
"""A condition as it stands in the file: words, numbers, lists and mappings."""


class PlainConditions:
    """Writes the conditions of a pair out: number settings and groups as what they mean, facts by name."""

    def __init__(self, reading: Reading) -> None:
        """Take the names of a pair that loads."""
        assert reading.table is not None
        assert reading.questionnaire is not None
        rules, questions = (plain_value(root) if root is not None else {} for root in reversed(reading.roots))
        regions = _mapping(_mapping(questions).get("body_groups"))
        self._settings = {name: value for name, value in reading.table.settings.items() if not isinstance(value, bool)}
        self._groups: dict[str, Mapping[str, object]] = {}
        for question in reading.questionnaire.questions:
            self._groups[question.id] = regions if question.sites else question.groups
            if question.stem is not None:
                self._groups.setdefault(question.stem.id, question.stem.groups)
        bodies = _mapping(_mapping(rules).get("facts"))
        self.facts = {name: self.written_out(body) for name, body in bodies.items()}
        """What each fact means; others by name."""

    def written_out(self, condition: Plain) -> Plain:
        """Return `condition` without names whose meaning can change."""
        match condition:
            case list():
                several = any_of(self.written_out(part) for part in condition)
                return several[0] if len(several) == 1 else list(several)
            case dict():
                return _together(self._entry(str(key), value) for key, value in condition.items())
        return condition

    def all_of(self, conditions: Iterable[Plain]) -> Plain:
        """Return the condition that all of `conditions` hold, of which None holds always."""
        return _together(self.written_out(one) for one in conditions if one is not None)

    def _entry(self, key: str, value: Plain) -> Plain:
        match key, value:
            case "all", list():
                return self.all_of(value)
            case "any", list():
                return self.written_out(value)
            case "not", _:
                return {"not": self.written_out(value)}
            case "fact", str():
                return value
            case "at_least", {"count": count, "of": list() as several}:
                return {"at_least": {"count": count, "of": [self.written_out(part) for part in several]}}
        return {key: self._compared(value, self._groups[key]) if key in self._groups else value}

    def _compared(self, value: Plain, groups: Mapping[str, object]) -> Plain:
        match value:
            case str():
                held = groups.get(value, self._settings.get(value, value))
                return list(held) if isinstance(held, (list, tuple)) else held
            case list():
                return list(dict.fromkeys(one for part in value for one in _several(self._compared(part, groups))))
            case dict():
                return {key: part if key == "all_of" else self._compared(part, groups) for key, part in value.items()}
        return value


def any_of(conditions: Iterable[Plain]) -> tuple[Plain, ...]:
    """Return conditions of which one holds where any of `conditions` does, as few and as short as can be."""
    found: list[Plain] = []
    for one in conditions:
        for part in one if isinstance(one, list) else [one]:
            place = next((at for at, other in enumerate(found) if _as_one(other, part) is not None), None)
            if place is None:
                found.append(part)
            else:
                found[place] = _as_one(found[place], part)
    return tuple(one for one in found if not any(other is not one and _covers(other, one) for other in found))


def _as_one(one: Plain, other: Plain) -> Plain:
    """Return the condition that either holds, where they are the same but for what is named of one question."""
    if one == other:
        return one
    if not isinstance(one, dict) or not isinstance(other, dict) or one.keys() != other.keys():
        return None
    unlike = [key for key in one if one[key] != other[key]]
    if len(unlike) != 1 or unlike[0] in ("all", "any", "not", "at_least"):
        return None
    names, more = _names(one[unlike[0]]), _names(other[unlike[0]])
    return {**one, unlike[0]: list(dict.fromkeys((*names, *more)))} if names and more else None


def _covers(one: Plain, other: Plain) -> bool:
    """Return whether `one` holds wherever `other` does, as far as that shows in how they are written."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    return all(
        key in other
        and (one[key] == other[key] or (set(_names(other[key])) < set(_names(one[key])) and _names(other[key])))
        for key in one
    )


def _together(conditions: Iterable[Plain]) -> Plain:
    """Return the condition that all of `conditions` hold, as a mapping where no key would stand twice."""
    parts: list[Plain] = []
    for one in conditions:
        if isinstance(one, dict):
            parts += one["all"] if one.keys() == {"all"} else [{key: value} for key, value in one.items()]
        elif isinstance(one, list) and len(one) == 1:
            parts += one
        elif one != "always":
            parts.append({"any": one} if isinstance(one, list) else one)
    parts = [one for one in parts if not any(other is not one and _covers(one, other) for other in parts)]
    if len(parts) < 2:
        alone = parts[0] if parts else "always"
        return alone["any"] if isinstance(alone, dict) and alone.keys() == {"any"} else alone
    keys = [key for part in parts if isinstance(part, dict) for key in part]
    if len(keys) == len(parts) == len(set(keys)):
        return {key: value for part in parts if isinstance(part, dict) for key, value in part.items()}
    return {"all": [part["any"] if isinstance(part, dict) and part.keys() == {"any"} else part for part in parts]}


def _names(value: Plain) -> list[str]:
    """Return the options that are named, but for "none of these"; nothing where something else stands."""
    several = _several(value)
    names = [one for one in several if isinstance(one, str) and one != NONE]
    return names if len(names) == len(several) else []


def _several(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else [value]


def _mapping(value: Plain) -> dict[str, object]:
    return value if isinstance(value, dict) else {}
