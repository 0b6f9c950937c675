"""The effects of rules as masks over the bits of the rules: adding up what fired becomes looking at a few numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nmtchoose.engine.fired import changes_session
from nmtchoose.engine.therapies import adapts, concerns, therapy_limit
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import MOST_PRESSURE, Rule, RuleTable, Stage, Therapy

Levels = tuple[tuple[int, int], ...]
"""(value, mask of the rules that say it) pairs."""

_BYTE = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


def places(mask: int) -> list[int]:
    """Return the places of the bits that are set in `mask`, the lowest first."""
    content = mask.to_bytes((mask.bit_length() + 7) // 8, "little")
    return [8 * place + bit for place, byte in enumerate(content) if byte for bit in _BYTE[byte]]


def first_of(levels: Levels, fired: int, otherwise: int) -> int:
    """Return the first value that a fired rule says, or `otherwise`."""
    for value, mask in levels:
        if fired & mask:
            return value
    return otherwise


def summed(levels: Levels, fired: int) -> int:
    """Return the sum of all values that fired rules say."""
    return sum([value * (fired & mask).bit_count() for value, mask in levels])


@dataclass(frozen=True, slots=True)
class TherapyMasks:
    """The rules that matter to one therapy."""

    fit: Levels
    limits: Levels
    excluded: int
    too_light: int
    held: int
    adapted: int
    speaking_for: int
    speaking_against: int


@dataclass(frozen=True, slots=True)
class RuleMasks:
    """The rules that matter to the whole result.

    `dispositions` go from the most severe, which is 0, to the mildest; `ending` are those that may end an interview.
    """

    safety: int
    changing: int
    limiting_sites: int
    dispositions: Levels
    ending: Levels
    emergencies: int
    forbidding: int
    pressure: Levels


def rule_masks(table: RuleTable) -> RuleMasks:
    """Return the masks of `table`."""
    rules = table.rules
    early = (Stage.EMERGENCY, Stage.MEDICAL)
    return RuleMasks(
        safety=_mask(rules, lambda rule: rule.stage.is_safety),
        changing=_mask(rules, lambda rule: rule.stage.is_safety and changes_session(rule.then)),
        limiting_sites=_mask(
            rules, lambda rule: bool(rule.then.avoid.named or rule.then.avoid.marked_in or rule.then.site_limits)
        ),
        dispositions=_levels([_rank(rule.then.disposition) for rule in rules]),
        ending=_levels([_rank(rule.then.disposition) if rule.stage in early else None for rule in rules]),
        emergencies=_mask(rules, lambda rule: rule.then.disposition is not None and rule.then.disposition.is_emergency),
        forbidding=_mask(
            rules, lambda rule: rule.then.disposition is not None and rule.then.disposition.forbids_therapy
        ),
        pressure=_levels([_below_most(rule.then.pressure_limit) for rule in rules]),
    )


def therapy_masks(therapy: Therapy, table: RuleTable) -> TherapyMasks:
    """Return the masks of `therapy`; a form shares every restriction and every point of its therapy."""
    rules = table.rules
    points = [_points(therapy, rule) for rule in rules]
    limits = [therapy_limit(therapy, rule) for rule in rules]
    return TherapyMasks(
        fit=_levels([one or None for one in points]),
        limits=_levels([_below_most(one) for one in limits]),
        excluded=_mask(rules, lambda rule: concerns(therapy, rule.then.exclude)),
        too_light=_mask(
            rules, lambda rule: min(rule.then.pressure_limit, therapy_limit(therapy, rule)) < therapy.lightest
        ),
        held=_mask(rules, lambda rule: concerns(therapy, rule.then.ask_first)),
        adapted=_mask(rules, lambda rule: adapts(therapy, rule)),
        speaking_for=_mask(rules, lambda rule: _points(therapy, rule) > 0),
        speaking_against=_mask(rules, lambda rule: _points(therapy, rule) < 0),
    )


def _points(therapy: Therapy, rule: Rule) -> int:
    ids = {therapy.id, therapy.form_of}
    return sum(points for one, points in rule.then.fit.items() if one in ids)


def _below_most(limit: int) -> int | None:
    return limit if limit < MOST_PRESSURE else None


def _mask(rules: Sequence[Rule], chosen: Callable[[Rule], bool]) -> int:
    return sum(1 << place for place, rule in enumerate(rules) if chosen(rule))


def _levels(values: Sequence[int | None]) -> Levels:
    """Return each value with the mask of the rules that have it, the lowest value first."""
    known = sorted({value for value in values if value is not None})
    return tuple((one, sum(1 << place for place, value in enumerate(values) if value == one)) for one in known)


def _rank(disposition: Disposition | None) -> int | None:
    return None if disposition is None else tuple(Disposition).index(disposition)
