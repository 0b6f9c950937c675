"""The pair of files that this practice uses, for the therapies that it offers."""

import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from nmtchoose.errors import Code, ContentError, FileError, fault, suggestion
from nmtchoose.loading.cache import load_pair_quickly
from nmtchoose.loading.locate import built_in_folder, locate_pair, older_forms
from nmtchoose.model.tables import Tables
from nmtchoose.practice.current import current_values
from nmtchoose.words.printable import printable


def load_tables(questions: Path | None, rules: Path | None, offered: Sequence[str] | None = None) -> Tables:
    """Find and read the pair of files, for a practice that offers the therapies `offered` (none: all).

    Without `offered`, what is configured counts. Raises ContentError, also when a file is not there or cannot be read.
    """
    try:
        pair = locate_pair(questions, rules)
        _warn_of_older_forms(pair.questions, pair.rules)
        tables = load_pair_quickly(pair.questions, pair.rules)
    except FileError as error:
        raise ContentError(error.faults) from None
    if offered is not None:
        return with_offered(tables, offered)
    configured = current_values()["therapies"]
    return with_offered(tables, configured.value if isinstance(configured.value, tuple) else (), configured.place)


def pair_told(tables: Tables, questions: Path | None, rules: Path | None) -> str:
    """Return a line that names the pair behind `tables`, found as `load_tables` does; nothing for the built-in one."""
    pair = locate_pair(questions, rules)
    if pair.questions.parent == pair.rules.parent == built_in_folder():
        return ""
    asked, decided = (
        f"{path} ({stamp.version}, {stamp.sha256[:12]})"
        for path, stamp in ((pair.questions, tables.questionnaire.stamp), (pair.rules, tables.rules.stamp))
    )
    return f"Questions: {printable(asked)}. Rules: {printable(decided)}."


@cache
def _warn_of_older_forms(*files: Path) -> None:
    """Say once for each of `files` that it is in the older form."""
    for warning in older_forms(*files):
        sys.stderr.write(f"nmtchoose: {warning}\n")


def with_offered(tables: Tables, offered: Sequence[str], place: str = "") -> Tables:
    """Return `tables` for a practice that offers `offered`, said at `place`; raises ContentError for an unknown one."""
    if not offered:
        return tables
    from nmtchoose.engine.therapies import offering

    known = [therapy.id for therapy in tables.rules.therapies]
    faults = [
        fault(Code.UNKNOWN_THERAPY, place, name=name[:60], suggestion=suggestion(name, known), known=", ".join(known))
        for name in offered
        if name not in known
    ]
    if faults:
        raise ContentError(faults)
    return Tables(tables.questionnaire, offering(tables.rules, offered))
