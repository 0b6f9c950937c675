"""What `nmtchoose check` says about the reviews of a pair."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct, field

from nmtchoose.errors import Code, Fault, fault
from nmtchoose.model.tables import Tables
from nmtchoose.practice.current import current_settings
from nmtchoose.review.state import reviewed, state_lines

RequireReview = Annotated[bool, typer.Option("--require-review", help="Let what no clinician signed count as errors.")]


class Found(Struct, frozen=True):
    """What is wrong with the reviews, and how the items stand: as lines, and for `--json`."""

    faults: tuple[Fault, ...] = ()
    lines: tuple[str, ...] = ()
    record: Mapping[str, object] = field(default_factory=dict)


def review_found(tables: Tables | None, rules: Path, *, required: bool) -> Found:
    """Return what is found for `tables`, if they load; an open item is wrong where that is `required` or configured."""
    if tables is None:
        return Found()
    found = reviewed(tables, rules)
    faults = found.faults
    if found.open and (required or current_settings().require_review):
        total = len(found.standings)
        faults += (fault(Code.REVIEW_OPEN, str(found.path), count=len(found.open), total=total),)
    record = {"items": len(found.standings), "open": [{"item": one.item.id, "state": one.told} for one in found.open]}
    return Found(faults, ("", *state_lines(found)), {"review": record})
