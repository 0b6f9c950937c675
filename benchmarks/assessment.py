"""The cost of one assessment: the walker, the compiled form, and the peers on the same table in the same run.

python benchmarks/assessment.py
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.clients import TYPICAL, clients, shipped_pair
from benchmarks.measuring import machine, per_call, spread, write
from benchmarks.peers import PEERS
from nmtchoose.engine.assess import assess
from nmtchoose.engine.compiled import compile_pair
from nmtchoose.engine.evaluate import truth, view

_ASIDE = Path(sys.prefix) / "peers"
"""Where the JSON-Logic port stands whose module has the same name as the other one's."""

_BESIDE = {"json-logic-qubit": _ASIDE}
_PACKAGES = (
    "nmtchoose",
    "zen-engine",
    "common-expression-language",
    "panzi-json-logic",
    "rule-engine",
    "cel-python",
)


def ours() -> dict[str, object]:
    """Measure our own forms on a typical client, and the compiled ones on all."""
    questionnaire, table = shipped_pair()
    began = time.perf_counter()
    compiled = compile_pair(questionnaire, table)
    built = time.perf_counter() - began
    everybody = clients(questionnaire)
    answers = everybody[TYPICAL]

    def fired() -> object:
        seen = view(questionnaire, answers)
        return [truth(rule.when, seen) for rule in table.rules]

    calls = {
        "walker, which rules fire": fired,
        "walker, full assessment with trace": lambda: assess(questionnaire, table, answers),
        "compiled, which rules fire": lambda: compiled.fired(answers),
        "compiled, decide": lambda: compiled.decide(answers),
        "compiled, full assessment with trace": lambda: compiled.assess(answers),
    }
    return {
        "rules": len(table.rules),
        "questions": len(questionnaire.questions),
        "client": TYPICAL,
        "rules_fired": len(assess(questionnaire, table, answers).trace),
        "compile_ms": round(built * 1e3, 1),
        "microseconds": {name: spread(per_call(call, 2.0), 1e6) for name, call in calls.items()},
        "decide_each_client": {
            name: spread(per_call(lambda given=one: compiled.decide(given), 0.3), 1e6)["median"]
            for name, one in everybody.items()
        },
        "assess_each_client": {
            name: spread(per_call(lambda given=one: compiled.assess(given), 0.3), 1e6)["median"]
            for name, one in everybody.items()
        },
    }


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
        print(f"{name:40} {figures}")
    peers = {}
    for name in PEERS:
        peers[name] = peer(name)
        print(f"{name:40} {peers[name]}")
    print(write("assessment", {"machine": about, "ours": own, "peers": peers}))


if __name__ == "__main__":
    main()
