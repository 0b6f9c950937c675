"""Where a passphrase comes from."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from nmtchoose.errors import StoreError
from nmtchoose.practice.current import find_values, settings_of
from nmtchoose.practice.passphrase import passphrase_of
from nmtchoose.practice.settings import Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr("nmtchoose.practice.current.user_file", lambda: tmp_path / "none.yaml")
    return settings_of(find_values({}, tmp_path))


def key_file(folder: Path, text: str, mode: int = 0o600) -> str:
    path = folder / "key"
    path.write_text(text)
    path.chmod(mode)
    return str(path)


def refusal(settings: Settings) -> str:
    with pytest.raises(StoreError) as refused:
        passphrase_of(settings)()
    return str(refused.value)


def test_the_first_line_of_a_key_file_is_taken(settings: Settings, tmp_path: Path) -> None:
    assert (
        passphrase_of(replace(settings, key_file=key_file(tmp_path, "five quiet words\nnote\n")))()
        == "five quiet words"
    )


def test_a_key_file_that_others_can_read_is_refused(settings: Settings, tmp_path: Path) -> None:
    shared = key_file(tmp_path, "five quiet words\n", 0o644)
    assert "other people can read it" in refusal(replace(settings, key_file=shared))


def test_a_command_prints_the_passphrase(settings: Settings) -> None:
    command = f"{sys.executable} -c \"print('five quiet words')\""
    assert passphrase_of(replace(settings, key_command=command))() == "five quiet words"


@pytest.mark.parametrize("command", ["no-such-program-here", f"{sys.executable} -c pass", f"{sys.executable} -c 1/0"])
def test_a_command_that_gives_nothing_is_named_by_its_setting(settings: Settings, command: str) -> None:
    assert "key_command" in refusal(replace(settings, key_command=command))


def test_where_nobody_can_be_asked_the_store_stays_shut(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("five quiet words\n"))
    assert "R030" in refusal(settings)
