"""The commands as a person types them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from nmtchoose.cli.app import app
from nmtchoose.cli.delivery import Exit
from nmtchoose.formats.registry import NAMES
from nmtchoose.formats.sheet_form import sheet_text
from tests.formats.filled_sheets import filled_sheet
from tests.formats.intakes import EXAMPLES, PRACTICE, example
from tests.shipped import ROOT


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def answers_of(name: str) -> Path:
    return ROOT / "examples" / f"{name}.json"


def test_several_files_become_one_csv_with_a_row_for_each(tmp_path: Path) -> None:
    out = tmp_path / "all.csv"
    assert run("screen", *map(answers_of, EXAMPLES), "-o", out).exit_code == Exit.DONE
    with out.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [Path(row["name"]).stem for row in rows] == EXAMPLES


def test_several_files_become_json_lines(tmp_path: Path) -> None:
    out = tmp_path / "all.jsonl"
    assert run("screen", answers_of("nmt"), answers_of("later"), "-o", out).exit_code == Exit.DONE
    told = [json.loads(line)["disposition"] for line in out.read_text(encoding="utf-8").splitlines()]
    assert told == ["proceed", "defer"]


def test_the_ending_json_means_what_the_flag_means(tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    run("screen", answers_of("nmt"), "-o", out)
    assert json.loads(out.read_text(encoding="utf-8")) == json.loads(run("screen", answers_of("nmt"), "--json").stdout)


def test_a_name_counts_before_the_ending(tmp_path: Path) -> None:
    out = tmp_path / "result.txt"
    run("screen", answers_of("nmt"), "-o", out, "--format", "markdown")
    assert out.read_text(encoding="utf-8").startswith("# ")


def test_an_intake_that_needs_no_questions_is_exported_too(tmp_path: Path) -> None:
    out = tmp_path / "client.html"
    assert run("intake", "--answers", answers_of("nmt"), "-o", out).exit_code == Exit.DONE
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert out.stat().st_mode & 0o077 == 0


def test_the_therapist_flag_chooses_the_page_for_therapists() -> None:
    shown = run("screen", answers_of("nmt"), "--format", "html", "--therapist").stdout
    assert shown == run("screen", answers_of("nmt"), "--format", "html-therapist").stdout
    assert "SOAP" in shown


def test_one_page_for_two_clients_is_refused() -> None:
    done = run("screen", answers_of("nmt"), answers_of("later"), "--format", "html")
    assert done.exit_code == Exit.USAGE
    assert "U020" in done.stderr


def test_json_and_another_format_do_not_go_together() -> None:
    done = run("screen", answers_of("nmt"), "--json", "--format", "csv")
    assert (done.exit_code, "U004" in done.stderr) == (Exit.USAGE, True)


def test_incomplete_answers_are_exported_and_still_exit_4(tmp_path: Path) -> None:
    some = tmp_path / "some.yaml"
    some.write_text("answers: {age: 44}", encoding="utf-8")
    done = run("screen", some, "--format", "fhir")
    assert done.exit_code == Exit.BAD_ANSWERS
    assert json.loads(done.stdout)["status"] == "in-progress"


@pytest.mark.parametrize("command", ["screen", "intake"])
def test_the_help_names_every_format(command: str) -> None:
    shown = " ".join(CliRunner().invoke(app, [command, "--help"], terminal_width=200).stdout.split())
    assert [name for name in NAMES if name not in shown] == []


@pytest.mark.parametrize("name", ["nmt", "emergency"])
def test_a_fhir_response_can_be_screened_again(tmp_path: Path, name: str) -> None:
    out = tmp_path / "answers.fhir.json"
    run("screen", answers_of(name), "-o", out)
    assert (
        json.loads(run("screen", out, "--json").stdout)["answers"]
        == json.loads(run("screen", answers_of(name), "--json").stdout)["answers"]
    )


def test_a_filled_sheet_is_screened_as_its_answers_are(tmp_path: Path) -> None:
    filled = tmp_path / "filled.txt"
    filled.write_text(filled_sheet(PRACTICE.tables.questionnaire, example("sequence").answers), encoding="utf-8")
    before = json.loads(run("screen", answers_of("sequence"), "--json").stdout)
    after = json.loads(run("screen", filled, "--json").stdout)
    assert {**after, "file": ""} == {**before, "file": ""}


def test_the_sheet_is_text_or_html(tmp_path: Path) -> None:
    assert run("sheet").stdout == sheet_text(PRACTICE.tables.questionnaire)
    out = tmp_path / "sheet.html"
    assert run("sheet", "-o", out).exit_code == Exit.DONE
    assert out.read_text(encoding="utf-8") == run("sheet", "--html").stdout


def test_the_questionnaire_comes_as_fhir_of_either_release() -> None:
    kinds = {
        release: json.loads(run("fhir", "questionnaire", "--release", release).stdout)["item"][0]["item"][1]["type"]
        for release in ("r4", "r5")
    }
    assert kinds == {"r4": "group", "r5": "group"}


@pytest.mark.parametrize("words", [("fhir", "--release", "r6"), ("fhir", "patient")])
def test_a_release_or_resource_that_there_is_not_is_refused(words: tuple[str, ...]) -> None:
    done = run(*words)
    assert (done.exit_code, "U001" in done.stderr) == (Exit.USAGE, True)
