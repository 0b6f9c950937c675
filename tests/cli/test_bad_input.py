"""Input that is no intake: one clear sentence on stderr, nothing on stdout, and no crash."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.clients import EXAMPLES, MINIMAL_PAIR, written
from tests.cli.conftest import COMMAND, Run

posix = pytest.mark.skipif(os.name != "posix", reason="pseudo terminals and file names as POSIX has them")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "this file is empty"),
        (b"\x00\xff\xfe\x00", "this is not a text file"),
        (b"dear therapist, my neck hurts", "this file holds no answers by question"),
        (b"[" * 100_000 + b"]" * 100_000, "values are nested more than 40 deep"),
        (b'{"age": NaN}', "NaN is no answer"),
        (b'{"age": ' + b"9" * 50_000 + b"}", "too many digits"),
    ],
)
def test_a_file_that_is_no_answers_file_is_told(content: bytes, told: str, run: Run) -> None:
    done = run("screen", "-", stdin=content)
    assert (done.code, done.out) == (4, "")
    assert done.err.startswith("nmtchoose: standard input:")
    assert told in done.err
    assert len(done.err) < 300


def test_fifty_megabytes_of_brackets_are_refused_by_their_size(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "brackets.json"
    path.write_bytes(b"[" * 50_000_000)
    done = run("screen", path)
    assert (done.code, done.out) == (4, "")
    assert "larger than 2,000,000 bytes" in done.err


@pytest.mark.parametrize("flag", ["--questions", "--rules"])
def test_a_pipe_in_place_of_a_file_is_not_waited_for(flag: str, run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = run("screen", EXAMPLES / "nmt.json", flag, "pipe")
    assert done.code == 3
    assert "it is a pipe or a device" in done.err


def test_every_fault_has_its_own_line(run: Run, tmp_path: Path) -> None:
    wrong = {"agge": 44, "age": 400, "goals": "relax", "pressure": ["firm"], "pain_sites": ["nek"]}
    done = run("screen", written(tmp_path, "wrong.json", wrong))
    assert (done.code, done.out) == (4, "")
    lines = done.err.splitlines()
    assert len(lines) == len(wrong)
    assert all(line.startswith(f"nmtchoose: {tmp_path / 'wrong.json'}: ") and "[A0" in line for line in lines)
    for helpful in ("Did you mean 'age'?", "between 1 and 120 years", "a list of options", "one option", "'neck'?"):
        assert helpful in done.err


@posix
def test_a_terminal_obeys_nothing_that_stands_in_a_file_or_its_name(
    environment: dict[str, str], tmp_path: Path
) -> None:
    content = '{"\\u001b]0;owned\\u0007": 1, "\\u001b[31mage": 2, "\\u202egoals": 3, "[red]age[/red]": 4, "age": 400}'
    path = tmp_path / "\x1b[2J.json"
    path.write_text(content, encoding="utf-8")
    yaml = tmp_path / "twice.yaml"
    yaml.write_text('"\\e[31mx": 1\n"\\e[31mx": 2\n', encoding="utf-8")
    seen = b"".join(_seen_on_a_terminal([*COMMAND, "screen", str(file)], environment) for file in (path, yaml))
    assert b"\x1b" not in seen
    assert b"\x07" not in seen
    assert "\u202e".encode() not in seen
    assert b"'[red]age[/red]'" in seen
    assert b"A004" in seen
    assert b"Y008" in seen


def _seen_on_a_terminal(command: list[str], environment: dict[str, str]) -> bytes:
    ours, theirs = os.openpty()
    subprocess.run(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, check=False)
    os.close(theirs)
    seen = b""
    try:
        while part := os.read(ours, 65_536):
            seen += part
    except OSError:  # Linux ends a pseudo terminal with an error
        pass
    os.close(ours)
    return seen


def test_what_a_client_wrote_is_text_in_the_record(run: Run, tmp_path: Path) -> None:
    notes = "[bold red]ouch[/] \x1b[31mred\x1b[0m {emergency} & <b>"
    answers = {"right_now": ["none"], "age": 40, "blood_thinner": "no", "pain_sites": ["none"], "notes": notes}
    done = run("screen", "--json", *MINIMAL_PAIR, written(tmp_path, "notes.json", {**answers, "pressure": "deep"}))
    assert done.code == 0
    assert "\x1b" not in done.out
    assert json.loads(done.out)["answers"]["notes"] == "[bold red]ouch[/] [31mred [0m {emergency} & <b>"


def test_a_file_name_is_text_in_the_result(run: Run, tmp_path: Path) -> None:
    named = [tmp_path / "[bold]a.json", tmp_path / "{b}.json"]
    for path in named:
        path.write_bytes((EXAMPLES / "emergency.json").read_bytes())
    done = run("screen", "--plain", *(path.name for path in named))
    assert done.code == 0
    assert "[bold]a.json" in done.out
    assert "{b}.json" in done.out


@posix
def test_a_file_name_that_is_no_text_still_gives_json(run: Run, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.json"
    Path(os.fsdecode(path)).write_bytes((EXAMPLES / "nmt.json").read_bytes())
    done = run("screen", "--json", Path(os.fsdecode(path)), env={"PYTHONIOENCODING": "utf-8:strict"})
    assert done.code == 0
    assert json.loads(done.out)["file"].endswith("\ufffd.json")
