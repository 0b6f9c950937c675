"""The cost of one assessment: the walker, and the peers on the same table in the same run.

python benchmarks/assessment.py
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.clients import TYPICAL, clients, shipped_pair
from benchmarks.measuring import machine, per_call, spread, write
from benchmarks.peers import PEERS
from nmtchoose.engine.assess import assess
from nmtchoose.engine.evaluate import truth, view
from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.questionnaire import UNSURE

_ASIDE = Path(sys.prefix) / "peers"
"""Where the JSON-Logic port stands whose module has the same name as the other one's."""

_BESIDE = {"json-logic-qubit": _ASIDE}
_LISTS = ("heart_blood", "other_health", "bones_nerves")
"""Lists of signs that an unsure client says "not sure" to: each sign is asked by itself then, and left unanswered."""

_PACKAGES = (
    "nmtchoose",
    "zen-engine",
    "common-expression-language",
    "panzi-json-logic",
    "rule-engine",
    "cel-python",
)


def ours() -> dict[str, object]:
    """Measure our own forms on a typical client, and the walker on all."""
    questionnaire, table = shipped_pair()
    everybody = clients(questionnaire)
    answers = everybody[TYPICAL]

    def fired() -> object:
        seen = view(questionnaire, answers)
        return [truth(rule.when, seen) for rule in table.rules]

    def assessed(client: Answers) -> Assessment:
        return assess(questionnaire, table, client)

    crowd = [client for client in neighbours(everybody, 300) if assessed(client).complete]
    unsure = {**answers, **dict.fromkeys(_LISTS, (UNSURE,))}
    calls = {
        "walker, which rules fire": fired,
        "walker, full assessment with trace": lambda: assessed(answers),
        "walker, full assessment, three lists unsure": lambda: assessed(unsure),
    }
    return {
        "rules": len(table.rules),
        "questions": len(questionnaire.questions),
        "client": TYPICAL,
        "rules_fired": len(assessed(answers).trace),
        "different_clients": len(crowd),
        "rules_open_when_unsure": len(assessed(unsure).undecided),
        "microseconds": {name: spread(per_call(call, 2.0), 1e6) for name, call in calls.items()},
        "microseconds_of_different_clients_in_turn": spread(
            [taken / len(crowd) for taken in per_call(lambda: [assessed(client) for client in crowd], 2.0)], 1e6
        ),
        "assess_each_client": {
            name: spread(per_call(lambda given=client: assessed(given), 0.3), 1e6)["median"]
            for name, client in everybody.items()
        },
    }


def neighbours(everybody: Mapping[str, Answers], count: int) -> list[Answers]:
    """Return `count` different clients: each is one of `everybody` with some answers of another.

    Asking the same client again and again flatters whatever remembers, a processor among them.
    """
    random, clients = Random(1), list(everybody.values())
    crowd: list[Answers] = []
    while len(crowd) < count:
        one, other = random.sample(clients, 2)
        mixed = {**one, **{question: answer for question, answer in other.items() if random.random() < 0.1}}
        if mixed not in crowd:
            crowd.append(mixed)
    return crowd


def peer(name: str) -> dict[str, object]:
    """Measure one peer in a process of its own; what went wrong is told, not left out."""
    environment = dict(os.environ)
    if name in _BESIDE:
        environment["PYTHONPATH"] = str(_BESIDE[name])
    command = [sys.executable, str(Path(__file__).parent / "peers.py"), name, TYPICAL]
    try:
        run = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=600, check=False)
    except subprocess.TimeoutExpired:
        return {"failed": "took longer than ten minutes"}
    if run.returncode:
        return {"failed": (run.stderr.strip().splitlines() or ["no message"])[-1]}
    found: dict[str, object] = json.loads(run.stdout)
    return found


def main() -> None:
    """Measure, print and write."""
    about = machine(_PACKAGES)
    own = ours()
    for name, figures in own["microseconds"].items():
        print(f"{name:45} {figures}")
    print(f"{'walker, different clients in turn':45} {own['microseconds_of_different_clients_in_turn']}")
    peers = {}
    for name in PEERS:
        peers[name] = peer(name)
        print(f"{name:45} {peers[name]}")
    print(write("assessment", {"machine": about, "ours": own, "peers": peers}))


if __name__ == "__main__":
    main()
