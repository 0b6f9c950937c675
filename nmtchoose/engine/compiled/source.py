"""The Python source of one table: a function that replays the answers and finds the rules that fire.

Every question is met once, in order. A plain rule comes with the verdict of an answer; for each other rule there is
one `if`. The source holds numbers and names made here: ids and texts of the two files stay outside, in constants.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from nmtchoose.engine.compiled.expressions import POSSIBLE, TRUE, Expressions
from nmtchoose.engine.compiled.needs import Guarded, Needs
from nmtchoose.engine.compiled.readings import Reading
from nmtchoose.engine.compiled.told import told_lines
from nmtchoose.model.condition import Condition
from nmtchoose.model.questionnaire import Kind, Question

ANSWER, CONSTANT_ID, VERDICT, AT_TIMES, STILL = "a", "id", "verdict", "at_times", "still"
"""How names begin: the answer, the id, the verdicts, the options offered at times, and what is still offered."""

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
    kept: Container[str],
    *,
    explained: bool,
) -> str:
    """Return the source of `replay(get)`, where `get` returns the answer to a question id or None.

    It returns the bits of the rules that fire, the bits of those left open, the bits of `others` that are true, the
    answers to the questions `kept` as far as they count and the questions left unanswered; where `explained`, also
    the answers that made each of `rules` true, by number. Plain rules are not among `rules`.
    """
    after = [(rule.condition, _rule(rule, write, explained=explained)) for rule in rules]
    lines = guarded(Needs(write).in_any_order(after))
    for other in others:
        lines += [f"if {write.true(other.condition)}:", f"{_STEP}also |= {1 << other.number}"]
    told = ", told" if explained else ""
    last = f"return fired, opened & ~fired, also, kept, missing{told}"
    start = ["told = {}"] if explained else []
    return function("get", [*start, *replayed(write, readings, kept), *lines, last], write)


def function(parameters: str, lines: Sequence[str], write: Expressions) -> str:
    """Return the source of the function `replay`.

    The verdicts of answers are parameters too, for the sake of their defaults: about a question that is not asked,
    nothing is true and nothing is possible. Nothing sets a hundred variables in less time.
    """
    verdicts = [f"{name}{place}=0" for place in sorted(write.read) for name in (TRUE, POSSIBLE)]
    return "\n".join([f"def replay({', '.join([parameters, *verdicts])}):", *indented(lines), ""])


def replayed(write: Expressions, readings: Sequence[Reading], kept: Container[str]) -> list[str]:
    """Return the lines that meet every question; neighbours that are asked under one condition share its `if`."""
    conditions = [one.question.ask_when for one in readings]
    shown = [condition for one in readings for condition in show_conditions(one.question)]
    write.note(*(condition for condition in (*conditions, *shown) if condition is not None))
    steps: list[tuple[Condition | None, list[str]]] = []
    for condition, group in groupby(enumerate(readings), key=lambda one: one[1].question.ask_when):
        asked = [line for place, reading in group for line in _question(place, reading, write, kept)]
        steps.append((condition, [f"if {write.possible(condition)}:", *indented(asked)] if condition else asked))
    return ["fired = opened = also = 0", "kept = {}", "missing = []", *guarded(Needs(write).in_order(steps))]


def guarded(parts: Iterable[Guarded]) -> list[str]:
    """Return the lines of `parts` behind their guards."""
    lines: list[str] = []
    for guard, inner in parts:
        lines += [f"if {guard}:", *indented(inner)] if guard else inner
    return lines


def _question(place: int, reading: Reading, write: Expressions, kept: Container[str]) -> list[str]:
    """Return the lines that take the verdict of the answer to a question that may be asked."""
    answer, question = f"{ANSWER}{place}", reading.question
    keeping = [f"kept[{CONSTANT_ID}{place}] = {answer}"] if question.id in kept else []
    taken = [
        f"if {answer} is None:",
        *indented(_unanswered(place, reading, write)),
        "else:",
        *indented([*keeping, *_verdict(place, reading, write)] or ["pass"]),
    ]
    lines = [f"{answer} = get({CONSTANT_ID}{place})"]
    shown = show_conditions(question)
    if not shown:
        return lines + taken
    gone = ["gone = 0"]
    for number, show_when in enumerate(shown):
        gone += [f"if not ({write.possible(show_when)}):", f"{_STEP}gone |= {1 << number}"]
    many = question.kind is Kind.MANY
    among = f"not {AT_TIMES}{place}.isdisjoint({answer})" if many else f"{answer} in {AT_TIMES}{place}"
    if_among = f"if {answer} is not None and {among}:"
    left = ["if gone:", f"{_STEP}{answer} = {STILL}{place}({answer}, gone)"]
    if any(option.show_when is None for option in question.options):
        return [*lines, if_among, *indented([*gone, *left]), *taken]
    nothing = f"if gone == {(1 << len(shown)) - 1}:"
    return [*lines, *gone, if_among, *indented(left), nothing, f"{_STEP}{answer} = None", "else:", *indented(taken)]


def _verdict(place: int, reading: Reading, write: Expressions) -> list[str]:
    """Return the lines that look an answer up; most answers make no rule fire, and looking is quicker than adding."""
    if not reading.is_read:
        return []
    into = f"{TRUE}{place}, {POSSIBLE}{place}" if place in write.read else "_, _"
    if not reading.has_rules:
        return [f"{into}, _, _ = {VERDICT}{place}[{ANSWER}{place}]"]
    lines = [f"{into}, fires, opens = {VERDICT}{place}[{ANSWER}{place}]"]
    return [*lines, "if fires:", f"{_STEP}fired |= fires", "if opens:", f"{_STEP}opened |= opens"]


def _unanswered(place: int, reading: Reading, write: Expressions) -> list[str]:
    _, possible, _, opens = reading.missing
    condition = reading.question.ask_when
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
    told = told_lines(f"told[{rule.number}]", rule.condition, write) if explained else []
    true, possible = write.true(rule.condition), write.possible(rule.condition)
    return [
        f"if {possible}:",
        f"{_STEP}if {true}:",
        *indented(indented([f"fired |= {bit}", *told])),
        f"{_STEP}else:",
        f"{_STEP * 2}opened |= {bit}",
    ]


def indented(lines: Iterable[str]) -> list[str]:
    """Return `lines` one step further in."""
    return [_STEP + line for line in lines]
