"""What a condition on one question means, as the answers that make it true or leave it open.

Nothing is decided here: the reference evaluator is asked once for each single answer when a kernel is made.
"""

from __future__ import annotations

from dataclasses import dataclass

from nmtchoose.engine.evaluate import View, truth
from nmtchoose.model.answers import Answer
from nmtchoose.model.condition import CountAtLeast, InRange, Leaf
from nmtchoose.model.questionnaire import SPECIAL_ANSWERS, Kind, Question, Questionnaire, Stamp


@dataclass(frozen=True, slots=True)
class Meaning:
    """For one condition on one question: `true` and `open` hold special answers and options.

    `open_if_missing` says that it is unknown for who did not answer, and `real` that any number or text makes it true.
    A number in `within` does too, and so do `at_least` options together, where that is not None.
    """

    true: tuple[str, ...]
    open: tuple[str, ...]
    open_if_missing: bool
    real: bool = False
    within: tuple[int | None, int | None] | None = None
    at_least: int | None = None


def meaning_of(leaf: Leaf, question: Question) -> Meaning:
    """Return what `leaf` means for every single answer to `question`."""
    names = (*SPECIAL_ANSWERS, *(option.id for option in question.options))
    verdicts = {name: _asked(leaf, question, (name,) if question.kind is Kind.MANY else name) for name in names}
    return Meaning(
        true=tuple(name for name, verdict in verdicts.items() if verdict is True),
        open=tuple(name for name, verdict in verdicts.items() if verdict is None),
        open_if_missing=_asked(leaf, question, None) is None,
        real=not isinstance(leaf, InRange) and _real_answer_counts(leaf, question),
        within=(leaf.low, leaf.high) if isinstance(leaf, InRange) else None,
        at_least=leaf.count if isinstance(leaf, CountAtLeast) else None,
    )


def _real_answer_counts(leaf: Leaf, question: Question) -> bool:
    match question.kind:
        case Kind.NUMBER:
            return _asked(leaf, question, question.minimum or 0) is True
        case Kind.TEXT:
            return _asked(leaf, question, "a few words") is True
        case _:
            return False


def _asked(leaf: Leaf, question: Question, answer: Answer | None) -> bool | None:
    alone = Questionnaire(Stamp("", ""), "", (), (question,))
    return truth(leaf, View(alone, {question.id: True}, {} if answer is None else {question.id: answer}))
