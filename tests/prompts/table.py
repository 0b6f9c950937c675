"""Plays the lines of `sequences.txt` one after another in a real terminal, for `test_sequences`.

    python -m tests.prompts.table FILE FIRST STEP

Asks the question of every STEP-th line from FIRST on and appends what is recorded to FILE; a line on standard input
goes on to the next.
"""

from __future__ import annotations

import sys
from itertools import chain, repeat
from pathlib import Path

from nmtchoose.prompts.choosing import released
from nmtchoose.prompts.terminal import TerminalPrompter
from tests.prompts.test_sequences import READY, answered, pressed, screen_of, sequences


def main() -> None:
    """Ask one question after another."""
    file, first, step = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    for question, keys, *_ in sequences()[first::step]:
        times = chain([now for _, now in pressed(keys)], repeat(1000.0))
        prompter = TerminalPrompter(clock=times.__next__)
        with released(prompter):
            told = answered(prompter, screen_of(question))
        with file.open("a", encoding="utf-8") as out:
            out.write(f"{told}\n")
        print(READY, flush=True)
        while sys.stdin.readline() != "next\n":
            pass


if __name__ == "__main__":
    main()
