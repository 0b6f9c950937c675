"""`nmtchoose convert`: questions and rules in the newer form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nmtchoose.cli.lines import say
from nmtchoose.cli.pair_of import missing_files_are_faulty_content, pair_of


def run(paths: Sequence[Path]) -> None:
    """Convert the pair that `paths` mean, and say what was written; raises ContentError rather than lose anything."""
    from nmtchoose.authoring.convert import convert

    with missing_files_are_faulty_content():
        questions, rules = pair_of(paths)
    written = convert(questions, rules)
    say([*map(str, written), "Next: nmtchoose check"] if written else ["Both files are in the newer form already."])
