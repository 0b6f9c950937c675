"""How each therapy stands: ruled out, held or open, as `nmtchoose.engine.therapies` says, as wires."""

from collections.abc import Mapping
from dataclasses import dataclass

from nmtchoose.engine.therapies import adapts, concerns, therapy_limit
from nmtchoose.meaning.circuit import FALSE, TRUE, Wire
from nmtchoose.meaning.outcome import Outcome
from nmtchoose.model.rules import MOST_PRESSURE, Therapy


@dataclass(frozen=True, slots=True)
class Standing:
    """One therapy.

    `barred` means ruled out for any reason but being a sole form whose time has not come; `ruled_out` counts that
    reason too. `held` waits for a conversation, `open` is neither ruled out nor held, and `only_not_offered` would be
    open if the practice offered it. `limits[n]` is true when it may be done with a pressure of at most n.
    """

    in_play: Wire
    barred: Wire
    ruled_out: Wire
    held: Wire
    open: Wire
    only_not_offered: Wire
    adapted: Wire
    limits: tuple[Wire, ...]


def standings(outcome: Outcome) -> dict[str, Standing]:
    """Return how every therapy stands, by id."""
    in_play = {therapy.id: _in_play(therapy, outcome) for therapy in outcome.table.therapies}
    return {therapy.id: _standing(therapy, outcome, in_play) for therapy in outcome.table.therapies}


def _in_play(therapy: Therapy, outcome: Outcome) -> Wire:
    return FALSE if therapy.choose_when is None else outcome.sheet.truth(therapy.choose_when).true


def _standing(therapy: Therapy, outcome: Outcome, in_play: Mapping[str, Wire]) -> Standing:
    circuit = outcome.circuit
    family = therapy.form_of or therapy.id
    instead = [
        in_play[form.id]
        for form in outcome.table.therapies
        if form.sole_form and form.form_of == family and form.id != therapy.id
    ]
    unfit = outcome.any_fired(
        lambda rule: concerns(therapy, rule.then.exclude) or therapy_limit(therapy, rule) < therapy.lightest
    )
    unfit = circuit.any_of((unfit, *instead, _painful_sites_spared(therapy, outcome)))
    not_offered = TRUE if therapy.id in outcome.table.not_offered else FALSE
    barred = circuit.any_of((unfit, not_offered))
    too_early = -in_play[therapy.id] if therapy.sole_form else FALSE
    ruled_out = circuit.any_of((barred, too_early))
    held = outcome.any_fired(lambda rule: concerns(therapy, rule.then.ask_first))
    return Standing(
        in_play=in_play[therapy.id],
        barred=barred,
        ruled_out=ruled_out,
        held=held,
        open=-circuit.any_of((ruled_out, held)),
        only_not_offered=circuit.all_of((not_offered, -circuit.any_of((unfit, too_early, held)))),
        adapted=outcome.any_fired(lambda rule: adapts(therapy, rule)),
        limits=tuple(_limit_at_most(therapy, outcome, most) for most in range(MOST_PRESSURE)),
    )


def _limit_at_most(therapy: Therapy, outcome: Outcome, most: int) -> Wire:
    if most >= min(therapy.usual, outcome.table.most_pressure):
        return TRUE
    return outcome.any_fired(lambda rule: therapy_limit(therapy, rule) <= most)


def _painful_sites_spared(therapy: Therapy, outcome: Outcome) -> Wire:
    painful = outcome.sheet.asked.get(outcome.table.pain_question)
    if not therapy.works_on_pain or painful is None:
        return FALSE
    circuit = outcome.circuit
    pressed = [
        circuit.all_of((hurts, -outcome.site_at_most(site, therapy.lightest - 1)))
        for site, hurts in painful.answer.options.items()
    ]
    return circuit.all_of((painful.answer.real, -circuit.any_of(pressed)))
