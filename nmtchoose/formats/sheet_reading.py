"""Reading a filled text sheet back, through the same checks as every other answer.

A sheet may have been edited anywhere: line lengths, blank lines, a mail program's `>` and the sign in the brackets
do not matter. The fingerprint, the numbers of the questions and the words of the options do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nmtchoose.errors import AnswerError, Code, Fault, fault
from nmtchoose.files.answers_file import check_answers
from nmtchoose.formats.sheet_form import FORMAT, Asked, asked, fingerprint
from nmtchoose.formats.sheet_text import ANSWER, BLANK, HOW_TO
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire

_FINGERPRINT = re.compile(rf"{re.escape(FORMAT)}[ \t]+(\S+[ \t]+[0-9a-f]+)")
_NUMBER = re.compile(r"(\d{1,4}[a-z]{0,3})\.(?:\s|$)")
_BOX = re.compile(r"\[([^\[\]]{0,3})\]")
_OPEN_LINE = re.compile(rf"(?:\([^)]*\)\s*)?{ANSWER}(.*)")
_QUOTED = re.compile(r"^(?:> ?)+")
_TELLING = 24
"""Characters of the instructions that tell a sheet from other texts."""

_SEARCHED = 4_000
"""Characters in which the fingerprint has to stand."""


@dataclass(slots=True)
class _Filled:
    """What stands below one question while its lines are gathered."""

    line: int
    takes_words: bool
    goes_on: bool = False
    options: list[tuple[int, bool, str]] = field(default_factory=list)
    words: str | None = None


def is_sheet(text: str) -> bool:
    """Return whether `text` is a sheet, of whatever questionnaire, even one that lost its fingerprint."""
    start = text[:_SEARCHED]
    return FORMAT in start or HOW_TO[:_TELLING] in start


def answers_in_sheet(text: str, questionnaire: Questionnaire, name: str = "") -> dict[str, Answer]:
    """Return the checked answers that are filled in; questions left blank are not answered.

    Raises AnswerError when the sheet belongs to another questionnaire, with every line that was not understood, and
    with every answer that does not fit.
    """
    _require_same_form(text, questionnaire, name)
    forms = {one.number: one for one in asked(questionnaire)}
    faults: list[Fault] = []
    raw: dict[str, object] = {}
    for number, filled in _gathered(text, forms).items():
        question = forms[number].question
        value = _value(question, filled, faults, name)
        if value is not None:
            raw[question.id] = value
    try:
        answers = check_answers(raw, questionnaire, name)
    except AnswerError as error:
        raise AnswerError([*faults, *error.faults]) from None
    if faults:
        raise AnswerError(faults)
    return answers


def _require_same_form(text: str, questionnaire: Questionnaire, name: str) -> None:
    found = _FINGERPRINT.search(text[:_SEARCHED])
    if found is None:
        raise AnswerError([fault(Code.SHEET_NO_FINGERPRINT, file=name)])
    ours = fingerprint(questionnaire).removeprefix(f"{FORMAT} ")
    theirs = " ".join(found[1].split())
    if theirs != ours:
        raise AnswerError([fault(Code.OTHER_FORM, file=name, theirs=theirs[:60], ours=ours)])


def _gathered(text: str, forms: dict[str, Asked]) -> dict[str, _Filled]:
    """Return the lines below each question, taken apart."""
    below: dict[str, _Filled] = {}
    current: _Filled | None = None
    for at, line in enumerate(text.splitlines(), start=1):
        stripped = _QUOTED.sub("", line.strip()).strip()
        number = _NUMBER.match(stripped)
        if number and number[1] in forms and _starts(stripped, forms[number[1]]):
            kind = forms[number[1]].question.kind
            current = below.setdefault(number[1], _Filled(at, kind in (Kind.NUMBER, Kind.TEXT)))
        elif current is not None:
            _add(current, at, stripped)
    return below


def _starts(line: str, form: Asked) -> bool:
    """Return whether `line` is the first line of `form` and not a number at the start of some other line."""
    rest = line.partition(".")[2].split()
    return rest[:2] == form.line.split()[: len(rest[:2])]


def _add(current: _Filled, at: int, line: str) -> None:
    """Take in one line below a question. A line without brackets continues the option above it, up to a blank line."""
    open_line = _OPEN_LINE.match(line) if current.takes_words and current.words is None else None
    boxes = list(_BOX.finditer(line))
    if open_line:
        current.words = open_line[1].strip()
    elif boxes and boxes[0].start() == 0:
        ends = [*(box.start() for box in boxes[1:]), len(line)]
        for box, end in zip(boxes, ends, strict=True):
            current.options.append((at, bool(box[1].strip(" _.")), line[box.end() : end].strip()))
        current.goes_on = True
    elif current.goes_on and line:
        start, ticked, words = current.options[-1]
        current.options[-1] = (start, ticked, f"{words} {line}")
    else:
        current.goes_on = False


def _value(question: Question, filled: _Filled, faults: list[Fault], name: str) -> object:
    """Return what the lines below a question say, or None for nothing; lines that nobody understands become faults."""
    ticked = list(_ticked(question, filled.options, faults, name))
    words = (filled.words or "").strip()
    typed = "" if words.replace("_", "") == "" and len(words) >= len(BLANK) // 4 else words.removesuffix(BLANK).strip()
    if question.kind is Kind.NUMBER:
        typed = typed.strip("_ ")
    if question.kind in (Kind.NUMBER, Kind.TEXT) and typed:
        if ticked:
            faults.append(_two_answers(question, filled.line, name))
        return typed
    if question.kind is Kind.MANY:
        return ticked or None
    if len(ticked) > 1:
        faults.append(_two_answers(question, filled.line, name))
    return ticked[0] if ticked else None


def _ticked(
    question: Question, lines: Iterable[tuple[int, bool, str]], faults: list[Fault], name: str
) -> Iterator[str]:
    labels = {_plain(question.label(one)): one for one in (*(o.id for o in question.options), *question.specials)}
    headings = {_plain(option.heading) for option in question.options if option.heading}
    for at, ticked, words in lines:
        answer = _named(_plain(words), labels, headings)
        if answer is None:
            faults.append(fault(Code.SHEET_UNKNOWN_LINE, name, at))
        elif ticked:
            yield answer


def _named(words: str, labels: dict[str, str], headings: set[str]) -> str | None:
    """Return the option that `words` name; a heading of the list may follow its last word."""
    if words in labels:
        return labels[words]
    shorter = (words.removesuffix(heading) for heading in headings if words.endswith(heading))
    return next((labels[one] for one in shorter if one in labels), None)


def _plain(words: str) -> str:
    """Return `words` without spaces: a line may have been broken anywhere, also after a hyphen."""
    return "".join(words.split())


def _two_answers(question: Question, line: int, name: str) -> Fault:
    problem = f"{question.id}: there are two answers where only one fits"
    return Fault(Code.ANSWER_NOT_ALONE, problem, "Keep one of them.", name, line)
