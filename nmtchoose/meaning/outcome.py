"""Which rules fire, and what their effects add up to: `nmtchoose.engine.fired` as wires."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nmtchoose.engine.fired import changes_session, limited
from nmtchoose.meaning.circuit import FALSE, TRUE, Circuit, Wire
from nmtchoose.meaning.sheet import Sheet
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import MOST_PRESSURE, Rule, RuleTable

_Limit = tuple[int, Wire]
"""A most pressure, and the rule that sets it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule table makes of a sheet.

    `fired` and `open` (neither true nor false) by rule id; `undecided` are the open ones about safety. `severity[n]` is
    true when the disposition is at least that severe (0 to 7), and `dispositions` when it is exactly that one.
    `pressure[n]` is true when the most pressure for the whole body is at most n (0 to 5), and `sites` says the same for
    each site that some rule can limit; `limited` says whether it has a limit at all.
    """

    circuit: Circuit
    sheet: Sheet
    table: RuleTable
    fired: Mapping[str, Wire]
    open: Mapping[str, Wire]
    undecided: Mapping[str, Wire]
    severity: tuple[Wire, ...]
    dispositions: Mapping[Disposition, Wire]
    pressure: tuple[Wire, ...]
    sites: Mapping[str, tuple[Wire, ...]]
    limited: Mapping[str, Wire]

    @property
    def outputs(self) -> Iterator[Wire]:
        """The wires that tell one outcome from another."""
        for group in (self.fired, self.undecided, self.dispositions):
            yield from group.values()
        for levels in (self.pressure, *self.sites.values()):
            yield from levels

    @property
    def forbids_therapy(self) -> Wire:
        """True when no therapy may be named at all."""
        return self.severity[Disposition.MEDICAL_URGENT.severity]

    def any_fired(self, concerns: Callable[[Rule], bool]) -> Wire:
        """Return whether a rule fired that `concerns` picks."""
        return self.circuit.any_of(self.fired[rule.id] for rule in self.table.rules if concerns(rule))

    def site_at_most(self, site: str, limit: int) -> Wire:
        """Return whether `site` may get at most that pressure."""
        return self.sites[site][limit] if site in self.sites else FALSE


def outcome_of(sheet: Sheet, table: RuleTable) -> Outcome:
    """Return what `table` makes of `sheet`."""
    circuit = sheet.circuit
    truths = {rule.id: sheet.truth(rule.when) for rule in table.rules}
    fired = {rule_id: truth.true for rule_id, truth in truths.items()}
    open_ = {rule_id: circuit.all_of((-truth.true, -truth.false)) for rule_id, truth in truths.items()}
    severity = _severity(sheet, table, fired, open_)
    worse = (*severity[1:], FALSE)
    limits = ((rule.then.pressure_limit, fired[rule.id]) for rule in table.rules)
    sites = _sites(sheet, table, fired)
    return Outcome(
        circuit=circuit,
        sheet=sheet,
        table=table,
        fired=fired,
        open=open_,
        undecided={rule.id: open_[rule.id] for rule in table.rules if rule.stage.is_safety},
        severity=severity,
        dispositions={one: circuit.all_of((severity[one.severity], -worse[one.severity])) for one in Disposition},
        pressure=_at_most(circuit, [(table.most_pressure, TRUE), *limits]),
        sites=sites,
        limited={site: levels[MOST_PRESSURE] for site, levels in sites.items()},
    )


def _severity(sheet: Sheet, table: RuleTable, fired: Mapping[str, Wire], open_: Mapping[str, Wire]) -> tuple[Wire, ...]:
    circuit, follow_ups = sheet.circuit, [sheet.asked[one.id] for one in sheet.questionnaire.follow_ups]
    safety = [rule for rule in table.rules if rule.stage.is_safety]
    said: dict[int, list[Wire]] = {
        Disposition.MEDICAL_URGENT.severity: [
            circuit.all_of((one.applies.true, one.answer.missing)) for one in follow_ups
        ],
        Disposition.CLEARANCE.severity: [open_[rule.id] for rule in safety],
        Disposition.PROCEED_WITH_CARE.severity: [fired[rule.id] for rule in safety if changes_session(rule.then)],
    }
    for rule in table.rules:
        if rule.then.disposition is not None:
            said.setdefault(rule.then.disposition.severity, []).append(fired[rule.id])
    return (TRUE, *reversed(_one_by_one(circuit, said, range(len(Disposition) - 1, 0, -1))))


def _at_most(circuit: Circuit, limits: Iterable[_Limit]) -> tuple[Wire, ...]:
    """Return, for 0 up to the most pressure, whether one of `limits` that is at most that is in force."""
    said: dict[int, list[Wire]] = {}
    for limit, force in limits:
        said.setdefault(limit, []).append(force)
    return _one_by_one(circuit, said, range(MOST_PRESSURE + 1))


def _one_by_one(circuit: Circuit, said: Mapping[int, Sequence[Wire]], levels: Iterable[int]) -> tuple[Wire, ...]:
    """Return for each of `levels` whether something that is `said` at it, or at one before it, is true."""
    reached, so_far = [], FALSE
    for level in levels:
        so_far = circuit.any_of((so_far, *said.get(level, ())))
        reached.append(so_far)
    return tuple(reached)


def _sites(sheet: Sheet, table: RuleTable, fired: Mapping[str, Wire]) -> dict[str, tuple[Wire, ...]]:
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
