"""Answers in the terms of today's questions: written in short for a whole screen, or given to earlier questions.

An answer is carried over only where `was` in questions.yaml says what it answers now. Nothing is made up: that a line
was not ticked counts as "no" only where the list it stood in was answered, and is no longer asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from nmtchoose.model.questionnaire import AS_IT_WAS, DECLINED, NONE, SPECIAL_ANSWERS, UNSURE, Question, Questionnaire

REST = "rest"
"""Stands for the lines of a screen that are not named: `signs: {fainted: yes, rest: no}`."""


class InTodaysTerms(NamedTuple):
    """Answers by question, and those to earlier questions that have no place now, as (question, option)."""

    answers: dict[str, object]
    left: tuple[tuple[str, str], ...]


def in_todays_terms(raw: Mapping[str, object], questionnaire: Questionnaire) -> InTodaysTerms:
    """Return `raw`, as it stands in a file, in the terms of `questionnaire`; nothing of it is checked."""
    given = _spread(raw, questionnaire)
    left: list[tuple[str, str]] = []
    for earlier, successors in questionnaire.successors.items():
        if earlier in given:
            left += _carried(given, earlier, successors, questionnaire)
    return InTodaysTerms(given, tuple(left))


def _spread(raw: Mapping[str, object], questionnaire: Questionnaire) -> dict[str, object]:
    """Return `raw` with a key for each line where one stands for a screen."""
    given: dict[str, object] = {}
    for name, answer in raw.items():
        lines = questionnaire.lines.get(name, ())
        if not lines or not isinstance(answer, Mapping):
            given[name] = answer
            continue
        named = {f"{name}.{line}": one for line, one in answer.items() if line != REST}
        rest = {one: answer[REST] for one in lines if one not in named and one not in raw} if REST in answer else {}
        given |= named | rest
    return given


def _carried(
    given: dict[str, object], earlier: str, successors: Sequence[Question], questionnaire: Questionnaire
) -> Iterable[tuple[str, str]]:
    """Put the answer to `earlier` where it belongs now, and return what of it belongs nowhere."""
    answer, still_asked = given[earlier], questionnaire.by_id.get(earlier)
    chosen = list(answer) if isinstance(answer, list | tuple) else [answer]
    placed = [option for one in successors for option in one.was[earlier]]
    if not chosen:  # an empty list is no answer, and never "no"
        return [] if still_asked else [(earlier, "nothing")]
    for question in successors:
        options = question.was[earlier]
        now = answer if AS_IT_WAS in options else _answer_now(question, earlier, chosen, given)
        if now is not None and question.id not in given and not (still_asked and now != "yes"):
            given[question.id] = now
    for option in placed:
        if f"{earlier}.{option}" not in questionnaire.by_id:
            given.pop(f"{earlier}.{option}", None)
    if still_asked:
        kept = [one for one in chosen if one not in placed or still_asked.option(str(one))]
        if kept != chosen:
            given[earlier] = kept or [NONE]
        return ()
    del given[earlier]
    known = (*placed, *SPECIAL_ANSWERS, "no")
    return [(earlier, str(one)) for one in chosen if one not in known and AS_IT_WAS not in placed]


def _answer_now(question: Question, earlier: str, chosen: list[object], given: Mapping[str, object]) -> str | None:
    """Return what an earlier answer says to a yes-or-no question; None where it says nothing."""
    signs = [given[sign] for option in question.was[earlier] if (sign := f"{earlier}.{option}") in given]
    for said, words in ((chosen, question.was[earlier]), (signs, ("yes",))):
        if any(one in words for one in said):
            return "yes"
    alone = next((one for one in (UNSURE, DECLINED) if one in (signs or chosen)), None)
    if alone is None:
        return "no"
    return alone if alone in question.specials else None
