"""The Python source of one table: a function that replays the answers and finds the rules that fire.

Every question is met once, in order. A plain rule comes with the verdict of an answer; for each other rule there is
one `if`. The source holds numbers and names made here: ids and texts of the two files stay outside, in constants.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from nmtchoose.engine.compiled.expressions import Expressions
from nmtchoose.engine.compiled.readings import Reading
from nmtchoose.engine.compiled.told import told_lines
from nmtchoose.model.condition import Condition
from nmtchoose.model.questionnaire import Kind, Question

ANSWER, CONSTANT_ID, KNOWN, VERDICT, STILL = "a", "id", "known", "verdict", "still"
"""How names begin: the answer, the id, the verdicts at hand, the way to all others, and what is still offered."""

_STEP = "    "


@dataclass(frozen=True, slots=True)
class Numbered:
    """A condition that the function looks at, and the number under which its result is returned."""

    number: int
    condition: Condition


def source_of(
    write: Expressions,
    readings: Sequence[Reading],
    rules: Sequence[Numbered],
    others: Sequence[Numbered],
    *,
    explained: bool,
) -> str:
    """Return the source of `replay(get)`, where `get` returns the answer to a question id or None.

    It returns the bits of the rules that fire, the bits of those left open, the bits of `others` that are true, the
    answers that count and the questions left unanswered; where `explained`, also the answers that made each of
    `rules` true, by number. Plain rules are not among `rules`.
    """
    after = [line for rule in rules for line in _rule(rule, write, explained=explained)]
    for other in others:
        after += [f"if {write.true(other.condition)}:", f"{_STEP}also |= {1 << other.number}"]
    replayed = list(_questions(readings, write))
    told = ", told" if explained else ""
    last = f"return fired, opened & ~fired, also, kept, missing{told}"
    lines = [*_start(write, explained=explained), *replayed, *after, last]
    return "\n".join(["def replay(get):", *_indented(lines), ""])


def _questions(readings: Sequence[Reading], write: Expressions) -> Iterator[str]:
    """Yield the lines that meet every question; neighbours that are asked under one condition share its `if`."""
    conditions = [one.question.ask_when for one in readings]
    shown = [condition for one in readings for condition in show_conditions(one.question)]
    write.note(*(condition for condition in (*conditions, *shown) if condition is not None))
    for condition, group in groupby(enumerate(readings), key=lambda one: one[1].question.ask_when):
        asked = [line for place, reading in group for line in _question(place, reading, condition, write)]
        if condition is None:
            yield from asked
        else:
            yield from (f"if {write.possible(condition)}:", *_indented(asked))


def _start(write: Expressions, *, explained: bool) -> Iterator[str]:
    """Yield the lines that say what holds for a question that is not asked: nothing is true, nothing is possible."""
    yield "fired = opened = also = 0"
    yield "kept = {}"
    yield "missing = []"
    if write.read:
        yield " = ".join(f"t{place} = p{place}" for place in sorted(write.read)) + " = 0"
    if explained and write.read:
        yield " = ".join(f"{ANSWER}{place}" for place in sorted(write.read)) + " = None"
    if explained:
        yield "told = {}"


def _question(place: int, reading: Reading, condition: Condition | None, write: Expressions) -> list[str]:
    """Return the lines that take the verdict of the answer to a question that may be asked."""
    answer, question = f"{ANSWER}{place}", reading.question
    lines = [f"{answer} = get({CONSTANT_ID}{place})"]
    taken = [
        f"if {answer} is None:",
        *_indented(_unanswered(place, reading, condition, write)),
        "else:",
        f"{_STEP}kept[{CONSTANT_ID}{place}] = {answer}",
        *_indented(_verdict(place, reading, write)),
    ]
    shown = show_conditions(question)
    if not shown:
        return lines + taken
    lines.append("gone = 0")
    for number, show_when in enumerate(shown):
        lines += [f"if not ({write.possible(show_when)}):", f"{_STEP}gone |= {1 << number}"]
    lines += [f"if gone and {answer} is not None:", f"{_STEP}{answer} = {STILL}{place}({answer}, gone)"]
    if all(option.show_when is not None for option in question.options):
        everything = (1 << len(shown)) - 1
        return [*lines, f"if gone == {everything}:", f"{_STEP}{answer} = None", "else:", *_indented(taken)]
    return lines + taken


def _verdict(place: int, reading: Reading, write: Expressions) -> list[str]:
    if not reading.is_read:
        return []
    into = f"t{place}, p{place}" if place in write.read else "_, _"
    look = f"{KNOWN}{place}({ANSWER}{place}) or {VERDICT}{place}({ANSWER}{place})"
    return [f"{into}, fires, opens = {look}", "fired |= fires", "opened |= opens"]


def _unanswered(place: int, reading: Reading, condition: Condition | None, write: Expressions) -> list[str]:
    _, possible, _, opens = reading.missing
    lines = [f"p{place} = {possible}"] if place in write.read else []
    if opens:
        lines.append(f"opened |= {opens}")
    if reading.question.kind is Kind.TEXT:
        return lines or ["pass"]
    if condition is None:
        return [*lines, f"missing.append({CONSTANT_ID}{place})"]
    return [*lines, f"if {write.true(condition)}:", f"{_STEP}missing.append({CONSTANT_ID}{place})"]


def show_conditions(question: Question) -> tuple[Condition, ...]:
    """Return the different conditions under which options of `question` are offered."""
    return tuple(dict.fromkeys(option.show_when for option in question.options if option.show_when is not None))


def _rule(rule: Numbered, write: Expressions, *, explained: bool) -> list[str]:
    bit = 1 << rule.number
    told = [f"told[{rule.number}] = because = {{}}", *told_lines(rule.condition, write)] if explained else []
    true, possible = write.true(rule.condition), write.possible(rule.condition)
    return [
        f"if {possible}:",
        f"{_STEP}if {true}:",
        *_indented(_indented([f"fired |= {bit}", *told])),
        f"{_STEP}else:",
        f"{_STEP * 2}opened |= {bit}",
    ]


def _indented(lines: Iterator[str] | Sequence[str]) -> list[str]:
    return [_STEP + line for line in lines]
