"""Words that every prompter shares: the head of a question, its notes, why an answer is refused, and an emergency."""

import textwrap
from collections.abc import Mapping, Sequence

from nmtchoose.desk.prompter import Alarm, Screen, Sheet, Voice
from nmtchoose.errors import AnswerError
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import DECLINED, NONE, UNSURE, Kind, Question
from nmtchoose.words.answers import WEEKS
from nmtchoose.words.sentences import counted

REVIEW = "Is this right? Press y, or choose an answer to change it."
SHOW_RESULT = "Yes, show the result"
DROPPED = "Left out, because it is no longer asked"
WIPED = "What stood above is moved out of sight. It can still be scrolled back to."
"""Said where the screen cannot be cleared."""

_PRIVATE = {
    Voice.CLIENT: "Private: your answer is not repeated on this screen.",
    Voice.STAFF: "Private: ask where nobody else can hear.",
    Voice.PHONE: 'Private. Ask first whether they can talk freely, and say: "You may say you would rather not."',
}
_LINE_KEYS = {"y": "yes", "n": "no"}
_LINE_SPECIALS = {"?": UNSURE, "d": DECLINED}
SPELLED = {"yes": "y", "no": "n", "not sure": "?", "unsure": "?", "u": "?"}
"""What may be typed in words for a line of a screen."""

_SEGMENTS = {
    "0": (" __ ", "|  |", "|__|"),
    "1": ("    ", "   |", "   |"),
    "2": (" __ ", " __|", "|__ "),
    "3": (" __ ", " __|", " __|"),
    "4": ("    ", "|__|", "   |"),
    "5": (" __ ", "|__ ", " __|"),
    "6": (" __ ", "|__ ", "|__|"),
    "7": (" __ ", "   |", "   |"),
    "8": (" __ ", "|__|", "|__|"),
    "9": (" __ ", "|__|", " __|"),
}
_LONGEST_FIGURES = 6
"""A number of more figures, or of words, is not drawn: it would not fit a narrow screen."""

TELL_THEM = "Tell them:"

Texts = tuple[tuple[str, str], ...]
"""(style, text) for each paragraph."""


def progress(screen: Screen, room: int = 1000) -> str:
    """Return where this question stands, such as `Right now · part 1 of 7 · question 3`, shorter for little `room`.

    Empty for a question that is no part of an interview.
    """
    if not screen.parts:
        return ""
    part = f"{screen.section_title} · part {screen.part} of {screen.parts}"
    numbered = f"{part} · question {screen.number}"
    return numbered if len(numbered) <= room else part


def review_title(sheet: Sheet) -> str:
    """Return the title of the review, such as `Before the result · 22 answers`."""
    return f"Before the result · {counted(len(sheet.told), 'answer')}"


def notes(screen: Screen) -> tuple[str, ...]:
    """Return what stands under the question without being asked for: hints to staff and the word on privacy."""
    hint = screen.question.staff_hint if screen.voice is Voice.STAFF else ""
    private = _PRIVATE[screen.voice] if screen.question.private else ""
    return tuple(note for note in (hint, private) if note)


def explanation(question: Question) -> tuple[str, ...]:
    """Return what `?` shows: why the question is asked, then its help."""
    why = f"Why we ask: {question.why}" if question.why else ""
    return tuple(part for part in (why, question.help) if part)


def refusal(error: AnswerError) -> str:
    """Return why an answer is refused and what to do instead, as one or two sentences."""
    first = error.faults[0]
    problem = first.problem[:1].upper() + first.problem[1:]
    return f"{problem}. {first.mend}".strip()


def range_hint(question: Question) -> str:
    """Return what may be typed for a number, such as `A whole number from 16 to 120 (years).`"""
    if question.unit == WEEKS:
        return "For example: 3 days, 6 weeks, half a year, 2 years, since March."
    bounds = [str(bound) for bound in (question.minimum, question.maximum) if bound is not None]
    unit = f" ({question.unit})" if question.unit and not question.unit.startswith("of ") else ""
    return f"A whole number from {' to '.join(bounds)}{unit}." if len(bounds) == 2 else f"A whole number{unit}."


