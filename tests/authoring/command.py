"""Running the authors' commands inside the test process."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from typer.testing import CliRunner

from nmtchoose.cli.app import app
from tests.authoring.pairs import QUESTIONS, RULES, changed


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


def run(*words: str | Path) -> Done:
    """Run `nmtchoose` with these words."""
    done = CliRunner().invoke(app, [str(word) for word in words])
    return Done(done.exit_code, done.stdout, done.stderr)


def write_pair(
    folder: Path, questions: Mapping[str, str] | None = None, rules: Mapping[str, str] | None = None
) -> Path:
    """Write the sound pair with these changes into `folder` and return it."""
    folder.mkdir(exist_ok=True)
    (folder / "questions.yaml").write_text(changed(QUESTIONS, questions or {}), encoding="utf-8")
    (folder / "rules.yaml").write_text(changed(RULES, rules or {}), encoding="utf-8")
    return folder
