"""`nmtchoose records export` in a format of `nmtchoose.formats`: for spreadsheets, other programs and people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nmtchoose.cli.assessing import assessed, kept_answers, load_tables, with_offered
from nmtchoose.cli.delivery import Delivery
from nmtchoose.cli.exporting import export_intakes
from nmtchoose.cli.lines import counted
from nmtchoose.errors import AnswerError, Code, UsageError, fault
from nmtchoose.formats.registry import format_named, format_of
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake
from nmtchoose.store.entries import Record
from nmtchoose.store.verify import made_by

if TYPE_CHECKING:
    from nmtchoose.formats.registry import Format

WHOLE = "jsonl"
"""The format that for records means everything the store holds of them, ready for `records import`."""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """Records as intakes, each with the result of its answers by the files in use.

    `other_files` counts those that were made with other files; `unreadable` are ids of records whose answers those in
    use do not take.
    """

    intakes: tuple[Intake, ...]
    other_files: int
    unreadable: tuple[str, ...]


def format_wanted(name: str | None, output: Path | None) -> Format | None:
    """Return the format that `--format` or the ending of the output file asks for; None for whole records.

    Raises UsageError for a name that there is not.
    """
    found = format_named(name) if name is not None else format_of(output) if output is not None else None
    return None if found is None or found.name == WHOLE else found


def export_as(wanted: Format, delivery: Delivery, records: Sequence[Record]) -> Iterator[str]:
    """Deliver `records` as `wanted`, and yield what has to be said about that.

    Raises UsageError when there is none, or more than the format takes.
    """
    tables = load_tables(None, None, offered=())
    found = recomputed(tables, records)
    if not found.intakes:
        hint = "No record fits; see: nmtchoose records list"
        raise UsageError([fault(Code.USAGE_NOTHING, hint=hint if not records else _left_out(found))])
    export_intakes(delivery, wanted, tables, found.intakes)
    if delivery.output is not None:
        yield f"Wrote {counted(len(found.intakes), 'record')} to {delivery.output}."
    if found.other_files:
        yield (
            f"{counted(found.other_files, 'record')} made with other questions or rules: the result written is by"
            " today's. What was found then stands in: nmtchoose records show"
        )
    if found.unreadable:
        yield _left_out(found)


def recomputed(tables: Tables, records: Iterable[Record]) -> Recomputed:
    """Return `records` with their results by `tables`, for the therapies that were offered when each was made."""
    stamps = (tables.questionnaire.stamp.sha256, tables.rules.stamp.sha256)
    intakes: list[Intake] = []
    unreadable: list[str] = []
    others = 0
    for record in records:
        try:
            intakes.append(_intake(tables, record))
        except AnswerError:  # an answer that today's questions do not have
            unreadable.append(record.intake.id)
        else:
            others += made_by(record.assessment) != stamps
    return Recomputed(tuple(intakes), others, tuple(unreadable))


def _intake(tables: Tables, record: Record) -> Intake:
    from nmtchoose.records.answers_file import check_answers

    here = with_offered(tables, [one for one in record.intake.offered if one in _known(tables)])
    answers = check_answers(record.answers, tables.questionnaire)
    return Intake(
        answers=kept_answers(here, answers),
        assessment=assessed(here, answers),
        name=record.intake.client,
        answered=record.intake.taken_at.astimezone(),
        by=record.intake.asked_by,
        record=record.intake.id,
    )


def _known(tables: Tables) -> frozenset[str]:
    return frozenset(therapy.id for therapy in tables.rules.therapies)


def _left_out(found: Recomputed) -> str:
    return (
        f"Left out, since today's questions do not take their answers: {', '.join(found.unreadable)}. Put the files in"
        " place that made them, or export whole records without --format."
    )
