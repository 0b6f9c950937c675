"""What conditions mean: the reference evaluator, three-valued after Kleene: True, False, or None for unknown.

This is the only place that decides what a leaf means for a question that does not apply, was not answered, or was
answered "not sure" or "prefer not to say".
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from nmtchoose.model.answers import Answer, Answers, chosen, special
from nmtchoose.model.condition import (
    AllOf,
    Answered,
    AnyOf,
    AtLeastOf,
    Condition,
    CountAtLeast,
    Fact,
    InRange,
    Is,
    Leaf,
    Not,
    children,
)
from nmtchoose.model.questionnaire import NONE, Kind, Option, Question, Questionnaire

Truth = bool | None
"""True, False or None (unknown)."""


class View(Struct, frozen=True):
    """Answers as conditions see them: only those that may apply, without options that are no longer offered.

    `applies` says for each question so far whether it is asked (None when that cannot be told).
    """

    questionnaire: Questionnaire
    applies: Mapping[str, Truth]
    answers: Answers


def view(questionnaire: Questionnaire, answers: Answers) -> View:
    """Return what counts of `answers`, replayed from the first question on: what applies, and is offered then."""
    applies: dict[str, Truth] = {}
    kept: dict[str, Answer] = {}
    seen = View(questionnaire, applies, kept)
    varied = questionnaire.varied
    for question in questionnaire.questions:
        offered = offered_options(question, seen) if question.id in varied else question.options
        applies[question.id] = _applies(question, offered, seen)
        answer = answers.get(question.id)
        if answer is not None and applies[question.id] is not False:
            counting = still_offered(answer, offered)
            if counting is not None:
                kept[question.id] = counting
    return seen


def offered_options(question: Question, seen: View) -> tuple[Option, ...]:
    """Return the options of `question` that are not ruled out by the answers before it; in doubt they are offered."""
    return tuple(
        option for option in question.options if option.show_when is None or truth(option.show_when, seen) is not False
    )


def _applies(question: Question, offered: tuple[Option, ...], seen: View) -> Truth:
    if question.options and not offered:
        return False
    return True if question.ask_when is None else truth(question.ask_when, seen)


def still_offered(answer: Answer, offered: tuple[Option, ...]) -> Answer | None:
    """Return what of `answer` counts when only `offered` are offered; None when that is nothing."""
    if special(answer) is not None or not offered or isinstance(answer, int):
        return answer
    ids = {option.id for option in offered}
    if isinstance(answer, str):
        return answer if answer in ids else None
    return tuple(one for one in answer if one in ids) or None


def truth(condition: Condition, seen: View) -> Truth:
    """Return whether `condition` holds: True, False, or None when the answers do not decide it."""
    match condition:
        case Is() | InRange() | CountAtLeast() | Answered():  # first: most conditions are leaves
            return _leaf(condition, seen)
        case AllOf(parts):
            return _decided((truth(part, seen) for part in parts), by=False)
        case AnyOf(parts):
            return _decided((truth(part, seen) for part in parts), by=True)
        case Not(part):
            inner = truth(part, seen)
            return None if inner is None else not inner
        case AtLeastOf(count, parts):
            return _at_least(count, [truth(part, seen) for part in parts])
        case Fact(_, body):
            return truth(body, seen)


def _decided(parts: Iterable[Truth], *, by: bool) -> Truth:
    """Return `by` where one part is that, which decides the whole; else its opposite, or unknown where a part is."""
    unknown = False
    for part in parts:
        if part is by:
            return by
        unknown = unknown or part is None
    return None if unknown else not by


def _at_least(count: int, parts: list[Truth]) -> Truth:
    true, unknown = parts.count(True), parts.count(None)
    if true >= count:
        return True
    return None if true + unknown >= count else False


def _leaf(leaf: Leaf, seen: View) -> Truth:
    if seen.applies.get(leaf.question) is False:
        return False
    answer = seen.answers.get(leaf.question)
    if isinstance(leaf, Answered):
        return answer is not None and (special(answer) in (None, NONE)) and answer != ""
    if answer is None:
        return None
    alone = special(answer)
    if isinstance(leaf, Is):
        return _is(leaf, answer, alone)
    if alone is not None:
        return False if alone == NONE else None
    if isinstance(leaf, CountAtLeast):
        return len(chosen(answer)) >= leaf.count
    low, high = leaf.low, leaf.high
    return isinstance(answer, int) and (low is None or answer >= low) and (high is None or answer <= high)


def _is(leaf: Is, answer: Answer, alone: str | None) -> Truth:
    if alone is None:
        return any(one in leaf.options for one in chosen(answer))
    if alone in leaf.options:
        return True
    return False if alone == NONE else None


def open_questions(condition: Condition, seen: View) -> frozenset[str]:
    """Return the ids of the questions whose answers leave `condition` undecided; empty when it is decided.

    A question that may or may not apply is replaced by the earlier questions that leave that open.
    """
    if truth(condition, seen) is not None:
        return frozenset()
    if not isinstance(condition, Leaf):
        return frozenset().union(*(open_questions(part, seen) for part in children(condition)))
    question_id = condition.question
    ask_when = seen.questionnaire[question_id].ask_when
    if seen.applies.get(question_id) is None and ask_when is not None:
        return open_questions(ask_when, seen) or frozenset((question_id,))
    return frozenset((question_id,))


def because(condition: Condition, seen: View) -> dict[str, Answer]:
    """Return the answers that decide `condition`, reduced to the options that matter.

    Empty when it is unknown, or decided only by questions that do not apply.
    """
    reasons: dict[str, Answer] = {}
    for leaf in _deciding(condition, truth(condition, seen), seen):
        answer = seen.answers.get(leaf.question)
        if answer is not None:
            reasons[leaf.question] = _merged(reasons.get(leaf.question), _relevant(leaf, answer))
    return _in_order(reasons, seen.questionnaire)


def behind(reasons: Mapping[str, Answer], seen: View) -> Iterator[Mapping[str, Answer]]:
    """Yield `reasons` after what was ticked to make their questions come, the first of it first.

    A follow-up says little alone: "has a doctor checked it?" needs the chest pain before it. A list says all.
    """
    for question_id in reasons:
        question = seen.questionnaire[question_id]
        gate = None if question.kind is Kind.MANY else question.ask_when
        ticked = because(gate, seen) if gate is not None else {}
        ticked = {one: answer for one, answer in ticked.items() if chosen(answer)}
        if ticked:
            yield from behind(ticked, seen)
    yield reasons


def _deciding(condition: Condition, value: Truth, seen: View) -> Iterable[Leaf]:
    if value is None:
        return
    if isinstance(condition, Leaf):
        yield condition
    wanted = not value if isinstance(condition, Not) else value
    for part in children(condition):
        if truth(part, seen) is wanted:
            yield from _deciding(part, wanted, seen)


def _relevant(leaf: Leaf, answer: Answer) -> Answer:
    if isinstance(leaf, Is) and isinstance(answer, tuple):
        return tuple(one for one in answer if one in leaf.options) or answer
    return answer


def _merged(before: Answer | None, now: Answer) -> Answer:
    if isinstance(before, tuple) and isinstance(now, tuple):
        return before + tuple(one for one in now if one not in before)
    return now


def _in_order(reasons: dict[str, Answer], questionnaire: Questionnaire) -> dict[str, Answer]:
    ordered: dict[str, Answer] = {}
    for question_id in sorted(reasons, key=questionnaire.places.__getitem__):
        answer = reasons[question_id]
        if isinstance(answer, tuple) and special(answer) is None:
            answer = tuple(option.id for option in questionnaire[question_id].options if option.id in answer)
        ordered[question_id] = answer
    return ordered
