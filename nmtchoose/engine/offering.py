"""The therapies that a practice offers: the rules stay as they are, and what is not offered is ruled out for that."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from nmtchoose.model.rules import RuleTable


def offering(table: RuleTable, offered: Collection[str]) -> RuleTable:
    """Return `table` for a practice that offers the therapies `offered`; none means all.

    Nothing but the choice among therapies changes: dispositions, limits and notes follow from the rules alone. Raises
    KeyError for a therapy that `table` does not have.
    """
    known = frozenset(therapy.id for therapy in table.therapies)
    if not known >= frozenset(offered):
        raise KeyError(sorted(frozenset(offered) - known)[0])
    return replace(table, not_offered=known - frozenset(offered) if offered else frozenset())
