"""The command, forked from a process that has loaded the program: that takes a fraction of a fresh start."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from pkgutil import walk_packages
from typing import NamedTuple, Self

import nmtchoose
from nmtchoose.__main__ import main

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


def run_forked(
    words: Sequence[str], environment: Mapping[str, str], folder: Path, streams: Streams, patience: float
) -> int:
    """Run `nmtchoose` with `words` in `folder` and return its exit code, or minus the signal that ended it."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_LOADED)
    process = context.Process(target=_command, args=(words, environment, folder, streams))
    process.start()
    process.join(patience)
    code = process.exitcode
    if code is None:
        process.kill()
        raise TimeoutError
    process.close()
    return code


def _command(words: Sequence[str], environment: Mapping[str, str], folder: Path, streams: Streams) -> None:
    for number, (path, mode) in enumerate(zip(streams, (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)):
        opened = os.open(path, mode)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)
    sys.argv = ["nmtchoose", *words]
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    main()
