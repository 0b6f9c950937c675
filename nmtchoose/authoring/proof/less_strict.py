"""Whether a change of the files makes any result less strict, over all possible sets of answers."""

from __future__ import annotations

from dataclasses import dataclass

from nmtchoose.authoring.proof.carried_over import carried_over
from nmtchoose.authoring.proof.encoded import Encoded, encode
from nmtchoose.authoring.proof.examples import assessed, in_words, with_more
from nmtchoose.authoring.proof.plainness import given, standing_out
from nmtchoose.authoring.proof.witness import ProofError, answers_on, near
from nmtchoose.authoring.strictness import less_limited, loosened, milder, ruled
from nmtchoose.meaning.circuit import Values
from nmtchoose.meaning.result import result_on
from nmtchoose.meaning.sheet import Sheet
from nmtchoose.meaning.thresholds import bounds, conditions_of, thresholds
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Kind, Questionnaire
from nmtchoose.model.tables import Tables


@dataclass(frozen=True, slots=True)
class LessStrict:
    """Answers that get a less strict result from the new files.

    `answers` are for the old files and `answers_after` for the new ones: the same, as far as both ask the same, and
    any where the new ones ask more. `problems` say what is less strict, `words` are the answers that stand out.
    """

    answers: Answers
    answers_after: Answers
    problems: tuple[str, ...]
    words: tuple[str, ...]


def find_less_strict(old: Tables, new: Tables) -> LessStrict | None:
    """Return the plainest answers that get a less strict result from `new` than from `old`; None proves there are none.

    A milder disposition is looked for first, then a higher limit or a therapy that was ruled out or on hold (see
    `nmtchoose.authoring.strictness`); complete interviews are preferred. Raises UsageError when no solver is
    installed, and ProofError when the solver and the engine disagree.
    """
    conditions = (*conditions_of(old), *conditions_of(new))
    encoded = encode(old, conditions, _bounds_of(new.questionnaire))
    after = Sheet(encoded.circuit, new.questionnaire)
    cuts = thresholds(new.questionnaire, conditions, _bounds_of(old.questionnaire))
    for question in new.questionnaire.questions:
        carried_over(after, question, encoded.sheet.asked.get(question.id), cuts.get(question.id))
    then, now = encoded.result, result_on(after, new.rules)
    looser = (
        milder(then.outcome, now.outcome),
        less_limited(then.outcome, now.outcome, then.standing, now.standing),
    )
    both_complete = (then.interview.complete, now.interview.complete)
    costs = with_more(standing_out(encoded.sheet, encoded.thresholds), standing_out(after, cuts))
    for wanted in ((*both_complete, looser[0]), (*both_complete, looser[1]), (looser[0],), (looser[1],)):
        found = encoded.solver.smallest(wanted, costs, given(encoded.sheet))
        if found is not None:
            return _told(encoded, old, new, after, found)
    return None


def _bounds_of(questionnaire: Questionnaire) -> dict[str, tuple[int, int]]:
    """Return where the numbers of each question begin and have just ended, so that both files can be compared there."""
    limits = {one.id: bounds(one) for one in questionnaire.questions if one.kind is Kind.NUMBER}
    return {question: (low, high + 1) for question, (low, high) in limits.items()}


def _told(encoded: Encoded, old: Tables, new: Tables, after: Sheet, found: Values) -> LessStrict:
    answers, _ = assessed(encoded, found)
    answers_after = answers_on(after, found, near(answers))
    problems = loosened(ruled(old, answers), ruled(new, answers_after))
    if not problems:
        raise ProofError("the engine is not less strict with the new files")
    return LessStrict(answers, answers_after, problems, in_words(encoded, answers))
