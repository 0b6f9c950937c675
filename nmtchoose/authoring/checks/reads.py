"""Which conditions there are, and which options and facts they read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.model.condition import Condition, CountAtLeast, Fact, Is, children, leaves
from nmtchoose.model.questionnaire import Question, Questionnaire
from nmtchoose.model.rules import Rule, RuleTable


def conditions_of_questions(questions: Iterable[Question]) -> Iterator[Condition]:
    """Yield what decides whether `questions` and their options are shown."""
    for question in questions:
        if question.ask_when is not None:
            yield question.ask_when
        yield from (option.show_when for option in question.options if option.show_when is not None)


def conditions_of(pair: Pair) -> Iterator[Condition]:
    """Yield every condition that changes what is asked, said or suggested; guarantees only promise."""
    yield from conditions_of_questions(pair.questionnaire.questions)
    yield from (one.when for one in pair.questionnaire.contradictions)
    yield from (rule.when for rule in pair.table.rules)
    yield from (one.choose_when for one in pair.table.therapies if one.choose_when is not None)
    yield from (one.when for one in pair.table.decision.sequences)


def options_read(conditions: Iterable[Condition], questionnaire: Questionnaire) -> frozenset[tuple[str, str]]:
    """Return (question, option) for every option that one of `conditions` looks for or counts."""
    found: set[tuple[str, str]] = set()
    for condition in conditions:
        for leaf in leaves(condition):
            if isinstance(leaf, Is):
                found |= {(leaf.question, option) for option in leaf.options}
            elif isinstance(leaf, CountAtLeast):
                found |= {(leaf.question, option.id) for option in questionnaire[leaf.question].options}
    return frozenset(found)


def questions_marked_in(rules: Iterable[Rule]) -> frozenset[str]:
    """Return the sites questions whose marks `rules` spare or limit."""
    found: set[str] = set()
    for rule in rules:
        for sites in (rule.then.avoid, *(one.sites for one in rule.then.site_limits)):
            found |= set(sites.marked_in)
    return frozenset(found)


def facts_named(condition: Condition) -> Iterator[str]:
    """Yield the facts that `condition` names itself, not those that these build on."""
    if isinstance(condition, Fact):
        yield condition.name
        return
    for part in children(condition):
        yield from facts_named(part)


def facts_used(conditions: Iterable[Condition], table: RuleTable) -> frozenset[str]:
    """Return the facts that `conditions` rest on, directly or by way of other facts."""
    used: set[str] = set()
    waiting = [name for condition in conditions for name in facts_named(condition)]
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting += facts_named(table.facts[name])
    return frozenset(used)
