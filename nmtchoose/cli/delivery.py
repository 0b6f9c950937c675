"""What a command leaves behind: results on the terminal, in plain lines, as JSON or in a file, errors, an exit code.

Who stops reading (`| head`) ends standard output and nothing else, a full disk is said, no line is obeyed. Errors
become a message on stderr and an exit code in one place, with nothing in them that a client said.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer
from msgspec import Struct

from nmtchoose import __version__
from nmtchoose.errors import (
    AnswerError,
    BugError,
    CannotPromptError,
    Code,
    ContentError,
    FileError,
    NmtchooseError,
    StoreError,
    UsageError,
    bug_of,
    fault,
    unknown,
    unwritable,
)
from nmtchoose.model.disposition import Disposition
from nmtchoose.words.printable import encodable, printable

if TYPE_CHECKING:
    from nmtchoose.formats.registry import Format
    from nmtchoose.model.rules import Region, RuleTable
    from nmtchoose.pages.page import Page

_ON_SCREEN = ("text", "plain", "json")
"""Formats that `Delivery` shows by itself, since they also have a look on the screen."""

NAME = "standard output"


class Delivery(Struct, frozen=True):
    """Where the result goes and how it looks; `format` is set where it is exported and not shown as a page."""

    plain: bool = False
    no_color: bool = False
    as_json: bool = False
    output: Path | None = None
    region: str = "us"
    format: Format | None = None

    @property
    def on_screen(self) -> bool:
        """True where a page is shown, and not written to a file or replaced by another format."""
        return self.output is None and not self.as_json and self.format is None

    def numbers(self, rules: RuleTable) -> Region:
        """Return the telephone numbers of the region; raises UsageError for a region that `rules` does not have."""
        region = rules.regions.get(self.region.lower())
        if region is None:
            raise UsageError([unknown("region", self.region, list(rules.regions))])
        return region

    def page(self, page: Page, region: Region | None = None) -> None:
        """Show `page` on stdout, or write it as it would look there, without colour, to the output file."""
        from nmtchoose.formats.viewing import choose_viewing, show
        from nmtchoose.pages.page import page_with_numbers

        filled = page_with_numbers(page, region)
        if self.output is None:
            with standard_output() as out:
                show(filled, out, choose_viewing(out, os.environ, plain=self.plain, no_color=self.no_color))
            return
        text = io.StringIO()
        show(filled, text, choose_viewing(text, {}, plain=self.plain, no_color=True))
        self._write(text.getvalue())

    def record(self, record: object) -> None:
        """Print `record` as JSON, or write it to the output file."""
        import json

        from nmtchoose.formats.registry import ascii_json

        self.text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", ascii_json)

    def text(self, text: str, to_ascii: Callable[[str], str]) -> None:
        """Print `text`, or write it to the output file; `to_ascii` rewrites it for an output without Unicode."""
        if self.output is not None:
            self._write(text)
            return
        with standard_output() as out:
            out.write(text if (out.encoding or "").lower().startswith("utf") else to_ascii(text))

    def _write(self, text: str) -> None:
        from nmtchoose.files.atomic import write_atomically

        if self.output is not None:
            write_atomically(self.output, text)
            wrote(self.output)


def delivery_of(
    name: str | None, output: Path | None, region: str, *, as_json: bool, plain: bool, no_color: bool
) -> Delivery:
    """Return the form and the place of the result that the flags ask for.

    The name counts before `--json`, and that before the ending of the output file. Raises UsageError for an unknown
    name, and for `--json` together with another.
    """
    if name is None and (as_json or output is None):
        return Delivery(plain, no_color, as_json, output, region)
    from nmtchoose.formats.registry import format_named, format_of

    found = format_named(name) if name is not None else format_of(output) if output is not None else None
    if as_json and found is not None and found.name != "json":
        raise UsageError([fault(Code.USAGE_TOGETHER, one="--json", other=f"--format {found.name}")])
    chosen = found.name if found else "text"
    form = None if chosen in _ON_SCREEN else found
    return Delivery(plain or chosen == "plain", no_color, chosen == "json", output, region, form)


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Give standard output to write to, and flush it afterwards; raises FileError when it cannot be written.

    When its reader has gone away, the rest is dropped and the command goes on to its exit code.
    """
    stream: TextIO | None = sys.stdout
    if stream is None:
        raise FileError([fault(Code.FILE_CANNOT_WRITE, NAME, detail="it is closed")])
    try:
        yield stream
        stream.flush()
    except (BrokenPipeError, SystemExit):
        # Rich answers a broken pipe with SystemExit.
        drop_the_rest(stream)
    except OSError as error:
        drop_the_rest(stream)
        raise FileError([unwritable(NAME, error)]) from None


