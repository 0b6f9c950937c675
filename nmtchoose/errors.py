"""What goes wrong, for a person to mend: faults, and the errors that carry them.

`Code` holds the sentences. `Fault` is one finding at one place; loading reports all faults of a file in one go.
Errors are raised as `NmtchooseError`, which carries faults and nothing a client said.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

from msgspec import Struct

from nmtchoose.codes import Code as Code  # noqa: PLC0414 - whoever raises an error needs both, from one place

_LONGEST_NAME = 60

_ENOUGH = 10
"""Faults of one kind: whoever has mended these sees what is wrong with the rest."""


class Fault(Struct, frozen=True):
    """One problem at one place. `line` and `column` count from 1; 0 means that there is no such place."""

    code: Code
    problem: str
    mend: str
    file: str = ""
    line: int = 0
    column: int = 0
    warning: bool = False

    @property
    def place(self) -> str:
        """`file:line:column`, as editors and terminals understand it."""
        return ":".join([self.file, *(str(at) for at in (self.line, self.column) if at)])

    def __str__(self) -> str:
        where = f"{self.place}: " if self.file else ""
        return f"{where}{self.problem}. {self.mend}".rstrip() + f" [{self.code.id}]"


def fault(
    code: Code, file: str = "", line: int = 0, column: int = 0, *, warning: bool = False, **values: object
) -> Fault:
    """Build a `Fault` from the sentences of `code` and the `values` they name; one that is missing shows as `?`."""
    said = defaultdict(lambda: "?", values)
    _, problem, mend = code.value
    return Fault(code, problem.format_map(said), mend.format_map(said), file, line, column, warning)


def unknown(what: str, name: str, known: Sequence[str]) -> Fault:
    """Return the fault that no `what` is called `name`, with the closest of `known` and all of them."""
    shown = name[:_LONGEST_NAME]
    close = suggestion(shown, known)
    return fault(Code.USAGE_UNKNOWN, what=what, name=shown, suggestion=close, known=", ".join(known))


def of_the_first(names: Sequence[str], fault_of: Callable[[str], Fault]) -> list[Fault]:
    """Return the faults of the first ten `names`, and one that counts the rest: a small file may hold 100,000."""
    faults = [fault_of(name) for name in names[:_ENOUGH]]
    if len(names) > _ENOUGH:
        faults.append(fault(Code.MORE_LIKE_THESE, faults[0].file, count=len(names) - _ENOUGH))
    return faults


def unreadable(file: object, error: Exception) -> Fault:
    """Return the fault that `file` cannot be read because of `error`."""
    return fault(Code.FILE_CANNOT_READ, str(file), detail=_reason(error))


def unwritable(file: object, error: Exception) -> Fault:
    """Return the fault that `file` cannot be written because of `error`."""
    return fault(Code.FILE_CANNOT_WRITE, str(file), detail=_reason(error))


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or "unknown reason"


@contextmanager
def while_reading(file: object) -> Iterator[None]:
    """Raise FileError that `file` cannot be read where the system says so."""
    try:
        yield
    except OSError as error:
        raise FileError([unreadable(file, error)]) from None


@contextmanager
def while_writing(file: object) -> Iterator[None]:
    """Raise FileError that `file` cannot be written where the system says so."""
    try:
        yield
    except OSError as error:
        raise FileError([unwritable(file, error)]) from None


class NmtchooseError(Exception):
    """Something that a person has to mend. `faults` say what, where and how."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(one) for one in faults))
        self.faults = tuple(faults)


class ContentError(NmtchooseError):
    """`questions.yaml` or `rules.yaml` is faulty; nothing was loaded."""


class AnswerError(NmtchooseError):
    """Answers that do not fit the questionnaire."""


class CannotPromptError(NmtchooseError):
    """Questions are due and nobody can be asked here."""


class UsageError(NmtchooseError):
    """A command was given words that it does not know."""


class FileError(NmtchooseError):
    """A file that cannot be read or written; what stood there before is untouched."""


class StoreError(NmtchooseError):
    """The store of records cannot do what was asked; the records in it are untouched."""


class BugError(Exception):
    """The program is wrong: the kind of error and the lines that it passed, and nothing of what was worked on."""

    def __init__(self, kind: str, lines: Sequence[str]) -> None:
        super().__init__(kind, tuple(lines))
        self.kind, self.lines = kind, lines


def bug_of(error: Exception) -> BugError:
    """Return what may be told of an error: its message and the lines of source may hold answers, so they stay out."""
    from pathlib import Path
    from traceback import extract_tb

    frames = extract_tb(error.__traceback__)
    return BugError(type(error).__name__, [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames])


def suggestion(name: str, known: Sequence[str]) -> str:
    """Return `Did you mean 'x'? ` for the closest of `known`, or an empty string."""
    return _closest(name, tuple(known))


@lru_cache(maxsize=1024)
def _closest(name: str, known: tuple[str, ...]) -> str:
    """Where one name is wrong in a million records, it is looked for once."""
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1, cutoff=0.6)
    return f"Did you mean '{close[0]}'? " if close else ""
