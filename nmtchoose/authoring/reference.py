"""The ids of the clinical reference that the built-in rules carry, and which rule carries which.

The reference (compiled 2026-11-22, with a supplement of 2026-11-26) numbers its safety rules E01 to E72 (emergency),
R01 to R46 (a doctor first), D01 to D17 (later), C01 to C56 (contraindications and precautions) and F01 to F08 (comfort
and consent).
"""

from __future__ import annotations

from collections.abc import Mapping

from nmtchoose.model.rules import RuleTable

_RUNS = {"E": 72, "R": 46, "D": 17, "C": 56, "F": 8}

REFERENCE_IDS = tuple(f"{letter}{number:02}" for letter, last in _RUNS.items() for number in range(1, last + 1))
"""All 199 ids, in order."""


def carried(table: RuleTable) -> Mapping[str, tuple[str, ...]]:
    """Return for every reference id the ids of the rules of `table` that carry it; empty where none does."""
    return {
        reference: tuple(rule.id for rule in table.rules if reference in rule.covers) for reference in REFERENCE_IDS
    }
