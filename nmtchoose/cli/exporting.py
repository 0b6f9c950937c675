"""Results in the formats of `nmtchoose.formats`, chosen by flag or by file ending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from nmtchoose.errors import Code, UsageError, fault

if TYPE_CHECKING:
    from nmtchoose.cli.delivery import Delivery
    from nmtchoose.formats.registry import Format
    from nmtchoose.model.answers import Answers
    from nmtchoose.model.assessment import Assessment
    from nmtchoose.model.tables import Tables
    from nmtchoose.pages.intake import Intake

ON_SCREEN = ("text", "plain", "json")
"""Formats that `Delivery` shows by itself, since they also have a look on the screen."""


class Shape(Struct, frozen=True):
    """What the flags say about the form of the result; `format` is None where a page or JSON is shown."""

    plain: bool
    as_json: bool
    format: Format | None = None


def shape_of(name: str | None, output: Path | None, *, as_json: bool, plain: bool) -> Shape:
    """Return the form of the result that the flags ask for.

    The name counts before `--json`, and that before the ending of the output file. Raises UsageError for a name that
    there is not, and for `--json` together with another name.
    """
    if name is None and (as_json or output is None):
        return Shape(plain, as_json)
    from nmtchoose.formats.registry import format_named, format_of

    found = format_named(name) if name is not None else format_of(output) if output is not None else None
    if as_json and found is not None and found.name != "json":
        raise UsageError([fault(Code.USAGE_TOGETHER, one="--json", other=f"--format {found.name}")])
    chosen = found.name if found else "text"
    return Shape(plain or chosen == "plain", chosen == "json", None if chosen in ON_SCREEN else found)


def export(
    delivery: Delivery,
    wanted: Format,
    tables: Tables,
    results: Sequence[tuple[str, Answers, Assessment]],
    *,
    therapist: bool,
    answered: datetime | None = None,
) -> None:
    """Deliver `results` (name, answers that count, assessment) as `wanted`, in its form for therapists if there is one.

    `answered` is when the answers were given, where that is known. Raises UsageError for several results where the
    format takes one.
    """
    from nmtchoose.formats.registry import for_therapists
    from nmtchoose.pages.intake import Intake

    intakes = [Intake(answers, assessment, name, answered) for name, answers, assessment in results]
    export_intakes(delivery, for_therapists(wanted) if therapist else wanted, tables, intakes)


def export_intakes(delivery: Delivery, wanted: Format, tables: Tables, intakes: Sequence[Intake]) -> None:
    """Deliver `intakes` as `wanted`, under the name of the practice where the format has a place for it."""
    from nmtchoose.formats.registry import exported
    from nmtchoose.pages.intake import Practice
    from nmtchoose.practice.current import current_settings

    clinic = current_settings().clinic
    practice = Practice(tables, delivery.numbers(tables.rules), clinic)
    delivery.text(exported(wanted, intakes, practice), wanted.to_ascii)
