"""What may be booked, for a block: who stands in for which therapy, and then `engine.recommend.choose` as it is.

Rows that agree in everything that the choice looks at are chosen for once, and the answer is remembered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nmtchoose.bulk.kernel.bits import Bits, Block, Small
from nmtchoose.bulk.kernel.effects import FORBIDDING, SEVEREST_FIRST, Firing, Points, SiteLimits, fit, spared
from nmtchoose.bulk.kernel.keys import Digit, distinct
from nmtchoose.bulk.kernel.replay import Replay
from nmtchoose.engine.compiled.masks import Levels, TherapyMasks, therapy_masks
from nmtchoose.engine.recommend import NOTHING, Field, choose
from nmtchoose.model.assessment import Recommendation
from nmtchoose.model.condition import Answered
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import RuleTable, Therapy

_MOST_REMEMBERED = 200_000


@dataclass(frozen=True)
class Candidate:
    """One therapy, the rules that matter to it, and the rules that send to a doctor soon and do not leave it open."""

    therapy: Therapy
    masks: TherapyMasks
    unfit_elsewhere: int
    offered: bool


class Standing(NamedTuple):
    """One therapy for a block.

    `ruled_out` is for any reason but that the practice does not offer it; `in_play` for whom its form is meant.
    """

    ruled_out: Bits
    held: Bits
    in_play: Bits


@dataclass(frozen=True)
class Booker:
    """Books for one table. `recommendations` are all that were met so far, by the code that a row gets."""

    table: RuleTable
    candidates: tuple[Candidate, ...]
    recommendations: list[Recommendation] = field(default_factory=lambda: [NOTHING])
    _codes: dict[Recommendation, int] = field(default_factory=lambda: {NOTHING: 0})
    _chosen: dict[tuple[int, ...], int] = field(default_factory=dict)

    def standings(self, firing: Firing, limits: SiteLimits, replay: Replay) -> Mapping[str, Standing]:
        """Return how each therapy stands."""
        in_play = {one.therapy.id: _in_play(one.therapy, replay) for one in self.candidates}
        return {one.therapy.id: self._standing(one, in_play, firing, limits, replay) for one in self.candidates}

    def book(
        self, standings: Mapping[str, Standing], reached: list[Bits], complete: Bits, firing: Firing, replay: Replay
    ) -> NDArray[np.uint16]:
        """Return the code of the recommendation for each row; `reached` are the dispositions."""
        block = firing.block
        named = [*self._named(standings, reached, firing)]
        families = [one.therapy for one in self.candidates if one.therapy.form_of is None]
        points = _fits(self.candidates, firing)
        digits = [
            Digit(block.spread(reached[FORBIDDING - 1]), 0, 2),
            Digit(block.spread(complete), 0, 2),
            Digit(_answered(self.table, replay), 0, len(self.table.decision.enough_of) + 1),
            *(Digit(_coded(block, one), 0, len(one) + 1) for one in named),
            *(self._only_not_offered(one, standings, block) for one in families),
            *(Digit(block.spread(replay.verdicts(plan.when).true), 0, 2) for plan in self.table.decision.sequences),
            *(_digit(one) for one in points.values()),
        ]
        found = distinct(digits)
        chosen = [self._code(combination, tuple(points)) for combination in found.combinations]
        return np.array(chosen, dtype=np.uint16)[found.of_row]

    def _standing(
        self, one: Candidate, in_play: Mapping[str, Bits], firing: Firing, limits: SiteLimits, replay: Replay
    ) -> Standing:
        block, masks, therapy = firing.block, one.masks, one.therapy
        sole_elsewhere = block.other_than(in_play[therapy.id]) if therapy.sole_form else block.nothing
        for rival in self._rivals(therapy):
            sole_elsewhere = block.either(sole_elsewhere, in_play[rival.id])
        ruled_out = block.either(firing.any_fired(masks.excluded | masks.too_light), sole_elsewhere)
        return Standing(
            ruled_out=block.either(ruled_out, spared(therapy, limits, self.table, replay)),
            held=firing.any_fired(masks.held),
            in_play=in_play[therapy.id],
        )

    def _rivals(self, therapy: Therapy) -> Iterator[Therapy]:
        """Yield the sole forms that take the place of `therapy`, where they are in play."""
        family = therapy.form_of or therapy.id
        for form in self.table.therapies:
            if form.sole_form and form.form_of == family and form.id != therapy.id:
                yield form

    def _named(self, standings: Mapping[str, Standing], reached: list[Bits], firing: Firing) -> Iterator[list[Bits]]:
        """Yield for each family for whom it, and for whom each of its forms, may be named; never two for one row."""
        block = firing.block
        soon = SEVEREST_FIRST.index(Disposition.MEDICAL_SOON)
        to_doctor = block.without(reached[soon], reached[soon - 1])
        for family in self._families():
            left = block.everything
            named: list[Bits] = []
            for one in family[1:]:
                stands = standings[one.therapy.id]
                free = block.both(stands.in_play, _free(stands, block)) if one.offered else block.nothing
                named.append(block.both(left, free))
                left = block.without(left, free)
            named.insert(0, block.both(left, _free(standings[family[0].therapy.id], block)))
            unfit = [block.both(to_doctor, firing.any_fired(one.unfit_elsewhere)) for one in family]
            yield [block.without(rows, gone) for rows, gone in zip(named, unfit, strict=True)]

    def _families(self) -> list[tuple[Candidate, ...]]:
        """Return each therapy with its forms after it."""
        return [
            (one, *(form for form in self.candidates if form.therapy.form_of == one.therapy.id))
            for one in self.candidates
            if one.therapy.form_of is None
        ]

    def _only_not_offered(self, therapy: Therapy, standings: Mapping[str, Standing], block: Block) -> Digit:
        """Return for whom nothing speaks against a therapy but that it is not offered."""
        if therapy.id not in self.table.not_offered:
            return Digit(np.zeros(block.rows, dtype=np.uint8), 0, 1)
        return Digit(block.spread(_free(standings[therapy.id], block)), 0, 2)

    def _code(self, combination: tuple[int, ...], fitting: tuple[str, ...]) -> int:
        code = self._chosen.get(combination)
        if code is None:
            recommendation = self._choose(combination, fitting)
            code = self._codes.setdefault(recommendation, len(self.recommendations))
            if code == len(self.recommendations):
                self.recommendations.append(recommendation)
            if len(self._chosen) >= _MOST_REMEMBERED:
                self._chosen.clear()
            self._chosen[combination] = code
        return code

    def _choose(self, combination: tuple[int, ...], fitting: tuple[str, ...]) -> Recommendation:
        forbidden, complete, answered, *rest = combination
        if forbidden:
            return NOTHING
        families, plans = self._families(), self.table.decision.sequences
        numbers = iter(rest)
        named = [family[number - 1] for family in families if (number := next(numbers))]
        not_offered = frozenset(family[0].therapy.id for family in families if next(numbers))
        possible = frozenset(plan.id for plan in plans if next(numbers))
        points = dict(zip(fitting, numbers, strict=True))
        therapies = Field(
            candidates=tuple(one.therapy for one in named if one.offered),
            elsewhere=tuple(one.therapy for one in named if not one.offered),
            families=tuple(family[0].therapy.id for family in families),
            fits={one.therapy.id: points[_fit_as(one, self.candidates)] for one in self.candidates},
            not_offered=not_offered,
        )
        return choose(
            self.table,
            therapies,
            complete=bool(complete),
            answered=answered,
            possible=lambda plan: plan.id in possible,
        )


def booker_of(table: RuleTable) -> Booker:
    """Return what books by `table`."""
    return Booker(
        table,
        tuple(
            Candidate(one, therapy_masks(one, table), _unfit_elsewhere(one, table), one.id not in table.not_offered)
            for one in table.therapies
        ),
    )


def _unfit_elsewhere(therapy: Therapy, table: RuleTable) -> int:
    """Return the rules that send to a doctor soon and do not leave `therapy` open elsewhere on the body."""
    return sum(
        1 << place
        for place, rule in enumerate(table.rules)
        if rule.then.disposition is Disposition.MEDICAL_SOON
        and therapy.id not in rule.then.still_sensible
        and therapy.form_of not in rule.then.still_sensible
    )


def _in_play(therapy: Therapy, replay: Replay) -> Bits:
    return replay.block.nothing if therapy.choose_when is None else replay.verdicts(therapy.choose_when).true


def _free(standing: Standing, block: Block) -> Bits:
    return block.other_than(block.either(standing.ruled_out, standing.held))


def _fits(candidates: tuple[Candidate, ...], firing: Firing) -> dict[str, Points]:
    """Return the fit of each therapy that does not share that of one before it."""
    return {
        one.therapy.id: fit(firing, one.masks.fit) for one in candidates if _fit_as(one, candidates) == one.therapy.id
    }


def _fit_as(candidate: Candidate, candidates: tuple[Candidate, ...]) -> str:
    levels: Levels = candidate.masks.fit
    return next(one.therapy.id for one in candidates if one.masks.fit == levels)


def _answered(table: RuleTable, replay: Replay) -> Small:
    enough = [replay.verdicts(Answered(question)).true for question in table.decision.enough_of]
    return replay.block.counted(enough)


def _coded(block: Block, choices: list[Bits]) -> Small:
    """Return 0 for nobody's choice, else the number of the choice that a row is in, from 1 on."""
    code = np.zeros(block.rows, dtype=np.uint8)
    for number, rows in enumerate(choices, 1):
        if rows is not block.nothing:
            code += block.spread(rows) * np.uint8(number)
    return code


def _digit(points: Points) -> Digit:
    least, most = (int(points.min()), int(points.max())) if len(points) else (0, 0)
    return Digit(points, least, most - least + 1)
