"""Does a record still say what its answers lead to? Every result is computed again and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nmtchoose.records.entries import Document, Record

Recompute = Callable[[Document, Sequence[str]], Document]
"""Returns the result for answers, for a practice that offers certain therapies (none: all)."""

_COMPARED = (
    "status",
    "disposition",
    "recommendation",
    "therapies",
    "pressure_limit",
    "avoid_sites",
    "site_limits",
    "missing",
    "undecided",
    "trace",
)
"""What a result decides. Sentences follow from it and from the two files."""


class Verdict(StrEnum):
    """What was found out about a record."""

    SAME = "same"
    DIFFERS = "differs"
    OTHER_FILES = "other files"


@dataclass(frozen=True, slots=True)
class Verified:
    """The verdict on one record, and which parts of its result differ."""

    id: str
    verdict: Verdict
    parts: tuple[str, ...] = ()


def verify(record: Record, questions_sha256: str, rules_sha256: str, recompute: Recompute) -> Verified:
    """Compute the results of `record` and of its amendments again with the files in use, and compare.

    A result that other files made is not computed: `OTHER_FILES` says that those are needed.
    """
    results = [("", record.intake.answers, record.intake.assessment)]
    results += [(f"amendment {one.id}: ", one.answers, one.assessment) for one in record.amendments if one.assessment]
    if any(made_by(assessment) != (questions_sha256, rules_sha256) for _, _, assessment in results):
        return Verified(record.intake.id, Verdict.OTHER_FILES)
    parts = tuple(
        f"{where}{part}"
        for where, answers, assessment in results
        for part in _differing(assessment, recompute(answers, record.intake.offered))
    )
    return Verified(record.intake.id, Verdict.DIFFERS if parts else Verdict.SAME, parts)


def _differing(stored: Document, computed: Document) -> Iterator[str]:
    for part in _COMPARED:
        if stored.get(part) != computed.get(part):
            yield part


def made_by(assessment: Document) -> tuple[object, object]:
    """Return the fingerprints of the questions and the rules that made a stored result."""
    stamp = assessment.get("stamp")
    stamps = stamp if isinstance(stamp, Mapping) else {}
    questions, rules = stamps.get("questionnaire"), stamps.get("rules")
    return (
        questions.get("sha256") if isinstance(questions, Mapping) else None,
        rules.get("sha256") if isinstance(rules, Mapping) else None,
    )
