"""The pairs in `faulty/` and `right/`: each makes small changes to the sound pair.

A faulty one says which places and codes `check` has to name, and no others. A right one comes close to a finding, is
as it should be, and has to be left alone.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.authoring.pairs import QUESTIONS, RULES, changed, named

FAULTY = sorted((Path(__file__).parent / "faulty").glob("*.yaml"))
RIGHT = sorted((Path(__file__).parent / "right").glob("*.yaml"))


def test_there_are_at_least_60_faulty_pairs() -> None:
    assert len(FAULTY) >= 60


def test_nothing_is_named_in_the_sound_pair() -> None:
    assert named(QUESTIONS, RULES) == []


@pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
def test_what_is_wrong_is_named_with_its_place(path: Path) -> None:
    assert sorted(named(*_pair(path))) == sorted(_read(path)["expect"])


@pytest.mark.parametrize("path", RIGHT, ids=lambda path: path.stem)
def test_what_is_right_is_left_alone(path: Path) -> None:
    assert named(*_pair(path)) == []


def test_every_check_has_a_faulty_pair() -> None:
    shown = {place.split()[-1] for path in FAULTY for place in _read(path)["expect"]}
    assert {code for code in shown if code.startswith("C")} == {f"C{number:03}" for number in (*range(1, 28), 31)}


def _read(path: Path) -> dict[str, list[str]]:
    fixture: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return fixture


def _pair(path: Path) -> tuple[str, str]:
    texts = {"questions": QUESTIONS, "rules": RULES}
    for change in yaml.safe_load(path.read_text(encoding="utf-8"))["changes"]:
        texts[change["in"]] = changed(texts[change["in"]], {change["find"]: change["put"]})
    return texts["questions"], texts["rules"]
