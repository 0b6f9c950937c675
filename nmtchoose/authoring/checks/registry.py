"""All checks, in the order in which their findings are sorted out at the same place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from nmtchoose.authoring.checks import (
    claims,
    covered_rules,
    empty_guarantees,
    fires_on_none,
    hard_to_read,
    idle_effects,
    long_texts,
    look_alikes,
    never_asked,
    never_fires,
    never_offered,
    never_reached,
    never_suggested,
    no_consequence,
    no_help,
    no_reason,
    older_form,
    rules_against_each_other,
    rules_against_themselves,
    same_voice,
    therapies_named,
    unread_options,
    unread_questions,
    unused_facts,
    unused_groups,
    unused_settings,
    unused_sources,
)
from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.errors import Fault

MOST_FINDINGS = 100
"""Of one check: after so many of one kind, more say nothing new."""
Check = Callable[[Pair], Iterable[Fault]]

WORDING: tuple[Check, ...] = (
    claims.check,
    therapies_named.check,
    same_voice.check,
    look_alikes.check,
    long_texts.check,
    hard_to_read.check,
    no_help.check,
    older_form.check,
)
"""Checks that judge words and form alone: they also make sense while the files have faults."""

MEANING: tuple[Check, ...] = (
    never_asked.check,
    never_offered.check,
    never_fires.check,
    never_suggested.check,
    never_reached.check,
    empty_guarantees.check,
    fires_on_none.check,
    no_consequence.check,
    no_reason.check,
    idle_effects.check,
    rules_against_themselves.check,
    rules_against_each_other.check,
    covered_rules.check,
    unread_questions.check,
    unread_options.check,
    unused_facts.check,
    unused_groups.check,
    unused_settings.check,
    unused_sources.check,
)
"""Checks that need both files to be sound."""


def findings(pair: Pair, checks: Iterable[Check] = (*WORDING, *MEANING)) -> Iterator[Fault]:
    """Yield what `checks` find in `pair`."""
    for check in checks:
        yield from islice(check(pair), MOST_FINDINGS)
