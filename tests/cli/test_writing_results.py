"""Where results go: files that stay whole, full disks, readers that leave, streams that are closed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.clients import EXAMPLES
from tests.cli.conftest import COMMAND, Run

posix = pytest.mark.skipif(os.name != "posix", reason="limits, pipes and streams as POSIX has them")
NMT = EXAMPLES / "nmt.json"
FILE_LIMIT = 2_000


def _limit_the_size_of_files() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_LIMIT, FILE_LIMIT))


def test_a_result_in_a_file_is_not_shown_too(run: Run, tmp_path: Path) -> None:
    done = run("screen", NMT, "--plain", "-o", "result.txt")
    assert (done.code, done.out, done.err) == (0, "", f"Wrote {tmp_path / 'result.txt'}.\n")
    assert "Neuromuscular therapy" in (tmp_path / "result.txt").read_text(encoding="utf-8")


def test_a_record_in_a_file_is_whole_json(run: Run, tmp_path: Path) -> None:
    assert run("screen", NMT, "--json", "-o", "result.json").out == ""
    assert json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))["disposition"] == "proceed"


@posix
@pytest.mark.parametrize("flags", [["--json"], ["--plain"], []])
def test_a_full_disk_is_told_and_the_old_file_stays(flags: list[str], run: Run, tmp_path: Path) -> None:
    path = tmp_path / "result"
    path.write_text("the result of last week", encoding="utf-8")
    whole_bytecode = {"PYTHONDONTWRITEBYTECODE": "1"}  # half of it would make every later start fail
    done = run("screen", NMT, *flags, "--full", "-o", path, env=whole_bytecode, preexec_fn=_limit_the_size_of_files)
    assert (done.code, done.out) == (1, "")
    assert "cannot be written" in done.err
    assert "this is a bug" not in done.err
    assert path.read_text(encoding="utf-8") == "the result of last week"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["home", "result"]


@pytest.mark.parametrize("place", ["nowhere/result.txt", "home", "file/result.txt"])
def test_a_place_that_cannot_be_written_is_told(place: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file and no folder", encoding="utf-8")
    done = run("screen", NMT, "-o", place)
    assert (done.code, done.out) == (1, "")
    assert "cannot be written" in done.err
    assert Path(place).name in done.err
    assert (tmp_path / "home").is_dir()


@posix
def test_standard_output_may_be_named_as_a_file(run: Run) -> None:
    assert run("screen", NMT, "--plain", "-o", "/dev/stdout").out == run("screen", NMT, "--plain").out


@posix
@pytest.mark.parametrize(
    "words",
    [
        ["screen", "--exit-code", EXAMPLES / "emergency.json"],
        ["screen", "--exit-code", "--plain", EXAMPLES / "emergency.json"],
        ["screen", "--exit-code", "--json", EXAMPLES / "emergency.json"],
    ],
)
def test_a_reader_that_leaves_changes_nothing_about_the_exit_code(
    words: list[object], environment: dict[str, str]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [*COMMAND, *map(str, words)]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (10, b"")


@posix
@pytest.mark.parametrize("words", [["compare"], ["schema", "answers"], ["docs"], ["drafts"]])
def test_every_command_ends_quietly_when_its_reader_leaves(words: list[str], environment: dict[str, str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*COMMAND, *words], stdout=writing, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full, as Linux has it")
@pytest.mark.parametrize(
    "words", [["screen", "--json", str(NMT)], ["screen", "--plain", str(NMT)], ["--help"], ["--version"], ["docs"]]
)
def test_standard_output_on_a_full_disk_is_told(words: list[str], environment: dict[str, str]) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [*COMMAND, *words]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment, check=False, text=True)
    assert done.returncode == 1
    assert "standard output: " in done.stderr and "F002" in done.stderr
    assert "bug" not in done.stderr


@posix
@pytest.mark.parametrize(
    ("closed", "words", "code", "told"),
    [
        ("<&-", ["screen", "-"], 4, "standard input"),
        ("<&-", ["bulk", "--from", "jsonl", "-"], 1, "-: this file cannot be read: it is closed."),
        ("<&-", ["records", "import", "-"], 1, "standard input: this file cannot be read: it is closed."),
        ("<&-", ["intake"], 5, "not a terminal"),
        (">&-", ["screen", str(NMT)], 1, "standard output"),
        (">&-", ["screen", str(NMT), "-o", "result.txt"], 0, ""),
        ("2>&-", ["screen", "nobody.json"], 4, ""),
    ],
)
def test_a_closed_stream_is_no_crash(closed: str, words: list[str], code: int, told: str, run: Run) -> None:
    done = run(*words, command=["sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, "-m", "nmtchoose"])
    assert done.code == code
    assert told in done.err
    assert "bug" not in done.err
