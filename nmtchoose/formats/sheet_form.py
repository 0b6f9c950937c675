"""The questionnaire as a form of plain text, and its parts. `sheet_reading` reads it back when it is filled in."""

import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from nmtchoose.model.condition import AllOf, Condition, questions_of
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire, Section
from nmtchoose.words.conditions import on_a_form
from nmtchoose.words.sentences import STOP_HERE

FORMAT = "nmtchoose/sheet/1"
SHORT_SHA = 12
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the form. `number` is `7`, or `7b` for a line below another question, or a list, 7.

    `only_if` says in words when to answer it, empty where everybody does. `above` is the text above the first line of a
    screen, with when to answer its lines. `opens` is the section that begins with it.
    """

    number: str
    question: Question
    only_if: str
    words: str
    opens: Section | None = None
    above: str = ""

    @property
    def line(self) -> str:
        """The question as it stands on the form, without its number."""
        return f"If {self.only_if}: {self.words}" if self.only_if else self.words


def fingerprint(questionnaire: Questionnaire) -> str:
    """Return the line that ties a sheet to its questionnaire."""
    return f"{FORMAT} {questionnaire.stamp.version} {questionnaire.stamp.sha256[:SHORT_SHA]}"


def asked(questionnaire: Questionnaire) -> tuple[Asked, ...]:
    """Return every question in order, numbered, with its "if" in words that name other questions by number."""
    numbers = _numbers(questionnaire)
    screens: dict[str, list[tuple[Condition, ...]]] = {}
    for one in questionnaire.questions:
        screens.setdefault(one.screen_id, []).append(_parts(one.ask_when))

    def in_words(condition: Condition | None) -> str:
        return "" if condition is None else on_a_form(condition, questionnaire, numbers)

    found = []
    before: Question | None = None
    for one in questionnaire.questions:
        if one.noted_of is not None:
            continue
        number, only_if, above = numbers[one.id], one.ask_when, ""
        opens = questionnaire.section(one.section) if before is None or before.section != one.section else None
        if one.stem:
            parts = _parts(one.ask_when)
            shared = tuple(part for part in parts if all(part in others for others in screens[one.screen_id]))
            rest = tuple(part for part in parts if part not in shared)
            only_if = AllOf(rest) if rest else None
            if before is None or before.screen_id != one.screen_id:
                given = f"If {in_words(AllOf(shared))}: " if shared else ""
                above = f"{number.rstrip(_LETTERS)}. {given}{one.stem.ask.client}"
        found.append(Asked(number, one, in_words(only_if), one.ask.client, opens, above))
        before = one
    return tuple(found)


def follows_a_line(question: Question, questionnaire: Questionnaire) -> bool:
    """Return whether it depends on a line of a screen that `question` is asked: a follow-up of what was said there."""
    read = questions_of(question.ask_when) if question.ask_when else frozenset()
    earlier = [questionnaire[one] for one in read]
    return any(one.is_line or follows_a_line(one, questionnaire) for one in earlier)


def choices(question: Question) -> Iterator[tuple[str, str]]:
    """Yield every answer to choose, special ones last, after the heading that begins with it, if one does."""
    above = ""
    for option in question.options:
        yield option.heading if option.heading != above else "", option.id
        above = option.heading or above
    yield from (("", one) for one in question.specials)


def _parts(condition: Condition | None) -> tuple[Condition, ...]:
    if isinstance(condition, AllOf):
        return tuple(one for part in condition.parts for one in _parts(part))
    return () if condition is None else (condition,)


def _numbers(questionnaire: Questionnaire) -> dict[str, str]:
    """Return the number of each question; lines have the number of what stands above them, and a letter."""
    given: dict[str, str] = {}
    wholes: dict[str, str] = {}
    lines: Counter[str] = Counter()
    for question in questionnaire.questions:
        above = question.stem.id if question.stem else question.id
        whole = wholes.setdefault(above, str(len(wholes) + 1))
        given[question.id] = f"{whole}{_lettered(lines[above])}" if question.stem else whole
        lines[above] += bool(question.stem)
    return given


def _lettered(place: int) -> str:
    """Return a to z, then aa, ab and so on."""
    rest, last = divmod(place, len(_LETTERS))
    return (_lettered(rest - 1) if rest else "") + _LETTERS[last]


WIDTH = 78
ANSWER = "Answer:"
BLANK = "_" * 20
_INDENT = "   "

HOW_TO = (
    "How to fill in this form: put an x between the brackets, like [x], before every answer that fits. Write a number"
    f' or words after "{ANSWER}". Leave everything else as it is. Where a question starts with "If", skip it unless'
    f" that is so for you. {STOP_HERE}"
)


def sheet_text(questionnaire: Questionnaire) -> str:
    """Return the empty form. The fingerprint is in the second line."""
    lines = [questionnaire.title.upper(), fingerprint(questionnaire), "", *_wrapped(HOW_TO, "")]
    return "\n".join((*lines, *(line for one in asked(questionnaire) for line in _told(one)))) + "\n"


def _told(one: Asked) -> Iterator[str]:
    question = one.question
    boxes = [(heading, f"[ ] {question.label(answer)}") for heading, answer in choices(question)]
    if one.opens:
        yield from ("", "", f"== {one.opens.title} ==", *_wrapped(one.opens.intro, ""))
    if one.above:
        yield from ("", *_wrapped(one.above, "", _INDENT))
    if question.is_line:  # its boxes stand behind it where there is room
        line, row = f"{_INDENT}{one.number}. {one.line}", "   ".join(box for _, box in boxes)
        room = WIDTH - len(line) - len(row)
        parted = (*_wrapped(line.strip(), _INDENT, _INDENT * 2), f"{_INDENT * 2}{row}")
        yield from [f"{line}{' ' * room}{row}"] if room > 1 else parted
        return
    yield ""
    yield from _wrapped(f"{one.number}. {one.line}", "", _INDENT)
    yield from _wrapped(question.help, _INDENT)
    if question.kind is Kind.NUMBER:
        bounds = f"{question.minimum} to {question.maximum} {question.unit}".strip()
        yield f"{_INDENT}({bounds}) {ANSWER} {BLANK}"
    if question.kind is Kind.TEXT:
        yield f"{_INDENT}{ANSWER} {BLANK}"
    for heading, box in boxes:
        if heading:
            yield f"{_INDENT}{heading}"
        yield from _wrapped(box, _INDENT, f"{_INDENT}    ")


def _wrapped(text: str, first: str, further: str | None = None) -> list[str]:
    """Return `text` in lines. Words stay whole, so that joining the lines with spaces gives the text again."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if further is None else further,
        break_long_words=False,
        break_on_hyphens=False,
    )
