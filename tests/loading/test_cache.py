"""The pair kept from the last start: the same as the files, or not used at all."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from nmtchoose.errors import ContentError, FileError
from nmtchoose.loading import cache
from nmtchoose.loading.cache import MOST_KEPT, cache_folder, load_pair_quickly
from nmtchoose.loading.load import load_pair
from nmtchoose.model.tables import Tables

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes and owners of this kind")
Paths = tuple[Path, Path]


@pytest.fixture
def pair(tmp_path: Path, minimal_paths: Paths) -> Paths:
    """Two files of our own, to change."""
    questions, rules = tmp_path / "questions.yaml", tmp_path / "rules.yaml"
    questions.write_bytes(minimal_paths[0].read_bytes())
    rules.write_bytes(minimal_paths[1].read_bytes())
    return questions, rules


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NMTCHOOSE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The questions files that were read for real, one for each time."""
    seen: list[Path] = []

    def counting(questions: Path, rules: Path) -> object:
        seen.append(questions)
        return load_pair(questions, rules)

    monkeypatch.setattr("nmtchoose.loading.load.load_pair", counting)
    return seen


def kept(folder: Path) -> Path:
    (only,) = folder.iterdir()
    return only


def test_the_second_start_reads_no_yaml_and_gets_the_same(pair: Paths, folder: Path, reads: list[Path]) -> None:
    first = load_pair_quickly(*pair)
    second = load_pair_quickly(*pair)
    assert first == second == Tables(*load_pair(*pair))
    assert len(reads) == 1


def test_an_edited_file_is_read_again(pair: Paths, folder: Path) -> None:
    load_pair_quickly(*pair)
    pair[1].write_text(pair[1].read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")
    assert load_pair_quickly(*pair) == Tables(*load_pair(*pair))


def test_another_version_of_the_program_reads_again(
    pair: Paths, folder: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_pair_quickly(*pair)
    monkeypatch.setattr(cache, "__version__", "99")
    load_pair_quickly(*pair)
    assert len(reads) == 2


def test_a_faulty_pair_is_reported_every_time_and_never_kept(pair: Paths, folder: Path) -> None:
    pair[1].write_text("format: nmtchoose/rules/1\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(ContentError):
            load_pair_quickly(*pair)
    assert not folder.exists()


def test_a_missing_file_is_reported_as_the_reader_reports_it(pair: Paths, folder: Path) -> None:
    pair[0].unlink()
    with pytest.raises(FileError, match="questions"):
        load_pair_quickly(*pair)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda content: content[:-1], id="cut short"),
        pytest.param(lambda content: b"", id="empty"),
        pytest.param(lambda content: content[:500] + b"!" + content[501:], id="one byte changed"),
        pytest.param(lambda content: b"nonsense" * 100, id="something else"),
    ],
)
def test_a_spoilt_file_is_replaced_without_a_word(pair: Paths, folder: Path, spoil: object) -> None:
    load_pair_quickly(*pair)
    good = kept(folder).read_bytes()
    kept(folder).write_bytes(spoil(good))  # type: ignore[operator]
    assert load_pair_quickly(*pair) == Tables(*load_pair(*pair))
    assert kept(folder).read_bytes() == good


@posix
@pytest.mark.parametrize("mode", [0o602, 0o620])
def test_a_file_that_others_can_write_is_never_read(pair: Paths, folder: Path, reads: list[Path], mode: int) -> None:
    load_pair_quickly(*pair)
    kept(folder).chmod(mode)
    load_pair_quickly(*pair)
    assert len(reads) == 2


@posix
@pytest.mark.parametrize("mode", [0o702, 0o720, 0o1777])
def test_a_folder_that_others_can_write_is_neither_read_nor_written(
    pair: Paths, folder: Path, reads: list[Path], mode: int
) -> None:
    load_pair_quickly(*pair)
    before = kept(folder).stat().st_mtime_ns
    folder.chmod(mode)
    assert load_pair_quickly(*pair) == Tables(*load_pair(*pair))
    assert kept(folder).stat().st_mtime_ns == before
    assert len(reads) == 2


