"""Which rules fire, and what their effects add up to for the booking and for each therapy, as wires.

It is `nmtchoose.engine.fired` and `nmtchoose.engine.therapies` once more.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from nmtchoose.engine.fired import changes_session, limited
from nmtchoose.engine.therapies import adapts, concerns, therapy_limit
from nmtchoose.meaning.circuit import FALSE, TRUE, Circuit, Levels, Wire
from nmtchoose.meaning.sheet import Sheet
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import MOST_PRESSURE, Rule, RuleTable, Therapy

_Limit = tuple[int, Wire]
"""A most pressure, and the rule that sets it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One therapy.

    `barred` means ruled out for any reason but being a sole form whose time has not come; `ruled_out` counts that
    reason too. `held` waits for a conversation, `open` is neither ruled out nor held, and `only_not_offered` would be
    open if the practice offered it. `closed` says that a doctor has to look soon and the therapy is not said to be
    sensible until then. `limits[n]` is true when it may be done with a pressure of at most n.
    """

    in_play: Wire
    barred: Wire
    ruled_out: Wire
    held: Wire
    open: Wire
    only_not_offered: Wire
    adapted: Wire
    closed: Wire
    limits: Levels


@dataclass(frozen=True)
class Outcome:
    """What a rule table makes of a sheet.

    `fired` by rule id; `undecided` are the rules about safety that are neither true nor false. `severity[n]` is true
    when the disposition is at least that severe (0 to 7), and `dispositions` when it is exactly that one. `pressure[n]`
    is true when the most pressure for the whole body is at most n (0 to 5), and `sites` says the same for each site
    that some rule can limit.
    """

    sheet: Sheet
    table: RuleTable
    fired: Mapping[str, Wire]
    undecided: Mapping[str, Wire]
    severity: Levels
    dispositions: Mapping[Disposition, Wire]
    pressure: Levels
    sites: Mapping[str, Levels]

    @property
    def circuit(self) -> Circuit:
        """The circuit that everything is in."""
        return self.sheet.circuit

    @property
    def outputs(self) -> Iterator[Wire]:
        """The wires that tell one outcome from another."""
        for group in (self.fired, self.undecided, self.dispositions):
            yield from group.values()
        for levels in (self.pressure, *self.sites.values()):
            yield from levels

    @property
    def limited(self) -> Mapping[str, Wire]:
        """For each site that some rule can limit, whether it has a limit at all."""
        return {site: levels[MOST_PRESSURE] for site, levels in self.sites.items()}

    @property
    def forbids_therapy(self) -> Wire:
        """True when no therapy may be named at all."""
        return self.severity[Disposition.MEDICAL_URGENT.severity]

    @cached_property
    def standing(self) -> Mapping[str, Standing]:
        """How every therapy stands, by id."""
        whens = {one.id: one.choose_when for one in self.table.therapies}
        in_play = {one: self.sheet.truth(when).true if when else FALSE for one, when in whens.items()}
        return {therapy.id: _standing(therapy, self, in_play) for therapy in self.table.therapies}

    def any_fired(self, concerns: Callable[[Rule], bool]) -> Wire:
        """Return whether a rule fired that `concerns` picks."""
        return self.circuit.any_of(self.fired[rule.id] for rule in self.table.rules if concerns(rule))


def outcome_of(sheet: Sheet, table: RuleTable) -> Outcome:
    """Return what `table` makes of `sheet`."""
    circuit = sheet.circuit
    truths = {rule.id: sheet.truth(rule.when) for rule in table.rules}
    fired = {rule_id: truth.true for rule_id, truth in truths.items()}
    safety = (rule.id for rule in table.rules if rule.stage.is_safety)
    undecided = {one: circuit.all_of((-truths[one].true, -truths[one].false)) for one in safety}
    severity = _severity(sheet, table, fired, undecided)
    worse = (*severity[1:], FALSE)
    limits = ((rule.then.pressure_limit, fired[rule.id]) for rule in table.rules)
    return Outcome(
        sheet=sheet,
        table=table,
        fired=fired,
        undecided=undecided,
        severity=severity,
        dispositions={one: circuit.all_of((severity[one.severity], -worse[one.severity])) for one in Disposition},
        pressure=_at_most(circuit, [(table.most_pressure, TRUE), *limits]),
        sites=_sites(sheet, table, fired),
    )


def _severity(sheet: Sheet, table: RuleTable, fired: Mapping[str, Wire], undecided: Mapping[str, Wire]) -> Levels:
    circuit, follow_ups = sheet.circuit, [sheet.asked[one.id] for one in sheet.questionnaire.follow_ups]
    changing = (rule for rule in table.rules if rule.stage.is_safety and changes_session(rule.then))
    said: dict[int, list[Wire]] = {
        Disposition.MEDICAL_URGENT.severity: [
            circuit.all_of((one.applies.true, one.answer.missing)) for one in follow_ups
        ],
        Disposition.CLEARANCE.severity: list(undecided.values()),
        Disposition.PROCEED_WITH_CARE.severity: [fired[rule.id] for rule in changing],
    }
    for rule in table.rules:
        if rule.then.disposition is not None:
            said.setdefault(rule.then.disposition.severity, []).append(fired[rule.id])
    return (TRUE, *reversed(_one_by_one(circuit, said, range(len(Disposition) - 1, 0, -1))))


def _at_most(circuit: Circuit, limits: Iterable[_Limit]) -> Levels:
    """Return, for 0 up to the most pressure, whether one of `limits` that is at most that is in force."""
    said: dict[int, list[Wire]] = {}
    for limit, force in limits:
        said.setdefault(limit, []).append(force)
    return _one_by_one(circuit, said, range(MOST_PRESSURE + 1))


def _one_by_one(circuit: Circuit, said: Mapping[int, Sequence[Wire]], levels: Iterable[int]) -> Levels:
    """Return for each of `levels` whether something that is `said` at it, or at one before it, is true."""
    reached, so_far = [], FALSE
    for level in levels:
        so_far = circuit.any_of((so_far, *said.get(level, ())))
        reached.append(so_far)
    return tuple(reached)


def _sites(sheet: Sheet, table: RuleTable, fired: Mapping[str, Wire]) -> dict[str, Levels]:
    """Return the limits of each site. What all marks of a question get is found once, not for each place marked."""
    named: dict[str, list[_Limit]] = {}
    marked: dict[str, list[_Limit]] = {}
    for rule in table.rules:
        for one in limited(rule.then):
            for site in one.sites.named:
                named.setdefault(site, []).append((one.limit, fired[rule.id]))
            for question in one.sites.marked_in:
                marked.setdefault(question, []).append((one.limit, fired[rule.id]))
    limits = {site: [_at_most(sheet.circuit, several)] for site, several in named.items()}
    for question, several in marked.items():
        force = _at_most(sheet.circuit, several)
        for site, chosen in sheet.asked[question].answer.options.items():
            limits.setdefault(site, []).append(tuple(sheet.circuit.all_of((chosen, one)) for one in force))
    return {site: tuple(map(sheet.circuit.any_of, zip(*several, strict=True))) for site, several in limits.items()}


def _standing(therapy: Therapy, outcome: Outcome, in_play: Mapping[str, Wire]) -> Standing:
    circuit = outcome.circuit
    family = therapy.form_of or therapy.id
    forms = (one for one in outcome.table.therapies if one.sole_form and one.form_of == family)
    instead = [in_play[one.id] for one in forms if one.id != therapy.id]
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
        closed=outcome.any_fired(
            lambda rule: (
                rule.then.disposition is Disposition.MEDICAL_SOON and not concerns(therapy, rule.then.still_sensible)
            )
        ),
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
    most = {site: levels[therapy.lightest - 1] for site, levels in outcome.sites.items()}
    pressed = (
        outcome.circuit.all_of((hurts, -most.get(site, FALSE))) for site, hurts in painful.answer.options.items()
    )
    return outcome.circuit.all_of((painful.answer.real, -outcome.circuit.any_of(pressed)))
