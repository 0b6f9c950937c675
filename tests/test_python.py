"""The examples of docs/python.md run as they stand, and no public name goes without one."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from pathlib import Path

import pytest

import nmtchoose
from nmtchoose import AnswerError, api, assess, assess_many, load, next_question

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "python.md"


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_the_examples_run() -> None:
    tried = doctest.testfile(str(PAGE), module_relative=False)
    assert tried.attempted > 10
    assert tried.failed == 0


@pytest.mark.parametrize("name", api.__all__)
def test_every_public_name_is_described(name: str) -> None:
    assert getattr(nmtchoose, name)
    assert name in PAGE.read_text(encoding="utf-8").replace("`", " ").replace("(", " ").split()


def test_there_are_no_other_names() -> None:
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = nmtchoose.nothing_of_the_kind


def test_importing_the_package_loads_nothing_else() -> None:
    code = "import sys, nmtchoose; print([one for one in sys.modules if one.startswith(('nmtchoose.', 'msgspec'))])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout == "[]\n"


@pytest.fixture
def answers() -> dict[str, object]:
    """The answers of somebody with a sore neck."""
    told: dict[str, object] = json.loads((ROOT / "examples" / "nmt.json").read_text(encoding="utf-8"))["answers"]
    return told


def test_a_question_has_only_the_options_that_earlier_answers_leave(answers: dict[str, object]) -> None:
    answers |= {"tried": ["seen_by_doctor"], "changed_since": "no"}
    question = next_question(load(), answers)
    assert question is not None
    assert question.id == "diagnosed"
    assert question.option("migraine")
    assert not question.option("plantar_heel")


def test_a_therapy_that_is_not_offered_is_not_suggested(answers: dict[str, object]) -> None:
    assert assess(load(therapies=["swedish"]), answers).recommendation.therapies == ("swedish",)


def test_a_client_who_does_not_fit_stops_nothing() -> None:
    unfit, empty = assess_many(load(), [{"no_such_question": "x"}, {}])
    assert isinstance(unfit, AnswerError)
    assert not isinstance(empty, AnswerError)
    assert not empty.complete
