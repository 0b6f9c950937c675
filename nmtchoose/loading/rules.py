"""`rules.yaml`: from nodes to a rule table."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from msgspec import structs

from nmtchoose.errors import Code
from nmtchoose.loading import background
from nmtchoose.loading.conditions import CONDITION, FACTS, read_facts
from nmtchoose.loading.decision import DECISION, EFFECTS, GUARANTEE
from nmtchoose.loading.fault_log import FaultLog
from nmtchoose.loading.keyed import ById, ByName, Entry, Record, may, need
from nmtchoose.loading.lines import lists_of
from nmtchoose.loading.named import SITES_QUESTIONS, SOURCES, UNNAMED
from nmtchoose.loading.names import Ids
from nmtchoose.loading.nodes import Mapping, Node, Scalar, Sequence
from nmtchoose.loading.scope import Scope
from nmtchoose.loading.shapes import TEXT, TEXTS, format_line, word
from nmtchoose.loading.therapies import THERAPIES
from nmtchoose.model.condition import switched_off
from nmtchoose.model.questionnaire import Questionnaire, Stamp
from nmtchoose.model.rules import PRESSURE_WORDS, Effects, Firmness, Grade, Guarantee, Rule, RuleTable, Stage

FORMAT = "nmtchoose/rules/2"
PAIN_QUESTION = "pain_sites"
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")


def _rule(**said: Any) -> Rule:
    return Rule(**{"then": Effects(), **said})


RULE = Record(
    "a rule",
    _rule,
    {
        "covers": may(TEXTS, "What of the clinical reference this rule carries."),
        "when": need(CONDITION),
        "then": may(EFFECTS, "What it does; a disposition alone may stand here as one word."),
        "tell_client": may(TEXT),
        "tell_therapist": may(TEXT),
        "reason": may(TEXT, "For a fit rule: the short clause that the client sees."),
        "evidence": may(word(Grade)),
        "firmness": may(word(Firmness), "Without it, that of the firmest source."),
        "because": may(TEXT, "Why it is less strict than the pair that was started from."),
        "sources": need(SOURCES, missing=Code.NO_SOURCES),
    },
    some=("then", "tell_client", "tell_therapist"),
)
_RULES = ById(RULE, dashed=True, placed=True)
STAGES = Record("'rules'", dict, {str(stage): may(_RULES) for stage in Stage}, without={})
_GUARANTEES = ById(GUARANTEE, dashed=True, placed=True)
FILE = Record(
    "rules.yaml",
    RuleTable,
    {
        "format": need(format_line(FORMAT)),
        "version": need(TEXT),
        "settings": may(background.SETTINGS, "Choices of the clinical owner."),
        "pressure": may(background.PRESSURE_SCALE, "The words of the pressure scale, lightest first."),
        "pain_question": may(SITES_QUESTIONS, "The sites question where pain is marked."),
        "regions": need(background.REGIONS, "Telephone numbers."),
        "rows": need(background.ROWS, "The rows of the comparison."),
        "therapies": need(THERAPIES),
        "decision": need(DECISION),
        "facts": may(FACTS, "Named conditions."),
        "rules": need(STAGES),
        "removed": may(ByName("a rule", TEXT, dashed=True), "Why these rules of before are gone."),
        "guarantees": may(_GUARANTEES, "What must hold for every possible set of answers."),
        "dispositions": need(background.DISPOSITIONS),
        "safety_net": need(background.SAFETY_NET, "Signs to get help for, if they start later."),
        "texts": may(background.TEXT_BY_NAME, "Named sentences of the result."),
        "grades": need(background.GRADES),
        "sources": need(background.SOURCES),
    },
)
"""The keys of `rules.yaml`, in the order in which a file reads best."""


def read_rule_table(root: Node, sha256: str, questionnaire: Questionnaire, log: FaultLog) -> RuleTable:
    """Return the rule table in `root`. When `log` holds faults afterwards, it is only good for finding more."""
    known, lists = questionnaire.by_id, lists_of(questionnaire.questions)
    bare = FILE.open(root, Scope(log, known, lists, sites_by_name=questionnaire.sites_by_name))
    _check_placeholders(root, log)
    said = bare.read_all("format", "settings", "pressure", "sources", "rows")
    therapies = getattr(bare.node("therapies"), "entries", ())
    settings, pressure = said.get("settings", {}), said.get("pressure", PRESSURE_WORDS)
    scope = replace(
        read_facts(bare, settings),
        sources=[source.id for source in said["sources"]],
        therapies=tuple(key.text for key, _ in therapies if key.text),
        forms={key.text for key, value in therapies if isinstance(value, Mapping) and value["form_of"]},
        rows=[row.id for row in said["rows"]],
        pressure=pressure,
    )
    top = replace(bare, scope=scope)
    rules = _read_rules(top)
    return RuleTable(
        stamp=Stamp(top.read("version"), sha256),
        rows=said["rows"],
        facts={name: fact.body for name, fact in (scope.facts or {}).items()},
        rules=rules,
        regions={region.id: region for region in top.read("regions")},
        sources={source.id: source for source in said["sources"]},
        guarantees=tuple(_with_unnamed(one, rules, scope.therapies) for one in top.read("guarantees") or ()),
        settings=settings,
        pressure=pressure,
        pain_question=_read_pain_question(top),
        **top.read_all("therapies", "decision", "dispositions", "grades", "safety_net"),
        texts=top.read("texts") or {},
        removed=top.read("removed") or {},
    )


def _read_pain_question(top: Entry) -> str:
    """Return the sites question where pain is marked; without the key, `pain_sites`, which then has to exist."""
    if top.has("pain_question"):
        return next(iter(top.read("pain_question")), PAIN_QUESTION)
    usual = top.scope.questions.get(PAIN_QUESTION)
    if usual is None or not usual.sites:
        top.scope.log.add(Code.MISSING_KEY, top.at, what=FILE.what, name="pain_question")
    return PAIN_QUESTION


def _read_rules(top: Entry) -> tuple[Rule, ...]:
    node = top.node("rules")
    if node is None:
        return ()
    stages, ids = STAGES.open(node, top.scope), Ids(top.scope.log, RULE.what, dashed=True)
    rules = [
        rule
        for stage in Stage
        for rule in _RULES.read_in(stages.node(stage), top.scope, f"'{stage}'", ids, stage=stage)
    ]
    return tuple(rule for rule in rules if not switched_off(rule.when))


def _with_unnamed(promise: Guarantee, rules: Iterable[Rule], therapies: tuple[str, ...]) -> Guarantee:
    """Return `promise` with the therapies that no safety rule names, where it is about those."""
    if promise.never_suggest != (UNNAMED,):
        return promise
    named = {one for rule in rules if rule.stage.is_safety for one in rule.then.therapies}
    return structs.replace(promise, never_suggest=tuple(one for one in therapies if one not in named))


def _check_placeholders(root: Node, log: FaultLog) -> None:
    """Log braces in texts that nothing fills in. The named sentences in `texts` have placeholders of their own."""
    waiting = [value for key, value in root.entries if key.text != "texts"] if isinstance(root, Mapping) else []
    while waiting:
        node = waiting.pop()
        match node:
            case Sequence(items):
                waiting += items
            case Mapping(entries):
                waiting += [value for _, value in entries]
            case Scalar(text):
                for found in _BRACES.findall(text):
                    if found[1:-1] not in background.PLACEHOLDERS:
                        near = [f"{{{name}}}" for name in background.PLACEHOLDERS]
                        log.add(Code.UNKNOWN_PLACEHOLDER, node, near=near, name=found)
