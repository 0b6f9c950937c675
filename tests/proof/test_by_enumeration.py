"""On random small tables every verdict of the solver is checked by trying all answers with the engine."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import strategies as st
from msgspec.structs import replace

from nmtchoose.engine.assess import assess
from nmtchoose.engine.evaluate import truth, view
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import NONE, Kind, Question, Questionnaire
from nmtchoose.model.rules import Guarantee, RuleTable
from nmtchoose.model.tables import Tables
from nmtchoose.proof.encoded import encode
from nmtchoose.proof.less_strict import find_less_strict
from nmtchoose.proof.more_risk import milder_steps
from nmtchoose.proof.prove import broken_guarantees
from nmtchoose.proof.reachable import targets, unreachable
from nmtchoose.proof.results import Thing
from nmtchoose.proof.strictness import loosened, ruled
from tests.amounts import few_or_many, on_random_draws
from tests.proof.random_tables import NUMBERS, conditions, questionnaires, tables
from tests.proof.tables import all_answers, asking, possible_answers, reassured

few_or_many_tables = few_or_many(4, 24)


def normal(questionnaire: Questionnaire) -> list[Answers]:
    """Return every set of answers that counts, once."""
    kept = [view(questionnaire, one).answers for one in all_answers(questionnaire, NUMBERS)]
    return list({frozenset(one.items()): one for one in kept}.values())


def riskier(asked: Question, answer: Answer) -> Iterator[Answer]:
    """Yield the answers to one safety question that show one more risk than `answer`."""
    unsure = [name for name in asked.specials if name != NONE]
    if asked.kind is Kind.ONE and answer == "no":
        yield from ("yes", *unsure)
    if asked.kind is Kind.MANY and isinstance(answer, tuple) and answer[0] not in unsure:
        ticked = () if answer == (NONE,) else answer
        for one in asked.options:
            if one.id not in ticked:
                yield tuple(option.id for option in asked.options if option.id in (*ticked, one.id))
        if answer == (NONE,):
            yield from ((name,) for name in unsure)


def after_a_step(questionnaire: Questionnaire, table: RuleTable, answers: Answers) -> Iterator[Answers]:
    """Yield every set of answers that one more risk can make of `answers`."""
    applied = view(questionnaire, answers).applies
    for asked in questionnaire.questions:
        if not asked.purpose.is_safety or asked.id == table.pain_question or asked.id not in answers:
            continue
        for riskier_answer in riskier(asked, answers[asked.id]):
            new = [one for one in questionnaire.questions if applied[one.id] is False]
            for free in product(*((None, *possible_answers(one, NUMBERS)) for one in new)):
                more = {one.id: answer for one, answer in zip(new, free, strict=True) if answer is not None}
                stepped = view(questionnaire, {**answers, asked.id: riskier_answer, **more}).answers
                if stepped.get(asked.id) == riskier_answer:
                    yield stepped


@few_or_many_tables
def test_a_risk_leads_to_something_milder_exactly_when_the_solver_says_so(times: int) -> None:
    def check(data: st.DataObject) -> None:
        drawn = data.draw(questionnaires())
        questionnaire = asking(*map(reassured, drawn.questions))
        table = replace(
            data.draw(tables(questionnaire)), pain_question=data.draw(st.sampled_from(("where", "nowhere")))
        )
        milder = any(
            loosened(ruled(Tables(questionnaire, table), answers), ruled(Tables(questionnaire, table), after))
            for answers in normal(questionnaire)
            for after in after_a_step(questionnaire, table, answers)
        )
        found = list(milder_steps(encode(Tables(questionnaire, table)), lambda: None))
        assert bool(found) is milder

    on_random_draws(times, check)


@few_or_many_tables
def test_a_table_is_less_strict_exactly_when_the_solver_says_so(times: int) -> None:
    def check(data: st.DataObject) -> None:
        questionnaire = data.draw(questionnaires())
        old, new = data.draw(tables(questionnaire)), data.draw(tables(questionnaire))
        if data.draw(st.booleans()):
            new = replace(old, rules=old.rules[1:])
        less_strict = any(
            loosened(ruled(Tables(questionnaire, old), answers), ruled(Tables(questionnaire, new), answers))
            for answers in normal(questionnaire)
        )
        assert (find_less_strict(Tables(questionnaire, old), Tables(questionnaire, new)) is not None) is less_strict

    on_random_draws(times, check)


@few_or_many_tables
def test_a_rule_is_dead_exactly_when_no_complete_answers_fire_it(times: int) -> None:
    def check(data: st.DataObject) -> None:
        questionnaire = data.draw(questionnaires())
        table = data.draw(tables(questionnaire))
        results = [assess(questionnaire, table, answers) for answers in normal(questionnaire)]
        alive = {firing.rule for one in results if one.complete for firing in one.trace}
        encoded = encode(Tables(questionnaire, table))
        wanted = {target: wire for target, wire in targets(encoded).items() if target[0] is Thing.RULE}
        dead = {one.id for one in unreachable(encoded, wanted, set(), lambda: None)}
        assert dead == {rule.id for rule in table.rules} - alive

    on_random_draws(times, check)


@few_or_many_tables
def test_a_floor_is_broken_exactly_when_some_answers_break_it(times: int) -> None:
    def check(data: st.DataObject) -> None:
        questionnaire = data.draw(questionnaires())
        when = data.draw(conditions(questionnaire.questions))
        floor = data.draw(st.sampled_from(Disposition))
        promised = Guarantee("floor", when, "", disposition_at_least=floor)
        table = replace(data.draw(tables(questionnaire)), guarantees=(promised,))
        broken = any(
            truth(when, view(questionnaire, answers)) is True
            and assess(questionnaire, table, answers).disposition.severity < floor.severity
            for answers in normal(questionnaire)
        )
        assert bool(list(broken_guarantees(encode(Tables(questionnaire, table)), lambda: None))) is broken

    on_random_draws(times, check)
