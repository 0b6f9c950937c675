"""The compiled form against the walker, on random sets of answers of the shipped pair and of a small one.

    python benchmarks/equality.py [SETS] [SEED]

Unanswered questions, "not sure", "prefer not to say" and options that are not offered are among them, and practices
that do not offer everything. Ends with code 1 at the first difference; says how often each result was met.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.clients import shipped_pair
from nmtchoose.engine.assess import assess
from nmtchoose.engine.compiled import compile_pair
from nmtchoose.engine.offering import offering
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from tests.engine.any_answers import random_answers
from tests.engine.small import QUESTIONNAIRE, TABLE
from tests.engine.test_compiled import decides_the_same


def compare(questionnaire: Questionnaire, table: RuleTable, offered: tuple[str, ...], sets: int, seed: int) -> None:
    """Compare `sets` random sets of answers; raises SystemExit for a difference."""
    forms = [(one, compile_pair(questionnaire, one)) for one in (table, offering(table, offered))]
    random, met = Random(seed), Counter[str]()
    for number in range(sets):
        answers = random_answers(questionnaire, random)
        rules, compiled = forms[number % 4 == 0]
        expected = assess(questionnaire, rules, answers)
        if compiled.assess(answers) != expected or not decides_the_same(compiled, answers, expected):
            raise SystemExit(f"set {number} of seed {seed} differs: {answers}")
        met[f"{expected.disposition}, {expected.recommendation.kind}"] += 1
    print(f"{questionnaire.title}: {sets} sets of answers, no difference")
    for result, count in met.most_common():
        print(f"  {count:7} {result}")


def main() -> None:
    """Compare both pairs."""
    sets = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    compare(*shipped_pair(), ("swedish", "chair"), sets, seed)
    compare(QUESTIONNAIRE, TABLE, ("swedish",), sets, seed)


if __name__ == "__main__":
    main()
