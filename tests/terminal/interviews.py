"""The real command in a terminal, and a person who answers it from a list of answers."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from nmtchoose.desk.interview import answered, begun, due
from nmtchoose.desk.prompter import Screen, Voice
from nmtchoose.files.answers_file import read_answers
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Question
from nmtchoose.model.tables import Tables
from nmtchoose.words.printable import encodable
from tests.prompts.practised import keys_for, keys_for_lines, line_for
from tests.prompts.screen import UTF8, Terminal, words
from tests.shipped import LISTS, lists_pair

TABLES = Tables(*lists_pair())
QUESTIONS = TABLES.questionnaire
PAIR = ["--questions", "tests/lists/questions.yaml", "--rules", "tests/lists/rules.yaml"]
INTAKE = [sys.executable, "-m", "nmtchoose", "intake"]
COMMAND = [*INTAKE, *PAIR]


def example(name: str) -> dict[str, Answer]:
    """Return the answers of an example client."""
    return read_answers(str(LISTS / "examples" / f"{name}.json"), QUESTIONS)


def intake(
    drafts: Path,
    *flags: str,
    columns: int = 80,
    rows: int = 24,
    environment: Mapping[str, str] = UTF8,
    remembers: bool = False,
    pair: Sequence[str] = PAIR,
) -> Terminal:
    """Start an interview that keeps its draft in the folder `drafts`, and read the welcome where there is one."""
    kept = {**environment, "NMTCHOOSE_DRAFTS": str(drafts)}
    terminal = Terminal([*INTAKE, *pair, *flags], columns=columns, rows=rows, environment=kept, remembers=remembers)
    if not {"--resume", "--draft", "--answers"} & set(flags):
        terminal.wait_for("at most." if "--plain" not in flags else "Press Enter to go on:")
        terminal.wait_for("Enter")
        terminal.press("enter")
    return terminal


def answered_before(folder: Path, question_id: str, answers: Mapping[str, Answer], tables: Tables = TABLES) -> str:
    """Write a file with the answers of a person to all questions before `question_id`, and return its name."""
    before = dict[str, Answer]()
    for screen in asked(answers, tables=tables):
        if question_id in ids(screen):
            break
        before |= {one: answers[one] for one in ids(screen)}
    path = folder / "answers.json"
    path.write_text(json.dumps({"answers": before}), encoding="utf-8")
    return str(path)


def asked(
    answers: Mapping[str, Answer], given: Mapping[str, Answer] | None = None, tables: Tables = TABLES
) -> Iterator[Screen]:
    """Yield the screens that a person with `answers` meets in order, after those `given` before."""
    interview = begun(tables, given or {}, Voice.CLIENT)
    while screen := due(interview):
        yield screen
        for one in screen.lines or (screen,):
            interview, _ = answered(interview, one, answers[one.question.id])


def ids(screen: Screen) -> list[str]:
    """Return the questions that are on `screen`."""
    return [one.question.id for one in screen.lines or (screen,)]


def answer_by_keys(
    terminal: Terminal, answers: Mapping[str, Answer], until: str | None = None, tables: Tables = TABLES
) -> None:
    """Press the keys that answer each question as it comes, up to the question `until`, or to the end."""
    for screen in asked(answers, tables=tables):
        wait_for_question(terminal, screen.headed.question)
        if until in ids(screen):
            return
        if screen.lines:
            terminal.press(*keys_for_lines(screen, [answers[one] for one in ids(screen)], in_a_hurry=True))
        else:
            terminal.press(*keys_for(screen, answers[screen.question.id], in_a_hurry=True))


def answer_by_lines(
    terminal: Terminal, answers: Mapping[str, Answer], until: str | None = None, tables: Tables = TABLES
) -> None:
    """Type a line for each question as it comes, up to the question `until`, or to the end."""
    for screen in asked(answers, tables=tables):
        wait_for_line(terminal, screen.headed.text, ":" if screen.lines else "help:")
        if until in ids(screen):
            return
        for line in screen.lines:
            wait_for_line(terminal, line.text, "):")
            terminal.press(line_for(line, answers[line.question.id]), "enter")
        if not screen.lines:
            terminal.press(line_for(screen, answers[screen.question.id]), "enter")


def leave(terminal: Terminal) -> int:
    """Leave the keys under the result by `q`, and return the exit code."""
    terminal.wait_for("q leave")
    terminal.press("q", *(["enter"] if "Press Enter" in terminal.written else []))
    return terminal.wait_for_end()


def wait_for_question(terminal: Terminal, question: Question) -> None:
    """Wait until `question` is asked: its words stand right under how far we are."""
    text = re.escape(words(encodable(question.ask.client, "ascii")))
    head = re.compile(rf"part \d+ of \d+(?: \S question \d+)? {text}")
    terminal.wait_until(lambda: head.search(words(terminal.text())) is not None, f"{question.id} to be asked")


def wait_for_line(terminal: Terminal, *texts: str) -> None:
    """Wait until plain lines with `texts`, one after the other, were written after the last answer."""

    def is_written() -> bool:
        rest = words(terminal.written).rpartition("You chose:")[2]
        for text in texts:
            _, found, rest = rest.partition(words(encodable(text, "ascii")))
            if not found:
                return False
        return True

    terminal.wait_until(is_written, f"{texts} to be written")
