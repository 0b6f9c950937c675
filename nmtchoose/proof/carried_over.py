"""The same answers on another sheet, as far as they still count there."""

from collections.abc import Iterator, Mapping

from nmtchoose.meaning.answer_wires import AnswerWires, open_answer
from nmtchoose.meaning.circuit import FALSE, Circuit, Ground, Why, Wire
from nmtchoose.meaning.sheet import Asked, Sheet
from nmtchoose.meaning.thresholds import Thresholds, bounds
from nmtchoose.model.questionnaire import Kind, Question


def carried_over(sheet: Sheet, question: Question, before: Asked | None, thresholds: Thresholds | None) -> None:
    """Put `question` on `sheet` with the answer it had `before`, on another sheet.

    Where it did not apply before, or was not asked there at all, it may have any answer. An option that is no longer
    offered is dropped, and so is the answer to a question that no longer applies.
    """
    if before is not None and sheet.beside is not None and not sheet.is_moved(question):
        sheet.asked[question.id] = before
        return
    offers = sheet.offers(question)
    applies = sheet.applies(question, offers)
    if before is not None and applies == before.applies and offers == before.offers and _takes(question, before):
        sheet.asked[question.id] = before
        return
    after = Asked(question.kind, open_answer(sheet.circuit, question, applies, offers, thresholds), applies, offers)
    if before is not None:
        _same_answer(sheet.circuit, question, before, after)
    sheet.asked[question.id] = after
    sheet.changed.add(question.id)


def _takes(question: Question, before: Asked) -> bool:
    """Return whether every answer `before` is still one to `question`."""
    answer = before.answer
    alike = before.kind is question.kind and answer.specials.keys() == set(question.specials)
    if question.kind is not Kind.NUMBER:
        return alike
    return alike and (answer.minimum, answer.maximum) == bounds(question)


def _same_answer(circuit: Circuit, question: Question, before: Asked, after: Asked) -> None:
    """Demand that `question` has the same answer `after` as `before`, where it applied before and counts now."""
    ground = Ground(Why.CARRIED_OVER, question.id)
    free = before.applies.false
    for old, new, counts in _pairs(before.answer, after.answer, after.offers, -after.applies.false):
        circuit.require((free, -new, old), ground)
        circuit.require((free, new, -circuit.all_of((old, *counts))), ground)


def _pairs(
    before: AnswerWires, after: AnswerWires, offers: Mapping[str, Wire], applies: Wire
) -> Iterator[tuple[Wire, Wire, tuple[Wire, ...]]]:
    """Yield each part of the answer before and after, and what has to be true for it to count."""
    for option, new in after.options.items():
        yield before.options.get(option, FALSE), new, (applies, offers[option])
    for name, new in after.specials.items():
        yield before.specials.get(name, FALSE), new, (applies,)
    if not after.options:
        within = before.number_from(after.minimum, after.maximum) if after.reached or before.reached else ()
        yield before.real, after.real, (applies, *within)
        for cut, new in after.reached.items():
            yield before.number_at_least(cut), new, (applies, after.real)
