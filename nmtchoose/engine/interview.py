"""The interview as a replay: from all answers given, what counts and what is asked next. Nothing is remembered here.

Back is a replay without the last answer, editing one with an answer changed, and an answers file is replayed.
"""

from collections.abc import Callable, Collection, Mapping

from msgspec import Struct

from nmtchoose.engine.evaluate import View, offered_options, open_questions, truth, view
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.disposition import Disposition, most_severe
from nmtchoose.model.questionnaire import Kind, Option, Question, Questionnaire
from nmtchoose.model.rules import RuleTable, Stage


class State(Struct, frozen=True):
    """Where the interview stands.

    `path`: the questions that apply so far in order: all answered ones and the current one. `current`: the first
    without an answer that still matters; None when it is over. `seen`: what conditions see. `dropped`: ids of answers
    that no longer apply. `missing`: unanswered questions that matter for a complete result (free text never does).
    """

    path: tuple[Question, ...]
    current: Question | None
    seen: View
    dropped: tuple[str, ...]
    missing: tuple[str, ...]
    emergency: bool

    @property
    def kept(self) -> Mapping[str, Answer]:
        """The answers that count."""
        return self.seen.answers


def state(questionnaire: Questionnaire, rules: RuleTable, answers: Answers, left_out: Collection[str] = ()) -> State:
    """Return where the interview with checked `answers` stands; questions `left_out` are missing, never current."""
    seen = view(questionnaire, answers)
    urgent = (rule for rule in rules.rules if rule.stage in (Stage.EMERGENCY, Stage.MEDICAL))
    said = ((rule.when, rule.then.disposition) for rule in urgent)
    disposition = most_severe(one for when, one in said if one is not None and truth(when, seen) is True)
    matters = _matters(rules, seen, disposition)
    waiting = [
        question
        for question in questionnaire.questions
        if seen.applies[question.id] is True
        and question.id not in seen.answers
        and question.noted_of is None
        and matters(question)
    ]
    current = next((question for question in waiting if question.id not in left_out), None)
    path = [
        question
        for question in questionnaire.questions
        if question is current or (question.id in seen.answers and question.noted_of is None)
    ]
    return State(
        path=tuple(path),
        current=current,
        seen=seen,
        dropped=tuple(one for one in answers if one not in seen.answers),
        missing=tuple(question.id for question in waiting if question.kind is not Kind.TEXT),
        emergency=disposition.is_emergency,
    )


def offered(questionnaire: Questionnaire, question: Question, answers: Answers) -> tuple[Option, ...]:
    """Return the options of `question` to show with these answers."""
    return offered_options(question, view(questionnaire, answers))


def _matters(rules: RuleTable, seen: View, disposition: Disposition) -> Callable[[Question], bool]:
    """Return whether a question matters: after an emergency none, after a referral those that may show one."""
    if disposition.is_emergency:
        return lambda question: False
    if not disposition.forbids_therapy:
        return lambda question: True
    worse: frozenset[str] = frozenset()
    for rule in rules.rules:
        if rule.then.disposition is not None and rule.then.disposition.is_emergency:
            worse |= open_questions(rule.when, seen)
    return lambda question: question.id in worse
