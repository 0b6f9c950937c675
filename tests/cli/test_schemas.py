"""What programs are promised: answers and assessments keep to the schemas that `nmtchoose schema` prints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.clients import EXAMPLES, MINIMAL_PAIR, example, written
from tests.cli.conftest import Run

Validator = jsonschema.Draft7Validator


def _schema(run: Run, *words: object) -> Any:
    schema = json.loads(run("schema", *words).out)
    Validator.check_schema(schema)
    return schema


def test_every_example_result_keeps_to_the_schema_of_assessments(run: Run) -> None:
    validator = Validator(_schema(run, "assessment"))
    files = sorted(EXAMPLES.glob("*.json"))
    records = json.loads(run("screen", "--json", *files).out)
    assert len(records) == len(files)
    for record in records:
        assert list(validator.iter_errors(record)) == []


def test_an_unfinished_result_keeps_to_the_schema_too(run: Run, tmp_path: Path) -> None:
    part = written(tmp_path, "part.json", {"right_now": ["none"], "comfort": ["not_safe_life"]})
    record = json.loads(run("screen", "--json", part).out)
    assert record["status"] == "incomplete"
    assert list(Validator(_schema(run, "assessment")).iter_errors(record)) == []


def test_a_result_without_its_disposition_breaks_the_schema(run: Run) -> None:
    validator = Validator(_schema(run, "assessment"))
    record = json.loads(run("screen", "--json", EXAMPLES / "nmt.json").out)
    for broken in ({**record, "disposition": "fine"}, {key: record[key] for key in record if key != "disposition"}):
        assert not validator.is_valid(broken)


def test_the_schema_of_answers_takes_every_example_and_refuses_what_screen_refuses(run: Run) -> None:
    validator = Validator(_schema(run, "answers"))
    for file in EXAMPLES.glob("*.json"):
        assert list(validator.iter_errors(json.loads(file.read_text(encoding="utf-8")))) == []
    faults: list[dict[str, object]] = [
        {"agge": 44},
        {"age": 400},
        {"age": "old"},
        {"goals": "relax"},
        {"goals": []},
        {"goals": ["relaxx"]},
        {"right_now": ["none", "crash"]},
        {"pressure": ["firm"]},
    ]
    for wrong in faults:
        assert not validator.is_valid({"format": "nmtchoose/answers/1", "answers": {**example("nmt"), **wrong}})


def test_saved_answers_keep_to_the_schema_of_answers(run: Run, tmp_path: Path) -> None:
    run("intake", "--answers", EXAMPLES / "adapted-session.json", "--save-answers", "kept.json")
    kept = json.loads((tmp_path / "kept.json").read_text(encoding="utf-8"))
    assert list(Validator(_schema(run, "answers")).iter_errors(kept)) == []


def test_the_schema_of_answers_follows_the_questionnaire_in_use(run: Run) -> None:
    validator = Validator(_schema(run, "answers", *MINIMAL_PAIR))
    assert validator.is_valid({"format": "nmtchoose/answers/1", "answers": {"notes": "a", "pressure": "deep"}})
    assert not validator.is_valid({"format": "nmtchoose/answers/1", "answers": {"goals": ["relax"]}})


@pytest.mark.parametrize("name", ["answers", "assessment"])
def test_a_schema_says_what_it_is(name: str, run: Run) -> None:
    schema = _schema(run, name)
    assert schema["$schema"].startswith("http://json-schema.org/")
    assert schema["title"]
