"""Which rules fire, and what their effects add up to: `nmtchoose.engine.fired` as literals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from nmtchoose.authoring.proof.gates import FALSE, TRUE, Gates, Literal
from nmtchoose.authoring.proof.sheet import Sheet
from nmtchoose.engine.fired import changes_session
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import MOST_PRESSURE, Rule, RuleTable

_Limit = tuple[int, Literal]
"""A most pressure, and the rule that sets it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule table makes of a sheet.

    `fired` and `undecided` by rule id. `severity[n]` is true when the disposition is at least that severe (0 to 7),
    and `dispositions` when it is exactly that one. `pressure[n]` is true when the most pressure for the whole body is
    at most n (0 to 5), and `sites` says the same for each site that some rule can limit.
    """

    sheet: Sheet
    table: RuleTable
    fired: Mapping[str, Literal]
    undecided: Mapping[str, Literal]
    severity: tuple[Literal, ...]
    dispositions: Mapping[Disposition, Literal]
    pressure: tuple[Literal, ...]
    sites: Mapping[str, tuple[Literal, ...]]

    @property
    def gates(self) -> Gates:
        """The gates that everything here is made of."""
        return self.sheet.gates

    @property
    def forbids_therapy(self) -> Literal:
        """True when no therapy may be named at all."""
        return self.severity[Disposition.MEDICAL_URGENT.severity]

    def any_fired(self, concerns: Callable[[Rule], bool]) -> Literal:
        """Return whether a rule fired that `concerns` picks."""
        return self.gates.any_of(self.fired[rule.id] for rule in self.table.rules if concerns(rule))

    def site_at_most(self, site: str, limit: int) -> Literal:
        """Return whether `site` may get at most that pressure."""
        return self.sites[site][limit] if site in self.sites else FALSE


def outcome_of(sheet: Sheet, table: RuleTable) -> Outcome:
    """Return what `table` makes of `sheet`."""
    truths = {rule.id: sheet.truth(rule.when) for rule in table.rules}
    fired = {rule_id: truth.true for rule_id, truth in truths.items()}
    undecided = {
        rule.id: sheet.gates.all_of((-truths[rule.id].true, -truths[rule.id].false))
        for rule in table.rules
        if rule.stage.is_safety
    }
    severity = _severity(sheet.gates, table, fired, undecided)
    worse = {one: severity[one.severity + 1] if one.severity + 1 < len(severity) else FALSE for one in Disposition}
    return Outcome(
        sheet=sheet,
        table=table,
        fired=fired,
        undecided=undecided,
        severity=severity,
        dispositions={one: sheet.gates.all_of((severity[one.severity], -worse[one])) for one in Disposition},
        pressure=_pressure(sheet.gates, table, fired),
        sites=_sites(sheet, table, fired),
    )


def _severity(
    gates: Gates, table: RuleTable, fired: Mapping[str, Literal], undecided: Mapping[str, Literal]
) -> tuple[Literal, ...]:
    care = [fired[rule.id] for rule in table.rules if rule.stage.is_safety and changes_session(rule.then)]

    def at_least(rank: int) -> Literal:
        said = [fired[rule.id] for rule in table.rules if _says(rule) >= rank]
        if rank <= Disposition.PROCEED_WITH_CARE.severity:
            said += care
        if rank <= Disposition.CLEARANCE.severity:
            said += undecided.values()
        return gates.any_of(said)

    return (TRUE, *(at_least(rank) for rank in range(1, len(Disposition))))


def _says(rule: Rule) -> int:
    return -1 if rule.then.disposition is None else rule.then.disposition.severity


def _pressure(gates: Gates, table: RuleTable, fired: Mapping[str, Literal]) -> tuple[Literal, ...]:
    limits = [(rule.then.pressure_limit, fired[rule.id]) for rule in table.rules]
    return _at_most(gates, limits)


def _at_most(gates: Gates, limits: Iterable[_Limit]) -> tuple[Literal, ...]:
    """Return, for 0 up to the most pressure, whether one of `limits` is in force that is at most that."""
    several = [limit for limit in limits if limit[0] < MOST_PRESSURE]
    under = [gates.any_of(force for limit, force in several if limit <= most) for most in range(MOST_PRESSURE)]
    return (*under, TRUE)


def _sites(sheet: Sheet, table: RuleTable, fired: Mapping[str, Literal]) -> dict[str, tuple[Literal, ...]]:
    """Return the limits of each site. What all marks of a question get is found once, not for each place marked."""
    named: dict[str, list[_Limit]] = {}
    marked: dict[str, list[_Limit]] = {}
    for rule in table.rules:
        eased = [(one.sites, one.limit) for one in rule.then.site_limits]
        for sites, limit in [(rule.then.avoid, 0), *eased]:
            for site in sites.named:
                named.setdefault(site, []).append((limit, fired[rule.id]))
            for question in sites.marked_in:
                marked.setdefault(question, []).append((limit, fired[rule.id]))
    limits = {site: [_at_most(sheet.gates, several)] for site, several in named.items()}
    for question, several in marked.items():
        force = _at_most(sheet.gates, several)
        for site, chosen in sheet.asked[question].answer.options.items():
            limits.setdefault(site, []).append(tuple(sheet.gates.all_of((chosen, one)) for one in force))
    return {site: _strictest(sheet.gates, several) for site, several in limits.items()}


def _strictest(gates: Gates, several: list[tuple[Literal, ...]]) -> tuple[Literal, ...]:
    return (*(gates.any_of(one[limit] for one in several) for limit in range(MOST_PRESSURE)), TRUE)
