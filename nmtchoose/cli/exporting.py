"""Results in the formats of `nmtchoose.formats`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from nmtchoose.cli.delivery import Delivery
from nmtchoose.cli.results import Named
from nmtchoose.formats.registry import Format, exported, for_therapists
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake, Practice
from nmtchoose.practice.current import current_settings


def export(
    delivery: Delivery, wanted: Format, results: Named, *, therapist: bool, answered: datetime | None = None
) -> None:
    """Deliver `results` as `wanted`, in its form for therapists if there is one.

    `answered` is when the answers were given, where that is known. Raises UsageError for several results where the
    format takes one.
    """
    intakes = [Intake(one.answers, one.assessment, name, answered) for name, one in results]
    export_intakes(delivery, for_therapists(wanted) if therapist else wanted, results[0][1].tables, intakes)


def export_intakes(delivery: Delivery, wanted: Format, tables: Tables, intakes: Sequence[Intake]) -> None:
    """Deliver `intakes` as `wanted`, under the name of the practice where the format has a place for it."""
    settings = current_settings()
    practice = Practice(tables, delivery.numbers(tables.rules), settings.clinic, settings.signature)
    delivery.text(exported(wanted, intakes, practice), wanted.to_ascii)
