"""What a block comes to; what only some ask for is worked out when they do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nmtchoose.bulk.kernel.bits import Bits, Block, Small
from nmtchoose.bulk.kernel.booking import Booker, Candidate, Standing
from nmtchoose.bulk.kernel.effects import (
    FORBIDDING,
    SEVEREST_FIRST,
    Firing,
    SiteLimits,
    codes,
    dispositions,
    pressure,
)
from nmtchoose.bulk.kernel.openness import missing
from nmtchoose.bulk.kernel.replay import Replay
from nmtchoose.engine.compiled.masks import RuleMasks, places
from nmtchoose.model.assessment import RecommendationKind, Status
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable

NOT_NAMED = 0
"""The code of a therapy's status where no therapy may be named."""

STATUSES = tuple(Status)
"""The status of code 1, 2 and so on."""


@dataclass(frozen=True)
class Pair:
    """A questionnaire and a rule table, with what booking and adding up need."""

    questionnaire: Questionnaire
    table: RuleTable
    masks: RuleMasks
    booker: Booker


class Decided:
    """The results of one block. Codes stand for the places in `SEVEREST_FIRST` and in `recommendations`."""

    def __init__(self, pair: Pair, replay: Replay) -> None:
        self._pair = pair
        self._replay = replay
        self.block: Block = replay.block
        self.firing = Firing(pair.table, replay)
        self.reached = dispositions(self.firing, pair.masks)
        self.missing: Mapping[str, Bits] = missing(pair.questionnaire, pair.table, pair.masks, self.firing, replay)
        self.complete: Bits = self.block.other_than(self.block.any_of(self.missing.values()))
        self.sites = SiteLimits(pair.table, self.firing, replay)
        self.standings: Mapping[str, Standing] = pair.booker.standings(self.firing, self.sites, replay)
        self.recommendation: NDArray[np.uint16] = pair.booker.book(
            self.standings, self.reached, self.complete, self.firing, replay
        )

    @cached_property
    def disposition(self) -> Small:
        """The disposition of each row."""
        return codes(self.block, self.reached)

    @cached_property
    def pressure_limit(self) -> Small:
        """The most pressure that each row allows anywhere."""
        return pressure(self.firing, self._pair.masks.pressure)

    @property
    def rule_ids(self) -> tuple[str, ...]:
        """The ids of all rules, in the order of `firing`."""
        return tuple(rule.id for rule in self._pair.table.rules)

    @cached_property
    def nameless(self) -> Bits:
        """For whom no therapy may be named."""
        return self.reached[FORBIDDING - 1]

    @cached_property
    def undecided(self) -> Mapping[str, Bits]:
        """For whom each safety rule stayed open, by its id; nobody for whom no therapy may be named anyway."""
        safety = {
            self._pair.table.rules[place].id: self.firing.opened[place] for place in places(self._pair.masks.safety)
        }
        return {rule: self.block.without(rows, self.nameless) for rule, rows in safety.items()}

    def therapy_pressure(self, therapy_id: str) -> Small:
        """Return the most pressure that a therapy may use, for each row."""
        candidate = self._candidate(therapy_id)
        return pressure(self.firing, self._pair.masks.pressure, candidate.masks.limits, most=candidate.therapy.usual)

    def status(self, therapy_id: str) -> Small:
        """Return what may happen with a therapy as `NOT_NAMED` or the code of a status, for each row.

        The same as `nmtchoose.engine.assess.status_of` says for one client.
        """
        block, stands = self.block, self.standings[therapy_id]
        unsuitable = stands.ruled_out if therapy_id not in self._pair.table.not_offered else block.everything
        booked, suggested = self._booked(therapy_id)
        soon = block.without(self._exactly(Disposition.MEDICAL_SOON), booked)
        later = block.either(self._exactly(Disposition.DEFER), self._exactly(Disposition.CLEARANCE))
        not_now = block.any_of((stands.held, later, soon))
        chances = (
            (unsuitable, Status.NOT_SUITABLE),
            (not_now, Status.NOT_NOW),
            (suggested, Status.SUGGESTED),
            (self.firing.any_fired(self._candidate(therapy_id).masks.adapted), Status.ADAPT),
            (block.everything, Status.SUITABLE),
        )
        code, left = np.zeros(block.rows, dtype=np.uint8), block.other_than(self.nameless)
        for rows, status in chances:
            code += block.spread(block.both(left, rows)) * np.uint8(1 + STATUSES.index(status))
            left = block.without(left, rows)
        return code

    def _candidate(self, therapy_id: str) -> Candidate:
        return next(one for one in self._pair.booker.candidates if one.therapy.id == therapy_id)

    def _exactly(self, disposition: Disposition) -> Bits:
        rank = SEVEREST_FIRST.index(disposition)
        return self.block.without(self.reached[rank], self.reached[rank - 1])

    def _booked(self, therapy_id: str) -> tuple[Bits, Bits]:
        """Return for whom a therapy is in the recommendation, and for whom it is suggested by it."""
        recommendations = self._pair.booker.recommendations
        named = [therapy_id in one.therapies for one in recommendations]
        suggested = [
            there and one.kind is not RecommendationKind.NOT_ENOUGH_INFORMATION
            for there, one in zip(named, recommendations, strict=True)
        ]
        booked, meant = (np.array(one, dtype=np.bool_)[self.recommendation] for one in (named, suggested))
        return self.block.where(booked), self.block.where(meant)
