"""Random hands at whole interviews: nothing is recorded that was not meant."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from random import Random

import pytest
from prompt_toolkit.input import create_pipe_input

from nmtchoose.desk.conduct import conduct, review
from nmtchoose.desk.emergency import LOOK_TWICE, alarm_of, ask_about_help, second_look
from nmtchoose.desk.handover import HandingOver
from nmtchoose.desk.interview import Interview, begun, result_of
from nmtchoose.desk.prompter import Alarm, Prompter, Screen, Sheet, Turn, Typed, Voice
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Kind, Question
from nmtchoose.model.tables import Tables
from nmtchoose.prompts.choosing import released
from nmtchoose.prompts.rows import menu_rows, sheet_rows
from nmtchoose.prompts.terminal import TerminalPrompter
from nmtchoose.prompts.terminal_layout import Look
from tests.desk.test_offering_back import TABLES as IN_OWN_WORDS
from tests.prompts.clinic import LINES, NUMBERS, lines_screen
from tests.prompts.hands import SIZES, Hands, HandStage, LineHands, go_on, hands_of
from tests.shipped import shipped_pair

TABLES = Tables(*shipped_pair())
QUIET = (0.7, 0.9, 0.97)
"""How many of the signs are answered with no, or none of these; one of these shares for each interview."""

MOSTLY, HALF = 0.8, 0.5


class Meaning(TerminalPrompter):
    """Somebody who means an answer to each question, gives it with their hands, and sees what is recorded.

    Every list is answered by hand: the questions, what was written and is offered back, the card, the second look after
    a wrong key, at which all is meant to be calm, and the answers before the result, some of which are changed. What
    stood there before may stay.
    """

    def __init__(self, random: Random, stage: HandStage) -> None:
        super().__init__()
        self._random = random
        self._look = Look("utf-8")
        self._quiet = random.choice(QUIET)
        self._meant: dict[str, Answer] = {}
        self._second_look = self._anew = False
        self._changes = 2
        self.hands_at = self._stage = stage

    def ask(self, screen: Screen) -> Answer | Typed | Turn:
        """Ask, and fail where something is recorded that was not meant."""
        question = screen.question
        meant = self._meant[question.id] = self._meaning(screen)
        self.hands_at.hands = hands_of(screen, meant, self._random)
        reply = super().ask(screen)
        if isinstance(reply, Turn):
            return reply
        reply = reply.answer if isinstance(reply, Typed) else reply
        kept, wanted, before = map(_parts, (reply, meant, screen.current))
        assert kept and kept <= wanted | before, f"{question.id}: {reply}, {meant}"
        self._meant[question.id] = reply
        self._second_look = self._anew = False
        return reply

    def ask_lines(self, screen: Screen) -> tuple[Answer, ...] | Turn:
        """Ask all lines, and fail where one records what was not meant."""
        meant = tuple(self._meaning(line) for line in screen.lines)
        ids = [line.question.id for line in screen.lines]
        self._meant |= zip(ids, meant, strict=True)
        self.hands_at.hands = LineHands(screen, meant, self._random)
        replies = super().ask_lines(screen)
        if not isinstance(replies, Turn):
            for line, reply, one in zip(screen.lines, replies, meant, strict=True):
                assert reply in (one, line.current), f"{line.question.id}: {replies}, {meant}"
            self._meant |= zip(ids, replies, strict=True)
            self._second_look = self._anew = False
        return replies

    def choose(self, text: str, choices: tuple[tuple[str, str], ...], keys: str = "") -> str:
        """Decide, and fail where something else is chosen."""
        rows = menu_rows(choices, keys)
        meant = self._random.choice(rows)
        self.hands_at.hands = Hands(rows, [meant], self._random)
        chosen = super().choose(text, choices, keys)
        assert chosen == meant.value, f"{text}: {chosen}, {meant}"
        return chosen

    def alarm(self, alarm: Alarm, text: str, choices: tuple[tuple[str, str], ...]) -> str:
        """Say mostly that it was a wrong key, and fail where something else is chosen."""
        rows = menu_rows(choices)
        meant = rows[-1] if self._random.random() < MOSTLY else self._random.choice(rows)
        self.hands_at.hands = Hands(rows, [meant], self._random)
        chosen = super().alarm(alarm, text, choices)
        assert chosen == meant.value, f"{text}: {chosen}, {meant}"
        return chosen

    def review(self, sheet: Sheet) -> str | Turn:
        """Go on to the result, or first change a few answers; fail where it goes on and that was not meant."""
        rows = sheet_rows(sheet)
        changes = self._changes and self._random.random() < HALF
        self._changes -= bool(changes)
        meant = self._random.choice([row for row in rows if row.is_stop]) if changes else rows[-1]
        self.hands_at.hands = Hands(rows, [meant], self._random)
        chosen = super().review(sheet)
        assert chosen is not Turn.ON or meant is rows[-1], meant
        self._anew = True
        return chosen

    def say(self, text: str) -> None:
        """See what is asked for."""
        self._second_look = self._second_look or text == LOOK_TWICE

    def pause(self, text: str) -> None:
        """Turn the screen."""
        self.hands_at.hands = go_on
        super().pause(text)

    def _meaning(self, screen: Screen) -> Answer:
        question, random = screen.question, self._random
        before = self._meant.get(question.id, screen.current)  # what was written and confirmed is ticked already
        ids = [option.id for option in screen.options]
        many = question.kind is Kind.MANY
        if question.kind is Kind.TEXT:
            return random.choice(("", "quiet please", "Eliquis and warfarin", "a tight chest"))
        if question.kind is Kind.NUMBER:
            any_number = random.randint(question.minimum or 0, min(question.maximum or 99, 99))
            return any_number if before is None or self._anew else before
        quiet = question.purpose.is_safety and (self._second_look or random.random() < self._quiet)
        possible = _parts(before) <= {*ids, *question.specials}
        if before is not None and possible and not (self._second_look or self._anew):
            return before
        if quiet or not ids:
            special = "none" if "none" in question.specials else ""
            calm = [option.id for option in screen.options if option.reassuring] or [ids[-1]]
            return (special or calm[0],) if many else special or calm[0]
        if not many:
            return random.choice([*ids, *question.specials])
        some = random.sample(ids, random.randint(1, min(3, len(ids))))
        return tuple(one for one in ids if one in some)


def _parts(answer: Answer | None) -> set[object]:
    return set(answer if isinstance(answer, tuple) else (answer,))


def interview(seed: int, tables: Tables = TABLES) -> None:
    """Play one interview, in any of the voices, to its result."""
    random = Random(seed)
    voice = random.choice(tuple(Voice))
    with create_pipe_input() as keyboard:
        _played(Meaning(random, HandStage(random, keyboard)), begun(tables, {}, voice))


def _played(prompter: Meaning, start: Interview) -> None:
    staff = start.voice is Voice.STAFF
    try:
        with released(prompter), HandingOver(prompter) if staff else nullcontext(prompter) as asker:
            _to_the_result(start, asker)
    except KeyboardInterrupt:  # "quit", and then "yes" to the question before: that stops, and records nothing
        assert prompter.hands_at.last == "y"


def _to_the_result(now: Interview, asker: Prompter) -> None:
    """Ask, let the answers be looked through, and go back from the card as often as a wrong key is said."""
    region = now.tables.rules.regions["us"]
    while True:
        now = review(conduct(now, asker), asker)
        result = result_of(now.tables, now.answers)
        disposition = result.assessment.disposition
        if not disposition.is_emergency:
            return
        if ask_about_help(asker, alarm_of(result, region, now.voice), disposition, region, datetime.now):
            return
        now = second_look(now, asker, datetime.now)


def test_what_is_written_and_offered_back_is_recorded_as_meant() -> None:
    for seed in range(10):
        interview(seed, IN_OWN_WORDS)


@pytest.mark.parametrize("questions", [LINES, NUMBERS], ids=["lines", "numbers"])
def test_lines_record_what_was_meant(questions: Sequence[Question]) -> None:
    for seed in range(40):
        random = Random(seed)
        with create_pipe_input() as keyboard:
            prompter = Meaning(random, HandStage(random, keyboard))
            with released(prompter):
                prompter.ask_lines(lines_screen(questions))


@pytest.mark.parametrize("start", range(0, 10, 5))
def test_nothing_is_recorded_that_was_not_meant(start: int) -> None:
    for seed in range(start, start + 5):
        interview(seed)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(200, 260, 20))
def test_nothing_is_recorded_that_was_not_meant_in_more_interviews(start: int) -> None:
    for seed in range(start, start + 20):
        interview(seed)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
@pytest.mark.parametrize("seed", range(300, 304))
def test_nothing_is_recorded_that_was_not_meant_in_a_real_terminal(seed: int) -> None:
    interview_on_a_terminal(seed)


def interview_on_a_terminal(seed: int) -> None:
    """Play one interview in a terminal of any size."""
    from tests.prompts.hands_on_a_terminal import on_a_terminal  # not on Windows

    random = Random(seed)
    with on_a_terminal(random, random.choice(SIZES)) as stage:
        _played(Meaning(random, stage), begun(TABLES, {}, random.choice(tuple(Voice))))
