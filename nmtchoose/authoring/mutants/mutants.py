"""The mutants of a pair: one wrong edit of a safety rule, a fact that one rests on, or what is asked for safety."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from nmtchoose.loading.comparisons import includes
from nmtchoose.model.condition import (
    NEVER,
    AllOf,
    AnyOf,
    AtLeastOf,
    Condition,
    CountAtLeast,
    Fact,
    InRange,
    Is,
    Not,
    facts_of,
    questions_of,
    rebuilt,
)
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import SPECIAL_ANSWERS, UNSURE, Question, Questionnaire
from nmtchoose.model.rules import MOST_PRESSURE, Effects, Rule, Sites
from nmtchoose.model.tables import Tables

Edit = tuple[str, Condition]
"""The kind of the edit, and the condition after it."""

DROPPED, NEGATED, ANY_FOR_ALL = "part dropped", "negated", "any for all"
ONE_OFF, TEN_TIMES, OTHER_OPTION, OPTION_DROPPED = "one off", "ten times", "neighbour option", "option dropped"


def wrong_edits(condition: Condition, questionnaire: Questionnaire) -> Iterator[Edit]:
    """Yield every obvious wrong edit of `condition`; its facts are left alone, since they are edited in one place."""
    match condition:
        case Is(question, options):
            yield NEGATED, Not(condition)
            yield from _other_options(question, options, questionnaire)
        case AllOf(parts) | AnyOf(parts):
            if len(parts) > 1:
                yield ANY_FOR_ALL, AnyOf(parts) if isinstance(condition, AllOf) else AllOf(parts)
                yield from ((DROPPED, replace(condition, parts=rest)) for rest in _without_one(parts))
            yield from _inside(condition, parts, questionnaire)
        case AtLeastOf(count, parts):
            yield from ((ONE_OFF, AtLeastOf(count + step, parts)) for step in (-1, 1) if 0 < count + step <= len(parts))
            yield from ((DROPPED, AtLeastOf(count, rest)) for rest in _without_one(parts) if len(rest) >= count)
            yield from _inside(condition, parts, questionnaire)
        case Not(part):
            yield NEGATED, part
            yield from ((kind, Not(edited)) for kind, edited in wrong_edits(part, questionnaire) if kind != NEGATED)
        case InRange(question, low, high):
            asked = questionnaire[question]
            yield NEGATED, Not(condition)
            for kind, factor, step in ((ONE_OFF, 1, -1), (ONE_OFF, 1, 1), (TEN_TIMES, 10, 0)):
                for name, bound in (("low", low), ("high", high)):
                    number = -1 if bound is None else bound * factor + step
                    if number != bound and (asked.minimum or 0) <= number <= (asked.maximum or number):
                        yield kind, replace(condition, **{name: number})
        case CountAtLeast(question, count):
            yield NEGATED, Not(condition)
            yield from ((ONE_OFF, CountAtLeast(question, count + step)) for step in (-1, 1) if count + step > 0)
        case _:
            yield NEGATED, Not(condition)


def _other_options(question_id: str, options: tuple[str, ...], questionnaire: Questionnaire) -> Iterator[Edit]:
    question = questionnaire[question_id]
    named = [one for one in options if one not in SPECIAL_ANSWERS]
    order = [] if question.sites else [one.id for one in question.options]
    for one in named if len(named) > 1 else ():
        yield OPTION_DROPPED, includes(question, [other for other in options if other != one])
    for one in named if order else ():
        place = order.index(one)
        neighbour = order[place + 1] if place + 1 < len(order) else order[place - 1]
        if neighbour not in options:
            yield OTHER_OPTION, includes(question, [neighbour if other == one else other for other in options])


def _inside(condition: Condition, parts: Sequence[Condition], questionnaire: Questionnaire) -> Iterator[Edit]:
    for place, part in enumerate(parts):
        for kind, edited in wrong_edits(part, questionnaire):
            yield kind, replace(condition, parts=(*parts[:place], edited, *parts[place + 1 :]))


def _without_one(parts: tuple[Condition, ...]) -> Iterator[tuple[Condition, ...]]:
    yield from ((*parts[:place], *parts[place + 1 :]) for place in range(len(parts)))


Touched = tuple[tuple[Condition, Condition], ...]
"""Conditions before and after: only clients for whom one of them differs can get another result."""

UNSURE_GONE = "unsure_as gone"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A pair with one wrong edit of the rule, fact or question `id`; `does` says which, `kind` what kind of edit.

    `rules` are those whose conditions are `touched`, in the same order, where the edit is one of conditions of rules.
    """

    noun: str
    id: str
    kind: str
    does: str
    tables: Tables
    touched: Touched
    rules: tuple[str, ...] = ()
    option: str = ""


