"""All checks, in the order in which their findings are sorted out at the same place."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from nmtchoose.authoring.checks import claims, effects, impossible, together, unread, wording
from nmtchoose.authoring.checks.older_form import older_form
from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.errors import Fault
from nmtchoose.proof.encoded import Encoded

Check = Callable[[Pair], Iterable[Fault]]

WORDING: tuple[Check, ...] = (
    claims.claims,
    claims.therapies_named,
    wording.same_voice,
    wording.look_alikes,
    wording.long_texts,
    wording.long_lines,
    wording.hard_to_read,
    wording.no_help,
    older_form,
)
"""Checks that judge words and form alone: they also make sense while the files have faults."""

MEANING: tuple[Check, ...] = (
    unread.never_reached,
    effects.fires_on_none,
    unread.no_consequence,
    effects.no_reason,
    effects.idle_effects,
    effects.against_themselves,
    unread.unread_questions,
    unread.unread_options,
    unread.unused_facts,
    unread.unused_groups,
    unread.unused_settings,
    unread.unused_sources,
)
"""Checks that need both files to be sound."""

SOLVED: tuple[Callable[[Pair, Encoded], Iterable[Fault]], ...] = (
    impossible.never_asked,
    impossible.never_offered,
    impossible.never_fires,
    impossible.never_suggested,
    impossible.never_guaranteed,
    together.against_each_other,
    together.always_covered,
)
"""Checks that look at all possible answers, so that they need the solver too."""
