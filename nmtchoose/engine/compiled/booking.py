"""What may be booked, from the bits of the rules that fired; the choice itself is made by `engine.recommend`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple

from nmtchoose.engine.compiled.masks import RuleMasks, TherapyMasks, first_of, places, therapy_masks
from nmtchoose.engine.compiled.replay import Others
from nmtchoose.engine.compiled.sums import Sums
from nmtchoose.engine.evaluate import View
from nmtchoose.engine.fired import Fired, site_limits
from nmtchoose.engine.recommend import NOTHING, Field, choose
from nmtchoose.engine.therapies import not_offered_reasons, sole_form_reasons, spared_by
from nmtchoose.model.answers import Answer
from nmtchoose.model.assessment import Reason, Recommendation
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import MOST_PRESSURE, Rule, RuleTable, Therapy

Limits = Mapping[str, tuple[int, Rule]]
_NO_LIMITS: Limits = {}
_NOBODY: frozenset[str] = frozenset()
_SOON = Disposition.MEDICAL_SOON


class Found(NamedTuple):
    """What a replay found: bits of rules that fired, of safety rules left open, of other conditions, and answers.

    `silent` says that the disposition forbids to name any therapy, and `overall` is the pressure limit for all.
    """

    fired: int
    opened: int
    also: int
    kept: Mapping[str, Answer]
    missing: tuple[str, ...]
    disposition: Disposition
    silent: bool
    overall: int
    limits: Limits
    painful: tuple[str, ...]
    fits: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One therapy with its masks.

    `in_play` is the bit of its own condition, `rivals` the bits of sole forms that take its place, `unfit_elsewhere`
    the rules that send to a doctor soon and do not leave it open elsewhere on the body, `forms` what may stand in.
    `stopping` are the rules that rule it out or hold it, and `stand_ins` the forms that are sometimes in play.
    """

    therapy: Therapy
    masks: TherapyMasks
    in_play: int
    rivals: int
    unfit_elsewhere: int
    offered: bool
    not_offered_reasons: tuple[Reason, ...]
    forms: tuple[Candidate, ...]
    stopping: int
    stand_ins: tuple[Candidate, ...]

    def open(self, found: Found) -> bool:
        """Return True when nothing but the practice's own choice speaks against it."""
        return not (
            found.fired & self.stopping
            or found.also & self.rivals
            or (self.therapy.sole_form and not found.also & self.in_play)
            or (found.limits and self.spared(found))
        )

    def sole_elsewhere(self, also: int) -> bool:
        """Return True when this is a sole form that is not in play, or one takes its place."""
        return bool(also & self.rivals) or (self.therapy.sole_form and not also & self.in_play)

    def spared(self, found: Found) -> tuple[Rule, ...]:
        """Return the rules that leave it no painful site."""
        return spared_by(self.therapy, found.painful, found.limits)

    def limit(self, fired: int, overall: int) -> int:
        """Return the most pressure that it may use."""
        return min(overall, self.therapy.usual, first_of(self.masks.limits, fired, MOST_PRESSURE))


