"""A project's folder counts only as long as the user trusts what stands in it, and nobody else can change it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nmtchoose.errors import ContentError, FileError, UsageError
from nmtchoose.loading import locate
from nmtchoose.loading import locate as trust_module
from nmtchoose.loading.locate import LIST_NAME, require_own, require_trusted
from nmtchoose.practice.current import distrust, trust, trusted_folders

posix = pytest.mark.skipif(not hasattr(os, "getuid"), reason="there are no such rights on this system")


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which a user's trust stands; nothing is trusted yet."""
    monkeypatch.setattr(locate, "user_folder", lambda: tmp_path / "user")
    return tmp_path / "user" / LIST_NAME


@pytest.fixture
def project(tmp_path: Path, listed: Path) -> Path:
    """A project that is trusted."""
    folder = tmp_path / "work" / "nmtchoose.d"
    folder.mkdir(parents=True)
    (folder / "rules.yaml").write_text("rules: {}")
    (folder / "config.yaml").write_text("region: eu")
    trust(folder)
    return folder


def refused(folder: Path, listed: Path) -> list[str]:
    try:
        require_trusted(folder, listed)
    except FileError as error:
        return [f"{one.code.id} {Path(one.file).name}" for one in error.faults]
    return []


def test_what_is_trusted_is_let_through(project: Path, listed: Path) -> None:
    assert refused(project, listed) == []
    assert trusted_folders() == (str(project),)


@pytest.mark.parametrize(
    ("name", "text"),
    [("rules.yaml", "rules: {a: {}}"), ("config.yaml", "region: us"), ("questions.yaml", "questions: {}")],
)
def test_a_file_that_is_changed_or_new_asks_again(name: str, text: str, project: Path, listed: Path) -> None:
    (project / name).write_text(text)
    assert refused(project, listed) == ["F017 nmtchoose.d"]
    trust(project)
    assert refused(project, listed) == []
    assert trusted_folders() == (str(project),)


def test_two_files_that_swap_what_they_hold_ask_again(project: Path, listed: Path) -> None:
    (project / "config.yaml").rename(project / "questions.yaml")
    assert refused(project, listed) == ["F017 nmtchoose.d"]


def test_the_same_files_in_another_place_need_no_second_word(project: Path, listed: Path) -> None:
    moved = project.rename(project.parent / "moved")
    assert refused(moved, listed) == []


def test_trust_can_be_taken_back_also_after_a_change(project: Path, listed: Path) -> None:
    (project / "rules.yaml").write_text("rules: {a: {}}")
    assert distrust(project)
    assert not distrust(project)
    assert trusted_folders() == ()
    assert refused(project, listed) == ["F016 nmtchoose.d"]


def test_a_folder_without_files_that_count_is_no_project(tmp_path: Path, listed: Path) -> None:
    (tmp_path / "nmtchoose.d").mkdir()
    assert refused(tmp_path / "nmtchoose.d", listed) == []
    with pytest.raises(UsageError):
        trust(tmp_path / "nmtchoose.d")


def test_settings_that_a_project_may_not_have_are_not_trusted(project: Path, listed: Path) -> None:
    (project / "config.yaml").write_text("key_command: touch here")
    with pytest.raises(ContentError, match="G003"):
        trust(project)
    assert refused(project, listed) == ["F017 nmtchoose.d"]


@pytest.mark.parametrize("name", ["rules.yaml", "nmtchoose.d"])
def test_a_link_is_refused(name: str, project: Path, listed: Path) -> None:
    path = project if name == project.name else project / name
    path.symlink_to(path.rename(path.with_name("elsewhere")))
    assert refused(project, listed) == [f"F018 {name}"]


@posix
def test_a_pipe_in_the_place_of_a_file_is_refused(project: Path, listed: Path) -> None:
    (project / "rules.yaml").unlink()
    os.mkfifo(project / "rules.yaml")
    assert refused(project, listed) == ["F018 rules.yaml"]


@posix
@pytest.mark.parametrize("name", ["rules.yaml", ".", ".."])
@pytest.mark.parametrize("mode", [0o707, 0o770])
def test_what_others_can_change_is_refused_and_named(
    name: str, mode: int, project: Path, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trust_module, "_is_of_one", lambda group_id: False)
    path = (project / name).resolve()
    path.chmod(mode)
    assert refused(project, listed) == [f"F014 {path.name}"]


@posix
def test_a_group_with_nobody_else_in_it_is_the_user(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trust_module, "_is_of_one", lambda group_id: True)
    project.chmod(0o770)
    require_own(project)


@posix
def test_a_project_of_somebody_else_is_refused(project: Path, listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = project.stat().st_uid
    if owner == 0:
        os.chown(project, 12345, -1)
        owner = 12345
    monkeypatch.setattr(os, "getuid", lambda: owner + 1)
    assert "F014 nmtchoose.d" in refused(project, listed)


@posix
def test_a_list_of_trust_that_others_can_change_is_refused(project: Path, listed: Path) -> None:
    listed.chmod(0o666)
    assert refused(project, listed) == [f"F014 {LIST_NAME}"]


def test_only_the_user_can_read_and_change_the_list(project: Path, listed: Path) -> None:
    assert listed.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", ["", "[]", '{"format": "nmtchoose/trusted/9", "folders": {}}'])
def test_a_list_that_cannot_be_read_trusts_nothing(content: str, project: Path, listed: Path) -> None:
    listed.write_text(content)
    assert refused(project, listed) == ["F016 nmtchoose.d"]
