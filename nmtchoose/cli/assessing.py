"""From checked answers to what is delivered; shared by `intake`, `screen` and `explain`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from nmtchoose.errors import Code, ContentError, Fault, FileError, fault, suggestion
from nmtchoose.model.answers import Answers
from nmtchoose.model.rules import Region
from nmtchoose.model.tables import Tables

if TYPE_CHECKING:
    from nmtchoose.model.assessment import Assessment


def load_tables(questions: Path | None, rules: Path | None, offered: Sequence[str] | None = None) -> Tables:
    """Find and read the pair of files, for a practice that offers the therapies `offered` (none: all).

    Without `offered`, what is configured counts. Raises ContentError, also when a file is not there or cannot be read.
    """
    from nmtchoose.content.cache import load_pair_quickly
    from nmtchoose.content.locate import locate_pair

    try:
        pair = locate_pair(questions, rules)
        tables = load_pair_quickly(pair.questions, pair.rules)
        _warn_of_older_forms(pair.questions, pair.rules)
    except FileError as error:
        raise ContentError(error.faults) from None
    if offered is not None:
        return with_offered(tables, offered)
    from nmtchoose.practice.current import current_values

    configured = current_values()["therapies"]
    return with_offered(tables, configured.value if isinstance(configured.value, tuple) else (), configured.place)


@cache
def _warn_of_older_forms(*files: Path) -> None:
    """Say once for each of `files` that it is in the older form."""
    from nmtchoose.content.older_form import older_forms

    for warning in older_forms(*files):
        typer.echo(f"nmtchoose: {warning}", err=True)


def with_offered(tables: Tables, offered: Sequence[str], place: str = "") -> Tables:
    """Return `tables` for a practice that offers `offered`; raises ContentError for a therapy that is not in them.

    `place` says where the name stands.
    """
    if not offered:
        return tables
    from nmtchoose.engine.offering import offering

    known = [therapy.id for therapy in tables.rules.therapies]
    unknown = [name for name in offered if name not in known]
    if unknown:
        raise ContentError([_unknown_therapy(name, known, place) for name in unknown])
    return Tables(tables.questionnaire, offering(tables.rules, offered))


def _unknown_therapy(name: str, known: Sequence[str], place: str) -> Fault:
    close = suggestion(name, known)
    return fault(Code.UNKNOWN_THERAPY, place, name=name[:60], suggestion=close, known=", ".join(known))


def assessed(tables: Tables, answers: Answers) -> Assessment:
    """Return the assessment of `answers`."""
    from nmtchoose.engine.assess import assess

    return assess(tables.questionnaire, tables.rules, answers)


def kept_answers(tables: Tables, answers: Answers) -> Answers:
    """Return the answers that count: those to questions that apply."""
    from nmtchoose.engine.interview import state

    return state(tables.questionnaire, tables.rules, answers).kept


def record_of(tables: Tables, answers: Answers, assessment: Assessment, region: Region) -> Mapping[str, object]:
    """Return the assessment as JSON-ready values, with the answers that led to it and the numbers of `region`."""
    from nmtchoose.formats.answers_json import answers_record
    from nmtchoose.formats.assessment_json import assessment_record

    told = answers_record(answers, tables.questionnaire)["answers"]
    return {**assessment_record(assessment, tables.rules, region), "answers": told}
