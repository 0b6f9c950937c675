"""What changes in an archive is what changes for each of its clients one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from nmtchoose.bulk.comparing import Comparing, Comparison, knowing_both
from nmtchoose.bulk.impact import Change, Direction, Impact, added_up
from nmtchoose.bulk.layout import Layout, layout_of
from nmtchoose.bulk.packed import Carrier, Packed, one_file
from nmtchoose.formats.assessment_json import listed_answers
from nmtchoose.model.answers import Answers
from nmtchoose.model.condition import ALWAYS
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind, Questionnaire
from nmtchoose.model.rules import Rule, RuleTable, Stage
from nmtchoose.model.tables import Tables
from nmtchoose.proof.strictness import Shift, fitting_answers, shifts
from tests.amounts import few_or_many, on_random_draws
from tests.bulk.packed import columns_of
from tests.engine.any_answers import any_answers, random_answers
from tests.engine.small import HEALTHY, QUESTIONNAIRE, TABLE, question, rule
from tests.proof.random_tables import NUMBERS, questionnaires, tables
from tests.shipped import shipped_pair

Pair = tuple[Questionnaire, RuleTable]

_ONE_BY_ONE = ("no longer what these say: ", "now missing: ")
"""Where a sentence names several rules or questions, each of them is a change of its own in an archive."""


def _packed(layout: Layout, clients: Sequence[Answers]) -> Packed:
    rows = len(clients)
    records = pa.array([f"client {row}" for row in range(rows)], pa.string())
    return Packed(columns_of(layout, clients), one_file("archive", rows), pa.array(range(1, rows + 1)), records)


def _impact(old: Pair, new: Pair, clients: Sequence[Answers], written: Questionnaire, examples: int = 3) -> Impact:
    layout = layout_of(written)
    return Comparison(Comparing(Tables(*old), Tables(*new), examples)).impact(_packed(layout, clients), layout)


def _one_by_one(old: Pair, new: Pair, clients: Sequence[Answers]) -> tuple[Shift, ...]:
    return shifts(
        [(str(line), listed_answers(one)) for line, one in enumerate(clients, start=1)], Tables(*old), Tables(*new)
    )


def _counts(found: Sequence[Shift]) -> Mapping[Change, int]:
    counts: Counter[Change] = Counter()
    for one in found:
        for direction, told in zip(Direction, (one.milder, one.stricter, one.otherwise), strict=True):
            counts.update(Change(direction, alone) for words in told for alone in _each(words))
    return counts


def _each(words: str) -> list[str]:
    for phrase in _ONE_BY_ONE:
        before, found, names = words.partition(phrase)
        if found:
            return [f"{before}{phrase}{name}" for name in names.split(", ")]
    return [words]


def _same(old: Pair, new: Pair, clients: Sequence[Answers], written: Questionnaire) -> None:
    impact, found = _impact(old, new, clients, written), _one_by_one(old, new, clients)
    assert impact.counts == _counts(found)
    assert [impact.results[one] for one in Direction] == [
        sum(shift.rank[0] == one for shift in found) for one in Direction
    ]


_TEXTS = st.sampled_from(("", "", "Rest.", "Ask."))


@st.composite
def _speaking(draw: st.DrawFn, table: RuleTable) -> RuleTable:
    """The same table with rules that say something, several of them the same."""

    def spoken(one: Rule) -> Rule:
        then = replace(one.then, caution=draw(_TEXTS), next_step=draw(_TEXTS))
        return replace(one, tell_client=draw(_TEXTS), then=then)

    return replace(table, rules=tuple(spoken(one) for one in table.rules))


def _clients(questionnaire: Questionnaire, seed: int) -> list[Answers]:
    random = Random(seed)
    clients: list[Answers] = []
    for _ in range(25):
        answers = {**random_answers(questionnaire, random)}
        for one in questionnaire.questions:
            if one.kind is Kind.NUMBER and isinstance(answers.get(one.id), int):
                answers[one.id] = random.choice(NUMBERS)
        clients.append(answers)
    return clients


@few_or_many(5, 50)
def test_two_random_rule_tables(times: int) -> None:
    def check(data: st.DataObject) -> None:
        questionnaire = data.draw(questionnaires())
        old, new = (data.draw(_speaking(data.draw(tables(questionnaire)))) for _ in range(2))
        clients = _clients(questionnaire, data.draw(st.integers(0, 10_000)))
        _same((questionnaire, old), (questionnaire, new), clients, questionnaire)

    on_random_draws(times, check)


@few_or_many(5, 50)
def test_two_random_questionnaires_of_which_each_leaves_out_what_it_does_not_know(times: int) -> None:
    def check(data: st.DataObject) -> None:
        before, after = data.draw(questionnaires()), data.draw(questionnaires())
        old, new = data.draw(_speaking(data.draw(tables(before)))), data.draw(_speaking(data.draw(tables(after))))
        written = data.draw(st.sampled_from((before, after)))
        clients = _clients(written, data.draw(st.integers(0, 10_000)))
        _same((before, old), (after, new), clients, written)

    on_random_draws(times, check)


def _edited(table: RuleTable, seed: int) -> RuleTable:
    """The table with some rules gone, and others that exclude, limit, refer, count or say something else."""
    random = Random(seed)
    rules: list[Rule] = []
    for one in table.rules:
        edit = random.choice(("gone", "open", "limit", "worse", "points", "silent", *[""] * 24))
        if edit == "gone":
            continue
        then = one.then
        if edit == "open":
            then = replace(then, exclude=(), ask_first=(), disposition=None)
        if edit == "limit":
            then = replace(then, pressure_limit=random.choice((2, 4, 5)), therapy_limits={})
        if edit == "worse":
            then = replace(then, disposition=random.choice(list(Disposition)))
        if edit == "points":
            then = replace(then, fit={therapy: points + 2 for therapy, points in then.fit.items()})
        if edit == "silent":
            then = replace(then, caution="", next_step="Something new.")
        rules.append(replace(one, then=then, tell_client="" if edit == "silent" else one.tell_client))
    return replace(table, rules=tuple(rules))


@few_or_many(5, 75)
def test_the_shipped_pair_with_some_edits(times: int) -> None:
    questionnaire, table = shipped_pair()
    random = Random(5)
    clients = [random_answers(questionnaire, random) for _ in range(times)]
    for seed in range(2):
        _same((questionnaire, table), (questionnaire, _edited(table, seed)), clients, questionnaire)


def test_nothing_changes_under_the_same_pair() -> None:
    pair = (QUESTIONNAIRE, TABLE)
    impact = _impact(pair, pair, [HEALTHY, {}], QUESTIONNAIRE)
    assert (impact.records, impact.changed, impact.counts) == (2, 0, {})


STRICTER = replace(TABLE, rules=(*TABLE.rules, rule("all", Stage.DEFER, ALWAYS, disposition=Disposition.DEFER)))


def test_examples_are_the_first_records_with_their_answers() -> None:
    teen: Answers = {**HEALTHY, "age": 13}
    urgent: Answers = {**HEALTHY, "signs": ("chest",)}
    clients = [urgent, teen, HEALTHY, HEALTHY]
    impact = _impact((QUESTIONNAIRE, TABLE), (QUESTIONNAIRE, STRICTER), clients, QUESTIONNAIRE, examples=2)
    examples = impact.examples[Change(Direction.STRICTER, "disposition: proceed -> defer")]
    assert [(one.name, one.answers) for one in examples] == [
        ("archive:2 (client 1)", teen),
        ("archive:3 (client 2)", HEALTHY),
    ]


def test_the_examples_of_several_blocks_are_the_first_of_all() -> None:
    layout = layout_of(QUESTIONNAIRE)
    comparison = Comparison(Comparing(Tables(QUESTIONNAIRE, TABLE), Tables(QUESTIONNAIRE, STRICTER)))
    blocks = [comparison.impact(_packed(layout, [HEALTHY] * rows), layout) for rows in (2, 5, 1)]
    impact = added_up(blocks, 3)
    change = Change(Direction.STRICTER, "disposition: proceed -> defer")
    assert (impact.records, impact.counts[change]) == (8, 8)
    assert [one.line for one in impact.examples[change]] == [1, 2, 1]


def test_a_block_without_records_changes_nothing() -> None:
    impact = _impact((QUESTIONNAIRE, TABLE), (QUESTIONNAIRE, STRICTER), [], QUESTIONNAIRE)
    assert (impact.records, impact.changed) == (0, 0)


WIDE = tuple(f"o{number}" for number in range(70))
WRITTEN = replace(
    QUESTIONNAIRE,
    questions=(
        question("many", Kind.MANY, "a", "b", "c", specials=("unsure", "declined")),
        question("wide", Kind.MANY, *WIDE),
        question("one", Kind.ONE, "a", "b", specials=("unsure", "declined")),
        replace(question("number", Kind.NUMBER, specials=("declined",)), minimum=10, maximum=300),
        question("text", Kind.TEXT, specials=("declined",)),
        question("gone", Kind.ONE, "a"),
        question("turned", Kind.ONE, "a", specials=("unsure",)),
        question("joined", Kind.MANY, "a", specials=("unsure",)),
    ),
)
TODAY = replace(
    QUESTIONNAIRE,
    questions=(
        question("new", Kind.ONE, "a"),
        question("many", Kind.MANY, "x", "c", "a", specials=("unsure",)),
        question("wide", Kind.MANY, "new", *reversed(WIDE[:67])),
        question("one", Kind.ONE, "x", "b", specials=("unsure",)),
        replace(question("number", Kind.NUMBER, specials=()), minimum=0, maximum=100),
        question("text", Kind.TEXT, specials=()),
        question("turned", Kind.MANY, "a", specials=("unsure",)),
        question("joined", Kind.ONE, "a", specials=("unsure",)),
    ),
)


@given(st.lists(any_answers(WRITTEN), min_size=1, max_size=20))
def test_packed_answers_fit_another_questionnaire_as_single_ones_do(clients: list[Answers]) -> None:
    known = [{**one, **({"text": "given"} if one.get("text") == "a few words" else {})} for one in clients]
    today = layout_of(TODAY)
    expected = columns_of(today, [fitting_answers(listed_answers(one), TODAY) for one in known])
    found = Carrier(TODAY, layout_of(WRITTEN)).columns(columns_of(layout_of(WRITTEN), known), len(known))[0]
    assert {name: values.tolist() for name, values in found.items()} == {
        name: values.tolist() for name, values in expected.items()
    }
    assert {name: values.dtype for name, values in found.items()} == {
        name: values.dtype for name, values in expected.items()
    }


def test_numbers_that_stand_for_nothing_count_as_not_answered() -> None:
    layout = layout_of(WRITTEN)
    columns = {name: values.copy() for name, values in columns_of(layout, [{}]).items()}
    columns["one"][0] = columns["text"][0] = 200
    columns["number"][0] = 60_000
    columns["many"][0] = 1 << 7
    columns["joined"][0] = 0b1001
    found = Carrier(WRITTEN, layout).columns(columns, 1)[0]
    assert {name: int(values[0]) for name, values in found.items()} == dict.fromkeys(layout.dtypes, 0)


@given(st.one_of(any_answers(WRITTEN), any_answers(TODAY)))
def test_what_either_questionnaire_takes_can_be_read_for_both(answers: Answers) -> None:
    alike = {one: answer for one, answer in answers.items() if one not in ("turned", "joined")}
    both = knowing_both(WRITTEN, TODAY)
    assert fitting_answers(listed_answers(alike), both).keys() >= {one for one, answer in alike.items() if answer != ""}
