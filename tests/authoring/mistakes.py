"""Mistakes as owners make them in the two files, and who notices each: `check`, the cases, or `diff`.

`python -m tests.authoring.mistakes` prints the table for the shipped pair. Each mistake edits what stands in the files,
as plain values, and picks its place by what stands there, so that it outlives the pair of the day.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from nmtchoose.authoring.cases import read_cases
from nmtchoose.authoring.check_pair import check_pair
from nmtchoose.authoring.differences import differences
from nmtchoose.authoring.run_cases import run_case
from nmtchoose.authoring.since_start import other_lines, since
from nmtchoose.errors import AnswerError, ContentError
from nmtchoose.loading.load import load_pair
from nmtchoose.loading.nodes import FaultLog, plain_value
from nmtchoose.loading.yaml_nodes import read_nodes
from nmtchoose.model.tables import Tables
from nmtchoose.proof.prove import prove
from tests.shipped import ROOT, shipped_pair

Pair = tuple[dict[str, Any], dict[str, Any]]
"""Both files as plain values: questions, rules."""


@dataclass(frozen=True)
class Mistake:
    """One wrong edit: what it is, and how it is made in (questions, rules)."""

    name: str
    edit: Callable[[dict[str, Any], dict[str, Any]], None]


@cache
def _shipped() -> Pair:
    questions, rules = (plain_value(_root(ROOT / name)) for name in ("questions.yaml", "rules.yaml"))
    assert isinstance(questions, dict)
    assert isinstance(rules, dict)
    return questions, rules


def _root(path: Path) -> Any:
    return read_nodes(path.read_bytes(), FaultLog(str(path)))


def made(mistake: Mistake) -> tuple[bytes, bytes]:
    """Return the two files with the mistake in them."""
    questions, rules = copy.deepcopy(_shipped())
    mistake.edit(questions, rules)
    assert (questions, rules) != _shipped(), mistake.name
    return _written(questions), _written(rules)


def _written(file: dict[str, Any]) -> bytes:
    return yaml.safe_dump(file, sort_keys=False, allow_unicode=True, width=1000).encode()


def _rules(rules: dict[str, Any], *stages: str) -> Iterator[dict[str, Any]]:
    for stage in stages or rules["rules"]:
        yield from rules["rules"][stage].values()


def _holders(value: Any, wanted: Callable[[Any], bool]) -> Iterator[tuple[Any, Any]]:
    """Yield (container, key) of everything inside `value` that is `wanted`."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in entries:
        if wanted(part):
            yield value, key
        yield from _holders(part, wanted)


def _first(value: Any, wanted: Callable[[Any], bool]) -> tuple[Any, Any]:
    return next(_holders(value, wanted))


def _has(key: str) -> Callable[[Any], bool]:
    return lambda part: isinstance(part, dict) and key in part


def _conditions(rules: dict[str, Any], *stages: str) -> list[Any]:
    return [rule["when"] for rule in _rules(rules, *stages)]


