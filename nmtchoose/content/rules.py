"""`rules.yaml`: from nodes to a rule table."""

from __future__ import annotations

import re

from nmtchoose.content import background
from nmtchoose.content.catalogue import Catalogue
from nmtchoose.content.decision import need_condition, read_decision, read_guarantees
from nmtchoose.content.effects import read_effects
from nmtchoose.content.facts import read_facts
from nmtchoose.content.fault_log import FaultLog
from nmtchoose.content.fields import Fields
from nmtchoose.content.names import Ids, ids_in
from nmtchoose.content.nodes import Mapping, Node, Scalar, Sequence
from nmtchoose.content.questions import read_format
from nmtchoose.content.scope import Scope
from nmtchoose.content.therapies import read_therapies
from nmtchoose.errors import Code
from nmtchoose.model.condition import switched_off
from nmtchoose.model.questionnaire import Questionnaire, Stamp
from nmtchoose.model.rules import Effects, Firmness, Grade, Rule, RuleTable, Stage

FORMAT = "nmtchoose/rules/1"
PAIN_QUESTION = "pain_sites"
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")


def read_rule_table(root: Node, sha256: str, questionnaire: Questionnaire, log: FaultLog) -> RuleTable:
    """Return the rule table in `root`. When `log` holds faults afterwards, it is only good for finding more."""
    with Fields(root, log, "rules.yaml") as top:
        read_format(top, FORMAT)
        _check_placeholders(root, log)
        settings = background.read_settings(top)
        sources = background.read_sources(top)
        rows = background.read_rows(top)
        therapies = top.need_items("therapies")
        scope = read_facts(top, Scope(log, questionnaire.by_id, settings=settings))
        catalogue = Catalogue(
            scope=scope,
            sites_by_name=questionnaire.sites_by_name,
            sources=tuple(sources),
            therapies=ids_in(therapies),
            rows=tuple(row.id for row in rows),
        )
        return RuleTable(
            stamp=Stamp(top.need_text("version"), sha256),
            therapies=read_therapies(therapies, catalogue),
            rows=rows,
            facts={name: fact.body for name, fact in (scope.facts or {}).items()},
            rules=_read_rules(top, catalogue),
            decision=read_decision(top, catalogue),
            dispositions=background.read_dispositions(top),
            regions=background.read_regions(top),
            sources=sources,
            grades=background.read_grades(top),
            texts=background.read_texts(top),
            safety_net=_read_safety_net(top),
            guarantees=read_guarantees(top, catalogue),
            settings=settings,
            pain_question=_read_pain_question(top, catalogue),
        )


def _read_pain_question(top: Fields, catalogue: Catalogue) -> str:
    """Return the sites question where pain is marked; without the key, `pain_sites`, which then has to exist."""
    node = top.node_at("pain_question")
    if node is not None:
        return next(iter(catalogue.marked_in(node)), PAIN_QUESTION)
    usual = catalogue.scope.questions.get(PAIN_QUESTION)
    if usual is None or not usual.sites:
        top.log.add(Code.MISSING_KEY, top.node, what=top.what, name="pain_question")
    return PAIN_QUESTION


def _read_safety_net(top: Fields) -> tuple[str, ...]:
    top.need("safety_net")
    return top.texts("safety_net")


def _read_rules(top: Fields, catalogue: Catalogue) -> tuple[Rule, ...]:
    """Return the rules in the order of their stages, without those that a setting switches off."""
    node = top.need("rules")
    if node is None:
        return ()
    ids = Ids(top.log, "a rule", dashed=True)
    with Fields(node, top.log, "'rules'") as stages:
        rules = [_read_rule(item, stage, catalogue, ids) for stage in Stage for item in stages.items(stage)]
    return tuple(rule for rule in rules if not switched_off(rule.when))


def _read_rule(node: Node, stage: Stage, catalogue: Catalogue, ids: Ids) -> Rule:
    with Fields(node, catalogue.log, "a rule") as fields:
        background.require_some(fields, ("then", "tell_client", "tell_therapist"))
        then = fields.node_at("then")
        return Rule(
            id=ids.claim(fields.need("id")),
            stage=stage,
            when=need_condition(fields, catalogue),
            then=Effects() if then is None else read_effects(then, catalogue),
            sources=catalogue.need_sources(fields),
            tell_client=fields.text("tell_client"),
            tell_therapist=fields.text("tell_therapist"),
            reason=fields.text("reason"),
            evidence=fields.word("evidence", Grade),
            covers=fields.texts("covers"),
            firmness=fields.word("firmness", Firmness),
            line=node.line,
        )


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
