"""A program, forked from a process that has loaded the project: that takes a fraction of a fresh start."""

from __future__ import annotations

import multiprocessing
import os
import runpy
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import reduction
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, NamedTuple, Self

import nmtchoose

CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods()

_LOADED = [one.name for one in walk_packages(nmtchoose.__path__, "nmtchoose.") if not one.name.endswith("__main__")]


class Streams(NamedTuple):
    """Files in the place of standard input, output and error."""

    stdin: Path
    stdout: Path
    stderr: Path

    @classmethod
    def in_folder(cls, folder: Path, stdin: bytes) -> Self:
        """Make files in `folder`, of which the first holds `stdin`."""
        streams = cls(folder / "stdin", folder / "stdout", folder / "stderr")
        streams.stdin.write_bytes(stdin)
        streams.stdout.touch()
        streams.stderr.touch()
        return streams


class Program(NamedTuple):
    """A module to run as `python -m` does, with the words after its name, all of the environment, and a folder."""

    words: Sequence[str]
    environment: Mapping[str, str]
    folder: Path


def run_forked(program: Program, streams: Streams, patience: float) -> int:
    """Run `program` and return its exit code, or minus the signal that ended it."""
    process = _started(_with_streams, program, streams)
    process.join(patience)
    code = process.exitcode
    if code is None:
        process.kill()
        raise TimeoutError
    process.close()
    return int(code)


def start_in_terminal(program: Program, terminal: int) -> Any:
    """Start `program` as the one process of the terminal with this descriptor, and return the process."""
    return _started(_with_terminal, program, reduction.DupFd(terminal))


def _started(target: Any, program: Program, streams: Any) -> Any:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_LOADED)
    process = context.Process(target=target, args=(program, streams))
    process.start()
    return process


def _with_streams(program: Program, streams: Streams) -> None:
    for number, (path, mode) in enumerate(zip(streams, (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)):
        opened = os.open(path, mode)
        os.dup2(opened, number)
        os.close(opened)
    _run(program)


def _with_terminal(program: Program, terminal: Any) -> None:
    os.login_tty(terminal.detach())
    _run(program)


def _run(program: Program) -> None:
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)
    module, *sys.argv[1:] = program.words
    os.environ.clear()
    os.environ.update(program.environment)
    os.chdir(program.folder)
    sys.path.insert(0, str(program.folder))
    runpy.run_module(module, run_name="__main__", alter_sys=True)
