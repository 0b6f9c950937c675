"""Large runs: several processes, one order; whole or not there at all, whenever they are stopped."""

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

from tests.amounts import TRIES
from tests.bulk.conftest import MEGABYTES
from tests.cli.conftest import COMMAND, Run

LONGEST_SECONDS = 120


@pytest.fixture(scope="module")
def undisturbed(large_feed: Path, tmp_path_factory: pytest.TempPathFactory, kept_pairs: Path) -> Path:
    """The result of a run in one process that nobody stops."""
    folder = tmp_path_factory.mktemp("undisturbed")
    environment = {**os.environ, "HOME": str(folder), "NMTCHOOSE_CACHE": str(kept_pairs)}
    words = ["bulk", str(large_feed), "--jobs", "1", "-o", str(folder / "out.jsonl")]
    subprocess.run([*COMMAND, *words], env=environment, check=False, timeout=LONGEST_SECONDS, capture_output=True)
    return folder / "out.jsonl"


def _rejects(path: Path) -> bytes:
    return Path(f"{path}.rejects.jsonl").read_bytes()


def _started(feed: Path, output: Path, environment: Mapping[str, str], *more: str) -> subprocess.Popen[bytes]:
    words = ["bulk", str(feed), "--jobs", "2", "-o", str(output), *more]
    return subprocess.Popen([*COMMAND, *words], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


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


def _children(running: subprocess.Popen[bytes]) -> list[int]:
    path = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    return [int(pid) for pid in path.read_text(encoding="ascii").split()]


def _wait_for_workers(running: subprocess.Popen[bytes]) -> list[int]:
    """Return the processes that work for a run, once they have begun; a tracker of resources is the first."""
    until = time.monotonic() + LONGEST_SECONDS
    while len(_children(running)) < 3:
        assert running.poll() is None
        assert time.monotonic() < until
        time.sleep(0.01)
    return _children(running)


@pytest.mark.slow
def test_a_kill_at_any_moment_spoils_neither_the_old_result_nor_the_next_run(
    environment: dict[str, str], tmp_path: Path
) -> None:
    feed, output = tmp_path / "feed.jsonl", tmp_path / "out.jsonl"
    feed.write_text('{"answers": {"age": 44}}\n' * 20_000, encoding="utf-8")
    with _started(feed, output, environment) as running:
        running.communicate(timeout=LONGEST_SECONDS)
    whole, random = output.read_bytes(), Random(5)
    for _ in range(12 * TRIES):
        with _started(feed, output, environment) as running:
            time.sleep(random.uniform(0, 2))
            running.kill()
        assert output.read_bytes() == whole
    with _started(feed, output, environment) as running:
        running.communicate(timeout=LONGEST_SECONDS)
    assert output.read_bytes() == whole


linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel says whose children they are")


@pytest.mark.slow
@linux
def test_ctrl_c_leaves_nothing_behind(large_feed: Path, environment: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "results"
    folder.mkdir()
    with _started(large_feed, folder / "out.jsonl", environment) as running:
        _wait_for_workers(running)
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=LONGEST_SECONDS)[1].decode()
    assert running.returncode == 130
    assert "Traceback" not in said
    assert list(folder.iterdir()) == []


@pytest.mark.slow
@linux
def test_processes_end_with_the_one_that_started_them(
    large_feed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    with _started(large_feed, tmp_path / "out.jsonl", environment) as running:
        workers = _wait_for_workers(running)
        running.kill()
    until = time.monotonic() + LONGEST_SECONDS
    while any(Path(f"/proc/{one}").exists() for one in workers):
        assert time.monotonic() < until
        time.sleep(0.01)
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.slow
@linux
def test_a_process_that_is_killed_ends_the_run_in_words(
    large_feed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    output = tmp_path / "out.jsonl"
    output.write_text("of yesterday", encoding="utf-8")
    with _started(large_feed, output, environment) as running:
        os.kill(_wait_for_workers(running)[-1], signal.SIGKILL)
        said = running.communicate(timeout=LONGEST_SECONDS)[1].decode()
    assert running.returncode == 1
    assert "F006" in said
    assert "Traceback" not in said
    assert output.read_text(encoding="utf-8") == "of yesterday"


@pytest.mark.parametrize("source", ["feed.jsonl", "-"])
def test_a_full_disk_is_said_in_words_and_what_was_there_stays(source: str, run: Run, tmp_path: Path) -> None:
    feed, output = tmp_path / "feed.jsonl", tmp_path / "out.jsonl"
    feed.write_text('{"answers": {"age": 44}}\n' * 100, encoding="utf-8")
    output.write_text("of yesterday", encoding="utf-8")
    limit = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))}
    no_modules = {"PYTHONDONTWRITEBYTECODE": "1"}  # they would be cut off as well
    done = run("bulk", source, "-o", output, stdin=feed.read_bytes(), env=no_modules, **limit)
    assert (done.code, done.out) == (1, "")
    assert "F002" in done.err
    assert output.read_text(encoding="utf-8") == "of yesterday"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["feed.jsonl", "out.jsonl"]


def test_the_rejects_of_an_earlier_run_go_when_there_are_none_any_more(run: Run, tmp_path: Path) -> None:
    feed, output = tmp_path / "feed.jsonl", tmp_path / "out.jsonl"
    for content, left_out in (("{", True), ("{}", False)):
        feed.write_text(content, encoding="utf-8")
        run("bulk", feed, "-o", output)
        assert Path(f"{output}.rejects.jsonl").exists() is left_out


def test_a_file_of_another_kind_at_their_place_stays_when_nothing_is_left_out(run: Run, tmp_path: Path) -> None:
    feed, diary = tmp_path / "feed.jsonl", tmp_path / "diary.txt"
    feed.write_text("{}", encoding="utf-8")
    diary.write_text("Monday", encoding="utf-8")
    assert run("bulk", feed, "-o", "out.jsonl", "--rejects", diary).code == 0
    assert diary.read_text(encoding="utf-8") == "Monday"


# ---------------------------------------------------------------- memory


_PEAK = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL); "
_PEAK += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"


@pytest.mark.slow
def test_memory_stays_far_below_the_size_of_the_input(
    large_feed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "feeds"
    folder.mkdir()
    for number in range(6):
        os.link(large_feed, folder / f"{number}.jsonl")
    words = [*COMMAND, "bulk", str(folder), "--jobs", "1", "-o", str(tmp_path / "out.csv")]
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, *words], env=environment, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) // 1024 < 4 * MEGABYTES
