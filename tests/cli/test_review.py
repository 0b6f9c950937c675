"""`nmtchoose review`, and who reviewed it in everything that is handed out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nmtchoose.formats.registry import NAMES
from tests.cli.clients import EXAMPLES
from tests.cli.conftest import Run
from tests.signatures.signed import Folder

NOBODY = "Questions and rules not yet reviewed by a clinician."
SOMEBODY = "Questions and rules reviewed by N. N., 2026-11-27."


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_the_shipped_pair_says_that_nobody_reviewed_it(run: Run) -> None:
    answers = EXAMPLES / "nmt.json"
    assert NOBODY in run("screen", answers, "--plain").out
    assert json.loads(run("screen", answers, "--json").out)["review"] == NOBODY


RESULTS = [one for one in NAMES if one not in ("answers", "fhir")]
"""The two others hold answers and no result."""


@pytest.mark.parametrize("form", RESULTS)
@pytest.mark.parametrize("heart", ["chest_pressure", "none"])
def test_every_form_of_a_result_says_who_reviewed_it(
    run: Run, folder: Folder, tmp_path: Path, form: str, heart: str
) -> None:
    folder.sign()
    (tmp_path / "a.json").write_text(json.dumps({"answers": {"right_now": [heart]}}))
    told = run("screen", "a.json", "--questions", folder.questions, "--rules", folder.rules, "--format", form).out
    assert SOMEBODY.rstrip(".") in " ".join(told.split())


@pytest.mark.parametrize(
    "look", [("screen", "a.json"), ("screen", "a.json", "--therapist"), ("explain", "a.json"), ("compare",)], ids=str
)
def test_every_page_on_the_screen_says_who_reviewed_it(
    run: Run, folder: Folder, tmp_path: Path, look: tuple[str, ...]
) -> None:
    folder.sign()
    (tmp_path / "a.json").write_text('{"answers": {"right_now": ["none"]}}')
    assert SOMEBODY in run(*look, "--plain", "--questions", folder.questions, "--rules", folder.rules).out


def test_many_clients_at_once_say_who_reviewed_it(run: Run, folder: Folder, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    folder.sign()
    (tmp_path / "all.jsonl").write_text('{"right_now": ["none"]}\n')
    pair = ("--questions", folder.questions, "--rules", folder.rules)
    done = run("bulk", "all.jsonl", "--full", "-o", "found.jsonl", *pair)
    assert done.err.splitlines()[-1] == SOMEBODY
    assert json.loads((tmp_path / "found.jsonl").read_text(encoding="utf-8"))["review"] == SOMEBODY


def test_a_changed_pair_is_reviewed_by_nobody(run: Run, folder: Folder, tmp_path: Path) -> None:
    folder.sign()
    folder.edit("Bruises come more easily.", "Bruises come easily.")
    (tmp_path / "a.json").write_text('{"answers": {"right_now": ["chest_pressure"]}}')
    assert NOBODY in run("screen", "a.json", "--plain", "--questions", folder.questions, "--rules", folder.rules).out


def test_check_names_what_is_open(run: Run, folder: Folder, tmp_path: Path) -> None:
    folder.sign()
    assert SOMEBODY in run("check", tmp_path, "--no-prove", "--require-review").out
    folder.edit("Bruises come more easily.", "Bruises come easily.")
    done = run("check", tmp_path, "--no-prove")
    assert "rule/blood-thinner: words changed since (N. N., 2026-11-27)" in done.out


def test_a_review_can_be_required(run: Run, tmp_path: Path) -> None:
    Folder(tmp_path)
    assert run("check", tmp_path, "--no-prove").code == 0
    assert "V003" in run("check", tmp_path, "--no-prove", "--require-review").out
    run("config", "set", "require_review", "true")
    assert run("check", tmp_path, "--no-prove").code == 3


def test_a_forged_fingerprint_is_named(run: Run, folder: Folder, tmp_path: Path) -> None:
    folder.sign()
    text = folder.reviews.read_text(encoding="utf-8")
    folder.reviews.write_text(text.replace(text.split('"meaning":"')[5][:16], "0" * 16), encoding="utf-8")
    done = run("check", tmp_path, "--no-prove")
    assert done.code == 3
    assert f"{folder.reviews}:9:1: " in done.out and "[V002]" in done.out


def test_marks_on_a_form_are_taken_in(run: Run, folder: Folder, tmp_path: Path) -> None:
    assert run("review", tmp_path, "--rule", "heart", "--export", "form.md").code == 0
    text = (tmp_path / "form.md").read_text(encoding="utf-8")
    marked = text.replace("Name:", "Name: N. N.").replace("Licence:", "Licence: 1").replace("[ ] accept", "[x] accept")
    (tmp_path / "form.md").write_text(marked, encoding="utf-8")
    assert "1 mark taken in; 0 were there already." in run("review", tmp_path, "--import", "form.md").out
    assert "0 marks taken in; 1 were there already." in run("review", tmp_path, "--import", "form.md").out
    assert "rule/heart" not in folder.open()


def test_nobody_is_asked_without_a_terminal(run: Run, folder: Folder, tmp_path: Path) -> None:
    assert run("review", tmp_path).code == 5
    assert not folder.reviews.exists()


def test_the_review_of_the_built_in_pair_stands_in_the_users_folder(run: Run, home: Path, tmp_path: Path) -> None:
    run("review", "--stage", "setting", "--export", "form.md")
    text = (tmp_path / "form.md").read_text(encoding="utf-8")
    marked = text.replace("Name:", "Name: N. N.").replace("Licence:", "Licence: 1").replace("[ ] accept", "[x] accept")
    (tmp_path / "form.md").write_text(marked, encoding="utf-8")
    run("review", "--import", "form.md")
    assert [path.parent.name for path in home.rglob("reviews.yaml")] == ["nmtchoose"]


def test_the_folder_of_a_project_stays_trusted_when_its_pair_is_reviewed(run: Run, tmp_path: Path) -> None:
    project = tmp_path / "nmtchoose.d"
    project.mkdir()
    Folder(project)
    assert run("trust").code == 0
    assert run("review", "--rule", "heart", "--export", "form.md").code == 0
    text = (tmp_path / "form.md").read_text(encoding="utf-8")
    marked = text.replace("Name:", "Name: N. N.").replace("Licence:", "Licence: 1").replace("[ ] accept", "[x] accept")
    (tmp_path / "form.md").write_text(marked, encoding="utf-8")
    assert run("review", "--import", "form.md").code == 0
    assert (project / "reviews.yaml").exists()
    assert run("check", "--no-prove").code == 0


def test_somebody_elses_signature_has_to_be_trusted_too(run: Run, tmp_path: Path) -> None:
    project = tmp_path / "nmtchoose.d"
    project.mkdir()
    folder = Folder(project)
    run("trust")
    folder.sign()
    assert "F017" in run("check", "--no-prove").err
