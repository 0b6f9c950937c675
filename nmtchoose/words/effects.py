"""What a rule does, in words."""

from collections.abc import Iterable, Iterator

from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import MOST_PRESSURE, Effects, RuleTable, Sites
from nmtchoose.model.tables import Tables
from nmtchoose.words.answers import sites_in_words
from nmtchoose.words.sentences import joined
from nmtchoose.words.terms import pressure_words


def booking_effects(effects: Effects, tables: Tables) -> Iterator[str]:
    """Yield what `effects` mean for the booking and the body, without naming a therapy."""
    if effects.disposition is not None:
        yield f"The result is at least: {tables.rules.dispositions[effects.disposition].title}"
    if effects.until:
        yield f"Wait until {effects.until}"
    if effects.pressure_limit < MOST_PRESSURE:
        yield f"Pressure anywhere: {pressure_words(effects.pressure_limit, tables.rules)}"
    for one in effects.site_limits:
        yield f"Pressure on {_sites(one.sites, tables.questionnaire)}: {pressure_words(one.limit, tables.rules)}"
    if effects.avoid.named or effects.avoid.marked_in:
        yield f"Leave alone: {_sites(effects.avoid, tables.questionnaire)}"


def therapy_effects(effects: Effects, rules: RuleTable) -> Iterator[str]:
    """Yield what `effects` mean for the therapies, by name, and the sentences they add to the result."""
    for label, therapies in (
        ("Not suitable", effects.exclude),
        ("Hold until a conversation", effects.ask_first),
        ("Do with changes", effects.adapt),
        ("Still sensible elsewhere on the body", effects.still_sensible),
    ):
        if therapies:
            yield f"{label}: {_named(therapies, rules)}"
    for therapy, limit in effects.therapy_limits.items():
        yield f"Pressure with {_named((therapy,), rules)}: {pressure_words(limit, rules)}"
    for therapy, points in effects.fit.items():
        yield f"Fit of {_named((therapy,), rules)}: {points:+d}"
    for label, text in (
        ("Take care", effects.caution),
        ("Next step", effects.next_step),
        ("Expect", effects.expect),
        ("Afterwards", effects.aftercare),
        ("Ask the therapist", effects.ask_therapist),
    ):
        if text:
            yield f"{label}: {text}"


def _named(therapies: Iterable[str], rules: RuleTable) -> str:
    return joined([rules.therapy(one).name for one in therapies], "and")


def _sites(sites: Sites, questionnaire: Questionnaire) -> str:
    named = sites_in_words(sites.named, questionnaire)
    marked = [f'what was marked in "{questionnaire[one].ask.client}"' for one in sites.marked_in]
    return joined([*named, *marked], "and")
