"""Which rules fired, and what their effects add up to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from nmtchoose.engine.evaluate import View, truth
from nmtchoose.model.answers import chosen
from nmtchoose.model.disposition import Disposition, most_severe
from nmtchoose.model.questionnaire import NONE
from nmtchoose.model.rules import MOST_PRESSURE, Effects, Rule, RuleTable, SiteLimit, Sites


@dataclass(frozen=True)
class Fired:
    """What fired of a table: its `rules`, in file order, and the safety rules that stayed `undecided`.

    `sign_left_open`: a sign of an emergency was named and not followed up, as a file, a table or a form may leave it.
    """

    table: RuleTable
    seen: View
    rules: tuple[Rule, ...]
    undecided: tuple[Rule, ...]
    sign_left_open: bool

    @cached_property
    def disposition(self) -> Disposition:
        """The most severe disposition of the fired rules; no answer never means "no".

        Undecided safety rules hold it at `clearance` or worse, a sign that was not followed up at `medical_urgent`.
        """
        said = [rule.then.disposition for rule in self.rules if rule.then.disposition is not None]
        if any(rule.stage.is_safety and changes_session(rule.then) for rule in self.rules):
            said.append(Disposition.PROCEED_WITH_CARE)
        if self.undecided:
            said.append(Disposition.CLEARANCE)
        if self.sign_left_open:
            said.append(Disposition.MEDICAL_URGENT)
        return most_severe(said)

    @cached_property
    def site_limits(self) -> Mapping[str, tuple[int, Rule]]:
        """For each limited site the lowest pressure allowed there (0: leave it alone) and the rule that says so."""
        limits: dict[str, tuple[int, Rule]] = {}
        for rule in self.rules:
            for one in limited(rule.then):
                marked = (site for name in one.sites.marked_in for site in chosen(self.seen.answers.get(name, NONE)))
                for site in (*one.sites.named, *marked):
                    if site not in limits or one.limit < limits[site][0]:
                        limits[site] = (one.limit, rule)
        return limits

    @cached_property
    def pressure_limit(self) -> int:
        """The lowest pressure limit for the whole body; without one, the highest level of the scale."""
        return min([self.table.most_pressure, *(rule.then.pressure_limit for rule in self.rules)])


def fire(table: RuleTable, seen: View) -> Fired:
    """Evaluate every rule of `table` on the answers of `seen`."""
    truths = [(rule, truth(rule.when, seen)) for rule in table.rules]
    undecided = tuple(rule for rule, value in truths if value is None and rule.stage.is_safety)
    left_open = (seen.applies[one.id] is True and one.id not in seen.answers for one in seen.questionnaire.follow_ups)
    return Fired(table, seen, tuple(rule for rule, value in truths if value), undecided, any(left_open))


def changes_session(effects: Effects) -> bool:
    """Return True when `effects` change what is done in a session, beyond passing on a note."""
    return bool(
        effects.pressure_limit < MOST_PRESSURE
        or effects.therapy_limits
        or effects.site_limits
        or effects.avoid != Sites()
        or effects.exclude
        or effects.ask_first
        or effects.adapt
    )


def limited(effects: Effects) -> tuple[SiteLimit, ...]:
    """Return every limit for sites; those to leave alone get no pressure at all."""
    return (SiteLimit(effects.avoid, 0), *effects.site_limits)


def marked_in(effects: Effects) -> frozenset[str]:
    """Return the questions where the client marks the places that `effects` limit."""
    return frozenset(question for one in limited(effects) for question in one.sites.marked_in)