def mutants(tables: Tables) -> Iterator[Mutant]:
    """Yield every mutant of what is asked and decided for safety."""
    safety = [rule for rule in tables.rules.rules if rule.stage.is_safety]
    for rule in safety:
        for kind, when in _distinct(rule.when, wrong_edits(rule.when, tables.questionnaire)):
            changed = _with_rules(tables, replace(rule, when=when))
            yield Mutant("rule", rule.id, kind, "its condition", changed, ((rule.when, when),), (rule.id,))
        for kind, does, then in _weaker(rule.then, tables):
            changed = _with_rules(tables, replace(rule, then=then))
            yield Mutant("rule", rule.id, kind, does, changed, ((rule.when, NEVER),))
    used = {rule.id: facts_of(rule.when) for rule in tables.rules.rules}
    for name, body in tables.rules.facts.items():
        if any(name in used[rule.id] for rule in safety):
            concerned = [rule for rule in tables.rules.rules if name in used[rule.id]]
            for kind, edited in _distinct(body, wrong_edits(body, tables.questionnaire)):
                yield _of_a_fact(name, kind, edited, concerned, tables)
    for question in tables.questionnaire.questions:
        if question.purpose.is_safety:
            yield from _of_a_question(question, tables)


def _distinct(original: Condition, edits: Iterator[Edit]) -> Iterator[Edit]:
    seen = {original}
    for kind, edited in edits:
        if edited not in seen:
            seen.add(edited)
            yield kind, edited


def _with_rules(tables: Tables, *changed: Rule) -> Tables:
    edited = {one.id: one for one in changed}
    rules = tuple(edited.get(one.id, one) for one in tables.rules.rules)
    return replace(tables, rules=replace(tables.rules, rules=rules))


def _of_a_fact(name: str, kind: str, body: Condition, concerned: Sequence[Rule], tables: Tables) -> Mutant:
    def edited(part: Condition) -> Condition | None:
        return Fact(name, body) if isinstance(part, Fact) and part.name == name else None

    changed = [replace(rule, when=rewritten(rule.when, edited)) for rule in concerned]
    touched = tuple((one.when, other.when) for one, other in zip(concerned, changed, strict=True))
    names = tuple(rule.id for rule in concerned)
    return Mutant("fact", name, kind, "its condition", _with_rules(tables, *changed), touched, names)


def rewritten(condition: Condition, edit: Callable[[Condition], Condition | None]) -> Condition:
    """Return `condition` with every part that `edit` has something else for replaced by it."""
    return edit(condition) or rebuilt(condition, lambda part: rewritten(part, edit))


def _weaker(then: Effects, tables: Tables) -> Iterator[tuple[str, str, Effects]]:
    """Yield (kind, words, effects) for each effect that is one level weaker, or lost."""
    if then.disposition is not None and then.disposition is not Disposition.PROCEED:
        milder = list(Disposition)[list(Disposition).index(then.disposition) + 1]
        yield "level milder", f"{then.disposition} -> {milder}", replace(then, disposition=milder)
    if then.pressure_limit < tables.rules.most_pressure:
        higher = then.pressure_limit + 1
        lost = MOST_PRESSURE if higher == tables.rules.most_pressure else higher
        yield "limit one higher", f"pressure {then.pressure_limit} -> {higher}", replace(then, pressure_limit=lost)
    for field in ("exclude", "ask_first"):
        named: tuple[str, ...] = getattr(then, field)
        for one in named:
            kept = tuple(other for other in named if other != one)
            kind = "exclusion lost" if field == "exclude" else "hold lost"
            yield kind, f"{field} without {one}", replace(then, **{field: kept})
    for therapy in then.therapy_limits:
        limits = {name: limit for name, limit in then.therapy_limits.items() if name != therapy}
        yield "limit lost", f"no limit for {therapy}", replace(then, therapy_limits=limits)
    for does, avoid in _fewer_sites(then.avoid, tables.questionnaire):
        yield "site lost", f"no longer left alone: {does}", replace(then, avoid=avoid)
    for place, limited in enumerate(then.site_limits):
        for does, sites in _fewer_sites(limited.sites, tables.questionnaire):
            fewer = replace(limited, sites=sites)
            some = (fewer,) if sites != Sites() else ()
            rest = (*then.site_limits[:place], *some, *then.site_limits[place + 1 :])
            yield "site lost", f"no longer limited: {does}", replace(then, site_limits=rest)


