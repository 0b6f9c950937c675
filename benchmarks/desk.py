"""How long a person waits at the desk, in a real terminal; the baselines are measured in turn in the same run.

    python benchmarks/desk.py [RUNS]

Start-up is taken from starting the process to the welcome on the terminal, and for the baseline to the
output of an empty typer command after the imports that nobody can avoid. The baseline until its process has ended is
given too. Everything is alternated, so that a busy machine slows all alike; `cpu` is the time on the processor, which
other programs disturb less (Linux only).
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.clients import TYPICAL, clients, shipped_pair
from benchmarks.measuring import ROOT, machine, spread, write
from nmtchoose.desk.prompter import Screen
from nmtchoose.model.answers import Answers
from nmtchoose.model.tables import Tables
from tests.prompts.practised import keys_for, keys_for_lines
from tests.prompts.screen import KEYS, UTF8
from tests.terminal.interviews import asked, ids

_EMPTY = """
import typer
app = typer.Typer()
@app.command()
def hello() -> None:
    print("This takes a few minutes.", flush=True)
app()
"""
_BASELINE = "import typer, rich.console, questionary, yaml" + _EMPTY
_WELCOME = "takes a few"
_ANSWER = "Book:"
_QUIET = 0.05
_DRAWN = 0.3
_RESULT = 5.0
"""Seconds without output after which keys are taken, a question is drawn, a result is written."""

_INTAKE = ["-m", "nmtchoose", "intake"]
_STARTS = {
    "baseline": (["-c", _BASELINE], _WELCOME),
    "first screen": (_INTAKE, _WELCOME),
    "baseline to its end": (["-c", _BASELINE], None),
    "empty typer app": (["-c", _EMPTY], None),
    "--version": (["-m", "nmtchoose", "--version"], None),
    "empty typer app --help": (["-c", _EMPTY, "--help"], None),
    "--help": (["-m", "nmtchoose", "--help"], None),
}
"""What is started, and the words to wait for; None waits for the end of the process."""

_RATIOS = (
    ("first screen", "baseline"),
    ("first screen", "baseline to its end"),
    ("--version", "empty typer app"),
    ("--help", "empty typer app"),
    ("--help", "empty typer app --help"),
)


def _spawn(arguments: list[str], folder: Path) -> pexpect.spawn:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {**kept, **UTF8, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}
    environment |= {"NMTCHOOSE_DRAFTS": str(folder / "drafts"), "NMTCHOOSE_CACHE": str(folder / "cache")}
    child = pexpect.spawn(sys.executable, arguments, env=environment, cwd=str(ROOT), dimensions=(24, 80), timeout=30)
    child.delaybeforesend = None
    return child


def _start(arguments: list[str], words: str | None, folder: Path) -> tuple[float, float | None]:
    began = time.perf_counter()
    child = _spawn(arguments, folder)
    child.expect(words or pexpect.EOF)
    took = time.perf_counter() - began
    cpu = _on_cpu(child.pid) if words else None
    child.close(force=True)
    return took, cpu


def _on_cpu(pid: int) -> float | None:
    about = Path(f"/proc/{pid}/schedstat")
    return int(about.read_text().split()[0]) / 1e9 if about.exists() else None


def starts(runs: int, folder: Path) -> dict[str, dict[str, object]]:
    """Measure every start `runs` times, in turn."""
    taken: dict[str, list[tuple[float, float | None]]] = {name: [] for name in _STARTS}
    for run in range(runs + 1):
        for name, (arguments, words) in _STARTS.items():
            measured = _start(arguments, words, folder)
            if run:  # the first round fills the disk's cache and ours
                taken[name].append(measured)
    found: dict[str, dict[str, object]] = {}
    for name, times in taken.items():
        found[name] = {"wall_ms": spread([wall for wall, _ in times])}
        cpu = [one for _, one in times if one is not None]
        if cpu:
            found[name]["cpu_ms"] = spread(cpu)
    return found


def steps(answers: Answers, folder: Path) -> dict[str, list[float]]:
    """Answer one interview and return how long each next question took after its last key, and the result."""
    child = _spawn(_INTAKE, folder)
    child.expect(_WELCOME)
    _pressing(child, ["enter"], _DRAWN)
    screens = asked(answers, tables=Tables(*shipped_pair()))
    taken = [_pressing(child, _keys(screen, answers), _DRAWN) for screen in screens]
    _settle(child)
    child.send("y")
    began = time.perf_counter()
    child.send(KEYS["enter"])  # without it the list waits whether a word is typed
    child.expect(_ANSWER, timeout=_RESULT)
    result = max(_output(child, _DRAWN), default=time.perf_counter()) - began
    child.close(force=True)
    return {"next question": taken[:-1], "review": taken[-1:], "result": [result]}


def _keys(screen: Screen, answers: Answers) -> list[str]:
    if screen.lines:
        return keys_for_lines(screen, [answers[one] for one in ids(screen)], in_a_hurry=True)
    return keys_for(screen, answers[screen.question.id], in_a_hurry=True)


def _pressing(child: pexpect.spawn, keys: list[str], quiet: float) -> float:
    """Press `keys`, each when the screen is quiet, and return the time from the last one to the last output after it.

    Output has ended when none came for `quiet` seconds. Words cannot be waited for: only what differs is drawn.
    """
    _settle(child)
    for key in keys[:-1]:
        child.send(KEYS.get(key, key))
        _settle(child)
    began = time.perf_counter()
    child.send(KEYS.get(keys[-1], keys[-1]))
    return max(_output(child, quiet), default=began) - began


def _settle(child: pexpect.spawn) -> None:
    for _ in _output(child, _QUIET):
        pass


def _output(child: pexpect.spawn, quiet: float) -> Iterator[float]:
    while True:
        try:
            child.read_nonblocking(65536, timeout=quiet)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        yield time.perf_counter()


def interviews(runs: int, folder: Path) -> dict[str, object]:
    """Measure the steps of one interview, `runs` times."""
    answers = clients(Tables(*shipped_pair()).questionnaire)[TYPICAL]
    taken = [steps(answers, folder) for _ in range(runs)]
    early = [one for run in taken for one in run["next question"][:5]]
    late = [one for run in taken for one in run["next question"][-5:]]
    return {
        "next question, all": spread([one for run in taken for one in run["next question"]]),
        "next question, the first five": spread(early),
        "next question, the last five": spread(late),
        "from the last answer to the review": spread([one for run in taken for one in run["review"]]),
        "from the review to the result": spread([one for run in taken for one in run["result"]]),
    }


def main() -> None:
    """Measure, print and write."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    about = machine()
    with tempfile.TemporaryDirectory() as name:
        found = starts(runs, Path(name))
        walked = interviews(max(3, runs // 5), Path(name))
    ratios = {f"{one} / {other}": _ratio(found, one, other) for one, other in _RATIOS}
    for title, figures in found.items():
        print(f"{title:32} {figures}")
    for title, ratio in ratios.items():
        print(f"{title:48} {ratio}")
    for title, steps_taken in walked.items():
        print(f"{title:48} {steps_taken}")
    print(write("desk", {"machine": about, "starts": found, "ratios": ratios, "interview_ms": walked}))


def _ratio(found: dict[str, dict[str, object]], one: str, other: str) -> dict[str, float]:
    ratios = {}
    for kind in ("wall_ms", "cpu_ms"):
        if kind in found[one] and kind in found[other]:
            above, below = found[one][kind], found[other][kind]
            for which in ("median", "least"):
                ratios[f"{kind.removesuffix('_ms')} {which}"] = round(above[which] / below[which], 3)
    return ratios


if __name__ == "__main__":
    main()
