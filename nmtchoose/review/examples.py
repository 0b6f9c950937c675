"""A client for whom a condition holds, and one with one answer changed for whom it does not."""

from collections.abc import Iterator

from nmtchoose.engine.evaluate import truth, view
from nmtchoose.meaning.circuit import TRUE
from nmtchoose.model.answers import Answer, Answers, chosen, special
from nmtchoose.model.condition import Condition, InRange, leaves, questions_of
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import NONE, Kind, Question, Questionnaire
from nmtchoose.proof.encoded import Encoded, assessed, remarkable_answers, smallest, standing_out
from nmtchoose.words.answers import answer_words, apart, option_words
from nmtchoose.words.sentences import id_words, joined


def client_with(encoded: Encoded, condition: Condition, worst: Disposition) -> tuple[tuple[str, ...], str] | None:
    """Return what the plainest client with `condition` answers, and the answer to change for a near miss.

    With nothing worse than `worst`, where that can be. None where nobody can have it; without a near miss where no one
    answer decides. Raises ProofError when the solver and the engine disagree.
    """
    holds, complete = encoded.sheet.truth(condition).true, encoded.result.interview.complete
    severity, costs = encoded.result.outcome.severity, standing_out(encoded.sheet, encoded.thresholds)
    not_worse = -severity[worst.severity + 1] if worst.severity + 1 < len(severity) else TRUE
    interview = (holds, encoded.only_asked, complete)
    found = (
        encoded.solver.smallest((*interview, not_worse), costs)
        or encoded.solver.smallest(interview, costs)
        or smallest(encoded, [holds])
    )
    if found is None:
        return None
    answers, assessment = assessed(encoded, found)
    return tuple(_told(encoded, answers, condition, all_of_it=not assessment.complete)), _near_miss(
        encoded, condition, answers
    )


def _told(encoded: Encoded, answers: Answers, condition: Condition, *, all_of_it: bool) -> Iterator[str]:
    """Yield the answers that matter: those that `condition` reads, and those that stand out and lead there or count."""
    questionnaire = encoded.questionnaire
    read, leading = questions_of(condition), _leading_to(condition, questionnaire)
    remarkable = remarkable_answers(questionnaire, encoded.thresholds, answers)
    for question in questionnaire.questions:
        counts = question.id in remarkable and (question.purpose.is_safety or question.id in leading)
        if question.id in answers and (all_of_it or counts or question.id in read):
            yield _answer_told(question, answers[question.id])


def _leading_to(condition: Condition, questionnaire: Questionnaire) -> frozenset[str]:
    """Return the questions that `condition` reads, and all by whose answers it is decided whether these are asked."""
    found, new = frozenset[str](), questions_of(condition)
    while new:
        found |= new
        asked = (questionnaire.by_id[one].ask_when for one in new if one in questionnaire.by_id)
        new = frozenset().union(*(questions_of(one) for one in asked if one)) - found
    return found


def _near_miss(encoded: Encoded, condition: Condition, answers: Answers) -> str:
    """Return the other answer. Numbers come first: one that just misses says more than a tick taken away.

    After a sign of an emergency nothing else is asked, so what was left open counts as plain here too.
    """
    read = questions_of(condition)
    asked = [one for one in encoded.questionnaire.questions if one.id in answers and one.id in read]
    changed = [
        (truth(condition, view(encoded.questionnaire, {**answers, question.id: other})), question, other)
        for question in sorted(asked, key=lambda one: one.kind is not Kind.NUMBER)
        for other in _others(question, answers[question.id], condition)
    ]
    near = next((one for one in changed if one[0] is False), None) or next((one for one in changed if not one[0]), None)
    return _answer_told(*near[1:]) if near else ""


def _answer_told(question: Question, answer: Answer) -> str:
    """Return an answer behind the name that conditions give its question: the line of a screen is told as it reads."""
    name = question.ask.client if question.is_line else id_words(question.id)
    several = question.kind is Kind.MANY and special(answer) is None
    labels = [apart(option_words(question, one)) for one in chosen(answer)] if several else []
    return f"{name}: {joined(labels, 'and') if several else apart(answer_words(question, answer))}"


def _others(question: Question, answer: Answer, condition: Condition) -> Iterator[Answer]:
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
            yield from (one.id for one in sorted(question.options, key=lambda one: not one.reassuring))
