"""Writing: the old file or the new one, never half of either, and nothing left lying about."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
import threading
from pathlib import Path

import pytest

from nmtchoose.errors import Code, FileError
from nmtchoose.files.atomic import write_atomically
from tests.records.examples import intake, opened

posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and permission bits as POSIX has them")


def _refused(path: Path) -> FileError:
    with pytest.raises(FileError) as caught:
        write_atomically(path, "new")
    return caught.value


def _everything_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_holds_the_text_in_utf_8(tmp_path: Path) -> None:
    write_atomically(tmp_path / "result.txt", "Übung\nmacht\n")
    assert (tmp_path / "result.txt").read_bytes() == b"\xc3\x9cbung\nmacht\n"
    assert _everything_in(tmp_path) == ["result.txt"]


def test_an_old_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "result.txt"
    path.write_text("old and much longer", encoding="utf-8")
    write_atomically(path, "new")
    assert path.read_text(encoding="utf-8") == "new"
    assert _everything_in(tmp_path) == ["result.txt"]


@posix
def test_only_the_owner_can_read_a_result(tmp_path: Path) -> None:
    path = tmp_path / "result.txt"
    path.touch(mode=0o666)
    write_atomically(path, "new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@posix
def test_a_page_for_everybody_can_be_asked_for(tmp_path: Path) -> None:
    write_atomically(tmp_path / "page.md", "new", mode=0o644)
    assert stat.S_IMODE((tmp_path / "page.md").stat().st_mode) == 0o644


@pytest.mark.parametrize(("where", "step"), [(tempfile, "mkstemp"), (os, "fsync"), (Path, "chmod"), (Path, "replace")])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_failure_at_any_step_keeps_the_old_file_and_leaves_no_other(
    where: object, step: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "result.txt"
    path.write_text("old", encoding="utf-8")

    def fail(*_: object, **how: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(where, step, fail)
    (fault,) = _refused(path).faults
    assert fault.code is Code.FILE_CANNOT_WRITE
    assert os.strerror(number) in fault.problem
    assert path.read_text(encoding="utf-8") == "old"
    assert _everything_in(tmp_path) == ["result.txt"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    (fault,) = _refused(tmp_path / "nowhere" / "result.txt").faults
    assert fault.file.endswith("result.txt")


def test_a_folder_is_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    folder.mkdir()
    _refused(folder)
    assert folder.is_dir()
    assert _everything_in(tmp_path) == ["results"]


def test_a_file_is_no_folder_to_write_into(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old", encoding="utf-8")
    _refused(tmp_path / "file" / "result.txt")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "old"


@posix
def test_a_link_stays_a_link_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    target = tmp_path / "kept" / "result.txt"
    target.write_text("old", encoding="utf-8")
    link = tmp_path / "latest.txt"
    link.symlink_to(target)
    write_atomically(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


@posix
def test_links_in_a_circle_are_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    _refused(tmp_path / "a")


@posix
def test_a_pipe_is_written_into_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")), daemon=True)
    reader.start()
    write_atomically(pipe, "new")
    reader.join()
    assert read == ["new"]
    assert pipe.is_fifo()


@posix
@pytest.mark.parametrize("name", ["records.db", "records.db-wal", "a link", "a second name"])
def test_nothing_is_written_over_a_store_of_records(name: str, tmp_path: Path) -> None:
    store = tmp_path / "records.db"
    with opened(str(store)) as records:
        records.save(intake())
        (tmp_path / "a link").symlink_to(store)
        (tmp_path / "a second name").hardlink_to(store)
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        with pytest.raises(FileError, match="F019"):
            write_atomically(tmp_path / name, "anything")
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
