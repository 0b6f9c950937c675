"""What may be booked, from the bits of the rules that fired; the choice itself is made by `engine.recommend`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from nmtchoose.engine.compiled.masks import Levels, RuleMasks, TherapyMasks, first_of, places, summed, therapy_masks
from nmtchoose.engine.compiled.replay import Others
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


class Found(NamedTuple):
    """What a replay found: bits of rules that fired, of safety rules left open, of other conditions, and answers."""

    fired: int
    opened: int
    also: int
    kept: Mapping[str, Answer]
    missing: tuple[str, ...]
    disposition: Disposition
    limits: Limits
    painful: tuple[str, ...]
    fits: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One therapy with its masks.

    `in_play` is the bit of its own condition, `rivals` the bits of sole forms that take its place, `unfit_elsewhere`
    the rules that send to a doctor soon and do not leave it open elsewhere on the body, `forms` what may stand in.
    """

    therapy: Therapy
    masks: TherapyMasks
    in_play: int
    rivals: int
    unfit_elsewhere: int
    offered: bool
    not_offered_reasons: tuple[Reason, ...]
    forms: tuple[Candidate, ...]

    def sole_elsewhere(self, also: int) -> bool:
        """Return True when this is a sole form that is not in play, or one takes its place."""
        return bool(also & self.rivals) or (self.therapy.sole_form and not also & self.in_play)

    def ruled_out(self, found: Found) -> bool:
        """Return True when anything but the practice's own choice rules it out."""
        fired, masks = found.fired, self.masks
        return bool(
            fired & masks.excluded
            or fired & masks.too_light
            or self.sole_elsewhere(found.also)
            or (found.limits and self.spared(found))
        )

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
        by_levels: dict[Levels, list[str]] = {}
        for one in self.candidates:
            by_levels.setdefault(one.masks.fit, []).append(one.therapy.id)
        self._fits = tuple(by_levels.items())
        self._family_ids = tuple(one.therapy.id for one in self._families)

    def fits(self, fired: int) -> dict[str, int]:
        """Return the fit of every therapy; forms mostly have that of their therapy, which is added up once."""
        fits: dict[str, int] = {}
        for levels, ids in self._fits:
            fit = summed(levels, fired)
            for one in ids:
                fits[one] = fit
        return fits

    def limits(self, fired: int, kept: Mapping[str, Answer]) -> Limits:
        """Return the limited sites as `engine.fired.site_limits` does."""
        limiting = fired & self._rules.limiting_sites
        if not limiting:
            return _NO_LIMITS
        rules = tuple([self._table.rules[place] for place in places(limiting)])
        return site_limits(Fired(rules, ()), View(self._questionnaire, {}, kept))

    def book(self, found: Found) -> Recommendation:
        """Return what to book, as `engine.recommend.recommend` does."""
        if found.disposition.forbids_therapy:
            return NOTHING
        named = [self._stand_in(one, found) for one in self._families]
        if found.disposition is Disposition.MEDICAL_SOON:
            named = [one for one in named if not found.fired & one.unfit_elsewhere]
        free = [one for one in named if not one.ruled_out(found) and not found.fired & one.masks.held]
        field = Field(
            candidates=tuple([one.therapy for one in free if one.offered]),
            elsewhere=tuple([one.therapy for one in free if not one.offered]),
            families=self._family_ids,
            fits=found.fits,
            not_offered=frozenset(self._only_not_offered(found)) if self._table.not_offered else frozenset(),
        )
        return choose(
            self._table,
            field,
            complete=not found.missing,
            answered=(found.also & self._others.enough).bit_count(),
            possible=lambda plan: bool(found.also & self._others.sequences[plan.id]),
        )

    def pressure_limits(self, fired: int, overall: int) -> tuple[int, ...]:
        """Return the most pressure that each therapy may use, in file order; `overall` is the limit for all."""
        return tuple([one.limit(fired, overall) for one in self.candidates])

    def sole_form_reasons(self, one: Candidate, also: int) -> Iterator[Reason]:
        """Yield why a sole form rules out this therapy, if one does."""
        chosen = self._others.chosen
        return sole_form_reasons(one.therapy, self._table, lambda form: bool(also & chosen.get(form.id, 0)))

    def _stand_in(self, family: Candidate, found: Found) -> Candidate:
        for form in family.forms:
            free = form.offered and not found.fired & form.masks.held
            if found.also & form.in_play and free and not form.ruled_out(found):
                return form
        return family

    def _only_not_offered(self, found: Found) -> Iterator[str]:
        for one in self._families:
            if not one.offered and not found.fired & one.masks.held and not one.ruled_out(found):
                yield one.therapy.id


def _candidates(table: RuleTable, others: Others) -> Iterator[Candidate]:
    forms = {one.id: _candidate(one, table, others, ()) for one in table.therapies}
    for therapy in table.therapies:
        own = tuple(forms[one.id] for one in table.therapies if one.form_of == therapy.id)
        yield _candidate(therapy, table, others, own)


def _candidate(therapy: Therapy, table: RuleTable, others: Others, forms: tuple[Candidate, ...]) -> Candidate:
    family = therapy.form_of or therapy.id
    rivals = [one for one in table.therapies if one.sole_form and one.form_of == family and one.id != therapy.id]
    return Candidate(
        therapy=therapy,
        masks=therapy_masks(therapy, table),
        in_play=others.chosen.get(therapy.id, 0),
        rivals=sum(others.chosen.get(one.id, 0) for one in rivals),
        unfit_elsewhere=sum(1 << place for place, rule in enumerate(table.rules) if _sends_away(rule, therapy)),
        offered=therapy.id not in table.not_offered,
        not_offered_reasons=tuple(not_offered_reasons(therapy, table)),
        forms=forms,
    )


def _sends_away(rule: Rule, therapy: Therapy) -> bool:
    sensible = rule.then.still_sensible
    soon = rule.then.disposition is Disposition.MEDICAL_SOON
    return soon and therapy.id not in sensible and therapy.form_of not in sensible
