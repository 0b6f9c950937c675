"""Count the keys of three example clients: `make keystrokes`. Exits 1 when the focal neck pain takes too many.

Every key goes through the real prompter: what is counted is what it took to give exactly the answer of the example.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from nmtchoose.desk.conduct import conduct, review
from nmtchoose.desk.handover import HandingOver
from nmtchoose.desk.interview import begun
from nmtchoose.desk.prompter import Alarm, Prompter, Screen, Sheet, Turn, Typed, Voice
from nmtchoose.files.answers_file import read_answers
from nmtchoose.loading.load import load_pair
from nmtchoose.model.answers import Answer
from nmtchoose.model.tables import Tables
from nmtchoose.prompts.choosing import released
from nmtchoose.prompts.terminal import TerminalPrompter
from tests.prompts.practised import keys_for, keys_for_lines
from tests.prompts.screen import KEYS

ROOT = Path(__file__).resolve().parents[1]

CLIENTS = {"nmt": "a focal neck pain", "swedish": "somebody who wants to relax", "low-back": "a low back pain"}
MOST = {"nmt": 120}
"""Every line of the screens for everybody takes a key of its own: yes or no on each line misses less than ticking."""


class Counting:
    """A prompter that presses the keys of a practised person, through the real one, and counts them."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self._answers = answers
        self.keys = 0
        self.questions = 0

    def ask(self, screen: Screen) -> Answer | Typed | Turn:
        """Answer from the list of answers; fails when the keys lead to any other answer."""
        answer = self._answers[screen.question.id]
        keys = keys_for(screen, answer)
        with _pressed(keys) as prompter:
            given = prompter.ask(screen)
        if (given.answer if isinstance(given, Typed) else given) != answer:
            raise SystemExit(f"{keys} answer {screen.question.id} with something else")
        self.questions += 1
        self.keys += len(keys)
        return given

    def ask_lines(self, screen: Screen) -> tuple[Answer, ...] | Turn:
        """Answer every line from the list of answers."""
        answers = tuple(self._answers[line.question.id] for line in screen.lines)
        keys = keys_for_lines(screen, answers)
        with _pressed(keys) as prompter:
            given = prompter.ask_lines(screen)
        if given != answers:
            raise SystemExit(f"{keys} answer {screen.question.id} with something else")
        self.questions += 1
        self.keys += len(keys)
        return given

    def review(self, sheet: Sheet) -> str | Turn:
        """Go on to the result."""
        self.keys += 1
        with _pressed(["y"], more_to_come=True) as prompter:
            return prompter.review(sheet)

    def choose(self, text: str, choices: tuple[tuple[str, str], ...], keys: str = "") -> str:
        """Keep the answers as they are."""
        self.keys += 1
        with _pressed(["1"]) as prompter:
            return prompter.choose(text, choices)

    def alarm(self, alarm: Alarm, text: str, choices: tuple[tuple[str, str], ...]) -> str:
        """Fail: no example here is an emergency."""
        raise SystemExit(alarm.title)

    def say(self, text: str) -> None:
        """Show nothing."""

    def pause(self, text: str) -> None:
        """Go on."""
        self.keys += 1
        with _pressed(["enter"]) as prompter:
            prompter.pause(text)

    def wipe(self) -> None:
        """Wipe nothing."""

    def release(self) -> None:
        """Release nothing."""


@contextmanager
def _pressed(keys: Sequence[str], *, more_to_come: bool = False) -> Iterator[Prompter]:
    """Give a real prompter on which `keys` are pressed without haste, and no more."""
    with create_pipe_input() as keyboard:
        keyboard.send_text("".join(KEYS.get(key, key) for key in keys))
        if not more_to_come:
            keyboard.close()
        prompter = TerminalPrompter(keyboard=keyboard, display=DummyOutput(), clock=partial(next, count()))
        with released(prompter):
            yield prompter


def counted(tables: Tables, name: str, voice: Voice) -> Counting:
    """Return the count for one example client, asked in `voice`, up to the result."""
    counting = Counting(read_answers(str(ROOT / "examples" / f"{name}.json"), tables.questionnaire))
    prompter: Prompter = HandingOver(counting) if voice is Voice.STAFF else counting
    review(conduct(begun(tables, {}, voice), prompter), prompter)
    return counting


def main() -> int:
    """Print the counts and return 1 when one is over its limit."""
    tables = Tables(*load_pair(ROOT / "questions.yaml", ROOT / "rules.yaml"))
    kept = True
    print("Keys to the result, Enter included      client  staff  questions")
    for name, who in CLIENTS.items():
        alone, desk = (counted(tables, name, voice) for voice in (Voice.CLIENT, Voice.STAFF))
        limit = f"  (at most {MOST[name]})" if name in MOST else ""
        print(f"  {name:<9} {who:<28} {alone.keys:>6} {desk.keys:>6} {alone.questions:>10}{limit}")
        kept = kept and max(alone.keys, desk.keys) <= MOST.get(name, 10**6)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
