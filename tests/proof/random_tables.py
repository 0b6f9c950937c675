"""Random small questionnaires and rule tables, and every way to answer them."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace

from nmtchoose.loading.comparisons import includes
from nmtchoose.loading.one_question import lines_of, lists_of
from nmtchoose.model.condition import (
    AllOf,
    Answered,
    AnyOf,
    AtLeastOf,
    Condition,
    CountAtLeast,
    Fact,
    InRange,
    Is,
    Not,
)
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind, Purpose, Question, Questionnaire
from nmtchoose.model.rules import Decision, Effects, Rule, RuleTable, SequencePlan, SiteLimit, Sites, Stage, Therapy
from tests.engine.small import TABLE, question, rule, therapy
from tests.proof.tables import asking

NUMBERS = (0, 4, 5, 9)
"""Enough to stand on both sides of every threshold that the random conditions use."""

SITES = ("neck", "calf")
THERAPIES = ("nmt", "swedish", "warm", "seated", "deep")
_LATER = st.sampled_from((("swedish",), ("deep", "swedish"), ("nmt", "deep")))


def _leaf(asked: Question) -> st.SearchStrategy[Condition]:
    answers = [*(option.id for option in asked.options), *asked.specials]
    leaves: list[st.SearchStrategy[Condition]] = [st.just(Answered(asked.id))]
    if answers:
        several = st.lists(st.sampled_from(answers), min_size=1, max_size=2, unique=True)
        leaves.append(several.map(lambda options: Is(asked.id, tuple(options))))
    if asked.kind is Kind.MANY:
        leaves.append(st.integers(1, 2).map(lambda count: CountAtLeast(asked.id, count)))
    if asked.kind is Kind.NUMBER:
        bound = st.sampled_from((None, 5))
        leaves.append(st.tuples(bound, st.sampled_from((None, 4, 9))).map(lambda ends: InRange(asked.id, *ends)))
    return st.one_of(leaves)


def _on_lines(listed: Question) -> st.SearchStrategy[Condition]:
    """Conditions that name the screen of an `each`, as an author writes them."""
    names = [*(option.id for option in listed.options), *listed.specials]
    several = st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)
    return several.map(lambda chosen: includes(listed, chosen))


def conditions(questions: tuple[Question, ...]) -> st.SearchStrategy[Condition]:
    """Conditions that read some of `questions`."""
    lists = lists_of(questions).values()
    leaf = st.one_of([*(_leaf(one) for one in questions), *(_on_lines(one) for one in lists)])

    def larger(part: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        parts = st.lists(part, min_size=1, max_size=3).map(tuple)
        return st.one_of(
            parts.map(AllOf),
            parts.map(AnyOf),
            part.map(Not),
            part.map(lambda body: Fact("named", body)),
            st.tuples(st.integers(1, 2), parts).map(lambda made: AtLeastOf(*made)),
        )

    return st.recursive(leaf, larger, max_leaves=4)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Three questions of different kinds, later ones asked and offered under conditions on earlier ones.

    The one with yes and no may be two lines of one screen instead.
    """
    kinds = draw(st.permutations([Kind.MANY, Kind.ONE, Kind.NUMBER]))
    questions: tuple[Question, ...] = ()
    for place, kind in enumerate(kinds):
        options = SITES if kind is Kind.MANY else ("yes", "no") if kind is Kind.ONE else ()
        specials = draw(st.sampled_from(((), ("unsure",), ("declined",))))
        made = question("where" if kind is Kind.MANY else f"q{place}", kind, *options, specials=specials)
        if questions:
            shown = draw(st.none() | conditions(questions))
            hidden = draw(st.integers(0, len(made.options)))
            some = tuple(replace(one, show_when=shown) for one in made.options[:hidden])
            asked = draw(st.none() | conditions(questions))
            made = replace(made, ask_when=asked, options=some + made.options[hidden:])
        made = replace(made, purpose=draw(st.sampled_from(Purpose)))
        if kind is Kind.ONE and draw(st.booleans()):
            first, second = made.options
            lines = (first, replace(second, reassuring=draw(st.booleans())))
            questions = (*questions, *lines_of(replace(made, options=lines)))
        else:
            questions = (*questions, replace(made, maximum=9) if kind is Kind.NUMBER else made)
    return asking(*questions)


def _effects() -> st.SearchStrategy[Effects]:
    some = st.lists(st.sampled_from(THERAPIES), max_size=2, unique=True).map(tuple)
    sites = st.builds(Sites, st.sampled_from(((), ("neck",), ("calf",))), st.sampled_from(((), ("where",))))
    return st.builds(
        Effects,
        disposition=st.none() | st.sampled_from(Disposition),
        pressure_limit=st.sampled_from((5, 5, 5, 2, 3)),
        therapy_limits=st.dictionaries(st.sampled_from(THERAPIES), st.integers(1, 5), max_size=1),
        site_limits=st.lists(st.builds(SiteLimit, sites, st.integers(1, 4)), max_size=1).map(tuple),
        avoid=st.just(Sites()) | sites,
        exclude=st.just(()) | some,
        ask_first=st.just(()) | some,
        still_sensible=some,
        fit=st.dictionaries(st.sampled_from(THERAPIES), st.integers(-3, 4), max_size=3),
    )


def _rules(questions: tuple[Question, ...]) -> st.SearchStrategy[tuple[Rule, ...]]:
    one = st.builds(
        lambda stage, when, then: (stage, when, then), st.sampled_from(Stage), conditions(questions), _effects()
    )
    several = st.lists(one, min_size=1, max_size=6)
    return several.map(
        lambda made: tuple(replace(rule(f"r{n}", stage, when), then=then) for n, (stage, when, then) in enumerate(made))
    )


@st.composite
def tables(draw: st.DrawFn, questionnaire: Questionnaire) -> RuleTable:
    """A table of up to six rules, four therapies with forms, and a decision with or without a sequence."""
    condition = conditions(questionnaire.questions)
    family = st.sampled_from(("nmt", "swedish"))
    therapies: tuple[Therapy, ...] = (
        therapy("nmt", draw(st.integers(1, 4)), works_on_pain=draw(st.booleans())),
        therapy("swedish"),
        therapy("warm", 2, form_of=draw(family), choose_when=draw(condition), sole_form=draw(st.booleans())),
        therapy("seated", form_of=draw(family), choose_when=draw(condition)),
        therapy("deep", 3),
    )
    plans = tuple(
        SequencePlan(f"plan{place}", first, draw(_LATER), draw(st.integers(0, 1)), draw(condition), "", ())
        for place, first in enumerate(draw(st.sampled_from(((), ("nmt",), ("swedish", "nmt"), ("warm", "deep")))))
    )
    decision = Decision(
        winner_lead=draw(st.integers(0, 2)),
        clear_lead=3,
        enough_answers=draw(st.integers(0, 2)),
        enough_of=tuple(one.id for one in questionnaire.questions),
        enough_points=draw(st.integers(-1, 2)),
        fallback=draw(st.sampled_from(("swedish", "nmt", "warm"))),
        sequences=plans,
    )
    return replace(
        TABLE,
        therapies=therapies,
        rules=draw(_rules(questionnaire.questions)),
        decision=decision,
        pain_question="where",
        not_offered=frozenset(draw(st.sampled_from(((), (), ("swedish",), ("warm", "nmt"))))),
    )
