"""One peer on our table, in a process of its own: `python benchmarks/peers.py NAME` prints JSON.

Each is used as its documentation advises: whatever can be compiled is compiled before, and the data is given in the
form that the peer takes fastest. Its answer is the list of rules that fire; it has to be ours for every example.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.clients import clients, fired_by_walker, shipped_pair
from benchmarks.measuring import per_call, spread
from benchmarks.peer_syntax import Infix, json_logic, prepared
from nmtchoose.model.condition import Condition
from nmtchoose.model.questionnaire import Kind

Values = Mapping[str, object]
Evaluator = Callable[[object], list[bool]]
Prepare = Callable[[Values], object]
Peer = tuple[Prepare, Evaluator]


def zen_expression(conditions: list[Condition], kinds: Mapping[str, Kind]) -> Peer:
    """All conditions as one compiled list expression."""
    import zen

    expression = zen.compile_expression(f"[{', '.join(_zen(kinds).written(one) for one in conditions)}]")
    return dict, expression.evaluate


def zen_table(conditions: list[Condition], kinds: Mapping[str, Kind]) -> Peer:
    """A decision table with one row for each rule that collects what fires."""
    import zen

    rows = [{"_id": f"r{at}", "when": _zen(kinds).written(one), "rule": str(at)} for at, one in enumerate(conditions)]
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": "when", "name": "When"}],
        "outputs": [{"id": "rule", "name": "Rule", "field": "rule"}],
        "rules": rows,
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "table", "type": "decisionTableNode", "name": "table", "content": table},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "table"},
        {"id": "2", "sourceId": "table", "targetId": "out"},
    ]
    content = zen.ZenDecisionContent(json.dumps({"nodes": nodes, "edges": edges}))
    decision = zen.ZenEngine().create_decision(content)

    def evaluate(values: object) -> list[bool]:
        found = {row["rule"] for row in decision.evaluate(values)["result"]}
        return [at in found for at in range(len(conditions))]

    return dict, evaluate


def _zen(kinds: Mapping[str, Kind]) -> Infix:
    return Infix(kinds, "some({name}, # in {options})", "len({})", " and ", " or ", "(not ({}))", "(({}) ? 1 : 0)")


def json_logic_port(conditions: list[Condition], kinds: Mapping[str, Kind]) -> Peer:
    """JSON-Logic rules, interpreted on every call; the two ports have the same module name."""
    from json_logic import jsonLogic

    rules = [json_logic(one, kinds) for one in conditions]
    return dict, lambda values: [bool(jsonLogic(rule, values)) for rule in rules]


def rule_engine(conditions: list[Condition], kinds: Mapping[str, Kind]) -> Peer:
    """One `Rule` for each condition."""
    import rule_engine

    syntax = Infix(
        kinds,
        "([x for x in {name} if x in {options}].length > 0)",
        "{}.length",
        " and ",
        " or ",
        "(not ({}))",
        "(({}) ? 1 : 0)",
    )
    rules = [rule_engine.Rule(syntax.written(one)) for one in conditions]

    def tuples(values: Values) -> object:
        return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}

    return tuples, lambda values: [rule.matches(values) for rule in rules]


def _cel(kinds: Mapping[str, Kind]) -> Infix:
    return Infix(kinds, "{name}.exists(x, x in {options})", "size({})", " && ", " || ", "(!({}))", "(({}) ? 1 : 0)")


def common_expression_language(conditions: list[Condition], kinds: Mapping[str, Kind]) -> Peer:
    """CEL in Rust: all conditions as one compiled list."""
    import cel

    program = cel.compile(f"[{', '.join(_cel(kinds).written(one) for one in conditions)}]")
    return dict, program.execute


def cel_python(conditions: list[Condition], kinds: Mapping[str, Kind]) -> Peer:
    """CEL in Python: all conditions as one program."""
    import celpy

    environment = celpy.Environment()
    tree = environment.compile(f"[{', '.join(_cel(kinds).written(one) for one in conditions)}]")
    program = environment.program(tree)
    return celpy.json_to_cel, lambda values: [bool(one) for one in program.evaluate(values)]


PEERS: Mapping[str, Callable[[list[Condition], Mapping[str, Kind]], Peer]] = {
    "zen-engine, one expression": zen_expression,
    "zen-engine, decision table": zen_table,
    "common-expression-language": common_expression_language,
    "panzi-json-logic": json_logic_port,
    "json-logic-qubit": json_logic_port,
    "rule-engine": rule_engine,
    "cel-python": cel_python,
}


def main() -> None:
    """Measure the peer named on the command line."""
    questionnaire, table = shipped_pair()
    kinds = {question.id: question.kind for question in questionnaire.questions}
    prepare, evaluate = PEERS[sys.argv[1]]([rule.when for rule in table.rules], kinds)
    differing, times = [], {}
    for name, answers in clients(questionnaire).items():
        kept, expected = fired_by_walker(questionnaire, table, answers)
        values = prepare(prepared(questionnaire, kept))
        if [bool(one) for one in evaluate(values)] != expected:
            differing.append(name)
        if name == sys.argv[2]:
            times = spread(per_call(lambda given=values: evaluate(given), seconds=2.0), unit=1e6)
    print(json.dumps({"microseconds": times, "differs_for": differing}))


if __name__ == "__main__":
    main()
