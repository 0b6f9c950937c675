"""Hands that mean one thing and press keys as people do: words, numbers, doubled and early keys, arrows, backs.

They try a few times in a hurry, with Enter after it, then look at the screen and do what they mean. The real prompts
and the real stage take the keys; only the terminal is not there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from random import Random

from prompt_toolkit.application.current import set_app
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import Input
from prompt_toolkit.output import DummyOutput, Output

from nmtchoose.desk.prompter import Screen
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import NONE, Kind
from nmtchoose.prompts.keys import opened_lines
from nmtchoose.prompts.listing import Listing
from nmtchoose.prompts.prompt import FieldPrompt, ListPrompt
from nmtchoose.prompts.rows import Row, answer_rows, plain
from nmtchoose.prompts.stage import Stage
from nmtchoose.prompts.wording import ways
from nmtchoose.words.answers import WEEKS

Press = tuple[str, float]
"""A key and the seconds before it."""

A_LOOK = 1.5
STRAY = ("quit", "ok", "no idea", "dunno", "xyzzy", "what", "quickly", "hm", "abc", "/")
REST = ("es", "ot sure", "50", "0", "22", ["enter"])
"""What is left to press when one key has answered."""
SIZES = (Size(24, 80), Size(20, 40), Size(12, 30), Size(50, 120))


class Window(DummyOutput):
    """An output with a size that changes."""

    size = SIZES[0]

    def get_size(self) -> Size:
        """Return the size now."""
        return self.size


class HandStage(Stage):
    """A stage at which `hands` press keys until there is a reply, and a few more."""

    def __init__(self, random: Random, keyboard: Input, display: Output | None = None) -> None:
        self.now = 0.0
        self.last = ""
        self._window = Window()
        super().__init__(keyboard, display or self._window, None, lambda: self.now)
        self._random = random
        self.hands: Callable[[ListPrompt | FieldPrompt], Iterator[Press]] = lambda prompt: iter(())

    async def _answered(self) -> None:
        with set_app(self._app):  # what a field asks prompt_toolkit for; it would build another one each time
            await self._pressing()

    async def _pressing(self) -> None:
        assert self._prompt is not None
        for key, pause in self.hands(self._prompt):
            self.now += pause
            if self._random.random() < 0.02:
                self._resized(self._random.choice(SIZES))
            self._settle()
            if not self._reply.done():
                self.last = key
                await self._pressed(key)
            if self._reply.done():
                break
        if self._reply.done() and not self._reply.exception() and self._random.random() < 0.3:
            await self._carry_on()

    async def _pressed(self, key: str) -> None:
        self._press(key, key, self.now)
        await asyncio.sleep(0)  # what a field does beside

    def _resized(self, size: Size) -> None:
        self._window.size = size

    async def _carry_on(self) -> None:
        """Press what is left of a word or number when the question is gone already."""
        rest = REST if self._reply.result().by_one_key else ("es", ["enter"], ["enter", "enter"])
        for key in self._random.choice(rest):
            self.now += self._random.uniform(0.03, 0.3)
            await self._pressed(key)


def _in_it(typed: str, label: str) -> bool:
    return set(typed.split()) <= set(label.lower().replace(",", " ").split())


class Hands:
    """The hands of somebody who means the rows `meant` of a list; `random` decides what they do."""

    def __init__(self, rows: Sequence[Row], meant: Sequence[Row], random: Random) -> None:
        self._random = random
        self._rows = rows
        self._meant = meant

    def __call__(self, prompt: ListPrompt | FieldPrompt) -> Iterator[Press]:
        """Yield what is pressed for this question."""
        assert isinstance(prompt, ListPrompt)
        for _ in range(self._random.randint(0, 3)):
            yield from self._random.choice((self._words, self._number, self._stray))()
            yield from (("enter", self._random.choice((0.05, 0.3, A_LOOK))) for _ in range(self._random.randint(0, 3)))
        if self._random.random() < 0.05:
            yield "back", A_LOOK
        yield from self._looking(prompt)

    def _words(self) -> Iterator[Press]:
        """The words of a line, as far as one types them, with or without the search key; never those of another."""
        row = self._random.choice(self._meant)
        words = self._random.choice((row.label, *row.words)).lower().split()
        typed = " ".join(words[: self._random.randint(1, 6)])
        others = [other.label for other in self._rows if other != row]
        named = [label for label in others if _in_it(typed, label) and not _in_it(typed, row.label)]
        if not named and plain(typed) not in map(plain, others):
            yield from self._typed(self._random.choice(("/", "")) + typed)

    def _number(self) -> Iterator[Press]:
        """The place of a line in the list, where that has two figures."""
        stops = [row for row in self._rows if row.is_stop]
        place = 1 + stops.index(self._random.choice(self._meant))
        yield from self._typed(str(place) if place > 9 else "")

    def _stray(self) -> Iterator[Press]:
        yield from self._typed(self._random.choice(STRAY))

    def _typed(self, text: str) -> Iterator[Press]:
        for at, letter in enumerate(text):
            yield letter, self._random.uniform(0.08, 0.5) if at else A_LOOK

    def _looking(self, prompt: ListPrompt) -> Iterator[Press]:
        """Look at the list before every key, and press what brings the answer nearer."""
        for _ in range(200):
            key = self._next(prompt.listing)
            yield key, A_LOOK
            if self._random.random() < 0.05:
                yield key, 0.1
        raise AssertionError(f"{[row.label for row in self._meant]} cannot be answered")

    def _next(self, listing: Listing) -> str:
        if listing.leaving:
            return "n"
        if listing.sought is not None:
            return "escape"
        wrong = [row for row in listing.ticked_rows if row not in self._meant]
        missing = [row for row in self._meant if row.value not in listing.ticked]
        goal = next(iter(wrong or missing if listing.many else self._meant), None)
        if goal is None or (not listing.many and listing.pointed == goal):
            return "enter"
        return self._towards(listing, goal)

    def _towards(self, listing: Listing, goal: Row) -> str:
        if goal.key and (goal.value == NONE or self._random.random() < 0.7):
            return goal.key
        if listing.pointed == goal:
            return " "
        return "down" if listing.at is None or listing.rows.index(goal) > listing.at else "up"


class FieldHands:
    """The hands of somebody who types `answer` to `screen`."""

    def __init__(self, screen: Screen, answer: Answer, random: Random) -> None:
        question = screen.question
        special = question.kind is Kind.NUMBER and isinstance(answer, str)
        unit = "w" if question.unit == WEEKS else ""
        self._typed = str(answer)[0] if special else f"{answer}{unit}"
        self._early = 0 if question.kind is Kind.TEXT else random.randint(0, 1)  # a text may be left empty

    def __call__(self, prompt: ListPrompt | FieldPrompt) -> Iterator[Press]:
        """Yield what is pressed for this question."""
        assert isinstance(prompt, FieldPrompt)
        while prompt.editing and prompt.left:
            prompt._buffer.delete_before_cursor(len(prompt.left))
        yield from [("enter", A_LOOK)] * self._early
        yield from ((letter, 0.3 if at else A_LOOK) for at, letter in enumerate(self._typed))
        yield "enter", A_LOOK


class LineHands(Hands):
    """The hands of somebody who means `answers`, one for each line of `screen`."""

    def __init__(self, screen: Screen, answers: Sequence[Answer], random: Random) -> None:
        rows = opened_lines(screen, {}).rows
        super().__init__(rows, rows, random)
        self._lines = dict(zip((line.question.id for line in screen.lines), answers, strict=True))
        self._keys = {line.question.id: {one: key for key, one in ways(line.question).items()} for line in screen.lines}

    def _number(self) -> Iterator[Press]:
        return iter(())

    def _next(self, listing: Listing) -> str:
        if listing.leaving:
            return "n"
        if listing.sought is not None:
            return "escape"
        said = listing.said or {}
        wrong = [at for at, row in enumerate(listing.rows) if said.get(row.value) != self._lines[row.value]]
        if not wrong:
            return "enter"
        row = listing.rows[wrong[0]]
        if listing.at == wrong[0]:
            key = self._keys[row.value][self._lines[row.value]]
            begun = str(said.get(row.value, ""))  # a number of two figures comes one by one
            return key.removeprefix(begun) if begun and key != begun and key.startswith(begun) else key[0]
        return "up" if listing.at is None or listing.at > wrong[0] else "down"


def hands_of(screen: Screen, answer: Answer, random: Random) -> Hands | FieldHands:
    """Return the hands of somebody who means `answer` to `screen`."""
    if screen.question.kind in (Kind.NUMBER, Kind.TEXT):
        return FieldHands(screen, answer, random)
    rows, wanted = answer_rows(screen), answer if isinstance(answer, tuple) else (answer,)
    return Hands(rows, [row for row in rows if row.value in wanted], random)


def go_on(prompt: ListPrompt | FieldPrompt) -> Iterator[Press]:
    """Enter, where there is nothing to choose."""
    yield from [("enter", A_LOOK)] * 2
