"""Random hands at whole interviews: nothing is recorded that was not meant."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from prompt_toolkit.input import Input, create_pipe_input

from nmtchoose.desk.conduct import conduct
from nmtchoose.desk.interview import begun
from nmtchoose.desk.prompter import Screen, Turn, Typed, Voice
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Kind, Question
from nmtchoose.model.tables import Tables
from nmtchoose.prompts.choosing import released
from nmtchoose.prompts.look import Look
from nmtchoose.prompts.terminal import TerminalPrompter
from tests.desk.test_offering_back import TABLES as IN_OWN_WORDS
from tests.prompts.clinic import LINES, NUMBERS, lines_screen
from tests.prompts.hands import Hands, HandStage, LineHands
from tests.shipped import shipped_pair

TABLES = Tables(*shipped_pair())
QUIET = 0.7
"""How many of the lists of signs are answered with none of these."""


class Meaning(TerminalPrompter):
    """Somebody who means an answer to each question, gives it with their hands, and sees what is recorded."""

    def __init__(self, random: Random, keyboard: Input) -> None:
        super().__init__()
        self._random = random
        self._look = Look("utf-8")
        self._meant: dict[str, Answer] = {}
        self.hands_at = self._stage = HandStage(random, keyboard)

    def ask(self, screen: Screen) -> Answer | Typed | Turn:
        """Ask, and fail where something is recorded that was not meant."""
        question = screen.question
        meant = self._meant[question.id] = self._meaning(screen)
        self.hands_at.hands = Hands(screen, meant, self._random)
        reply = super().ask(screen)
        if isinstance(reply, Turn):
            return reply
        reply = reply.answer if isinstance(reply, Typed) else reply
        kept = set(reply if isinstance(reply, tuple) else (reply,))
        assert kept and kept <= set(meant if isinstance(meant, tuple) else (meant,)), f"{question.id}: {reply}, {meant}"
        return reply

    def ask_lines(self, screen: Screen) -> tuple[Answer, ...] | Turn:
        """Ask all lines, and fail where one records what was not meant."""
        meant = tuple(self._meant.setdefault(line.question.id, self._meaning(line)) for line in screen.lines)
        self.hands_at.hands = LineHands(screen, meant, self._random)
        replies = super().ask_lines(screen)
        assert isinstance(replies, Turn) or replies == meant, f"{screen.question.id}: {replies}, {meant}"
        return replies

    def choose(self, text: str, choices: tuple[tuple[str, str], ...], keys: str = "") -> str:
        """Decide about what was written."""
        return self._random.choice(choices)[0]

    def say(self, text: str) -> None:
        """Say nothing."""

    def _meaning(self, screen: Screen) -> Answer:
        question, random = screen.question, self._random
        ids = [option.id for option in screen.options]
        many = question.kind is Kind.MANY
        if question.kind is Kind.TEXT:
            return random.choice(("", "quiet please", "Eliquis and warfarin", "a tight chest"))
        if question.kind is Kind.NUMBER:
            return random.randint(question.minimum or 0, min(question.maximum or 99, 99))
        before = self._meant.get(question.id)
        if before and set(before if isinstance(before, tuple) else (before,)) <= {*ids, *question.specials}:
            return before
        quiet = random.random() < QUIET and question.purpose.is_safety
        if quiet or not ids:
            special = "none" if "none" in question.specials else ""
            calm = [option.id for option in screen.options if option.reassuring] or [ids[-1]]
            return (special or calm[0],) if many else special or calm[0]
        if not many:
            return random.choice([*ids, *question.specials])
        some = random.sample(ids, random.randint(1, min(3, len(ids))))
        return tuple(one for one in ids if one in some)


def interview(seed: int, tables: Tables = TABLES) -> None:
    """Play one interview."""
    with create_pipe_input() as keyboard:
        prompter = Meaning(Random(seed), keyboard)
        try:
            with released(prompter):
                conduct(begun(tables, {}, Voice.CLIENT), prompter)
        except KeyboardInterrupt:  # "quit", and then "yes" to the question before: that stops, and records nothing
            assert prompter.hands_at.last == "y"


def test_what_is_written_and_offered_back_is_recorded_as_meant() -> None:
    for seed in range(10):
        interview(seed, IN_OWN_WORDS)


@pytest.mark.parametrize("questions", [LINES, NUMBERS], ids=["lines", "numbers"])
def test_lines_record_what_was_meant(questions: Sequence[Question]) -> None:
    for seed in range(40):
        random = Random(seed)
        with create_pipe_input() as keyboard:
            prompter = Meaning(random, keyboard)
            with released(prompter):
                prompter.ask_lines(lines_screen(questions))


@pytest.mark.parametrize("start", range(0, 30, 10))
def test_nothing_is_recorded_that_was_not_meant(start: int) -> None:
    for seed in range(start, start + 10):
        interview(seed)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(200, 260, 20))
def test_nothing_is_recorded_that_was_not_meant_in_more_interviews(start: int) -> None:
    for seed in range(start, start + 20):
        interview(seed)
