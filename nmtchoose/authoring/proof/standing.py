"""How each therapy stands: ruled out, held or open, as `nmtchoose.engine.therapies` says, as literals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nmtchoose.authoring.proof.gates import FALSE, TRUE, Literal
from nmtchoose.authoring.proof.outcome import Outcome
from nmtchoose.model.rules import MOST_PRESSURE, Rule, RuleTable, Therapy


@dataclass(frozen=True, slots=True)
class StandingLiterals:
    """One therapy.

    `barred` means ruled out for any reason but being a sole form whose time has not come; `ruled_out` counts that
    reason too. `held` waits for a conversation. `limits[n]` is true when it may be done with a pressure of at most n.
    """

    in_play: Literal
    barred: Literal
    ruled_out: Literal
    held: Literal
    open: Literal
    limits: tuple[Literal, ...]


def standings(outcome: Outcome) -> dict[str, StandingLiterals]:
    """Return how every therapy stands, by id."""
    in_play = {therapy.id: _in_play(therapy, outcome) for therapy in outcome.table.therapies}
    return {therapy.id: _standing(therapy, outcome, in_play) for therapy in outcome.table.therapies}


def concerns(therapy: Therapy, therapy_ids: Iterable[str]) -> bool:
    """Return whether `therapy_ids` name the therapy or the one that it is a form of."""
    return therapy.id in therapy_ids or (therapy.form_of is not None and therapy.form_of in therapy_ids)


def stand_ins(table: RuleTable, standing: Mapping[str, StandingLiterals], outcome: Outcome) -> dict[str, Literal]:
    """Return for every therapy whether it is the one of its family that may be named: it or its first open form."""
    named: dict[str, Literal] = {}
    for family in (therapy for therapy in table.therapies if therapy.form_of is None):
        taken = FALSE
        for form in (therapy for therapy in table.therapies if therapy.form_of == family.id):
            fits = outcome.gates.all_of((standing[form.id].in_play, standing[form.id].open))
            named[form.id] = outcome.gates.all_of((fits, -taken))
            taken = outcome.gates.any_of((taken, fits))
        named[family.id] = outcome.gates.all_of((standing[family.id].open, -taken))
    return named


def _in_play(therapy: Therapy, outcome: Outcome) -> Literal:
    return FALSE if therapy.choose_when is None else outcome.sheet.truth(therapy.choose_when).true


def _standing(therapy: Therapy, outcome: Outcome, in_play: Mapping[str, Literal]) -> StandingLiterals:
    gates = outcome.gates
    family = therapy.form_of or therapy.id
    instead = [
        in_play[form.id]
        for form in outcome.table.therapies
        if form.sole_form and form.form_of == family and form.id != therapy.id
    ]
    excluded = outcome.any_fired(
        lambda rule: concerns(therapy, rule.then.exclude) or _limit(therapy, rule) < therapy.lightest
    )
    not_offered = TRUE if therapy.id in outcome.table.not_offered else FALSE
    barred = gates.any_of((excluded, not_offered, *instead, _painful_sites_spared(therapy, outcome)))
    too_early = -in_play[therapy.id] if therapy.sole_form else FALSE
    ruled_out = gates.any_of((barred, too_early))
    held = outcome.any_fired(lambda rule: concerns(therapy, rule.then.ask_first))
    return StandingLiterals(
        in_play=in_play[therapy.id],
        barred=barred,
        ruled_out=ruled_out,
        held=held,
        open=-gates.any_of((ruled_out, held)),
        limits=tuple(_limit_at_most(therapy, outcome, most) for most in range(MOST_PRESSURE)),
    )


def _limit(therapy: Therapy, rule: Rule) -> int:
    """Return the most pressure that `rule` leaves for `therapy`."""
    limits = rule.then.therapy_limits
    own, family = limits.get(therapy.id, MOST_PRESSURE), limits.get(therapy.form_of or "", MOST_PRESSURE)
    return min(rule.then.pressure_limit, own, family)


def _limit_at_most(therapy: Therapy, outcome: Outcome, most: int) -> Literal:
    if most >= therapy.usual:
        return TRUE
    return outcome.any_fired(lambda rule: _limit(therapy, rule) <= most)


def _painful_sites_spared(therapy: Therapy, outcome: Outcome) -> Literal:
    painful = outcome.sheet.asked.get(outcome.table.pain_question)
    if not therapy.works_on_pain or painful is None:
        return FALSE
    gates = outcome.gates
    pressed = [
        gates.all_of((hurts, -outcome.site_at_most(site, therapy.lightest - 1)))
        for site, hurts in painful.answer.options.items()
    ]
    return gates.all_of((painful.answer.real, -gates.any_of(pressed)))