class Booking:
    """Books for one table."""

    def __init__(self, questionnaire: Questionnaire, table: RuleTable, rules: RuleMasks, others: Others) -> None:
        self._questionnaire = questionnaire
        self._table = table
        self._rules = rules
        self._others = others
        self.candidates = tuple(_candidates(table, others))
        self._families = tuple(one for one in self.candidates if one.therapy.form_of is None)
        self._family_ids = tuple(one.therapy.id for one in self._families)
        self._site_limits = {place: self._limits_of(place, {}) for place in _with_fixed_sites(table, rules)}
        self._sums = Sums({one.therapy.id: one.masks.fit for one in self.candidates})
        self._most = tuple(one.limit(0, MOST_PRESSURE) for one in self.candidates)
        limits = (rules.pressure, *(one.masks.limits for one in self.candidates))
        self._limiting = reduce(or_, [mask for levels in limits for _, mask in levels], 0)
        self._sole_forms = sum(others.chosen.get(one.id, 0) for one in table.therapies if one.sole_form)
        self._reasons: dict[tuple[str, int], tuple[Reason, ...]] = {}

    def fits(self, fired: int) -> Mapping[str, int]:
        """Return the fit of every therapy."""
        return self._sums.of(fired)

    def limits(self, fired: int, kept: Mapping[str, Answer]) -> Limits:
        """Return the limited sites as `engine.fired.site_limits` does: the lowest limit of each, the first rule's."""
        limiting = fired & self._rules.limiting_sites
        if not limiting:
            return _NO_LIMITS
        first, *rest = [self._site_limits.get(place) or self._limits_of(place, kept) for place in places(limiting)]
        if not rest:
            return first
        limits = dict(first)
        for more in rest:
            for site, said in more.items():
                if site not in limits or said[0] < limits[site][0]:
                    limits[site] = said
        return limits

    def _limits_of(self, place: int, kept: Mapping[str, Answer]) -> Limits:
        return site_limits(Fired((self._table.rules[place],), ()), View(self._questionnaire, {}, kept))

    def book(self, found: Found) -> Recommendation:
        """Return what to book, as `engine.recommend.recommend` does."""
        if found.silent:
            return NOTHING
        soon = found.disposition is _SOON
        offered: list[Therapy] = []
        elsewhere: list[Therapy] = []
        for family in self._families:
            one = self._stand_in(family, found) if family.stand_ins else family
            if one.open(found) and not (soon and found.fired & one.unfit_elsewhere):
                (offered if one.offered else elsewhere).append(one.therapy)
        plans, also = self._others.sequences, found.also
        return choose(
            self._table,
            Field(tuple(offered), tuple(elsewhere), self._family_ids, found.fits, self._only_not_offered(found)),
            complete=not found.missing,
            answered=(also & self._others.enough).bit_count(),
            possible=lambda plan: bool(also & plans[plan.id]),
        )

    def pressure_limits(self, fired: int, overall: int) -> tuple[int, ...]:
        """Return the most pressure that each therapy may use, in file order; `overall` is the limit for all."""
        if not fired & self._limiting:
            return self._most
        return tuple([one.limit(fired, overall) for one in self.candidates])

    def sole_form_reasons(self, one: Candidate, also: int) -> tuple[Reason, ...]:
        """Return why a sole form rules out this therapy, if one does; kept, for there are only a few cases."""
        case = one.therapy.id, also & self._sole_forms
        if case not in self._reasons:
            chosen = self._others.chosen
            in_play = sole_form_reasons(one.therapy, self._table, lambda form: bool(also & chosen.get(form.id, 0)))
            self._reasons[case] = tuple(in_play)
        return self._reasons[case]

    def _stand_in(self, family: Candidate, found: Found) -> Candidate:
        for form in family.stand_ins:
            if found.also & form.in_play and form.open(found):
                return form
        return family

    def _only_not_offered(self, found: Found) -> frozenset[str]:
        if not self._table.not_offered:
            return _NOBODY
        return frozenset(one.therapy.id for one in self._families if not one.offered and one.open(found))


def _with_fixed_sites(table: RuleTable, masks: RuleMasks) -> Iterator[int]:
    """Yield the places of the rules that limit sites, and the same ones whatever the client marked."""
    for place in places(masks.limiting_sites):
        effects = table.rules[place].then
        if not any(sites.marked_in for sites in (effects.avoid, *(one.sites for one in effects.site_limits))):
            yield place


def _candidates(table: RuleTable, others: Others) -> Iterator[Candidate]:
    forms = {one.id: _candidate(one, table, others, ()) for one in table.therapies}
    for therapy in table.therapies:
        own = tuple(forms[one.id] for one in table.therapies if one.form_of == therapy.id)
        yield _candidate(therapy, table, others, own)


def _candidate(therapy: Therapy, table: RuleTable, others: Others, forms: tuple[Candidate, ...]) -> Candidate:
    family = therapy.form_of or therapy.id
    rivals = [one for one in table.therapies if one.sole_form and one.form_of == family and one.id != therapy.id]
    masks = therapy_masks(therapy, table)
    return Candidate(
        therapy=therapy,
        masks=masks,
        in_play=others.chosen.get(therapy.id, 0),
        rivals=sum(others.chosen.get(one.id, 0) for one in rivals),
        unfit_elsewhere=sum(1 << place for place, rule in enumerate(table.rules) if _sends_away(rule, therapy)),
        offered=therapy.id not in table.not_offered,
        not_offered_reasons=tuple(not_offered_reasons(therapy, table)),
        forms=forms,
        stopping=masks.excluded | masks.too_light | masks.held,
        stand_ins=tuple(one for one in forms if one.in_play and one.offered),
    )


def _sends_away(rule: Rule, therapy: Therapy) -> bool:
    sensible = rule.then.still_sensible
    soon = rule.then.disposition is Disposition.MEDICAL_SOON
    return soon and therapy.id not in sensible and therapy.form_of not in sensible
