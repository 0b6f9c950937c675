"""Exit codes: what a calling program learns without reading the output."""

from __future__ import annotations

from enum import IntEnum

from nmtchoose.model.disposition import Disposition


class Exit(IntEnum):
    """Codes of every command; 10 to 12 only with `--exit-code`.

    `INTERNAL` also stands for a result that cannot be written.
    """

    DONE = 0
    INTERNAL = 1
    USAGE = 2
    FAULTY_CONTENT = 3
    BAD_ANSWERS = 4
    CANNOT_PROMPT = 5
    EMERGENCY = 10
    MEDICAL_FIRST = 11
    LATER = 12
    INTERRUPTED = 130


def exit_for(disposition: Disposition) -> Exit:
    """Return the code that `--exit-code` gives for `disposition`."""
    if disposition.is_emergency:
        return Exit.EMERGENCY
    if disposition in (Disposition.MEDICAL_URGENT, Disposition.MEDICAL_SOON):
        return Exit.MEDICAL_FIRST
    if disposition in (Disposition.DEFER, Disposition.CLEARANCE):
        return Exit.LATER
    return Exit.DONE
