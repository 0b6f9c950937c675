"""Small files that unpack to gigabytes, pipes and devices: refused in words, or read in little memory."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.conftest import COMMAND, Run

ROWS = 20_000
LONG = "x" * 10_000
MEGABYTES = 200
"""Of memory, for anything under 2 MB; `nmtchoose bulk` takes about 105 for a single record."""

PEAK = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10, done.returncode, done.stderr)
"""


def _parquet(columns: Mapping[str, object], *, dictionary: bool = True) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        pq.write_table(pa.table(columns), folder / "feed.parquet", compression="zstd", use_dictionary=dictionary)
        return folder / "feed.parquet"

    return write


def _document(folder: Path) -> Path:
    path = folder / "feed.json.gz"
    path.write_bytes(gzip.compress(b"[" + b'{"answers": {"age": 44}},\n' * 2_000_000 + b"{}]", 1))
    return path


AGES = [44] * ROWS
READ = {
    "one id in every row": _parquet({"age": AGES, "record": [LONG] * ROWS}),
    "one text in every row": _parquet({"age": AGES, "name": [LONG] * ROWS}),
    "one answer in every row": _parquet({"age": AGES, "pain_sites": ["neck " * 2000] * ROWS}),
}
REFUSED = {
    "texts written out": _parquet({"age": AGES[:9000], "record": [LONG] * 9000}, dictionary=False),
    "one text": _parquet({"age": [44], "record": ["x" * 90_000_000]}),
    "long lists": _parquet({"age": [44], "pain_sites": [["neck"] * 4_000_000]}),
}


def _one_and_all(kinds: Iterable[str]) -> list[str | pytest.ParameterSet]:
    """One of them for everybody: each is a process of its own that reads megabytes."""
    first, *others = kinds
    return [first, *(pytest.param(kind, marks=pytest.mark.slow) for kind in others)]


def _peak(path: Path, environment: Mapping[str, str]) -> tuple[int, str, str]:
    words = [*COMMAND, "bulk", str(path), "--ignore", "name", "-o", str(path.with_name("out.csv"))]
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *words], env=environment, capture_output=True, text=True, check=True
    )
    megabytes, code, said = done.stdout.split(" ", 2)
    return int(megabytes), code, said


@pytest.mark.parametrize("kind", _one_and_all(READ))
def test_what_a_file_says_once_is_held_once(kind: str, environment: dict[str, str], tmp_path: Path) -> None:
    path = READ[kind](tmp_path)
    assert path.stat().st_size < 4000
    megabytes, code, said = _peak(path, environment)
    assert code in {"0", "4"}
    assert f"{ROWS:,}" in said
    assert megabytes < MEGABYTES


@pytest.mark.parametrize("kind", _one_and_all(REFUSED))
def test_what_unpacks_to_far_more_is_refused(kind: str, environment: dict[str, str], tmp_path: Path) -> None:
    megabytes, code, said = _peak(REFUSED[kind](tmp_path), environment)
    assert (code, "F021" in said) == ("1", True)
    assert megabytes < MEGABYTES


def test_a_document_that_unpacks_to_far_more_is_refused(environment: dict[str, str], tmp_path: Path) -> None:
    megabytes, code, said = _peak(_document(tmp_path), environment)
    assert (code, "JSON Lines" in said) == ("1", True)
    assert megabytes < MEGABYTES


def test_an_id_of_thousands_of_signs_is_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_text(f'{{"record": "{LONG}", "answers": {{"age": 44}}}}\n', encoding="utf-8")
    (tmp_path / "feed.csv").write_text(f"record,age\n{LONG},44\n", encoding="utf-8")
    done = run("bulk", "feed.jsonl", "feed.csv")
    assert done.code == 0
    assert len(done.out.splitlines()) == 2
    assert LONG not in done.out


@pytest.mark.parametrize("place", ["feed.jsonl", "folder/feed.csv"])
def test_a_pipe_is_never_waited_for(place: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / place).parent.mkdir(exist_ok=True)
    os.mkfifo(tmp_path / place)
    done = run("bulk", Path(place).parts[0])
    assert (done.code, done.out) == (1, "")
    assert "it is a pipe or a device" in done.err


def test_a_device_is_never_read_to_its_end(run: Run) -> None:
    done = run("bulk", "/dev/zero", "--from", "jsonl")
    assert (done.code, "it is a pipe or a device" in done.err) == (1, True)