def drop_the_rest(stream: TextIO) -> None:
    """Let the rest of `stream` go nowhere: Python would fail once more when it flushes it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def say(lines: Iterable[str]) -> None:
    """Print `lines`; what the encoding of standard output lacks is replaced."""
    with standard_output() as out:
        out.write("".join(f"{encodable(_harmless(line), out.encoding or 'utf-8')}\n" for line in lines))


def _harmless(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))] + printable(line)


def wrote(path: Path) -> None:
    """Say on standard error which file was written; a name alone with the folder that it went to."""
    typer.echo(f"Wrote {path if len(path.parts) > 1 else path.absolute()}.", err=True)


def known_name(what: str, name: str, known: Sequence[str]) -> str:
    """Return `name`; raises UsageError when it is none of the `known` names of a `what`."""
    if name not in known:
        raise UsageError([unknown(what, name, known)])
    return name


class Exit(IntEnum):
    """Codes of every command; 10 to 12 only with `--exit-code`, 1 also for a result that cannot be written."""

    DONE = 0
    INTERNAL = 1
    USAGE = 2
    FAULTY_CONTENT = 3
    BAD_ANSWERS = 4
    CANNOT_PROMPT = 5
    EMERGENCY = 10
    MEDICAL_FIRST = 11
    LATER = 12
    INTERRUPTED = 130


def exit_for(worst: Disposition, *, bad: bool, exit_code: bool, emergency: bool = False) -> Exit:
    """Return the code after results of which `worst` is the most severe and some are `bad`, with or without answers.

    With `exit_code` dispositions count. An emergency, also one among what was left out, counts before all that is bad:
    it must not hide behind another client's open question.
    """
    if exit_code and (worst.is_emergency or emergency):
        return Exit.EMERGENCY
    if bad:
        return Exit.BAD_ANSWERS
    if exit_code and worst in (Disposition.MEDICAL_URGENT, Disposition.MEDICAL_SOON):
        return Exit.MEDICAL_FIRST
    if exit_code and worst in (Disposition.DEFER, Disposition.CLEARANCE):
        return Exit.LATER
    return Exit.DONE


_CODES: dict[type[NmtchooseError], Exit] = {
    ContentError: Exit.FAULTY_CONTENT,
    AnswerError: Exit.BAD_ANSWERS,
    FileError: Exit.INTERNAL,
    StoreError: Exit.INTERNAL,
    CannotPromptError: Exit.CANNOT_PROMPT,
    UsageError: Exit.USAGE,
}


@contextmanager
def guarded() -> Iterator[None]:
    """Turn errors raised inside into messages and exit codes."""
    try:
        yield
    except NmtchooseError as error:
        for one in error.faults:  # names of files and options stand there as text; a terminal must not obey them
            typer.echo(f"nmtchoose: {printable(str(one))}", err=True)
        raise typer.Exit(_CODES.get(type(error), Exit.INTERNAL)) from None
    except (KeyboardInterrupt, EOFError):
        raise typer.Exit(Exit.INTERRUPTED) from None
    except typer.Exit:
        raise
    except Exception as error:  # the last resort: messages and source lines may hold answers, so they stay out
        told = error if isinstance(error, BugError) else bug_of(error)
        typer.echo("nmtchoose: this is a bug. No answers are in this report; please pass it on.", err=True)
        typer.echo(f"Version {__version__}, {told.kind}, at:", err=True)
        for line in told.lines:
            typer.echo(f"  {line}", err=True)
        raise typer.Exit(Exit.INTERNAL) from None
