"""`decision:` and `guarantees:`: how points become a recommendation, and what may never happen."""

from __future__ import annotations

from nmtchoose.content.background import require_some
from nmtchoose.content.catalogue import Catalogue
from nmtchoose.content.conditions import read_condition
from nmtchoose.content.fields import Fields
from nmtchoose.content.names import Ids, known_names
from nmtchoose.content.nodes import Node
from nmtchoose.errors import Code
from nmtchoose.model.condition import NEVER, Condition
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import Decision, Guarantee, SequencePlan

MOST_POINTS = 1_000
_PROMISES = ("never_suggest", "disposition_at_least", "pressure_at_most")


def read_decision(top: Fields, catalogue: Catalogue) -> Decision:
    """Return how fit points become a recommendation."""
    node = top.need("decision")
    if node is None:
        return Decision(0, 0, 0, (), 0, "", ())
    with Fields(node, top.log, "'decision'") as fields:
        winner = _points(fields, "winner_lead", catalogue, 0)
        clear = _points(fields, "clear_lead", catalogue, 0)
        if winner > clear and fields.has("clear_lead"):
            at = fields.key("winner_lead") or node
            top.log.add(Code.WRONG_ORDER, at, name="winner_lead", low=winner, other="clear_lead", high=clear)
        answers, of, points = _read_enough(fields, catalogue)
        ids = Ids(top.log, "a sequence", dashed=True)
        return Decision(
            winner_lead=winner,
            clear_lead=clear,
            enough_answers=answers,
            enough_of=of,
            enough_points=points,
            fallback=catalogue.therapy(fields.need("fallback")),
            sequences=tuple(_read_sequence(item, catalogue, ids) for item in fields.items("sequences")),
        )


def _points(fields: Fields, name: str, catalogue: Catalogue, low: int) -> int:
    node = fields.need(name)
    number = None if node is None else catalogue.number(node, f"'{name}'", low, MOST_POINTS)
    return low if number is None else number


def _read_enough(fields: Fields, catalogue: Catalogue) -> tuple[int, tuple[str, ...], int]:
    node = fields.need("enough")
    if node is None:
        return 0, (), 0
    log, questions = catalogue.log, catalogue.scope.questions
    with Fields(node, log, "'enough'") as enough:
        items = enough.need_items("of")
        answers = _points(enough, "answers", catalogue, 0)
        points = _points(enough, "points", catalogue, -MOST_POINTS)
        if answers > len(items) > 0:
            at = enough.key("answers") or node
            log.add(Code.COUNT_TOO_HIGH, at, count=answers, total=len(items))
        return answers, known_names(items, questions, log, "a question", Code.UNKNOWN_QUESTION), points


def _read_sequence(node: Node, catalogue: Catalogue, ids: Ids) -> SequencePlan:
    with Fields(node, catalogue.log, "a sequence") as fields:
        fields.need("later")
        return SequencePlan(
            id=ids.claim(fields.need("id")),
            first=catalogue.therapy(fields.need("first")),
            later=catalogue.therapy_list(fields, "later"),
            min_fit=_points(fields, "min_fit", catalogue, -MOST_POINTS),
            when=need_condition(fields, catalogue),
            text=fields.need_text("text"),
            sources=catalogue.need_sources(fields),
        )


def need_condition(fields: Fields, catalogue: Catalogue) -> Condition:
    """Return the condition `when`, which has to be there."""
    node = fields.need("when")
    return NEVER if node is None else read_condition(node, catalogue.scope)


def read_guarantees(top: Fields, catalogue: Catalogue) -> tuple[Guarantee, ...]:
    """Return the properties that must hold for every possible set of answers."""
    ids = Ids(top.log, "a guarantee", dashed=True)
    return tuple(_read_guarantee(item, catalogue, ids) for item in top.items("guarantees"))


def _read_guarantee(node: Node, catalogue: Catalogue, ids: Ids) -> Guarantee:
    with Fields(node, catalogue.log, "a guarantee") as fields:
        require_some(fields, _PROMISES)
        return Guarantee(
            id=ids.claim(fields.need("id")),
            when=need_condition(fields, catalogue),
            say=fields.need_text("say"),
            never_suggest=catalogue.therapy_list(fields, "never_suggest"),
            disposition_at_least=fields.word("disposition_at_least", Disposition),
            pressure_at_most=catalogue.pressure(fields, "pressure_at_most"),
            line=node.line,
        )
