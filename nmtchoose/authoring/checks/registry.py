"""All checks, in the order in which their findings are sorted out at the same place."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from nmtchoose.authoring.checks import claims, effects, impossible, safety, together, unread, wording
from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.errors import Code, Fault
from nmtchoose.loading.locate import OLDER
from nmtchoose.loading.nodes import Mapping, Scalar
from nmtchoose.proof.encoded import Encoded


def older_form(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for each file whose format is the older one."""
    for side in (pair.asked, pair.decided):
        written = side.root["format"] if isinstance(side.root, Mapping) else None
        if isinstance(written, Scalar) and written.text.endswith(OLDER):
            yield side.warning(Code.OLDER_FORM, "format", folder=Path(side.file).parent)


Check = Callable[[Pair], Iterable[Fault]]

WORDING: tuple[Check, ...] = (
    claims.claims,
    claims.therapies_named,
    wording.same_voice,
    wording.look_alikes,
    wording.said_twice,
    wording.long_texts,
    wording.long_lines,
    wording.hard_to_read,
    wording.no_help,
    older_form,
)
"""Checks that judge words and form alone: they also make sense while the files have faults."""

MEANING: tuple[Check, ...] = (
    unread.never_reached,
    safety.milder_than_stage,
    safety.unnamed_therapies,
    safety.reassured_alarms,
    safety.lasting_and_new,
    safety.wrong_numbers,
    safety.other_thresholds,
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
