"""The commands beside the intake, and what holds for all of them."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
import typer

from nmtchoose import __version__
from nmtchoose.cli.app import app
from tests.cli.clients import EXAMPLES
from tests.cli.conftest import Run
from tests.shipped import LISTS


def test_version_is_one_line(run: Run) -> None:
    done = run("--version")
    assert (done.code, done.out) == (0, f"nmtchoose {__version__}\n")


def test_help_names_every_command(run: Run) -> None:
    done = run("--help")
    assert done.code == 0
    for name in typer.main.get_command(app).commands:  # type: ignore[attr-defined]
        assert f"  {name} " in done.out


@pytest.mark.parametrize("flag", ["--version", "--help"])
def test_nothing_heavy_is_loaded_before_it_is_needed(flag: str, run: Run) -> None:
    done = run(flag, env={"PYTHONPROFILEIMPORTTIME": "1"})
    loaded = {line.rpartition("|")[2].strip() for line in done.err.splitlines()}
    assert "typer" in loaded
    assert not loaded & {"rich", "questionary", "prompt_toolkit", "yaml", "platformdirs", "nmtchoose.loading.load"}


def test_explain_names_rules_answers_and_sources(run: Run) -> None:
    done = run("explain", "--plain", "--sources", EXAMPLES / "adapted-session.json")
    assert done.code == 0
    assert "blood-thinner" in done.out
    assert "Blood thinner" in done.out
    assert "Mayo" in done.out


@pytest.mark.usefixtures("asks_in_lists")
def test_explain_takes_answers_from_standard_input(run: Run) -> None:
    done = run("explain", "--plain", "-", stdin=(LISTS / "examples" / "emergency.json").read_bytes())
    assert done.code == 0
    assert "chest-pressure" in done.out


def test_compare_needs_no_intake(run: Run) -> None:
    done = run("compare", "--plain")
    assert done.code == 0
    assert all(name in done.out for name in ("NMT", "Deep tissue", "Swedish"))
    assert "Prenatal" not in done.out


def test_compare_takes_the_therapies_that_are_named(run: Run) -> None:
    done = run("compare", "--plain", "Hot-Stone", "nmt")
    assert done.code == 0
    assert "Hot stone" in done.out
    assert "Deep tissue." not in done.out


def test_drafts_says_when_there_are_none(run: Run) -> None:
    assert run("drafts").out == "There are no drafts.\n"


def test_docs_writes_a_page_and_tells_when_it_is_out_of_date(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "basis.md"
    assert run("docs", "-o", page).code == 0
    assert "blood-thinner" in page.read_text(encoding="utf-8")
    assert run("docs", "--check", "-o", page).code == 0
    page.write_bytes(b"\xff" + page.read_bytes())
    stale = run("docs", "--check", "-o", page)
    assert stale.code == 3
    assert "not up to date" in stale.err


def test_docs_tells_when_the_page_cannot_be_read(run: Run, tmp_path: Path) -> None:
    done = run("docs", "--check", "-o", tmp_path)
    assert done.code == 1
    assert "cannot be read" in done.err


def test_shells_can_complete_commands(run: Run) -> None:
    installed = shutil.which("nmtchoose", path=str(Path(sys.executable).parent))
    asked = {"_NMTCHOOSE_COMPLETE": "complete_bash", "COMP_WORDS": "nmtchoose sc", "COMP_CWORD": "1"}
    done = run(command=[installed], env=asked)
    assert set(done.out.split()) == {"screen", "schema"}


@pytest.mark.parametrize("name", ["answers", "assessment"])
def test_a_schema_may_be_written_to_a_file(name: str, run: Run, tmp_path: Path) -> None:
    assert run("schema", name, "-o", "schema.json").code == 0
    assert json.loads((tmp_path / "schema.json").read_text(encoding="utf-8"))["type"] == "object"
