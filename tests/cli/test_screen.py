"""`nmtchoose screen`: answers in, results out, nothing asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from tests.cli.clients import EXAMPLES, example, written
from tests.cli.conftest import Run


def _record(text: str) -> dict[str, Any]:
    record = json.loads(text)
    assert isinstance(record, dict)
    return record


def test_a_result_names_what_is_suggested_why_and_that_it_is_no_diagnosis(
    run: Run, built_in_pair: tuple[Questionnaire, RuleTable]
) -> None:
    done = run("screen", EXAMPLES / "nmt.json")
    assert (done.code, done.err) == (0, "")
    said = " ".join(done.out.split())
    assert "Neuromuscular therapy (NMT)" in said
    (one_or_two_places,) = (rule for rule in built_in_pair[1].rules if rule.id == "one-or-two-places")
    assert one_or_two_places.reason in said
    assert "not a diagnosis" in said


def test_an_emergency_is_a_card_without_a_word_about_therapies(run: Run) -> None:
    done = run("screen", "--plain", EXAMPLES / "emergency.json")
    assert done.code == 0
    assert "Call 911 now" in done.out
    for word in ("Swedish", "NMT", "Deep tissue", "pressure limit"):
        assert word not in done.out


def test_plain_has_no_drawing_and_no_escape(run: Run) -> None:
    done = run("screen", "--plain", EXAMPLES / "nmt.json")
    assert "Neuromuscular therapy" in done.out
    assert not set(done.out) & set("╭│╰─┏┃━\x1b")


def test_one_file_gives_one_record(run: Run) -> None:
    done = run("screen", "--json", EXAMPLES / "nmt.json")
    record = _record(done.out)
    assert record["format"] == "nmtchoose/assessment/1"
    assert record["status"] == "complete"
    assert record["recommendation"]["therapies"] == ["nmt"]
    assert record["answers"] == example("nmt")
    assert {len(record["stamp"][part]["sha256"]) for part in ("questionnaire", "rules")} == {64}


def test_several_files_give_a_list_in_their_order(run: Run) -> None:
    files = [EXAMPLES / f"{name}.json" for name in ("swedish", "emergency", "nmt")]
    records = json.loads(run("screen", "--json", *files).out)
    assert [record["file"] for record in records] == [str(file) for file in files]
    assert [record["disposition"] for record in records] == ["proceed", "call_emergency", "proceed"]


def test_several_files_as_text_are_told_apart_by_their_names(run: Run) -> None:
    done = run("screen", "--plain", EXAMPLES / "swedish.json", EXAMPLES / "emergency.json")
    first, second = done.out.index("swedish.json"), done.out.index("emergency.json")
    assert first < done.out.index("Swedish massage") < second < done.out.index("Call 911 now")


def test_standard_input_yaml_and_json_give_the_same_result(run: Run, tmp_path: Path) -> None:
    yaml = "".join(f"{question}: {json.dumps(answer)}\n" for question, answer in example("nmt").items())
    (tmp_path / "nmt.yaml").write_text(yaml, encoding="utf-8")
    from_yaml = _record(run("screen", "--json", tmp_path / "nmt.yaml").out)
    from_stdin = _record(run("screen", "--json", "-", stdin=(EXAMPLES / "nmt.json").read_bytes()).out)
    assert (from_yaml.pop("file"), from_stdin.pop("file")) == (str(tmp_path / "nmt.yaml"), "-")
    assert from_yaml == from_stdin


def test_what_is_missing_is_named_and_nothing_is_suggested(run: Run, tmp_path: Path) -> None:
    answers = example("nmt")
    del answers["health.heart"], answers["pressure"]
    done = run("screen", "--json", written(tmp_path, "part.json", answers))
    record = _record(done.out)
    assert done.code == 4
    assert record["status"] == "incomplete"
    assert record["missing"] == ["health.heart", "pressure"]
    assert record["disposition"] == "clearance"
    assert record["recommendation"]["kind"] == "not_enough_information"


def test_nothing_is_delivered_when_one_of_the_files_is_faulty(run: Run, tmp_path: Path) -> None:
    faulty = written(tmp_path, "faulty.json", {"agge": 44})
    done = run("screen", "--json", EXAMPLES / "nmt.json", faulty)
    assert (done.code, done.out) == (4, "")
    assert "faulty.json" in done.err
    assert "Did you mean 'age'?" in done.err


def test_numbers_are_those_of_the_region(run: Run) -> None:
    assert "Call 999 now" in run("screen", "--plain", "--region", "UK", EXAMPLES / "emergency.json").out
    by_setting = run("screen", "--json", EXAMPLES / "emergency.json", env={"NMTCHOOSE_REGION": "au"})
    assert _record(by_setting.out)["disposition_text"]["title"] == "Call 000 now"


def test_an_unknown_region_is_told_with_those_that_exist(run: Run) -> None:
    done = run("screen", "--region", "usa", EXAMPLES / "nmt.json")
    assert (done.code, done.out) == (2, "")
    assert "there is no region 'usa'" in done.err
    assert "us, ca, uk" in done.err


def test_a_result_in_a_narrow_terminal_of_ascii_still_says_everything(run: Run) -> None:
    done = run("screen", EXAMPLES / "adapted-session.json", env={"COLUMNS": "40", "PYTHONIOENCODING": "ascii"})
    assert done.code == 0
    assert done.out.isascii()
    assert max(map(len, done.out.splitlines())) <= 40
    assert "blood thinner" in " ".join(done.out.split())


def test_screening_keeps_nothing(run: Run, home: Path) -> None:
    run("screen", EXAMPLES / "nmt.json")
    assert list(home.iterdir()) == []
