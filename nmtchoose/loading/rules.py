"""`rules.yaml`: from nodes to a rule table, with what rules do, how points become a recommendation, and guarantees."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from msgspec import structs

from nmtchoose.errors import Code
from nmtchoose.loading import background, named
from nmtchoose.loading.background import CARD, THERAPIES
from nmtchoose.loading.conditions import CONDITION, FACTS, read_facts
from nmtchoose.loading.keyed import ById, ByName, Entry, Record, may, need
from nmtchoose.loading.named import SITES_QUESTIONS, SOURCES, UNNAMED
from nmtchoose.loading.nodes import FaultLog, Mapping, Node, Scalar, Sequence
from nmtchoose.loading.one_question import lists_of
from nmtchoose.loading.scope import Ids, Scope
from nmtchoose.loading.shapes import TEXT, TEXTS, ListOf, format_line, word
from nmtchoose.model.condition import switched_off
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Questionnaire, Stamp
from nmtchoose.model.rules import (
    PRESSURE_WORDS,
    Decision,
    Effects,
    Firmness,
    Grade,
    Guarantee,
    Rule,
    RuleTable,
    SequencePlan,
    SiteLimit,
    Stage,
)

MOST_POINTS = 1_000
_COUNT = named.number(0, MOST_POINTS)
_POINTS = named.number(-MOST_POINTS, MOST_POINTS)


def _check_enough(entry: Entry, said: dict[str, Any]) -> None:
    node = entry.node("of")
    asked = len(getattr(node, "items", ()))
    if said["answers"] > asked > 0:
        entry.refuse(Code.COUNT_TOO_HIGH, "answers", count=said["answers"], total=asked)


def _check_leads(entry: Entry, said: dict[str, Any]) -> None:
    winner, clear = said["winner_lead"], said["clear_lead"]
    if winner > clear and entry.has("clear_lead"):
        entry.refuse(Code.WRONG_ORDER, "winner_lead", low=winner, other="clear_lead", high=clear)


def _decision(enough: dict[str, Any], sequences: tuple[SequencePlan, ...] = (), **said: Any) -> Decision:
    return Decision(**{f"enough_{name}": value for name, value in enough.items()}, sequences=sequences, **said)


_ENOUGH = Record(
    "'enough'",
    dict,
    {"answers": need(_COUNT), "of": need(named.QUESTIONS), "points": need(_POINTS)},
    check=_check_enough,
    without={"answers": 0, "of": (), "points": 0},
)
_SEQUENCE = Record(
    "a sequence",
    SequencePlan,
    {
        "first": need(named.THERAPY),
        "later": need(named.THERAPIES),
        "min_fit": need(_POINTS),
        "when": need(CONDITION),
        "text": need(TEXT),
        "sources": need(named.SOURCES, missing=Code.NO_SOURCES),
    },
)
DECISION = Record(
    "'decision'",
    _decision,
    {
        "winner_lead": need(_COUNT, "A therapy wins with a lead of this many points."),
        "clear_lead": need(_COUNT, "From this lead on, the win is called clear."),
        "enough": need(_ENOUGH, "How many of these answers, and how many points, it takes to choose."),
        "fallback": need(named.THERAPY, "Named when there is not enough information."),
        "sequences": may(ById(_SEQUENCE, dashed=True)),
    },
    check=_check_leads,
    without=Decision(0, 0, 0, (), 0, "", ()),
)
GUARANTEE = Record(
    "a guarantee",
    Guarantee,
    {
        "when": need(CONDITION),
        "say": need(TEXT),
        "disposition_at_least": may(word(Disposition), "A floor for the disposition."),
        "never_suggest": may(named.GUARDED, "Therapies that are never named, 'all', or 'not_named_for_safety'."),
        "pressure_at_most": may(named.PRESSURE, "A ceiling for the whole body, where a therapy may be named at all."),
        "always_asked": may(named.ASKED, "Questions that are asked, unless an emergency has ended the interview."),
        "always_offered": may(named.OFFERED, "Options by question: these are offered, and the question is asked."),
        "means": may(named.MEANS, "Facts with what they have to mean, word for word or in other words."),
    },
    some=("never_suggest", "disposition_at_least", "pressure_at_most", "always_asked", "always_offered", "means"),
)


MOST_FIT = 10
"""Points of one rule, up or down; fit is a sum of small integers."""
_SITE_LIMIT = Record("a site limit", SiteLimit, {"sites": need(named.SITES), "limit": need(named.PRESSURE)})


def _check(entry: Entry, said: dict[str, Any]) -> None:
    """Take the highest level of the scale for what it is: no limit."""
    if said.get("pressure_limit") == len(entry.scope.pressure):
        del said["pressure_limit"]


EFFECTS = Record(
    "'then'",
    Effects,
    {
        "disposition": may(word(Disposition), "The most severe of all rules that fire counts."),
        "until": may(TEXT, "For 'defer': when it ends."),
        "pressure_limit": may(named.PRESSURE, "For the whole body; the lowest counts."),
        "therapy_limits": may(named.by_therapy(named.PRESSURE), "The most pressure for one therapy."),
        "site_limits": may(ListOf(_SITE_LIMIT)),
        "avoid": may(named.SITES, "Sites to leave alone."),
        "exclude": may(named.THERAPIES, "Therapies that are not suitable."),
        "ask_first": may(named.THERAPIES, "Therapies to hold until a conversation."),
        "adapt": may(named.THERAPIES, "Therapies to do with changes."),
        "still_sensible": may(
            named.THERAPIES, "For 'medical_soon': therapies that stay sensible elsewhere on the body."
        ),
        "fit": may(named.by_therapy(named.number(-MOST_FIT, MOST_FIT)), "Points for or against a therapy."),
        "caution": may(TEXT),
        "next_step": may(TEXT),
        "expect": may(TEXT),
        "aftercare": may(TEXT),
        "ask_therapist": may(TEXT),
        "card": may(CARD, "Words in place of the disposition's own, when no other rule is as severe."),
    },
    short=("disposition",),
    check=_check,
)


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
