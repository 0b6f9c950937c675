"""Everything wrong or doubtful about the two files, in one run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nmtchoose.authoring.checks.pair import Pair, Side
from nmtchoose.authoring.checks.registry import MEANING, WORDING, findings
from nmtchoose.errors import Fault
from nmtchoose.loading.load import Reading, read_pair
from nmtchoose.loading.places import places_of
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was found, from the top of each file to its end. `pair` is None while the files do not load."""

    errors: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    pair: tuple[Questionnaire, RuleTable] | None


def check_pair(questions: Path | bytes, rules: Path | bytes) -> CheckReport:
    """Return all findings about the two files (or their bytes). Raises FileError when one cannot be read.

    While a file has faults that keep it from loading, only the wording is judged beyond them.
    """
    reading = read_pair(questions, rules)
    found = [*reading.faults]
    pair = None
    if reading.questionnaire is not None and reading.table is not None:
        pair = reading.questionnaire, reading.table
        found += findings(_placed(reading, *pair), WORDING if reading.faults else (*WORDING, *MEANING))
    placed = sorted(dict.fromkeys(found), key=lambda one: (reading.files.index(one.file), one.line, one.column))
    return CheckReport(
        errors=tuple(one for one in placed if not one.warning),
        warnings=tuple(one for one in placed if one.warning),
        pair=None if reading.faults else pair,
    )


def _placed(reading: Reading, questionnaire: Questionnaire, table: RuleTable) -> Pair:
    asked, decided = (
        Side(file, root, places_of(root)) for file, root in zip(reading.files, reading.roots, strict=True)
    )
    return Pair(questionnaire, table, asked, decided)
