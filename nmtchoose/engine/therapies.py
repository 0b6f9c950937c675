"""What may happen with each therapy today: ruled out, held, adapted or open, and at which pressure.

The rules stay as they are where a practice does not offer all: what is not offered is ruled out for that.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from nmtchoose.engine.evaluate import View, truth
from nmtchoose.engine.fired import Fired, pressure_limit, site_limits
from nmtchoose.model.answers import chosen
from nmtchoose.model.assessment import Reason
from nmtchoose.model.questionnaire import NONE
from nmtchoose.model.rules import Rule, RuleTable, Therapy

SOLE_FORM = "sole-form"
"""The engine's own reason: one form of a therapy takes the place of all others, as in pregnancy."""

NOT_OFFERED = "not-offered"
"""The engine's own reason: the practice does not offer the therapy."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one therapy stands with these answers; it may be suggested when nothing rules it out or holds it.

    `ruled_out` says why it is not suitable, `held` why it has to wait for a conversation, `adapted` what changes it,
    `speaking_for` and `speaking_against` what fits and what does not.
    """

    therapy: Therapy
    fit: int
    pressure_limit: int
    in_play: bool
    speaking_for: tuple[Reason, ...]
    speaking_against: tuple[Reason, ...]
    ruled_out: tuple[Reason, ...]
    held: tuple[Reason, ...]
    adapted: tuple[Reason, ...]

    @property
    def open(self) -> bool:
        """True when nothing rules the therapy out or holds it."""
        return not self.ruled_out and not self.held

    @property
    def only_not_offered(self) -> bool:
        """True when nothing speaks against the therapy but that the practice does not offer it."""
        return not self.held and bool(self.ruled_out) and all(one.rule == NOT_OFFERED for one in self.ruled_out)


def standings(table: RuleTable, fired: Fired, seen: View) -> Mapping[str, Standing]:
    """Return how every therapy of `table` stands, by id, in file order."""
    chosen = in_play(table, seen)
    return {therapy.id: _standing(therapy, table, fired, seen, chosen) for therapy in table.therapies}


def in_play(table: RuleTable, seen: View) -> frozenset[str]:
    """Return the forms that may take the place of their therapy for this client."""
    chances = ((one.id, one.choose_when) for one in table.therapies)
    return frozenset(one for one, when in chances if when is not None and truth(when, seen) is True)


def stand_in(standing: Standing, table: RuleTable, standings: Mapping[str, Standing]) -> Standing:
    """Return the first form that takes the place of a therapy for this client, or the therapy itself."""
    forms = (standings[form.id] for form in table.therapies if form.form_of == standing.therapy.id)
    return next((form for form in forms if form.in_play and form.open), standing)


def _standing(therapy: Therapy, table: RuleTable, fired: Fired, seen: View, in_play: Collection[str]) -> Standing:
    limits = (therapy_limit(therapy, rule) for rule in fired.rules)
    not_offered = table.texts.get("not_offered", "This practice does not offer it.")
    return Standing(
        therapy=therapy,
        fit=sum(_points(therapy, rule) for rule in fired.rules),
        pressure_limit=min(pressure_limit(table, fired), therapy.usual, *limits),
        in_play=therapy.id in in_play,
        speaking_for=tuple(_fitting(therapy, fired, 1)),
        speaking_against=tuple(_fitting(therapy, fired, -1)),
        ruled_out=(
            *(reason(rule) for rule in fired.rules if concerns(therapy, rule.then.exclude)),
            *_sole_form_reasons(therapy, table, in_play),
            *(reason(rule) for rule in fired.rules if therapy_limit(therapy, rule) < therapy.lightest),
            *_painful_sites_spared(therapy, table, fired, seen),
            *([Reason(NOT_OFFERED, not_offered)] if therapy.id in table.not_offered else ()),
        ),
        held=tuple(reason(rule) for rule in fired.rules if concerns(therapy, rule.then.ask_first)),
        adapted=tuple(reason(rule) for rule in fired.rules if adapts(therapy, rule)),
    )


def _sole_form_reasons(therapy: Therapy, table: RuleTable, in_play: Collection[str]) -> Iterator[Reason]:
    """Rule out a sole form that is not in play, and everything else in the family of one that is."""
    if therapy.sole_form and therapy.id not in in_play:
        yield Reason(SOLE_FORM, table.texts.get("sole_form_only", therapy.summary))
    family = therapy.form_of or therapy.id
    for form in table.therapies:
        if form.sole_form and form.form_of == family and form is not therapy and form.id in in_play:
            yield Reason(SOLE_FORM, table.texts.get("sole_form_instead", "{therapy}").replace("{therapy}", form.name))


def reason(rule: Rule) -> Reason:
    """Return why `rule` matters, in its own words: its caution, else what it tells the client."""
    return Reason(rule.id, rule.then.caution or rule.tell_client or rule.reason or rule.tell_therapist)


def concerns(therapy: Therapy, therapy_ids: Iterable[str]) -> bool:
    """Return True when `therapy` is meant: a form shares every restriction of the therapy that it is a form of."""
    return therapy.id in therapy_ids or (therapy.form_of is not None and therapy.form_of in therapy_ids)


def therapy_limit(therapy: Therapy, rule: Rule) -> int:
    """Return the most pressure that `rule` leaves to `therapy`."""
    own = (limit for one, limit in rule.then.therapy_limits.items() if one in (therapy.id, therapy.form_of))
    return min([rule.then.pressure_limit, *own])


def adapts(therapy: Therapy, rule: Rule) -> bool:
    """Return True when `rule` changes how `therapy` is done."""
    return therapy_limit(therapy, rule) < therapy.usual or concerns(therapy, rule.then.adapt)


def _fitting(therapy: Therapy, fired: Fired, sign: int) -> Iterator[Reason]:
    yield from (Reason(rule.id, rule.reason) for rule in fired.rules if _points(therapy, rule) * sign > 0)


def _points(therapy: Therapy, rule: Rule) -> int:
    """Return the fit points of a rule; a form adds its own to those of the therapy it is a form of."""
    return sum(points for one, points in rule.then.fit.items() if one in (therapy.id, therapy.form_of))


def _painful_sites_spared(therapy: Therapy, table: RuleTable, fired: Fired, seen: View) -> Iterator[Reason]:
    """Rule out a therapy that works on pain where no painful site is left to it."""
    painful = chosen(seen.answers.get(table.pain_question, NONE)) if therapy.works_on_pain else ()
    limits = site_limits(fired, seen)
    if all(site in limits and limits[site][0] < therapy.lightest for site in painful):
        rules = {limits[site][1].id: limits[site][1] for site in painful}
        yield from map(reason, rules.values())


def offering(table: RuleTable, offered: Collection[str]) -> RuleTable:
    """Return `table` for a practice that offers only `offered` (none: all); raises KeyError for an unknown therapy."""
    known = frozenset(therapy.id for therapy in table.therapies)
    if not known >= frozenset(offered):
        raise KeyError(sorted(frozenset(offered) - known)[0])
    return replace(table, not_offered=known - frozenset(offered) if offered else frozenset())
