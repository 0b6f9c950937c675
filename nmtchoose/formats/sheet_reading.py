"""Reading a filled text sheet back, through the same checks as every other answer.

It may have been edited anywhere: line lengths, blank lines, a mail's `>` and the sign that ticks do not matter. The
fingerprint, the numbers of the questions and the words of the options do: each option has to be found once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from nmtchoose.errors import AnswerError, Code, Fault, fault, of_the_first
from nmtchoose.files.answers_file import check_answers
from nmtchoose.formats.sheet_form import ANSWER, BLANK, FORMAT, HOW_TO, Asked, asked, fingerprint
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire

_FINGERPRINT = re.compile(rf"{re.escape(FORMAT)}[ \t]+(\S+[ \t]+[0-9a-f]+)")
_NUMBER = re.compile(r"(\d{1,4}[a-z]{0,3})\.(?:\s|$)")
_LETTERS = "xXvVхХ"
_BLANK_SIGNS = "☐□⬜◻○"
_TICK_SIGNS = "☑☒✓✔✗✘√🗸🗹✅❌❎■●"
_TICKS = frozenset(f"{_LETTERS}{_TICK_SIGNS}×*+")
_TICK_WORDS = ("y", "yes", "ok")
_BOX = re.compile(
    rf"\[([^\[\]]{{0,12}})\]|\(([\s_{_LETTERS}{_TICK_SIGNS}]{{0,3}})\)|([{_BLANK_SIGNS}{_TICK_SIGNS}])\ufe0f?"
)
_BARE = re.compile(r"(\S)[.:)]?\s+")
_OPEN_LINE = re.compile(rf"(?:\([^)]*\)\s*)?{ANSWER}(.*)")
_QUOTED = re.compile(r"^(?:> ?)+")
_TELLING = 24  # characters of the instructions that tell a sheet from other texts
_SEARCHED = 4_000  # characters in which the fingerprint has to stand
_LONGEST_SHEET, _LONGEST_LINE = 400_000, 2_000
"""Characters. A whole sheet has about 1,000 lines and 42,000 characters; a mail may quote it several times."""

_RECOGNISED = 12  # characters that tell an option without its brackets


@dataclass(slots=True)
class _Line:
    """An option as it stands there; `ticked` is None where that cannot be read."""

    at: int
    ticked: bool | None
    words: str
    boxed: bool = True


@dataclass(slots=True)
class _Filled:
    """What stands below a question while lines are gathered; `row` is all of a line with its boxes behind its words."""

    question: Question
    at: int
    labels: dict[str, str]
    goes_on: bool = False
    row: str = ""
    options: list[_Line] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    others: list[tuple[int, str]] = field(default_factory=list)

    @property
    def takes_words(self) -> bool:
        return self.question.kind in (Kind.NUMBER, Kind.TEXT)


def is_sheet(text: str) -> bool:
    """Return whether `text` is a sheet, of whatever questionnaire, even one that lost its fingerprint."""
    start = text[:_SEARCHED]
    return FORMAT in start or HOW_TO[:_TELLING] in start


def answers_in_sheet(text: str, questionnaire: Questionnaire, name: str = "") -> dict[str, Answer]:
    """Return the checked answers that are filled in; questions left blank are not answered.

    Raises AnswerError when the sheet is of another questionnaire, with every line that was not understood, and with
    every answer that does not fit.
    """
    printed = _FINGERPRINT.search(text[:_SEARCHED])
    if printed is None:
        raise AnswerError([fault(Code.SHEET_NO_FINGERPRINT, file=name)])
    ours, theirs = fingerprint(questionnaire).removeprefix(f"{FORMAT} "), " ".join(printed[1].split())
    if theirs != ours:
        raise AnswerError([fault(Code.OTHER_FORM, file=name, theirs=theirs[:60], ours=ours)])
    if len(text) > _LONGEST_SHEET:
        raise AnswerError([fault(Code.FILE_TOO_LARGE, file=name, limit=f"{_LONGEST_SHEET:,} characters")])
    lines = text.splitlines()
    unread = [at for at, line in enumerate(lines, start=1) if len(line) > _LONGEST_LINE]
    faults: list[Fault] = []
    raw: dict[str, object] = {}
    for filled in _gathered(lines, {one.number: one for one in asked(questionnaire)}):
        unread += _unread(filled)
        value = _value(filled, faults, name)
        if value is not None and raw.setdefault(filled.question.id, value) != value:
            faults.append(_two_answers(filled, name))
    faults += of_the_first([str(at) for at in sorted(unread)], lambda at: fault(Code.SHEET_UNKNOWN_LINE, name, int(at)))
    try:
        answers = check_answers(raw, questionnaire, name)
    except AnswerError as error:
        raise AnswerError([*faults, *error.faults]) from None
    if faults:
        raise AnswerError(faults)
    return answers


def _gathered(lines: list[str], forms: dict[str, Asked]) -> list[_Filled]:
    """Return the lines below each question, taken apart; a question comes twice where a mail quotes its sheet."""
    found: list[_Filled] = []
    for at, line in enumerate(lines, start=1):
        stripped = _QUOTED.sub("", line[:_LONGEST_LINE].strip()).strip()
        number = _NUMBER.match(stripped)
        if number and number[1] in forms and _starts(stripped, forms[number[1]]):
            question = forms[number[1]].question
            answers = (*(option.id for option in question.options), *question.specials)
            found.append(_Filled(question, at, {_plain(question.label(one)): one for one in answers}))
            _add_to_row(found[-1], stripped)
        elif found and found[-1].question.is_line and found[-1].row and stripped:
            _add_to_row(found[-1], stripped)
        elif found:
            _add(found[-1], at, stripped)
    return found


def _add_to_row(current: _Filled, line: str) -> None:
    """Add to the row of a line, whose boxes stand behind its words; mail may have parted it anywhere."""
    if not current.question.is_line:
        return
    current.row = f"{current.row} {line}".strip()[:_LONGEST_LINE]
    box = _BOX.search(current.row)
    current.options = _options(current.row[box.start() :], current.at, current.labels) if box else []


def _starts(line: str, form: Asked) -> bool:
    """Return whether `line` is the first line of `form` and not a number at the start of some other line."""
    rest, words = line.partition(".")[2].split(), form.line.split()[:2]
    return rest[: len(words)] == words[: len(rest)]


def _add(current: _Filled, at: int, line: str) -> None:
    """Take in one line below a question. A line without brackets continues what is above it, up to a blank line."""
    open_line = _OPEN_LINE.match(line) if current.takes_words and not current.words else None
    options = [] if open_line else _options(line, at, current.labels)
    if open_line:
        current.words.append(open_line[1].strip())
    current.options += options
    if not line:
        current.row = ""
    if open_line or options or not line:
        current.goes_on = bool(line)
    elif not current.goes_on:
        current.others.append((at, line))
    elif current.options:
        _go_on(current, at, line)
    else:
        current.words.append(line)


def _options(line: str, at: int, labels: dict[str, str]) -> list[_Line]:
    """Return the options of a line that begins with a box; none of any other line."""
    boxes = _boxes(line, labels)
    return [
        _Line(at, _is_tick(sign), line[start:end].strip())
        for (_, start, sign), (end, *_) in pairwise([*boxes, (len(line), 0, "")])
    ]


def _boxes(line: str, labels: dict[str, str]) -> list[tuple[int, int, str]]:
    """Return where each box of a line of options starts and ends, and its sign; nothing for any other line."""
    boxes = [(box.start(), box.end(), box[box.lastindex or 0]) for box in _BOX.finditer(line)]
    if boxes and boxes[0][0] == 0:
        return boxes
    bare = _BARE.match(line)
    words = _plain(line[bare.end() : boxes[0][0] if boxes else None]) if bare else ""
    if bare and bare[1] in _TICKS and words and any(label.startswith(words) for label in labels):
        return [(0, bare.end(), bare[1]), *boxes]
    return []


def _is_tick(sign: str) -> bool | None:
    """Return whether the sign in a box ticks it, or None for one that may mean anything."""
    bare = sign.strip(f" \t\xa0_.\ufe0f{_BLANK_SIGNS}")
    return True if bare and (_TICKS.issuperset(bare) or bare.lower() in _TICK_WORDS) else None if bare else False


def _go_on(current: _Filled, at: int, line: str) -> None:
    """Add a line to the option above, or begin a heading, or an option that lost its box, where that one is whole."""
    last = current.options[-1]
    longer = _plain(last.words + line)
    if _plain(last.words) in current.labels and not any(label.startswith(longer) for label in current.labels):
        current.options.append(_Line(at, None, line, boxed=False))
    elif len(last.words) <= _LONGEST_LINE:
        last.words = f"{last.words} {line}"


def _unread(filled: _Filled) -> Iterator[int]:
    """Yield each line that cannot be read; else where an option, or the place for words, ought to be found."""
    headings = {_plain(option.heading) for option in filled.question.options if option.heading}
    missing, whole = set(filled.labels), True
    for one in filled.options:
        words = _plain(one.words)
        if not one.boxed and words in headings:
            continue
        if one.ticked is None or words not in missing:
            yield one.at
            whole = False
        missing.discard(words)
    if whole and (missing or (filled.takes_words and not filled.words)):
        starts = [label[:_RECOGNISED] for label in missing]
        yield next((at for at, line in filled.others if any(one in _plain(line) for one in starts)), filled.at)


def _value(filled: _Filled, faults: list[Fault], name: str) -> object:
    ticked = [
        filled.labels[words] for one in filled.options if one.ticked and (words := _plain(one.words)) in filled.labels
    ]
    words = " ".join(filled.words).strip()
    typed = "" if words.replace("_", "") == "" and len(words) >= len(BLANK) // 4 else words.removesuffix(BLANK).strip()
    if filled.question.kind is Kind.NUMBER:
        typed = typed.strip("_ ")
    if filled.takes_words and typed:
        if ticked:
            faults.append(_two_answers(filled, name))
        return typed
    if filled.question.kind is Kind.MANY:
        return ticked or None
    if len(ticked) > 1:
        faults.append(_two_answers(filled, name))
    return ticked[0] if ticked else None


def _plain(words: str) -> str:
    """Return `words` without spaces: a line may have been broken anywhere, also after a hyphen."""
    return "".join(words.split())


def _two_answers(filled: _Filled, name: str) -> Fault:
    problem = f"{filled.question.id}: there are two answers where only one fits"
    return Fault(Code.ANSWER_NOT_ALONE, problem, "Keep one of them.", name, filled.at)
