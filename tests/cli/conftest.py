"""The real command in a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nmtchoose.practice.current import current_values
from tests.cli.clients import EXAMPLES
from tests.forked import CAN_FORK, Program, Streams, run_forked
from tests.shipped import LISTS

COMMAND = (sys.executable, "-m", "nmtchoose")
LONGEST_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Finished:
    """What a program learns from a command that has ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Finished]
Save = Callable[..., str]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty folder that the command takes for the user's home."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def desk_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with a store and drafts, for commands in this process; what was configured before is forgotten."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NMTCHOOSE_STORE", str(tmp_path / "records.db"))
    monkeypatch.setenv("NMTCHOOSE_DRAFTS", str(tmp_path / "drafts"))
    current_values.cache_clear()
    yield tmp_path
    current_values.cache_clear()


@pytest.fixture
def environment(home: Path, kept_pairs: Path) -> dict[str, str]:
    """Nothing of the person who runs the tests: an empty home, and no other setting of nmtchoose."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "COVERAGE_PROCESS_START") if name in os.environ}
    own = {"HOME": str(home), "USERPROFILE": str(home), "NMTCHOOSE_CACHE": str(kept_pairs)}
    # Where a test keeps files small, Python would store the beginning of a module and stumble over it from then on.
    python = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"}
    return {**kept, **own, **python, "TERM": "xterm"}


@pytest.fixture
def asks_in_lists(environment: dict[str, str]) -> None:
    """The command asks in lists, where the shipped pair has screens of lines."""
    environment["NMTCHOOSE_HOME"] = str(LISTS)


@pytest.fixture
def run(tmp_path: Path, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return a function that runs `nmtchoose` in an empty folder, without a terminal.

    It is forked from a process that has loaded the program; started anew where a test says by which command, with
    which limits, or in which encoding.
    """

    def run_command(
        *words: str | Path,
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
        command: Sequence[str] = COMMAND,
        **how: Any,
    ) -> Finished:
        started_anew = command is not COMMAND or how or any(name.startswith("PYTHON") for name in env or {})
        if CAN_FORK and not started_anew:
            streams = Streams.in_folder(tmp_path_factory.mktemp("streams"), stdin)
            program = Program(["nmtchoose", *map(str, words)], {**environment, **(env or {})}, tmp_path)
            code = run_forked(program, streams, LONGEST_SECONDS)
            return Finished(code, streams.stdout.read_text("utf-8"), streams.stderr.read_text("utf-8"))
        whole = {"PYTHONDONTWRITEBYTECODE": "1"} if how else {}  # no compiled module is kept that a limit cut off
        done = subprocess.run(
            [*command, *map(str, words)],
            input=stdin,
            env={**environment, **whole, **(env or {})},
            cwd=tmp_path,
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=False,
            **how,
        )
        return Finished(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run_command


@pytest.fixture
def save(run: Run) -> Save:
    """Return a function that saves an example for a client and returns the id of the record."""

    def save_example(name: str, client: str = "C-17") -> str:
        words = ("--save", "--client", client, "--by", "Sam", "--consented")
        done = run("intake", "--answers", EXAMPLES / f"{name}.json", *words)
        assert done.code == 0, done.err
        return done.err.split()[-1].rstrip(".")

    return save_example