def _lose_not(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    place, key = _first(_conditions(rules, "emergency"), _has("not"))
    place[key] = place[key]["not"]


def _lose_not_in_fact(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    name = next(name for name, fact in rules["facts"].items() if _has("not")(fact))
    rules["facts"][name] = rules["facts"][name]["not"]


def _thirteen_weeks_become_three(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    asked = [one["ask_when"] for one in questions["questions"].values() if "ask_when" in one]
    place, key = _first(asked, lambda part: isinstance(part, dict) and part.get("at_least") == 13)
    place[key] = {"at_least": 3}


def _weeks_lose_a_digit(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    place, key = _first(rules["facts"], lambda part: isinstance(part, dict) and part.get("at_most") == 12)
    place[key] = {"at_most": 1}


def _region_leaves_group(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    questions["body_groups"]["legs"].remove("calf")


def _region_leaves_asking_group(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    questions["body_groups"]["nerve_area"].remove("low_back")


def _all_of_gone(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    place, key = _first(_conditions(rules, "medical"), _has("all_of"))
    place[key] = place[key]["all_of"]


def _all_becomes_any(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    rule = next(one for one in _rules(rules, "emergency") if "all" in one["when"])
    rule["when"] = {"any": rule["when"]["all"]}


def _any_becomes_all(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    rule = next(one for one in _rules(rules, "emergency") if "any" in one["when"])
    rule["when"] = {"all": rule["when"]["any"]}


def _therapy_without_limits(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    new = copy.deepcopy(rules["therapies"]["deep_tissue"]) | {"name": "Shiatsu", "short": "Shiatsu", "lightest": 1}
    new.pop("works_on_pain", None)
    rules["therapies"]["shiatsu"] = new
    gain = next(one for one in _rules(rules, "fit") if _then(one).get("fit", {}).get("swedish", 0) > 0)
    gain["then"]["fit"]["shiatsu"] = 9


def _age_the_other_way_round(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    place, key = _first(questions["questions"], lambda part: isinstance(part, dict) and part.get("at_least") == 50)
    place[key] = {"at_most": 50}


def _level_milder(stage: str, level: str, milder: str) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    def edit(questions: dict[str, Any], rules: dict[str, Any]) -> None:
        rule = [one for one in _rules(rules, stage) if _then(one).get("disposition") == level][-1]
        rule["then"] = milder if isinstance(rule["then"], str) else rule["then"] | {"disposition": milder}

    return edit


def _then(rule: dict[str, Any]) -> dict[str, Any]:
    then = rule.get("then", {})
    return then if isinstance(then, dict) else {"disposition": then}


def _no_longer_asked_for_one_place(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    question = next(
        one
        for one in questions["questions"].values()
        if isinstance(one.get("ask_when", {}).get("pain_sites"), list) and one["purpose"] == "emergency"
    )
    question["ask_when"]["pain_sites"].pop()


def _sign_no_longer_offered_for_one_place(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    option = next(
        option
        for one in questions["questions"].values()
        if one["purpose"] == "emergency"
        for option in one.get("options", {}).values()
        if isinstance(option, dict) and isinstance(option.get("show_when", {}).get("pain_sites"), list)
    )
    option["show_when"]["pain_sites"].pop(0)


def _exclusion_lost(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    rule = [one for one in _rules(rules, "contraindication") if len(_then(one).get("exclude", ())) > 1][-1]
    rule["then"]["exclude"].pop()


def _site_lost(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    rule = next(one for one in _rules(rules, "contraindication") if "avoid" in _then(one))
    del rule["then"]["avoid"]


def _limit_higher(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    rule = next(one for one in _rules(rules, "contraindication") if _then(one).get("pressure_limit") == 2)
    rule["then"]["pressure_limit"] = 3


def _unsure_as_gone(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    follow_up = next(one for one in questions["questions"].values() if one.get("unsure_as"))
    del follow_up["unsure_as"]


def _option_lost_from_rule(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    place, key = _first(
        _conditions(rules, "emergency"),
        lambda part: isinstance(part, list) and len(part) > 1 and all(isinstance(one, str) for one in part),
    )
    place[key].pop(0)


def _rule_removed(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    stage = rules["rules"]["defer"]
    del stage[next(iter(stage))]


def _reassuring_moved(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    options = next(
        one["options"]
        for one in questions["questions"].values()
        if one["kind"] == "one" and one["purpose"] == "safety" and _reassures(one["options"])
    )
    calming = _reassures(options)
    other = next(one for one in options if one not in calming)
    text = options[calming[0]].pop("reassuring")
    options[other] = options[other] if isinstance(options[other], dict) else {"label": options[other]}
    options[other]["reassuring"] = text


def _reassures(options: dict[str, Any]) -> list[str]:
    return [name for name, one in options.items() if isinstance(one, dict) and one.get("reassuring")]


def _lasting_on_what_is_new(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    questions["questions"]["today"]["lasting"] = True


def _fact_wants_one_more(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    place, key = _first(rules["facts"], lambda part: isinstance(part, dict) and part.get("count") == 2)
    place[key]["count"] = 3


def _guarantee_weaker(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    promise = next(one for one in rules["guarantees"].values() if one.get("disposition_at_least") == "medical_urgent")
    promise["disposition_at_least"] = "proceed_with_care"


def _number_mistyped(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    rules["regions"]["us"]["emergency"] = "9111"


def _label_says_the_opposite(questions: dict[str, Any], rules: dict[str, Any]) -> None:
    options = questions["questions"]["clot_when"]["options"]
    recent, past = options["recent"], options["past"]
    options["recent"], options["past"] = past["label"], past | {"label": recent}


MISTAKES = (
    Mistake("a 'not' lost in an emergency rule", _lose_not),
    Mistake("a 'not' lost in a fact", _lose_not_in_fact),
    Mistake("13 weeks become 3 where a question is asked", _thirteen_weeks_become_three),
    Mistake("12 weeks become 1 in a fact", _weeks_lose_a_digit),
    Mistake("a region dropped from the group of the legs", _region_leaves_group),
    Mistake("a region dropped from the group for which signs are asked", _region_leaves_asking_group),
    Mistake("'all_of' gone: any of them is enough", _all_of_gone),
    Mistake("'all' became 'any'", _all_becomes_any),
    Mistake("'any' became 'all'", _any_becomes_all),
    Mistake("a therapy added without limits", _therapy_without_limits),
    Mistake("an age asked the other way round", _age_the_other_way_round),
    Mistake("a call for help became a visit today", _level_milder("emergency", "call_emergency", "emergency_today")),
    Mistake("an emergency became a talk", _level_milder("emergency", "emergency_today", "clearance")),
    Mistake("a deferral became a talk", _level_milder("defer", "defer", "clearance")),
    Mistake("signs no longer asked for one place", _no_longer_asked_for_one_place),
    Mistake("a sign no longer offered for one place", _sign_no_longer_offered_for_one_place),
    Mistake("an exclusion lost", _exclusion_lost),
    Mistake("a place to leave alone lost", _site_lost),
    Mistake("a pressure limit one higher", _limit_higher),
    Mistake("'not sure' no longer counts as the sign", _unsure_as_gone),
    Mistake("an option lost from an emergency rule", _option_lost_from_rule),
    Mistake("a rule removed", _rule_removed),
    Mistake("'reassuring' moved to the risky answer", _reassuring_moved),
    Mistake("an answer about today kept for the next visit", _lasting_on_what_is_new),
    Mistake("a fact wants one more of its signs", _fact_wants_one_more),
    Mistake("a promise made weaker", _guarantee_weaker),
    Mistake("an emergency number mistyped", _number_mistyped),
    Mistake("two labels swapped", _label_says_the_opposite),
)


@cache
def _usual_findings() -> frozenset[str]:
    report = check_pair(*map(_written, _shipped()))
    return frozenset(one.code.id + one.problem for one in (*report.errors, *report.warnings))


def noticed_by_check(questions: bytes, rules: bytes) -> list[str]:
    """Return what `check` says first: what became of the shipped pair, or else what it does not say about that pair."""
    try:
        found = since(Tables(*shipped_pair()), Tables(*load_pair(questions, rules)))
    except ContentError as error:
        return [str(one) for one in error.faults]
    less = [f"less strict: {one.noun} {one.id}: {one.less.problems[0]}" for one in found.less if one.less]
    told = [*less, *(f"stricter: {one.id}" for one in found.stricter), *other_lines(found)]
    if told:
        return told
    report = check_pair(questions, rules)
    new = [one for one in (*report.errors, *report.warnings) if one.code.id + one.problem not in _usual_findings()]
    words = [f"{one.code.id} {one.problem}" for one in new]
    if report.tables is not None and not words:
        words += [str(finding.property) for finding in prove(report.tables).findings if finding.problems]
    return words


def noticed_by_test(questions: bytes, rules: bytes) -> list[str]:
    """Return the shipped cases that fail."""
    try:
        tables = Tables(*load_pair(questions, rules))
        cases = read_cases([ROOT / "tests" / "cases"], tables.questionnaire)
        return [case.id for case in cases if run_case(case, tables).differences]
    except (ContentError, AnswerError) as error:
        return [str(one) for one in error.faults]


def noticed_by_diff(questions: bytes, rules: bytes) -> list[str]:
    """Return the changes that `diff` names; what is less strict it says as `check` does."""
    try:
        tables = Tables(*load_pair(questions, rules))
    except ContentError as error:
        return [str(one) for one in error.faults]
    return [f"{one.kind} {one.noun} {one.id}" for one in differences(Tables(*shipped_pair()), tables)]


def main() -> None:
    """Print which mistake is noticed by what; of all of them, or of those with these numbers."""
    counts = [0, 0, 0]
    chosen = [MISTAKES[int(one)] for one in sys.argv[1:]] or MISTAKES
    for mistake in chosen:
        pair = made(mistake)
        noticed = [look(*pair) for look in (noticed_by_check, noticed_by_test, noticed_by_diff)]
        counts = [count + bool(words) for count, words in zip(counts, noticed, strict=True)]
        shown = "  ".join(
            f"{name}: {len(words)} {words[:2]}" for name, words in zip(("check", "test", "diff"), noticed, strict=True)
        )
        sys.stdout.write(f"{mistake.name}: {shown}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{len(chosen)} mistakes; noticed by check, test, diff: {counts}\n")


if __name__ == "__main__":
    main()
