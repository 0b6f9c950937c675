"""Large runs: several processes, one order; stopped at any moment, they go on and end as if nothing had happened."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

from tests.batch.conftest import MEGABYTES
from tests.cli.conftest import COMMAND, Run

LONGEST_SECONDS = 120


@pytest.fixture(scope="module")
def undisturbed(large_feed: Path, tmp_path_factory: pytest.TempPathFactory, kept_pairs: Path) -> Path:
    """The result of a run in one process that nobody stops."""
    folder = tmp_path_factory.mktemp("undisturbed")
    environment = {**os.environ, "HOME": str(folder), "NMTCHOOSE_CACHE": str(kept_pairs)}
    words = ["screen", str(large_feed), "--jobs", "1", "-o", str(folder / "out.jsonl")]
    subprocess.run([*COMMAND, *words], env=environment, check=False, timeout=LONGEST_SECONDS, capture_output=True)
    return folder / "out.jsonl"


def _rejects(path: Path) -> bytes:
    return Path(f"{path}.rejects.jsonl").read_bytes()


def _started(feed: Path, output: Path, environment: Mapping[str, str], *more: str) -> subprocess.Popen[bytes]:
    words = ["screen", str(feed), "--jobs", "2", "-o", str(output), *more]
    return subprocess.Popen([*COMMAND, *words], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _wait_for_a_part(output: Path, running: subprocess.Popen[bytes]) -> None:
    folder = Path(f"{output}.unfinished")
    until = time.monotonic() + LONGEST_SECONDS
    while not list(folder.glob("note-*.json")):
        assert running.poll() is None
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.slow
def test_the_order_is_that_of_the_input_whatever_the_number_of_processes(
    undisturbed: Path, large_feed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    with _started(large_feed, tmp_path / "out.jsonl", environment) as running:
        running.communicate(timeout=LONGEST_SECONDS)
    assert running.returncode == 4
    assert (tmp_path / "out.jsonl").read_bytes() == undisturbed.read_bytes()
    assert _rejects(tmp_path / "out.jsonl") == _rejects(undisturbed)
    numbers = [json.loads(line)["line"] for line in undisturbed.read_bytes().splitlines()]
    rejected = [json.loads(line)["line"] for line in _rejects(undisturbed).splitlines()]
    assert numbers == sorted(numbers)
    assert sorted([*numbers, *rejected]) == list(range(1, len(numbers) + len(rejected) + 1))


@pytest.mark.slow
def test_a_run_that_is_killed_again_and_again_ends_with_the_same_bytes(
    undisturbed: Path, large_feed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    output, random = tmp_path / "out.jsonl", Random(11)
    for _ in range(4):
        with _started(large_feed, output, environment, "--continue") as running:
            try:
                running.wait(random.uniform(0.3, 3))
            except subprocess.TimeoutExpired:
                running.kill()
    with _started(large_feed, output, environment, "--continue") as running:
        running.communicate(timeout=LONGEST_SECONDS)
    assert output.read_bytes() == undisturbed.read_bytes()
    assert _rejects(output) == _rejects(undisturbed)
    assert not Path(f"{output}.unfinished").exists()


@pytest.mark.slow
def test_ctrl_c_keeps_what_is_finished_and_says_how_to_go_on(
    undisturbed: Path, large_feed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    output = tmp_path / "out.jsonl"
    with _started(large_feed, output, environment) as running:
        _wait_for_a_part(output, running)
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=LONGEST_SECONDS)[1].decode()
    assert running.returncode == 130
    assert "--continue" in said
    assert "Traceback" not in said
    with _started(large_feed, output, environment, "--continue") as running:
        running.communicate(timeout=LONGEST_SECONDS)
    assert output.read_bytes() == undisturbed.read_bytes()


@pytest.mark.slow
def test_finished_parts_are_not_done_again(large_feed: Path, environment: dict[str, str], tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    with _started(large_feed, output, environment) as running:
        _wait_for_a_part(output, running)
        running.kill()
    before = {path: path.stat().st_mtime_ns for path in Path(f"{output}.unfinished").glob("note-*.json")}
    with _started(large_feed, output, environment, "--continue") as running:
        while running.poll() is None:
            again = {path: _changed(path) for path in before}
            assert all(again[path] in (None, before[path]) for path in before)
            time.sleep(0.02)
    assert output.exists()


def _changed(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return None


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the kernel says whose children they are")
def test_a_worker_that_is_killed_is_replaced(
    undisturbed: Path, large_feed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    output = tmp_path / "out.jsonl"
    with _started(large_feed, output, environment) as running:
        _wait_for_a_part(output, running)
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text(encoding="ascii").split()
        os.kill(int(children[-1]), signal.SIGKILL)
        running.communicate(timeout=LONGEST_SECONDS)
    assert running.returncode == 4
    assert output.read_bytes() == undisturbed.read_bytes()


# ---------------------------------------------------------------- an unfinished run is not thrown away


def _stopped(run: Run, feed: Path, tmp_path: Path) -> Path:
    """Leave a run of `feed` behind that stopped since a file may not get that large."""
    output = tmp_path / "out.jsonl"
    done = run("screen", feed, "-o", output, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)))
    assert (done.code, done.out) == (1, "")
    assert "F002" in done.err
    return output


def _feed(tmp_path: Path, records: int = 100) -> Path:
    path = tmp_path / "feed.jsonl"
    path.write_text('{"answers": {"age": 44}}\n' * records, encoding="utf-8")
    return path


def test_a_full_disk_is_said_in_words_and_the_run_goes_on_when_there_is_room(run: Run, tmp_path: Path) -> None:
    feed = _feed(tmp_path)
    output = _stopped(run, feed, tmp_path)
    assert not output.exists()
    assert run("screen", feed, "-o", output, "--continue").code == 0
    assert len(output.read_bytes().splitlines()) == 100


def test_without_continue_an_unfinished_run_is_reported_and_left_alone(run: Run, tmp_path: Path) -> None:
    feed = _feed(tmp_path)
    output = _stopped(run, feed, tmp_path)
    done = run("screen", feed, "-o", output)
    assert done.code == 2
    assert "U036" in done.err
    assert Path(f"{output}.unfinished").is_dir()


@pytest.mark.parametrize(
    ("change", "differs"), [("input", "inputs"), ("option", "options"), ("questions", "questions and rules")]
)
def test_another_run_is_not_gone_on_with(change: str, differs: str, run: Run, tmp_path: Path) -> None:
    feed = _feed(tmp_path)
    output = _stopped(run, feed, tmp_path)
    more: list[str] = []
    match change:
        case "input":
            feed.write_text("{}\n", encoding="utf-8")
        case "option":
            more = ["--full"]
        case "questions":
            run("init", tmp_path / "clinic")
            for name in ("questions", "rules"):
                path = tmp_path / "clinic" / f"{name}.yaml"
                path.write_text(path.read_text(encoding="utf-8") + "\n# ours\n", encoding="utf-8")
                more += [f"--{name}", str(path)]
    done = run("screen", feed, "-o", output, "--continue", *more)
    assert done.code == 2
    assert f"its {differs} differ" in done.err
    assert Path(f"{output}.unfinished").is_dir()


@pytest.mark.slow
def test_two_runs_do_not_write_to_the_same_place(large_feed: Path, environment: dict[str, str], tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    with _started(large_feed, output, environment) as first:
        _wait_for_a_part(output, first)
        first.send_signal(signal.SIGSTOP)
        with _started(large_feed, output, environment, "--continue") as second:
            said = second.communicate(timeout=LONGEST_SECONDS)[1].decode()
        first.kill()
    assert second.returncode == 2
    assert "U038" in said


def test_standard_input_leaves_nothing_behind_when_it_fails(run: Run, tmp_path: Path) -> None:
    feed = _feed(tmp_path)
    limit = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))}
    done = run("screen", "-", "--from", "jsonl", "-o", tmp_path / "out.jsonl", stdin=feed.read_bytes(), **limit)
    assert done.code == 1
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("out")] == []


# ---------------------------------------------------------------- memory


_PEAK = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL); "
_PEAK += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"


@pytest.mark.slow
def test_memory_stays_far_below_the_size_of_the_input(
    large_feed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "feeds"
    folder.mkdir()
    for number in range(10):
        os.link(large_feed, folder / f"{number}.jsonl")
    words = [*COMMAND, "screen", str(folder), "--jobs", "1", "-o", str(tmp_path / "out.csv")]
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, *words], env=environment, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) // 1024 < 6 * MEGABYTES
