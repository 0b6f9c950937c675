"""A client for whom a condition holds, and one with one answer changed for whom it does not."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.engine.evaluate import truth, view
from nmtchoose.meaning.circuit import TRUE
from nmtchoose.model.answers import Answer, Answers, chosen
from nmtchoose.model.condition import Condition, InRange, leaves, questions_of
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import NONE, Kind, Question
from nmtchoose.proof.encoded import Encoded
from nmtchoose.proof.examples import assessed, in_words, smallest
from nmtchoose.proof.plainness import standing_out
from nmtchoose.words.answers import answer_words
from nmtchoose.words.sentences import id_words


def client_with(encoded: Encoded, condition: Condition, worst: Disposition) -> tuple[tuple[str, ...], str] | None:
    """Return what the plainest client with `condition` answers, and the answer to change for a near miss.

    With nothing worse than `worst`, where that can be. None where nobody can have it; without a near miss where no one
    answer decides. Raises ProofError when the solver and the engine disagree.
    """
    holds, complete = encoded.sheet.truth(condition).true, encoded.result.interview.complete
    severity, costs = encoded.result.outcome.severity, standing_out(encoded.sheet, encoded.thresholds)
    not_worse = -severity[worst.severity + 1] if worst.severity + 1 < len(severity) else TRUE
    for wanted in ((holds, not_worse, complete), (holds, complete)):
        found = encoded.solver.smallest(wanted, costs)
        if found:
            break
    else:
        found = smallest(encoded, [holds])
    if found is None:
        return None
    answers, _ = assessed(encoded, found)
    told = in_words(encoded, answers, sorted(questions_of(condition)))
    return tuple(_named(*one.split(": ", 1)) for one in told), _near_miss(encoded, condition, answers)


def _near_miss(encoded: Encoded, condition: Condition, answers: Answers) -> str:
    """Numbers come first: one that just misses says more than a tick taken away."""
    read = questions_of(condition)
    asked = [one for one in encoded.questionnaire.questions if one.id in answers and one.id in read]
    for question in sorted(asked, key=lambda one: one.kind is not Kind.NUMBER):
        for other in _others(question, answers[question.id], condition):
            if truth(condition, view(encoded.questionnaire, {**answers, question.id: other})) is False:
                return _named(question.id, answer_words(question, other))
    return ""


def _named(question_id: str, words: str = "") -> str:
    return f"{id_words(question_id)}: {words}" if words else question_id


def _others(question: Question, answer: Answer, condition: Condition) -> Iterator[Answer]:
    """Yield other answers to `question`, the nearest first."""
    match question.kind:
        case Kind.NUMBER:
            ranges = [one for one in leaves(condition) if isinstance(one, InRange) and one.question == question.id]
            beyond = {one.low - 1 for one in ranges if one.low is not None}
            beyond |= {one.high + 1 for one in ranges if one.high is not None}
            low, high = question.minimum or 0, question.maximum
            near = answer if isinstance(answer, int) else low
            allowed = (one for one in beyond if one >= low and (high is None or one <= high))
            yield from sorted(allowed, key=lambda one: abs(one - near))
        case Kind.MANY:
            ticked = chosen(answer)
            yield from (tuple(one for one in ticked if one != gone) for gone in ticked if len(ticked) > 1)
            yield from ((option.id,) for option in question.options if len(ticked) <= 1 and question.sites)
            yield from ((NONE,) for one in question.specials if one == NONE)
            yield from ((option.id,) for option in question.options)
        case Kind.ONE:
            yield from sorted((one.id for one in question.options), key=lambda one: not _reassures(question, one))


def _reassures(question: Question, option_id: str) -> bool:
    option = question.option(option_id)
    return option is not None and option.reassuring