@posix
def test_what_belongs_to_somebody_else_is_never_read(
    pair: Paths, folder: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_pair_quickly(*pair)
    somebody = os.getuid() + 1
    monkeypatch.setattr("os.getuid", lambda: somebody)
    load_pair_quickly(*pair)
    assert len(reads) == 2


@posix
def test_a_link_is_not_followed(pair: Paths, folder: Path, tmp_path: Path, reads: list[Path]) -> None:
    load_pair_quickly(*pair)
    elsewhere = tmp_path / "elsewhere"
    kept(folder).rename(elsewhere)
    questions, rules = (cache._sha256(path) for path in pair)
    (folder / cache._name(questions, rules, b"")).symlink_to(elsewhere)
    load_pair_quickly(*pair)
    assert len(reads) == 2


@posix
def test_what_is_kept_can_be_read_by_its_owner_alone(pair: Paths, folder: Path) -> None:
    load_pair_quickly(*pair)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert kept(folder).stat().st_mode & 0o777 == 0o600


def test_where_nothing_can_be_kept_the_files_are_read(pair: Paths, folder: Path) -> None:
    folder.write_text("not a folder", encoding="utf-8")
    assert load_pair_quickly(*pair) == Tables(*load_pair(*pair))


@posix
def test_a_pipe_is_read_once(pair: Paths, folder: Path) -> None:
    """As in `--questions <(...)`: what is read to name it would be gone for the reader."""
    with pair[0].open("rb") as questions:
        command = "import sys; from pathlib import Path; from nmtchoose.loading.cache import load_pair_quickly as load;"
        command += f" print(load(Path('/dev/stdin'), Path({str(pair[1])!r})).questionnaire.title)"
        piped = subprocess.run(["cat"], stdin=questions, capture_output=True, check=True).stdout
        run = subprocess.run([sys.executable, "-c", command], input=piped, capture_output=True, check=True)
    assert run.stdout.decode().strip() == load_pair(*pair)[0].title


def test_only_the_newest_pairs_stay(pair: Paths, folder: Path) -> None:
    for number in range(MOST_KEPT + 3):
        pair[1].write_text(pair[1].read_text(encoding="utf-8") + f"\n# {number}\n", encoding="utf-8")
        load_pair_quickly(*pair)
    assert len(list(folder.iterdir())) == MOST_KEPT


def test_starts_at_the_same_time_all_get_the_pair(pair: Paths, folder: Path) -> None:
    command = "import sys; from pathlib import Path; from nmtchoose.loading.cache import load_pair_quickly as load;"
    command += " print(load(*map(Path, sys.argv[1:])).rules.stamp.sha256)"
    starts = [
        subprocess.Popen([sys.executable, "-c", command, *map(str, pair)], stdout=subprocess.PIPE) for _ in range(4)
    ]
    assert {start.communicate()[0].decode().strip() for start in starts} == {load_pair(*pair)[1].stamp.sha256}
    assert len(list(folder.iterdir())) == 1


def test_the_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NMTCHOOSE_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path


def test_the_shipped_pair_survives_being_kept(folder: Path, reads: list[Path]) -> None:
    root = Path(__file__).parents[2]
    shipped = (root / "questions.yaml", root / "rules.yaml")
    read, kept_one = load_pair_quickly(*shipped), load_pair_quickly(*shipped)
    assert kept_one == read
    assert len(reads) == 1


class Harm:
    """What a pickle may do on being read: call whatever it names."""

    def __reduce__(self) -> tuple[object, ...]:
        return pytest.fail, ("it was called",)


@pytest.mark.parametrize("payload", [pickle.dumps(Harm()), b"", b"\x80", b"\x93\x01\x02\x03"])
def test_bytes_that_hold_no_pair_are_not_believed(pair: Paths, folder: Path, reads: list[Path], payload: bytes) -> None:
    """Even where somebody could write them, seal and all: they can become a pair and nothing else."""
    good = load_pair_quickly(*pair)
    kept(folder).write_bytes(cache._seal(kept(folder), payload) + payload)
    assert load_pair_quickly(*pair) == good
    assert len(reads) == 2
