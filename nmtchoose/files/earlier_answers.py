"""Answers in the terms of today's questions: written in short for a whole screen, or given to earlier questions.

An answer is carried over only where `was` in questions.yaml says what it answers now: that a line was not ticked counts
as "no" only where the list it stood in was answered, and every list that it leads to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nmtchoose.model.questionnaire import AS_IT_WAS, DECLINED, NONE, UNSURE, Kind, Question, Questionnaire

REST = "rest"
"""Stands for the lines of a screen that are not named: `signs: {fainted: yes, rest: no}`."""


class InTodaysTerms(NamedTuple):
    """Answers by question, and those to earlier questions that have no place now, as (question, option)."""

    answers: dict[str, object]
    left: tuple[tuple[str, str], ...]


def in_todays_terms(raw: Mapping[str, object], questionnaire: Questionnaire) -> InTodaysTerms:
    """Return `raw`, as it stands in a file, in the terms of `questionnaire`; nothing of it is checked."""
    given = _spread(raw, questionnaire)
    said = {one: _chosen(given[one]) for one in questionnaire.successors if one in given}
    earlier = _Earlier(said, dict(given), questionnaire)
    for question in {one.id: one for name in said for one in questionnaire.successors[name]}.values():
        now = earlier.to_list(question) if question.kind is Kind.MANY and not question.was else earlier.to(question)
        if now is not None:
            given[question.id] = now
    left = [(name, option) for name in said for option in earlier.without_a_place(name, given)]
    return InTodaysTerms(given, tuple(left))


def is_earlier(raw: Mapping[str, object], questionnaire: Questionnaire) -> bool:
    """Return whether something in `raw` also says something about a question that is not answered there."""
    return any(one.id not in raw for name, now in questionnaire.successors.items() if name in raw for one in now)


def _chosen(answer: object) -> Sequence[object]:
    return list(answer) if isinstance(answer, list | tuple) else [answer]


def _spread(raw: Mapping[str, object], questionnaire: Questionnaire) -> dict[str, object]:
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


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What was `said` to questions that say something about others now, and the answers `given` as they stood."""

    said: Mapping[str, Sequence[object]]
    given: Mapping[str, object]
    questionnaire: Questionnaire

    def to(self, question: Question) -> object:
        """Return the answer to `question`, or None where nothing says it: a yes counts most, then "not sure"."""
        if question.id in self.given:
            return None
        found = []
        for earlier, words in question.was.items():
            if self.said.get(earlier):
                found.append(self.given[earlier] if AS_IT_WAS in words else self._to_line(question, earlier, words))
        if not found or "yes" in found or UNSURE in found:
            return next((one for one in ("yes", UNSURE) if one in found), None)
        return found[0] if found[0] != "no" or self._all_answered(question) else None

    def to_list(self, question: Question) -> object:
        """Return the answer to a list of which options stood elsewhere, or None where it stays as it is."""
        old = self.given.get(question.id)
        hits = dict.fromkeys(
            option.id
            for option in question.options
            for earlier, words in option.was.items()
            if any(one in words for one in self.said.get(earlier, ()) if old is None or self._moved(earlier, str(one)))
        )
        if hits:
            return [*(one for one in _chosen(old) if question.option(str(one)) and one not in hits), *hits]
        if old is not None:
            return None
        speaking = [one for one, words in question.taken_from.items() if self._speaks_of(one, words)]
        if any(UNSURE in self.said.get(earlier, ()) for earlier in speaking):
            return [UNSURE] if UNSURE in question.specials else None
        return [NONE] if NONE in question.specials and self._all_answered(question) else None

    def without_a_place(self, earlier: str, given: dict[str, object]) -> list[str]:
        """Take out of `given` what is no answer to `earlier` any more, and return what of it belongs nowhere."""
        chosen, still_asked = self.said[earlier], self.questionnaire.by_id.get(earlier)
        placed = [one for question in self.questionnaire.successors[earlier] for one in question.taken_from[earlier]]
        if not chosen:  # an empty list is no answer, and never "no"
            return [] if still_asked else ["nothing"]
        for option in placed:
            if f"{earlier}.{option}" not in self.questionnaire.by_id:
                given.pop(f"{earlier}.{option}", None)
        if still_asked is None:
            del given[earlier]
            known = (*placed, NONE, UNSURE, DECLINED, "no")
            return [str(one) for one in chosen if one not in known and AS_IT_WAS not in placed]
        asked = given[earlier]
        kept = [one for one in _chosen(asked) if one not in placed or still_asked.option(str(one))]
        if kept != _chosen(asked):
            given[earlier] = kept or [NONE]
        if given[earlier] in (NONE, [NONE]) and NONE not in still_asked.specials:
            del given[earlier]
        return []

    def _to_line(self, question: Question, earlier: str, words: Sequence[str]) -> str | None:
        chosen = self.said[earlier]
        signs = [self.given[sign] for option in words if (sign := f"{earlier}.{option}") in self.given]
        if any(one in words for one in chosen) or "yes" in signs:
            return "yes"
        if not self._speaks_of(earlier, words):
            return None
        alone = next((one for one in (UNSURE, DECLINED) if one in (signs or chosen)), None)
        if alone is None:
            return "no"
        return alone if alone in question.specials else None

    def _moved(self, earlier: str, option: str) -> bool:
        still_asked = self.questionnaire.by_id.get(earlier)
        return still_asked is None or still_asked.option(option) is None

    def _speaks_of(self, earlier: str, words: Sequence[str]) -> bool:
        """Return whether an answer to `earlier` also says what is not so: it offered, and offers, all of `words`."""
        return earlier not in self.questionnaire.by_id or not any(self._moved(earlier, one) for one in words)

    def _all_answered(self, question: Question) -> bool:
        """Return whether each list that stands behind `question` and is still asked was answered, and so the rest."""
        asked = [(one, words) for one, words in question.taken_from.items() if one in self.questionnaire.by_id]
        return all(self.said.get(one) and self._speaks_of(one, words) for one, words in asked)
