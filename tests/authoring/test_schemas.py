"""The schemas for editors, against the files that they describe."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from nmtchoose.authoring.start_folder import SCHEMAS
from nmtchoose.loading.locate import built_in_folder
from nmtchoose.loading.yaml_nodes import read_plain
from tests.authoring.pairs import QUESTIONS, RULES, SOUND, changed
from tests.conftest import MINIMAL

CASES = Path(__file__).parents[1] / "cases"
DESCRIBED = [
    *((folder / "questions.yaml", "questions") for folder in (MINIMAL, SOUND, built_in_folder())),
    *((folder / "rules.yaml", "rules") for folder in (MINIMAL, SOUND, built_in_folder())),
    *((path, "cases") for path in sorted(CASES.glob("*.yaml"))),
]


def problems(name: str, text: str) -> list[str]:
    """Return what the schema `name` finds in `text`, read as the program reads it."""
    found = Draft7Validator(SCHEMAS[name]()).iter_errors(read_plain(text.encode(), name))
    return [f"{'.'.join(map(str, one.absolute_path))}: {one.message}" for one in found]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_keeps_to_draft_07(name: str) -> None:
    schema = SCHEMAS[name]()
    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"


@pytest.mark.parametrize(("path", "name"), DESCRIBED, ids=lambda value: getattr(value, "stem", value))
def test_a_file_in_use_fits_its_schema(path: Path, name: str) -> None:
    assert problems(name, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("help: Tick all that fit.", "hlep: Tick all that fit."),
        ("    why: You decide how firm it gets.\n", ""),
        ("purpose: emergency", "purpose: urgent"),
        ("private: true", "private: yes"),
        ("  notes:", "  Notes:"),
        ("    minimum: 1\n", ""),
        ("    reassuring: yes\n", "    reassuring: yes\n    options: {a: A}\n"),
        ("ask_when: {age: {at_most: 17}}", "ask_when: {age: {up_to: 17}}"),
        ("ask_when: {age: {at_most: 17}}", "ask_when: []"),
    ],
)
def test_a_slip_in_the_questions_is_marked_in_the_editor(old: str, new: str) -> None:
    assert len(problems("questions", changed(QUESTIONS, {old: new}))) >= 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("then: clearance", "then: {dispositon: clearance}"),
        ("then: clearance", "then: hold"),
        ("        pressure_limit: 3\n", "        pressure_limit: 9\n"),
        ("avoid: {named: [calf], marked_in: [pain_sites]}", "avoid: {nmaed: [calf]}"),
        ("fit: {swedish: 2}", "fit: {swedish: 99}"),
        ("  clear_lead: 4\n", ""),
        ("when: {pressure: gentle}", "when: {at_least: {count: 2}}"),
        ("    never_suggest: [nmt]\n    disposition_at_least: proceed_with_care\n    pressure_at_most: 3\n", ""),
    ],
)
def test_a_slip_in_the_rules_is_marked_in_the_editor(old: str, new: str) -> None:
    assert len(problems("rules", changed(RULES, {old: new}))) >= 1


def test_a_slip_in_a_case_is_marked_in_the_editor() -> None:
    text = "format: nmtchoose/cases/1\ncases:\n  - {id: a, describe: Somebody., expect: {dispositoin: defer}}\n"
    assert len(problems("cases", text)) == 1


def test_digits_without_quotes_are_text_too() -> None:
    assert problems("rules", changed(RULES, {'emergency: "911"': "emergency: 911"})) == []
