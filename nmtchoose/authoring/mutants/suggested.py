"""Cases that would notice mutants which nothing notices: the plainest answers for which they decide otherwise."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nmtchoose.authoring.mutants.by_proof import Prover
from nmtchoose.authoring.mutants.mutants import Mutant
from nmtchoose.engine.assess import assess
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.questionnaire import NONE, Kind, Questionnaire
from nmtchoose.model.tables import Tables
from nmtchoose.proof.encoded import plainest_option

MOST_RULES = 2
"""So many rules are looked for in one case beyond its own: a person still has to agree to what it expects."""

MOST_OF_A_RULE = 3
"""So many cases are written for one rule. What they leave is the same edit for one place or one week after another."""

_MOST_TRIED = 60

Expected = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Answers with what the pair says of them today where mutants of `about` and others say otherwise.

    `answers` are those that differ from the usual ones, and `telling` the questions of which the answers stand out.
    """

    answers: Answers
    expect: Expected
    telling: tuple[str, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """Cases to confirm, and the usual answers that all of them start from."""

    usual: Answers
    cases: tuple[Suggestion, ...]


def suggestions(
    tables: Tables, survivors: Sequence[Mutant], on_step: Callable[[int, int], None] | None = None
) -> Suggested:
    """Return cases that together notice as many of `survivors` as any complete interviews can, each many of them.

    `on_step` is told how many are left, and of how many. Raises UsageError when no solver is installed.
    """
    prover = Prover(tables, survivors)
    plain = _without_text(prover.plain(), tables)
    left = list(survivors)
    found: list[Suggestion] = []
    while left:
        if on_step is not None:
            on_step(len(left), len(survivors))
        first = left.pop(0)
        if sum(one.about == first.id for one in found) == MOST_OF_A_RULE:
            continue
        example = prover.plainest(first, _beside(first, left))
        if example is None:
            continue
        answers, telling, holds = example
        full = {**plain, **_without_text(answers, tables)}
        today = assess(tables.questionnaire, tables.rules, full)
        expect = _told(today, first, full)
        for other in [one for one in left if expect and holds(one)]:
            more = _told(today, other, full)
            if more:
                expect = _both(expect, more)
                left.remove(other)
        if expect:
            found.append(Suggestion(full, {"disposition": str(today.disposition), **expect}, telling, first.id))
    usual = {**_plainest(tables.questionnaire), **_usual(found), **plain}
    beside = ({name: said for name, said in one.answers.items() if usual.get(name) != said} for one in found)
    return Suggested(usual, tuple(replace(one, answers=said) for one, said in zip(found, beside, strict=True)))


def _plainest(questionnaire: Questionnaire) -> Answers:
    """Return the plainest answer to each question that has one, also to those that no case is asked."""
    options = {
        one.id: plainest_option(one) or (NONE if NONE in one.specials else "") for one in questionnaire.questions
    }
    return {name: (option,) if option == NONE else option for name, option in options.items() if option}


def _usual(found: Sequence[Suggestion]) -> Answers:
    """Return the answers that most of `found` give without standing out: those to what is not asked are dropped."""
    given: dict[str, Counter[Answer]] = {}
    for one in found:
        for question, answer in one.answers.items():
            if question not in one.telling:
                given.setdefault(question, Counter())[answer] += 1
    return {question: counts.most_common(1)[0][0] for question, counts in given.items()}


def _without_text(answers: Answers, tables: Tables) -> dict[str, Answer]:
    return {one: said for one, said in answers.items() if tables.questionnaire[one].kind is not Kind.TEXT}


def _beside(first: Mutant, left: Sequence[Mutant]) -> Iterator[Mutant]:
    """Yield what is worth trying in the same case: all of the same rule, and what a few other rules do."""
    yield from [one for one in left if one.id == first.id][:_MOST_TRIED]
    if first.rules:
        return
    beyond = list(dict.fromkeys(one.id for one in left if one.id != first.id and one.kind == first.kind))[:_MOST_TRIED]
    yield from (one for one in left if one.id in beyond[:MOST_RULES] and not one.rules)


def _both(expect: Expected, more: Expected) -> Expected:
    """Return what both expect."""
    both = dict(expect)
    for key, value in more.items():
        known = both.get(key)
        if isinstance(value, dict) and isinstance(known, dict):
            both[key] = {**known, **value}
        elif isinstance(value, list) and isinstance(known, list):
            both[key] = list(dict.fromkeys((*known, *value)))
        else:
            both[key] = value
    return both


def _told(today: Assessment, mutant: Mutant, answers: Answers) -> Expected:
    """Return what `today` says of `answers` and `mutant` does not, as a case expects it."""
    other = assess(mutant.tables.questionnaire, mutant.tables.rules, answers)
    fired, fires = ({one.rule for one in result.trace} for result in (today, other))
    told: dict[str, object] = {"fires": sorted(fired - fires), "not_fires": sorted(fires - fired)}
    told = {key: rules for key, rules in told.items() if rules}
    if today.disposition is not other.disposition:
        told["disposition"] = str(today.disposition)
    if today.missing != other.missing:
        told["missing"] = list(today.missing)
    if fired != fires:
        return told
    if today.pressure_limit != other.pressure_limit:
        told["pressure_limit"] = today.pressure_limit
    was, now = _by_name(today), _by_name(other)
    for key, named in was.items():
        differing = {name: value for name, value in named.items() if now[key].get(name) != value}
        if differing:
            told[key] = differing
    return told


def _by_name(result: Assessment) -> Mapping[str, Mapping[str, object]]:
    return {
        "status": {one.id: str(one.status) for one in result.therapies},
        "therapy_limits": {one.id: one.pressure_limit for one in result.therapies},
        "site_limits": {one.site: one.pressure_limit for one in result.site_notes},
    }
