"""The ids of the clinical reference that the built-in rules carry, and which rule carries which.

The reference (compiled 2026-11-22) numbers its safety rules E01 to E44 (emergency), R01 to R23 (a doctor first), D01 to
D14 (later), C01 to C39 (contraindications and precautions) and F01 to F08 (comfort and consent).
"""

from __future__ import annotations

from collections.abc import Mapping

from nmtchoose.model.rules import RuleTable

_RUNS = {"E": 44, "R": 23, "D": 14, "C": 39, "F": 8}

REFERENCE_IDS = tuple(f"{letter}{number:02}" for letter, last in _RUNS.items() for number in range(1, last + 1))
"""All 128 ids, in order."""


def carried(table: RuleTable) -> Mapping[str, tuple[str, ...]]:
    """Return for every reference id the ids of the rules of `table` that carry it; empty where none does."""
    return {
        reference: tuple(rule.id for rule in table.rules if reference in rule.covers) for reference in REFERENCE_IDS
    }
