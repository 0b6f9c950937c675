"""`nmtchoose records export` and `import`: whole records as JSON Lines, and intakes in other formats."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from nmtchoose.cli.lines import counted, say
from nmtchoose.cli.opened import Opener
from nmtchoose.cli.saving import SavingWanted
from nmtchoose.cli.standard_output import standard_output
from nmtchoose.errors import Code, FileError, UsageError, fault
from nmtchoose.store.documents import RECORD_FORMAT, from_lines, to_lines
from nmtchoose.store.entries import Record, Wanted
from nmtchoose.store.store import Store

STANDARD_INPUT = "-"
_LINES = (".jsonl", ".ndjson")


def export(output: Path | None, prefixes: Sequence[str], wanted: Wanted, format_name: str | None = None) -> None:
    """Write the records that `prefixes` name, or all that are `wanted`, the oldest first.

    Whole records are JSON Lines; `format_name`, or the ending of the output file, asks for another format. Files are
    for their owner only. Raises UsageError for a format that does not take so many records.
    """
    from nmtchoose.cli.record_formats import export_as, format_wanted

    if prefixes and wanted != Wanted():
        raise UsageError([fault(Code.USAGE_TOGETHER, one="an ID", other="a filter")])
    form, opener = format_wanted(format_name, output), Opener()
    with opener.open() as store:
        records = tuple(_chosen(store, prefixes, wanted))
    if form is not None:
        from nmtchoose.cli.delivery import Delivery

        for line in export_as(form, Delivery(output=output, region=opener.settings.region), records):
            typer.echo(line, err=True)
    elif output is None:
        with standard_output() as out:
            out.writelines(to_lines(records))
    else:
        from nmtchoose.records.atomic import write_atomically

        write_atomically(output, "".join(to_lines(records)))
        typer.echo(f"Wrote {counted(len(records), 'record')} to {output}.", err=True)


def _chosen(store: Store, prefixes: Sequence[str], wanted: Wanted) -> Iterator[Record]:
    if not prefixes:
        yield from store.records(wanted)
    for record_id in dict.fromkeys(store.find(one) for one in prefixes):
        yield store.record(record_id)


def import_records(source: str, saving: SavingWanted) -> None:
    """Take in all records of a file or none, or the answers of one that holds other than whole records.

    `saving` says for whom and by whose word answers are kept; whole records bring that along. Raises StoreError that
    names every faulty line, or AnswerError.
    """
    name = "standard input" if source == STANDARD_INPUT else source
    content = _read(source)
    if not _is_whole(content, source):
        from nmtchoose.cli.record_intakes import import_given

        say(import_given(content, name, saving))
        return
    records = from_lines(io.BytesIO(content), name)
    with Opener().open() as store:
        added = store.add(records)
    say([f"Imported {counted(added, 'record')}; {len(records) - added} were there already."])


def _is_whole(content: bytes, source: str) -> bool:
    """Return whether the bytes of a file are whole records, one on each line."""
    return RECORD_FORMAT.encode() in content or source.lower().endswith(_LINES) or not content.strip()


def _read(source: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if source == STANDARD_INPUT else Path(source).read_bytes()
    except OSError as error:
        raise FileError([fault(Code.FILE_CANNOT_READ, source, detail=error.strerror or "unknown reason")]) from None
