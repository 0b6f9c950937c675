"""Which pair of files is used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nmtchoose.errors import FileError
from nmtchoose.loading import locate
from nmtchoose.loading.locate import built_in_folder, locate_pair
from nmtchoose.practice.current import trust

posix = pytest.mark.skipif(not hasattr(os, "getuid"), reason="there are no such rights on this system")


@pytest.fixture(autouse=True)
def in_a_folder_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NMTCHOOSE_HOME", raising=False)
    monkeypatch.setattr(locate, "user_folder", lambda: tmp_path / "user")


def pair_in(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True)
    for name in names or ("questions.yaml", "rules.yaml"):
        (folder / name).touch()
    return folder


def refused() -> list[str]:
    with pytest.raises(FileError) as caught:
        locate_pair()
    return [f"{fault.code.id} {Path(fault.file).name}" for fault in caught.value.faults]


def test_without_anything_else_it_is_the_pair_of_the_program() -> None:
    pair = locate_pair()
    assert (pair.questions, pair.rules) == tuple(built_in_folder() / name for name in ("questions.yaml", "rules.yaml"))
    assert pair.questions.is_file()
    assert pair.rules.is_file()


def test_the_users_own_pair_comes_before_the_one_of_the_program(tmp_path: Path) -> None:
    user = pair_in(tmp_path / "user")
    pair = locate_pair()
    assert pair.rules == user / "rules.yaml"


def test_a_project_comes_before_the_user(tmp_path: Path) -> None:
    pair_in(tmp_path / "user")
    project = pair_in(tmp_path / "nmtchoose.d")
    trust(project)
    pair = locate_pair()
    assert pair.questions.resolve() == project / "questions.yaml"


def test_the_environment_comes_before_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pair_in(tmp_path / "nmtchoose.d")
    home = pair_in(tmp_path / "home")
    monkeypatch.setenv("NMTCHOOSE_HOME", str(home))
    pair = locate_pair()
    assert pair.questions == home / "questions.yaml"


def test_named_files_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, yours = tmp_path / "mine.yaml", tmp_path / "yours.yaml"
    monkeypatch.setenv("NMTCHOOSE_HOME", "nowhere")
    pair = locate_pair(mine, yours)
    assert (pair.questions, pair.rules) == (mine, yours)


def test_one_named_file_leaves_the_other_where_it_is(tmp_path: Path) -> None:
    project = pair_in(tmp_path / "nmtchoose.d", "rules.yaml")
    trust(project)
    pair = locate_pair(tmp_path / "mine.yaml", None)
    assert pair.rules.resolve() == project / "rules.yaml"


def test_half_a_pair_is_refused(tmp_path: Path) -> None:
    trust(pair_in(tmp_path / "nmtchoose.d", "rules.yaml"))
    assert refused() == ["F013 nmtchoose.d"]


def test_a_home_that_does_not_exist_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NMTCHOOSE_HOME", str(tmp_path / "nowhere"))
    assert refused() == ["F012 nowhere"]


def test_a_home_without_the_two_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("NMTCHOOSE_HOME", str(tmp_path / "home"))
    assert refused() == ["F013 home", "F013 home"]


def test_a_project_that_nobody_said_to_trust_is_refused_and_not_passed_over(tmp_path: Path) -> None:
    pair_in(tmp_path / "user")
    pair_in(tmp_path / "nmtchoose.d")
    assert refused() == ["F016 nmtchoose.d"]


@posix
def test_the_pair_of_a_user_that_others_can_change_is_refused(tmp_path: Path) -> None:
    (pair_in(tmp_path / "user") / "rules.yaml").chmod(0o666)
    assert refused() == ["F014 rules.yaml"]
