"""Which rules fired, and what their effects add up to."""

from collections.abc import Mapping
from dataclasses import dataclass

from nmtchoose.engine.evaluate import View, truth
from nmtchoose.model.answers import chosen
from nmtchoose.model.disposition import Disposition, most_severe
from nmtchoose.model.rules import MOST_PRESSURE, Effects, Rule, RuleTable, SiteLimit, Sites


@dataclass(frozen=True, slots=True)
class Fired:
    """The rules that fired, in file order, and the safety rules that stayed undecided.

    `sign_left_open`: a sign of an emergency was named and not followed up, as a file, a table or a form may leave it.
    """

    rules: tuple[Rule, ...]
    undecided: tuple[Rule, ...]
    sign_left_open: bool = False


def fire(table: RuleTable, seen: View) -> Fired:
    """Evaluate every rule of `table` on the answers of `seen`."""
    fired: list[Rule] = []
    undecided: list[Rule] = []
    for rule in table.rules:
        value = truth(rule.when, seen)
        if value is True:
            fired.append(rule)
        elif value is None and rule.stage.is_safety:
            undecided.append(rule)
    left_open = (seen.applies[one.id] is True and one.id not in seen.answers for one in seen.questionnaire.follow_ups)
    return Fired(tuple(fired), tuple(undecided), any(left_open))


def disposition_of(fired: Fired) -> Disposition:
    """Return the most severe disposition of the fired rules; no answer never means "no".

    Undecided safety rules hold it at `clearance` or worse, a sign that was not followed up at `medical_urgent`.
    """
    said = [rule.then.disposition for rule in fired.rules if rule.then.disposition is not None]
    if any(rule.stage.is_safety and changes_session(rule.then) for rule in fired.rules):
        said.append(Disposition.PROCEED_WITH_CARE)
    if fired.undecided:
        said.append(Disposition.CLEARANCE)
    if fired.sign_left_open:
        said.append(Disposition.MEDICAL_URGENT)
    return most_severe(said)


def changes_session(effects: Effects) -> bool:
    """Return True when `effects` change what is done in a session, beyond passing on a note."""
    return bool(
        effects.pressure_limit < MOST_PRESSURE
        or effects.therapy_limits
        or effects.site_limits
        or effects.avoid.named
        or effects.avoid.marked_in
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


def sites_of(sites: Sites, seen: View) -> tuple[str, ...]:
    """Return the site ids that `sites` means with these answers, in a stable order without repetitions."""
    marked = (one for question in sites.marked_in for one in chosen(seen.answers.get(question, "none")))
    return tuple(dict.fromkeys((*sites.named, *marked)))


def site_limits(fired: Fired, seen: View) -> Mapping[str, tuple[int, Rule]]:
    """Return for each limited site the lowest pressure allowed there (0: leave it alone) and the rule that says so."""
    limits: dict[str, tuple[int, Rule]] = {}
    for rule in fired.rules:
        for one in limited(rule.then):
            for site in sites_of(one.sites, seen):
                if site not in limits or one.limit < limits[site][0]:
                    limits[site] = (one.limit, rule)
    return limits


def pressure_limit(table: RuleTable, fired: Fired) -> int:
    """Return the lowest pressure limit for the whole body; without one, the highest level of the scale."""
    return min([table.most_pressure, *(rule.then.pressure_limit for rule in fired.rules)])
