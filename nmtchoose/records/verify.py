"""Whether the result of a stored record is still what its answers lead to."""

from collections.abc import Callable, Mapping, Sequence
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
    """Compute the results of `record` and its amendments again, and compare, unless other files made one."""
    results = [("", record.intake.answers, record.intake.assessment)]
    results += [(f"amendment {one.id}: ", one.answers, one.assessment) for one in record.amendments if one.assessment]
    if any(made_by(assessment) != (questions_sha256, rules_sha256) for _, _, assessment in results):
        return Verified(record.intake.id, Verdict.OTHER_FILES)
    again = ((where, stored, recompute(answers, record.intake.offered)) for where, answers, stored in results)
    parts = tuple(
        f"{where}{part}" for where, stored, now in again for part in _COMPARED if stored.get(part) != now.get(part)
    )
    return Verified(record.intake.id, Verdict.DIFFERS if parts else Verdict.SAME, parts)


def made_by(assessment: Document) -> tuple[object, object]:
    """Return the fingerprints of the questions and the rules that made a stored result."""
    stamps = _inside(assessment, "stamp")
    return _inside(stamps, "questionnaire").get("sha256"), _inside(stamps, "rules").get("sha256")


def _inside(document: Document, name: str) -> Document:
    found = document.get(name)
    return found if isinstance(found, Mapping) else {}
