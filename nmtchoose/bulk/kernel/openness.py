"""Which questions still matter for a block, where not everything was answered.

The same as `missing` of `nmtchoose.engine.interview.state` and `open_questions` of the reference evaluator.
"""

from __future__ import annotations

from collections.abc import Mapping

from nmtchoose.bulk.kernel.bits import Bits
from nmtchoose.bulk.kernel.effects import FORBIDDING, SEVEREST_FIRST, Firing, severities
from nmtchoose.bulk.kernel.replay import Replay
from nmtchoose.engine.compiled.masks import RuleMasks, places
from nmtchoose.model.condition import Condition, Leaf, children
from nmtchoose.model.questionnaire import Kind, Questionnaire
from nmtchoose.model.rules import RuleTable

_EMERGENCIES = sum(disposition.is_emergency for disposition in SEVEREST_FIRST)


def missing(
    questionnaire: Questionnaire, table: RuleTable, masks: RuleMasks, firing: Firing, replay: Replay
) -> Mapping[str, Bits]:
    """Return by question who has not answered it though it matters: nobody after an emergency, and only what can
    still show one where no therapy may be named anyway.
    """
    block = replay.block
    reached = severities(firing, masks.ending)
    emergency, forbidden = reached[_EMERGENCIES - 1], reached[FORBIDDING - 1]
    waiting = _waiting(questionnaire, replay)
    narrowed = block.both(block.without(forbidden, emergency), block.any_of(waiting.values()))
    worse = _open_questions(table, masks, firing, replay, narrowed)
    found: dict[str, Bits] = {}
    for question, rows in waiting.items():
        matters = block.either(block.other_than(forbidden), worse.get(question, block.nothing))
        still = block.both(rows, matters)
        if still.any():
            found[question] = still
    return found


def _waiting(questionnaire: Questionnaire, replay: Replay) -> dict[str, Bits]:
    """Return who was asked each question and did not answer; texts are never waited for."""
    waiting: dict[str, Bits] = {}
    for question in questionnaire.questions:
        if question.kind is not Kind.TEXT:
            asked = replay.asked(question.id)
            rows = replay.block.without(asked.applies.true, asked.answered)
            if rows is not replay.block.nothing and rows.any():
                waiting[question.id] = rows
    return waiting


def _open_questions(
    table: RuleTable, masks: RuleMasks, firing: Firing, replay: Replay, rows: Bits
) -> Mapping[str, Bits]:
    """Return by question for whom of `rows` its answer leaves a rule for emergencies open."""
    found: dict[str, Bits] = {}
    for place in places(masks.emergencies):
        undecided = replay.block.both(rows, firing.opened[place])
        if undecided.any():
            _collect(table.rules[place].when, undecided, replay, found)
    return found


def _collect(condition: Condition, rows: Bits, replay: Replay, found: dict[str, Bits]) -> None:
    """Add who of `rows` leaves `condition` open, and with which question."""
    block, verdicts = replay.block, replay.verdicts(condition)
    undecided = block.both(rows, block.without(verdicts.possible, verdicts.true))
    if undecided is block.nothing or not undecided.any():
        return
    if not isinstance(condition, Leaf):
        for part in children(condition):
            _collect(part, undecided, replay, found)
        return
    question = replay.question(condition.question)
    if question.ask_when is not None:
        applies = replay.asked(question.id).applies
        uncertain = block.both(undecided, block.without(applies.possible, applies.true))
        if uncertain.any():
            _collect(question.ask_when, uncertain, replay, found)
    found[question.id] = block.either(found.get(question.id, block.nothing), undecided)
