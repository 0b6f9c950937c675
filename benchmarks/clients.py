"""The clients of the benchmarks: those of `examples/`, each complete."""

from __future__ import annotations

from benchmarks.measuring import ROOT
from nmtchoose.engine.evaluate import truth, view
from nmtchoose.files.answers_file import read_answers
from nmtchoose.loading.load import load_pair
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable

TYPICAL = "nmt"


def shipped_pair() -> tuple[Questionnaire, RuleTable]:
    """Return the pair that comes with the program."""
    return load_pair(ROOT / "questions.yaml", ROOT / "rules.yaml")


def clients(questionnaire: Questionnaire) -> dict[str, Answers]:
    """Return the answers of every example client, by name."""
    paths = sorted((ROOT / "examples").glob("*.json"))
    return {path.stem: read_answers(str(path), questionnaire) for path in paths}


def fired_by_walker(questionnaire: Questionnaire, table: RuleTable, answers: Answers) -> tuple[Answers, list[bool]]:
    """Return the answers that count, and for each rule whether it fires."""
    seen = view(questionnaire, answers)
    return seen.answers, [truth(rule.when, seen) is True for rule in table.rules]
