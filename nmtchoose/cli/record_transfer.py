"""`nmtchoose records export` and `import`: whole records as JSON Lines."""

from __future__ import annotations

import sys
from pathlib import Path

from nmtchoose.cli.lines import counted, say
from nmtchoose.cli.opened import Opener
from nmtchoose.cli.standard_output import standard_output
from nmtchoose.errors import Code, FileError, fault
from nmtchoose.store.entries import Record, Wanted
from nmtchoose.store.transfer import from_lines, to_lines

STANDARD_INPUT = "-"


def export(output: Path | None, wanted: Wanted) -> None:
    """Write the records wanted, the oldest first, to a file for its owner only, or to standard output."""
    with Opener().open() as store:
        lines = list(to_lines(store.records(wanted)))
    if output is None:
        with standard_output() as out:
            out.writelines(lines)
        return
    from nmtchoose.records.atomic import write_atomically

    write_atomically(output, "".join(lines))
    say([f"Wrote {counted(len(lines), 'record')} to {output}."])


def import_records(source: str) -> None:
    """Take in all records of a file or none; raises StoreError that names every faulty line."""
    records = _read(source)
    with Opener().open() as store:
        added = store.add(records)
    say([f"Imported {counted(added, 'record')}; {len(records) - added} were there already."])


def _read(source: str) -> tuple[Record, ...]:
    if source == STANDARD_INPUT:
        return from_lines(sys.stdin.buffer, "standard input")
    try:
        with Path(source).open("rb") as stream:
            return from_lines(stream, source)
    except OSError as error:
        raise FileError([fault(Code.FILE_CANNOT_READ, source, detail=error.strerror or "unknown reason")]) from None
