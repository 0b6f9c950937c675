"""`nmtchoose init` and `nmtchoose schema`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from nmtchoose.loading.locate import built_in_folder
from tests.authoring.command import run

WRITTEN = {
    "questions.yaml",
    "rules.yaml",
    "README.md",
    "questions.schema.json",
    "rules.schema.json",
    "cases.schema.json",
}


def names_in(folder: Path) -> set[str]:
    """Return the names of all files under `folder`."""
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_init_copies_the_built_in_pair(tmp_path: Path) -> None:
    done = run("init", tmp_path / "new" / "practice")
    assert (done.code, names_in(tmp_path)) == (0, WRITTEN)
    for name in ("questions.yaml", "rules.yaml"):
        assert (tmp_path / "new" / "practice" / name).read_bytes() == (built_in_folder() / name).read_bytes()


def test_a_new_folder_says_what_to_do_next(tmp_path: Path) -> None:
    run("init", tmp_path / "practice")
    readme = (tmp_path / "practice" / "README.md").read_text(encoding="utf-8")
    for command in ("nmtchoose check practice", "nmtchoose test", "nmtchoose diff OLD practice", "NMTCHOOSE_HOME"):
        assert command in readme


@pytest.mark.parametrize("taken", ["questions.yaml", "README.md"])
def test_init_overwrites_nothing_and_then_writes_nothing(taken: str, tmp_path: Path) -> None:
    (tmp_path / taken).write_text("mine", encoding="utf-8")
    done = run("init", tmp_path)
    assert (done.code, "F015" in done.err) == (1, True)
    assert names_in(tmp_path) == {taken}
    assert (tmp_path / taken).read_text(encoding="utf-8") == "mine"


def test_init_into_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "practice").write_text("mine", encoding="utf-8")
    done = run("init", tmp_path / "practice")
    assert (done.code, "F002" in done.err) == (1, True)


@pytest.mark.parametrize("name", ["questions", "rules", "cases"])
def test_schema_prints_what_init_writes(name: str, tmp_path: Path) -> None:
    run("init", tmp_path / "practice")
    printed = run("schema", name).out
    written = (tmp_path / "practice" / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert json.loads(printed) == json.loads(written)
    Draft7Validator.check_schema(json.loads(printed))


def test_an_unknown_schema_is_named_with_its_neighbour() -> None:
    done = run("schema", "question")
    assert (done.code, "Did you mean 'questions'?" in done.err) == (2, True)
