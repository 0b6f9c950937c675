"""From a table to the function that replays answers: the source is written, compiled once and given its constants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import CodeType
from typing import Any

from nmtchoose.engine.compiled.expressions import Expressions
from nmtchoose.engine.compiled.openings import openings_source
from nmtchoose.engine.compiled.readings import Reading, plain_leaves, readings_of
from nmtchoose.engine.compiled.source import AT_TIMES, CONSTANT_ID, STILL, VERDICT, Numbered, show_conditions, source_of
from nmtchoose.engine.compiled.told import teller
from nmtchoose.engine.evaluate import still_offered
from nmtchoose.model.answers import Answer
from nmtchoose.model.condition import Answered, Condition, Is, Leaf
from nmtchoose.model.questionnaire import Question, Questionnaire
from nmtchoose.model.rules import Rule, RuleTable

Replay = Callable[[Callable[[str], Answer | None]], tuple[Any, ...]]
"""`replay(answers.get)`; see `nmtchoose.engine.compiled.source.source_of` for what it returns."""


@dataclass(frozen=True, slots=True)
class Others:
    """Conditions beside the rules, by the bit under which a replay returns that they are true."""

    chosen: Mapping[str, int]
    sequences: Mapping[str, int]
    enough: int
    conditions: tuple[Condition, ...]


class Replays:
    """The generated functions of one table, each made when it is first needed."""

    def __init__(self, questionnaire: Questionnaire, table: RuleTable) -> None:
        self.others = _others(table)
        conditions = [rule.when for rule in table.rules]
        simple = {place: plain_leaves(one) for place, one in enumerate(conditions)}
        self.plain = {place: read for place, read in simple.items() if read is not None}
        asked = [question.ask_when for question in questionnaire.questions if question.ask_when is not None]
        shown = [one for question in questionnaire.questions for one in show_conditions(question)]
        read = (*conditions, *asked, *shown, *self.others.conditions)
        self._readings = readings_of(questionnaire, read, _firing(self.plain))
        self._rules = [Numbered(place, one) for place, one in enumerate(conditions) if place not in self.plain]
        self._open = [Numbered(place, rule.when) for place, rule in enumerate(table.rules) if _is_told_when_open(rule)]
        self._others = [Numbered(place, one) for place, one in enumerate(self.others.conditions)]
        self._constants = self._bound()
        self._kept = _looked_up(table)

    @cached_property
    def quick(self) -> Replay:
        """The function that finds what fires."""
        return self._compiled(explained=False)

    @cached_property
    def explained(self) -> Replay:
        """The function that also says why."""
        return self._compiled(explained=True)

    @cached_property
    def _openings(self) -> Callable[..., list[tuple[int, int]]]:
        """The function that finds what would decide an open rule; few results need it."""
        source = openings_source(Expressions(self._readings), self._readings, self._open)
        openings: Callable[..., list[tuple[int, int]]] = self._function(source)
        return openings

    def openings(self, get: Callable[[str], Answer | None], wanted: int) -> list[tuple[int, int]]:
        """Return for each open rule whose bit is in `wanted` its place and, as bits, the questions that decide it.

        Only rules about safety and those that may show an emergency can be wanted.
        """
        return self._openings(get, wanted)

    def source(self, *, explained: bool) -> str:
        """Return the source of one of the two functions."""
        write = Expressions(self._readings)
        kept = frozenset(one.question.id for one in self._readings) if explained else self._kept
        return source_of(write, self._readings, self._rules, self._others, kept, explained=explained)

    def _compiled(self, *, explained: bool) -> Replay:
        replay: Replay = self._function(self.source(explained=explained))
        return replay

    def _function(self, source: str) -> Any:
        code: CodeType = compile(source, "<compiled rules>", "exec")
        names = dict(self._constants)
        exec(code, names)  # noqa: S102  the source holds numbers and our own names only
        return names["replay"]

    def _bound(self) -> dict[str, Any]:
        constants: dict[str, Any] = {"__builtins__": {}}
        for place, reading in enumerate(self._readings):
            constants |= {f"{CONSTANT_ID}{place}": reading.question.id, f"{VERDICT}{place}": _Verdicts(reading)}
            constants |= {f"whole{place}": reading.whole, f"tell{place}": teller(reading)}
            if at_times := frozenset(one.id for one in reading.question.options if one.show_when is not None):
                constants |= {f"{AT_TIMES}{place}": at_times, f"{STILL}{place}": _still(reading.question)}
        return constants


class _Verdicts(dict[Answer, tuple[int, ...]]):
    """The verdicts of a question's answers; that of several options together is found when it is wanted."""

    def __init__(self, reading: Reading) -> None:
        super().__init__({answer: tuple(verdict) for answer, verdict in reading.known.items()})
        self._reading = reading

    def __missing__(self, answer: Answer) -> tuple[int, ...]:
        return self._reading.verdict(answer)


def _firing(plain: Mapping[int, tuple[Is, ...]]) -> Mapping[Leaf, int]:
    """Return for each condition the bits of the plain rules that it makes fire."""
    rules: dict[Leaf, int] = {}
    for place, leaves in plain.items():
        for leaf in leaves:
            rules[leaf] = rules.get(leaf, 0) | 1 << place
    return rules


def _others(table: RuleTable) -> Others:
    chosen = [therapy for therapy in table.therapies if therapy.choose_when is not None]
    plans = table.decision.sequences
    enough = tuple(Answered(question) for question in table.decision.enough_of)
    conditions = (*(one.choose_when for one in chosen if one.choose_when), *(plan.when for plan in plans), *enough)
    return Others(
        chosen={therapy.id: 1 << place for place, therapy in enumerate(chosen)},
        sequences={plan.id: 1 << place for place, plan in enumerate(plans, len(chosen))},
        enough=sum(1 << place for place in range(len(chosen) + len(plans), len(conditions))),
        conditions=conditions,
    )


def _is_told_when_open(rule: Rule) -> bool:
    disposition = rule.then.disposition
    return rule.stage.is_safety or (disposition is not None and disposition.is_emergency)


def _looked_up(table: RuleTable) -> frozenset[str]:
    """Return the questions whose answers are sites that an effect is about, or that hurt."""
    sites = [
        place for rule in table.rules for place in (rule.then.avoid, *(one.sites for one in rule.then.site_limits))
    ]
    return frozenset((table.pain_question, *(question for one in sites for question in one.marked_in)))


def _still(question: Question) -> Callable[[Answer, int], Answer | None]:
    """Return the function that leaves of an answer what is offered, by the bits of the conditions that are false."""
    shown = {condition: 1 << place for place, condition in enumerate(show_conditions(question))}
    bits = [(option, 0 if option.show_when is None else shown[option.show_when]) for option in question.options]

    def still(answer: Answer, gone: int) -> Answer | None:
        return still_offered(answer, tuple(option for option, bit in bits if not bit & gone))

    return still
