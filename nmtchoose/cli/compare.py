"""`nmtchoose compare`: the therapies side by side, without an intake."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nmtchoose.cli.assessing import load_tables
from nmtchoose.cli.delivery import Delivery
from nmtchoose.errors import UsageError, unknown


def run(delivery: Delivery, therapies: Sequence[str], questions: Path | None, rules: Path | None) -> None:
    """Deliver the comparison of `therapies`; raises UsageError for one that does not exist."""
    from nmtchoose.pages.compare import compare_page

    table = load_tables(questions, rules).rules
    known = [therapy.id for therapy in table.therapies]
    wanted = [name.lower().replace("-", "_") for name in therapies]
    for name in wanted:
        if name not in known:
            raise UsageError([unknown("therapy", name, known)])
    delivery.page(compare_page(table, tuple(wanted)))
