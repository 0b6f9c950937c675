"""The effects of the rules that fired, added up for a block: dispositions, pressure, sites and fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from nmtchoose.bulk.kernel.bits import Bits, Block, Small
from nmtchoose.bulk.kernel.replay import Replay
from nmtchoose.engine.compiled.masks import Levels, RuleMasks, places
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import MOST_PRESSURE, RuleTable, Sites, Therapy

Points = NDArray[np.int16]
"""Fit points for each row."""

SEVEREST_FIRST = tuple(Disposition)
FORBIDDING = sum(disposition.forbids_therapy for disposition in SEVEREST_FIRST)
"""How many dispositions, from the most severe on, forbid to name any therapy."""

NO_LIMIT = MOST_PRESSURE + 1
"""The limit of a site that no rule limits."""


class Firing:
    """Which rules fire for a block, and which stay open."""

    def __init__(self, table: RuleTable, replay: Replay) -> None:
        self.block = replay.block
        verdicts = [replay.verdicts(rule.when) for rule in table.rules]
        self.fired = tuple(one.true for one in verdicts)
        self.opened = tuple(self.block.without(one.possible, one.true) for one in verdicts)
        self._any_fired: dict[int, Bits] = {}

    def any_fired(self, mask: int) -> Bits:
        """Return for whom one of the rules in `mask` fires; forms mostly ask for the same masks as their therapy."""
        bits = self._any_fired.get(mask)
        if bits is None:
            bits = self._any_fired[mask] = self.block.any_of(self.fired[place] for place in places(mask))
        return bits

    def any_open(self, mask: int) -> Bits:
        """Return for whom one of the rules in `mask` is open."""
        return self.block.any_of(self.opened[place] for place in places(mask))


def severities(firing: Firing, levels: Levels) -> list[Bits]:
    """Return for each disposition, the most severe first, for whom a rule says it or something more severe."""
    said = dict(levels)
    reached: list[Bits] = []
    worse = firing.block.nothing
    for rank in range(len(SEVEREST_FIRST)):
        worse = firing.block.either(worse, firing.any_fired(said.get(rank, 0)))
        reached.append(worse)
    return reached


def dispositions(firing: Firing, masks: RuleMasks) -> list[Bits]:
    """Return for each disposition for whom the result is that or something more severe.

    The same as `nmtchoose.engine.fired.disposition_of` says for one client.
    """
    block, reached = firing.block, severities(firing, masks.dispositions)
    held, changed = firing.any_open(masks.safety), firing.any_fired(masks.changing)
    for rank, disposition in enumerate(SEVEREST_FIRST):
        if rank >= SEVEREST_FIRST.index(Disposition.CLEARANCE):
            reached[rank] = block.either(reached[rank], held)
        if rank >= SEVEREST_FIRST.index(Disposition.PROCEED_WITH_CARE):
            reached[rank] = block.either(reached[rank], changed)
        if disposition is Disposition.PROCEED:
            reached[rank] = block.everything
    return reached


def codes(block: Block, reached: Sequence[Bits]) -> Small:
    """Return for each row the place of the first of `reached` that it is in; each holds all of those before it."""
    return len(reached) - block.counted(reached)


def pressure(firing: Firing, *levels: Levels, most: int = MOST_PRESSURE) -> Small:
    """Return the least pressure that `levels` leave, at most `most`, for each row."""
    below: list[Bits] = []
    limited = firing.block.nothing
    for limit in range(most):
        said = (firing.any_fired(dict(one).get(limit, 0)) for one in levels)
        limited = firing.block.either(limited, firing.block.any_of(said))
        below.append(limited)
    return most - firing.block.counted(below)


def fit(firing: Firing, levels: Levels) -> Points:
    """Return the sum of the points of all rules that fire."""
    total = np.zeros(firing.block.rows, dtype=np.int16)
    for points, mask in levels:
        firing_rules = firing.block.counted([firing.fired[place] for place in places(mask)])
        if firing_rules.any():
            total += firing_rules.astype(np.int16) * np.int16(points)
    return total


class SiteLimits:
    """For whom each body site is limited, and how far; see `nmtchoose.engine.fired.site_limits`."""

    def __init__(self, table: RuleTable, firing: Firing, replay: Replay) -> None:
        self._block = firing.block
        self._replay = replay
        self._at_most: dict[str, list[Bits]] = {}
        for sites, limit, rules in _limiting(table):
            self._limit(sites, limit, firing.block.any_of(firing.fired[place] for place in rules))

    def __bool__(self) -> bool:
        return bool(self._at_most)

    def limited(self) -> tuple[str, ...]:
        """Return the sites that are limited for anybody."""
        return tuple(self._at_most)

    def below(self, site: str, pressure_wanted: int) -> Bits:
        """Return for whom less than `pressure_wanted` is allowed at a site."""
        levels = self._at_most.get(site, [])
        return self._block.any_of(levels[:pressure_wanted])

    def codes(self, site: str) -> Small:
        """Return the limit at a site (0: leave it alone), or `NO_LIMIT`, for each row."""
        levels = self._at_most.get(site, [])
        reached = [self._block.any_of(levels[: place + 1]) for place in range(len(levels))]
        return NO_LIMIT - self._block.counted(reached)

    def _limit(self, sites: Sites, limit: int, rules: Bits) -> None:
        if rules is self._block.nothing or not rules.any():
            return
        for site in sites.named:
            self._add(site, limit, rules)
        for question in sites.marked_in:
            for option in self._replay.given(question).options():
                self._add(option, limit, self._block.both(rules, self._replay.kept(question, option)))

    def _add(self, site: str, limit: int, rows: Bits) -> None:
        if rows is self._block.nothing:
            return
        levels = self._at_most.setdefault(site, [self._block.nothing] * NO_LIMIT)
        levels[limit] = self._block.either(levels[limit], rows)


def spared(therapy: Therapy, limits: SiteLimits, table: RuleTable, replay: Replay) -> Bits:
    """Return for whom every painful site gets less pressure than a therapy that works on pain needs."""
    block = replay.block
    if not therapy.works_on_pain or not limits:
        return block.nothing
    nowhere_left, painful = block.everything, block.nothing
    for site in replay.given(table.pain_question).options():
        hurts = replay.kept(table.pain_question, site)
        painful = block.either(painful, hurts)
        left = block.without(hurts, limits.below(site, therapy.lightest))
        nowhere_left = block.without(nowhere_left, left)
    return block.both(painful, nowhere_left)


def _limiting(table: RuleTable) -> Iterable[tuple[Sites, int, list[int]]]:
    """Yield which sites get which limit from which rules, the same sites and limit only once."""
    found: dict[tuple[Sites, int], list[int]] = {}
    for place, rule in enumerate(table.rules):
        if rule.then.avoid != Sites():
            found.setdefault((rule.then.avoid, 0), []).append(place)
        for one in rule.then.site_limits:
            found.setdefault((one.sites, one.limit), []).append(place)
    return [(sites, limit, rules) for (sites, limit), rules in found.items()]
