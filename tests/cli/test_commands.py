"""Only the module of the command that is called is imported; whoever does not call one sees all of them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from nmtchoose.cli.app import app

PROGRAM = ("intake", "screen", "check", "test", "init", "sheet", "records", "config")
"""Some commands of modules of their own, some that share one, and the groups."""


def helped(*words: str) -> str:
    done = CliRunner().invoke(app, [*words, "--help"])
    assert done.exit_code == 0, done.output
    return done.stdout


def modules_loaded_for(*words: str) -> set[str]:
    """Return what a start with `words` imports of ours and of msgspec, modules of commands by their short names."""
    code = "import sys; from nmtchoose.cli.app import app; app(sys.argv[1:], standalone_mode=False)"
    watch = f"{code}; print(*sorted(sys.modules), sep='\\n')"
    done = subprocess.run([sys.executable, "-c", watch, *words], capture_output=True, text=True, check=True)
    ours = [name for name in done.stdout.split() if name.startswith(("nmtchoose.", "msgspec"))]
    return {name.removeprefix("nmtchoose.cli.") for name in ours}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("drafts",), "List unfinished interviews"),
        (("test",), "Run case files against the rules."),
        (("config", "path"), "Print where settings and records stand"),
    ],
    ids=["a command", "a command named otherwise than its module", "a command of a group"],
)
def test_what_is_called_is_there(words: tuple[str, ...], said: str) -> None:
    assert said in helped(*words)


@pytest.mark.parametrize("words", [(), ("--version",), ("config",)])
def test_help_and_version_import_no_more_than_typer_does(words: tuple[str, ...]) -> None:
    loaded = modules_loaded_for(*words, *(() if "--version" in words else ("--help",)))
    assert loaded == {"nmtchoose.cli", "app"}


def test_what_is_not_called_is_not_imported() -> None:
    loaded = modules_loaded_for("drafts", "--help")
    assert "drafts" in loaded
    assert not loaded & {"intake", "screen", "check", "config"}


def test_whoever_calls_none_sees_all() -> None:
    told = helped()
    assert all(f"\n  {name} " in told for name in PROGRAM)


def test_a_command_that_there_is_not_is_answered_with_one_that_there_is() -> None:
    done = CliRunner().invoke(app, ["tset"])
    assert done.exit_code == 2
    assert "Did you mean 'test'" in done.output