def _fewer_sites(sites: Sites, questionnaire: Questionnaire) -> Iterator[tuple[str, Sites]]:
    """Yield `sites` without one region each, and without what was marked in each question."""
    for region in questionnaire.body:
        meant = questionnaire.sites_by_name.get(region.id, ())
        if set(meant) & set(sites.named):
            yield region.id, replace(sites, named=tuple(one for one in sites.named if one not in meant))
    for marked in sites.marked_in:
        yield f"what was marked in {marked}", replace(sites, marked_in=tuple(set(sites.marked_in) - {marked}))


def _of_a_question(question: Question, tables: Tables) -> Iterator[Mutant]:
    """Yield the mutants of asking: of fewer people, with fewer options, and with "not sure" that no longer counts."""
    if question.ask_when is not None:
        for when in _narrower(question.ask_when, tables.questionnaire):
            fewer = _with_question(tables, replace(question, ask_when=when))
            yield Mutant("question", question.id, "asked of fewer", "ask_when", fewer, ((question.ask_when, when),))
    for option in question.options:
        if option.show_when is not None:
            for when in _narrower(option.show_when, tables.questionnaire):
                options = tuple(replace(one, show_when=when) if one is option else one for one in question.options)
                fewer = _with_question(tables, replace(question, options=options))
                touched = ((option.show_when, when),)
                does = f"show_when of {option.id}"
                yield Mutant("question", question.id, "offered to fewer", does, fewer, touched, option=option.id)
    if question.unsure_as is not None:
        yield from _unsure_counts_no_longer(question, tables)


def _narrower(when: Condition, questionnaire: Questionnaire) -> Iterator[Condition]:
    match when:
        case Is(question, options) if questionnaire[question].sites:
            for region in questionnaire.body:
                meant = set(questionnaire.sites_by_name.get(region.id, ()))
                kept = tuple(one for one in options if one not in meant)
                if kept and len(kept) < len(options):
                    yield Is(question, kept)
        case AllOf(parts):
            for place, part in enumerate(parts):
                for edited in _narrower(part, questionnaire):
                    yield AllOf((*parts[:place], edited, *parts[place + 1 :]))
        case AnyOf(parts):
            yield from (AnyOf(rest) for rest in _without_one(parts) if rest)
        case _:
            yield from (edited for kind, edited in wrong_edits(when, questionnaire) if kind == OPTION_DROPPED)


def _with_question(tables: Tables, changed: Question) -> Tables:
    questions = tuple(changed if one.id == changed.id else one for one in tables.questionnaire.questions)
    return replace(tables, questionnaire=replace(tables.questionnaire, questions=questions))


def _unsure_counts_no_longer(question: Question, tables: Tables) -> Iterator[Mutant]:
    """Yield the pair in which "not sure" at `question` counts for nothing, where it counts for anything."""

    def edited(part: Condition) -> Condition | None:
        if isinstance(part, Is) and part.question == question.id and question.unsure_as in part.options:
            return replace(part, options=tuple(one for one in part.options if one != UNSURE))
        return None

    touched: dict[Condition, Condition] = {}

    def without(when: Condition) -> Condition:
        after = rewritten(when, edited) if question.id in questions_of(when) else when
        if after != when:
            touched[when] = after
        return after

    rules = [replace(one, when=without(one.when)) for one in tables.rules.rules]
    asked = tuple(
        one if one.ask_when is None else replace(one, ask_when=without(one.ask_when))
        for one in tables.questionnaire.questions
    )
    changed = replace(_with_rules(tables, *rules), questionnaire=replace(tables.questionnaire, questions=asked))
    if touched:
        does = "'not sure' counts for nothing"
        yield Mutant("question", question.id, UNSURE_GONE, does, changed, tuple(touched.items()))
