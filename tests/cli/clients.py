"""Answers files for tests, as a program would write them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nmtchoose.model.answers import Answer
from tests.shipped import LISTS

EXAMPLES = Path(__file__).parents[2] / "examples"
MINIMAL = Path(__file__).parents[1] / "loading" / "minimal"
MINIMAL_PAIR = ("--questions", MINIMAL / "questions.yaml", "--rules", MINIMAL / "rules.yaml")


def example(name: str) -> dict[str, object]:
    """Return the answers of one of the examples."""
    document = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    answers = document["answers"]
    assert isinstance(answers, dict)
    return answers


def lists_example(name: str) -> dict[str, object]:
    """Return the answers of an example client to the pair that asks in lists."""
    document = json.loads((LISTS / "examples" / f"{name}.json").read_text(encoding="utf-8"))
    answers = document["answers"]
    assert isinstance(answers, dict)
    return answers


def as_given(answers: Mapping[str, Any]) -> dict[str, Answer]:
    """Return answers of a file as somebody who answers gives them: what was ticked is a tuple."""
    return {one: tuple(said) if isinstance(said, list) else said for one, said in answers.items()}


def written(folder: Path, name: str, answers: object) -> Path:
    """Write an answers file and return its path."""
    path = folder / name
    path.write_text(json.dumps({"format": "nmtchoose/answers/1", "answers": answers}), encoding="utf-8")
    return path