def special_keys(question: Question) -> dict[str, str]:
    """Return what to type for each special answer of a typed question: a letter for numbers, its words for text."""
    if question.kind is Kind.NUMBER:
        return {one: one[0] for one in question.specials}
    return {one: question.label(one).lower() for one in question.specials if one != NONE}


def special_typed(question: Question, typed: str) -> str | None:
    """Return the special answer that `typed` names by its key, its id or its words, or None."""
    wanted = typed.strip().rstrip(".").casefold()
    keys = special_keys(question)
    for one in keys:
        if wanted in (keys[one], one, question.label(one).casefold()):
            return one
    return None


def specials_hint(question: Question) -> str:
    """Return how to give a special answer where answers are typed, such as `You may also type u for "Not sure".`."""
    keys = special_keys(question)
    if question.kind is Kind.NUMBER:
        words = " or ".join(f'{key} for "{question.label(one)}"' for one, key in keys.items())
    else:
        words = " or ".join(f'"{question.label(one)}"' for one in keys)
    return f"You may also type {words}." if words else ""


def ways(question: Question) -> dict[str, Answer]:
    """Return what may be typed for a line, and the answer that it gives."""
    if question.kind is Kind.NUMBER:
        given: dict[str, Answer] = {str(one): one for one in range(question.minimum or 0, (question.maximum or 0) + 1)}
    else:
        given = dict(_LINE_KEYS)
    return given | {key: one for key, one in _LINE_SPECIALS.items() if one in question.specials}


def ways_told(given: Mapping[str, Answer]) -> str:
    """Return what may be typed for a line, in words: `y, n or ?`, `0 to 10, ? or d`."""
    keys = list(given)
    numbers = [key for key in keys if key.isdecimal()]
    shown = [f"{numbers[0]} to {numbers[-1]}", *keys[len(numbers) :]] if numbers else keys
    return " or ".join(part for part in (", ".join(shown[:-1]), shown[-1]) if part)


def line_typed(question: Question, typed: str) -> Answer | None:
    """Return the answer that a whole typed line gives to a line of a screen: its key or its words; else None."""
    given, word = ways(question), typed.strip().rstrip(".").casefold()
    named = {question.label(one).casefold(): one for one in question.specials}
    return given.get(word, given.get(SPELLED.get(word, ""), named.get(word)))


def alarm_texts(alarm: Alarm, columns: int, rows: int) -> Texts:
    """Return what to show of `alarm` in so many columns and rows; what does not fit is left out from the end."""
    large = figures(alarm.number) if alarm.number in alarm.title else ()
    fixed: Texts = (*(("alarm", line) for line in large), ("alarm", alarm.title))
    do, tell = len(alarm.do), len(alarm.tell)
    while True:
        texts = (*fixed, *_sentences("note", alarm.do[:do]), *_sentences("asked", alarm.tell[:tell], TELL_THEM))
        heights = (max(len(textwrap.wrap(text, columns - 1)), 1) for _, text in texts)
        if sum(heights) <= rows or do + tell <= 2:
            return texts
        do, tell = (do, tell - 1) if tell > 1 and tell >= do - 1 else (do - 1, tell)


def figures(number: str) -> tuple[str, ...]:
    """Return the rows of `number` in large figures of seven strokes; none where it is not a few figures."""
    if len(number) > _LONGEST_FIGURES or not set(number) <= set(_SEGMENTS):
        return ()
    return tuple("  ".join(_SEGMENTS[one][row] for one in number).rstrip() for row in range(3))


def _sentences(style: str, parts: Sequence[str], title: str = "") -> Texts:
    ended = (part if part.endswith((".", "!", "?")) else f"{part}." for part in parts)
    text = " ".join((title, *ended)).strip()
    return ((style, text),) if parts else ()
