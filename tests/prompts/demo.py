"""Asks the questions of `tests.prompts.clinic` in a real terminal, for tests and for looking at.

    python -m tests.prompts.demo [--plain] [--from QUESTION]

Prints the answers as JSON on standard output.
"""

from __future__ import annotations

import argparse
import json
import sys

from nmtchoose.desk.conduct import conduct
from nmtchoose.desk.interview import begun
from nmtchoose.desk.prompter import Voice
from nmtchoose.errors import CannotPromptError
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.prompts.choosing import choose_prompter, ending_signals, released
from tests.prompts.clinic import TABLES

GIVEN: Answers = {
    "signs": ("none",),
    "fever": "no",
    "pregnant": "no",
    "age": 44,
    "pain": ("neck",),
    "weeks": 6,
    "pressure": "firm",
}


def main() -> int:
    """Ask, print the answers and return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--staff", action="store_true")
    parser.add_argument("--no-color", action="store_true")
    parser.add_argument("--answers-on-stdin", action="store_true")
    parser.add_argument("--from", dest="first", default="signs", help="take the questions before it as answered")
    wanted = parser.parse_args()
    given: dict[str, Answer] = {}
    for name, answer in GIVEN.items():
        if name == wanted.first:
            break
        given[name] = answer
    voice = Voice.STAFF if wanted.staff else Voice.CLIENT
    try:
        prompter = choose_prompter(
            plain=wanted.plain, color=not wanted.no_color, answers_on_stdin=wanted.answers_on_stdin
        )
    except CannotPromptError as error:
        print(error, file=sys.stderr)
        return 5
    with ending_signals() as ending:
        try:
            with released(prompter):
                answers = conduct(begun(TABLES, given, voice), prompter).answers
        except KeyboardInterrupt:
            print(f"stopped {ending.exit_code}", file=sys.stderr)
            return ending.exit_code
        except EOFError:
            print("end of input", file=sys.stderr)
            return 130
    print(json.dumps(answers))
    return 0


if __name__ == "__main__":
    sys.exit(main())
