"""The interview replayed for a whole block: which questions apply, which answers count, which conditions hold.

It says what `nmtchoose.engine.evaluate` says for each row alone; a question is looked at when something first needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from nmtchoose.bulk.kernel.bits import Bits, Block, Verdicts
from nmtchoose.bulk.kernel.given import Columns, Given
from nmtchoose.bulk.kernel.meaning import Meaning, meaning_of
from nmtchoose.bulk.layout import Layout
from nmtchoose.model.condition import AllOf, AnyOf, AtLeastOf, Condition, Fact, Leaf, Not
from nmtchoose.model.questionnaire import SPECIAL_ANSWERS, Question, Questionnaire


class Asked(NamedTuple):
    """One question for a block: for whom it applies, which options are offered, and whose answer counts."""

    applies: Verdicts
    offered: Mapping[str, Bits]
    answered: Bits


@dataclass(frozen=True)
class Meanings:
    """The meaning of each condition on one question, worked out when it is first met."""

    questionnaire: Questionnaire
    known: dict[Leaf, Meaning]

    def of(self, leaf: Leaf) -> Meaning:
        """Return what `leaf` means."""
        found = self.known.get(leaf)
        if found is None:
            found = self.known[leaf] = meaning_of(leaf, self.questionnaire[leaf.question])
        return found


class Replay:
    """The answers of one block, as conditions see them."""

    def __init__(self, meanings: Meanings, layout: Layout, columns: Columns, block: Block) -> None:
        self.block = block
        self._meanings = meanings
        self._layout = layout
        self._columns = columns
        self._given: dict[str, Given] = {}
        self._asked: dict[str, Asked] = {}
        self._kept: dict[tuple[str, str], Bits] = {}
        self._leaves: dict[Leaf, Verdicts] = {}
        self._facts: dict[int, Verdicts] = {}

    def question(self, question_id: str) -> Question:
        """Return a question by its id."""
        return self._meanings.questionnaire[question_id]

    def asked(self, question_id: str) -> Asked:
        """Return how a question stands."""
        asked = self._asked.get(question_id)
        if asked is None:
            asked = self._asked[question_id] = self._looked_at(self.question(question_id))
        return asked

    def kept(self, question_id: str, name: str) -> Bits:
        """Return whose answer to a question that may apply is, or has in it, an offered option or a special answer."""
        bits = self._kept.get((question_id, name))
        if bits is None:
            asked = self.asked(question_id)
            counting = self.block.both(self.given(question_id).said(name), asked.applies.possible)
            bits = self.block.both(counting, asked.offered.get(name, self.block.everything))
            self._kept[question_id, name] = bits
        return bits

    def given(self, question_id: str) -> Given:
        """Return the answers to a question, whether they count or not."""
        given = self._given.get(question_id)
        if given is None:
            given = Given(self._layout.by_id[question_id], self._columns, self.block)
            self._given[question_id] = given
        return given

    def verdicts(self, condition: Condition) -> Verdicts:
        """Return for whom `condition` is true, and for whom it is not false."""
        match condition:
            case AllOf(parts):
                return self._all(parts)
            case AnyOf(parts):
                return self._any(parts)
            case AtLeastOf(count, parts):
                found = [self.verdicts(part) for part in parts]
                return Verdicts(
                    self.block.at_least(count, [one.true for one in found]),
                    self.block.at_least(count, [one.possible for one in found]),
                )
            case Not(part):
                inner = self.verdicts(part)
                return Verdicts(self.block.other_than(inner.possible), self.block.other_than(inner.true))
            case Fact(_, body):
                if id(body) not in self._facts:  # the table keeps the body alive
                    self._facts[id(body)] = self.verdicts(body)
                return self._facts[id(body)]
            case _:
                return self._leaf(condition)

    def _all(self, parts: tuple[Condition, ...]) -> Verdicts:
        true, possible = self.block.always
        for part in parts:
            one = self.verdicts(part)
            true, possible = self.block.both(true, one.true), self.block.both(possible, one.possible)
            if possible is self.block.nothing:
                return self.block.never
        return Verdicts(true, possible)

    def _any(self, parts: tuple[Condition, ...]) -> Verdicts:
        true, possible = self.block.never
        for part in parts:
            one = self.verdicts(part)
            true, possible = self.block.either(true, one.true), self.block.either(possible, one.possible)
        return Verdicts(true, possible)

    def _leaf(self, leaf: Leaf) -> Verdicts:
        found = self._leaves.get(leaf)
        if found is None:
            found = self._leaves[leaf] = self._read(leaf.question, self._meanings.of(leaf))
        return found

    def _read(self, question_id: str, meaning: Meaning) -> Verdicts:
        block, asked = self.block, self.asked(question_id)
        if asked.applies.possible is block.nothing:
            return block.never
        true = block.any_of(self.kept(question_id, name) for name in meaning.true)
        if meaning.real or meaning.within:
            given = self.given(question_id)
            number = given.between(*meaning.within) if meaning.within else given.real()
            true = block.either(true, block.both(number, asked.applies.possible))
        if meaning.at_least is not None:
            options = self.question(question_id).options
            true = block.at_least(meaning.at_least, [self.kept(question_id, option.id) for option in options])
        possible = block.either(true, block.any_of(self.kept(question_id, name) for name in meaning.open))
        if meaning.open_if_missing:
            possible = block.either(possible, block.without(asked.applies.possible, asked.answered))
        return Verdicts(true, possible)

    def _looked_at(self, question: Question) -> Asked:
        block = self.block
        applies = block.always if question.ask_when is None else self.verdicts(question.ask_when)
        at_times = {one.id: one.show_when for one in question.options if one.show_when is not None}
        shown = {condition: self.verdicts(condition).possible for condition in dict.fromkeys(at_times.values())}
        offered = {option: shown[condition] for option, condition in at_times.items()}
        if at_times and len(at_times) == len(question.options):
            something = block.any_of(shown.values())
            applies = Verdicts(block.both(applies.true, something), block.both(applies.possible, something))
        answered = self._counting(question, offered)
        return Asked(applies, offered, block.both(answered, applies.possible))

    def _counting(self, question: Question, offered: Mapping[str, Bits]) -> Bits:
        """Return whose answer is not only made of options that are not offered."""
        block, given = self.block, self.given(question.id)
        if all(bits is block.everything for bits in offered.values()):
            return given.answered
        said = (given.said(name) for name in SPECIAL_ANSWERS)
        chosen = (block.both(given.said(one.id), offered.get(one.id, block.everything)) for one in question.options)
        return block.either(block.any_of(said), block.any_of(chosen))
