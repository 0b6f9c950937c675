"""Conditions as they could be with other settings: what a setting switches off is off by choice, not by mistake."""

from __future__ import annotations

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.authoring.checks.reads import facts_used
from nmtchoose.authoring.checks.search import can_hold
from nmtchoose.loading.places import Path
from nmtchoose.model.condition import ALWAYS, NEVER, AllOf, AnyOf, AtLeastOf, Condition, Fact, Not


def can_never_hold(condition: Condition, at: Path, pair: Pair) -> bool:
    """Return whether no answers make `condition`, written at `at`, true, whatever its yes/no settings say."""
    if can_hold(condition, pair.questionnaire) is not False:
        return False
    if not _names_setting(condition, at, pair):
        return True
    return can_hold(_with_settings_open(condition, ALWAYS), pair.questionnaire) is False


def _names_setting(condition: Condition, at: Path, pair: Pair) -> bool:
    places = [at, *(("facts", name) for name in facts_used([condition], pair.table))]
    named = [text.path for text in pair.decided.places.texts if "setting" in text.path]
    return any(path[: len(place)] == place for path in named for place in places)


def _with_settings_open(condition: Condition, wished: Condition) -> Condition:
    """Return `condition` with each setting, which stands in it as always or never, as `wished`; `not` turns that."""
    match condition:
        case AllOf(()) | AnyOf(()):
            return wished
        case Not(part):
            return Not(_with_settings_open(part, NEVER if wished == ALWAYS else ALWAYS))
        case Fact(name, body):
            return Fact(name, _with_settings_open(body, wished))
        case AllOf(parts):
            return AllOf(tuple(_with_settings_open(part, wished) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_with_settings_open(part, wished) for part in parts))
        case AtLeastOf(count, parts):
            return AtLeastOf(count, tuple(_with_settings_open(part, wished) for part in parts))
    return condition
