"""Every error that a person can meet, in one place: a stable code, what is wrong, and what to do now.

`Code` holds the sentences. `Fault` is one finding at one place; loading reports all faults of a file in one go.
Errors are raised as `NmtchooseError`, which carries faults and nothing a client said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Code(Enum):
    """Code, problem and mend; both sentences are `str.format` templates for the values given to `fault`.

    Y: the YAML itself. S: shape and types. N: names. M: meaning across both files. A: answers. F: files.
    """

    YAML_SYNTAX = ("Y001", "this is not valid YAML: {detail}", "Mend the line; every list item starts with '- '.")

    ANSWER_UNKNOWN_QUESTION = ("A001", "there is no question '{name}'", "{suggestion}Remove it or correct its name.")
    ANSWER_UNKNOWN_OPTION = (
        "A002",
        "'{question}' has no option '{name}'",
        "{suggestion}Use one of: {options}.",
    )
    ANSWER_WRONG_TYPE = ("A003", "'{question}' wants {wanted}, not {got}", "Write it as in: {example}")
    ANSWER_OUT_OF_RANGE = ("A004", "{number} is not between {low} and {high} {unit}", "Give a number in that range.")
    ANSWER_NOT_ALONE = ("A005", "'{option}' stands alone", "Choose it alone, or choose the others without it.")
    ANSWER_EMPTY = ("A006", "nothing was chosen", "Choose at least one, or '{instead}'.")
    ANSWER_NOT_OFFERED = ("A007", "'{option}' is not offered with these answers", "Leave it out.")
    ANSWER_TOO_LONG = ("A008", "the text is longer than {limit} characters", "Shorten it.")
    ANSWER_NOT_A_NUMBER = ("A009", "this is not a whole number", "Type a number, such as {example}.")
    ANSWER_NOT_A_DURATION = (
        "A010",
        "this is not a length of time",
        "Type for example: 3 days, 6 weeks, 5 months, 2 years.",
    )

    @property
    def id(self) -> str:
        """The stable code, such as `A002`."""
        return self.value[0]


@dataclass(frozen=True, slots=True)
class Fault:
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
        return f"{where}{self.code.id} {self.problem}. {self.mend}".strip()


def fault(
    code: Code, file: str = "", line: int = 0, column: int = 0, *, warning: bool = False, **values: object
) -> Fault:
    """Build a `Fault` from the sentences of `code` and the `values` they name."""
    _, problem, mend = code.value
    return Fault(code, problem.format(**values), mend.format(**values), file, line, column, warning)


class NmtchooseError(Exception):
    """Something that a person has to mend. `faults` say what, where and how."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(one) for one in faults))
        self.faults = tuple(faults)


class ContentError(NmtchooseError):
    """`questions.yaml` or `rules.yaml` is faulty; nothing was loaded."""


class AnswerError(NmtchooseError):
    """Answers that do not fit the questionnaire."""


class FileError(NmtchooseError):
    """A file that cannot be read or written; what stood there before is untouched."""


def suggestion(name: str, known: Sequence[str]) -> str:
    """Return `Did you mean 'x'? ` for the closest of `known`, or an empty string."""
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1, cutoff=0.6)
    return f"Did you mean '{close[0]}'? " if close else ""
