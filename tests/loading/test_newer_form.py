"""What can be written in short, what the pressure scale says, and what `all` guards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nmtchoose.loading import questions, rules
from nmtchoose.loading.keyed import ById, Record
from nmtchoose.loading.load import load_pair
from nmtchoose.loading.shapes import ListOf, Shape
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Voices
from nmtchoose.model.rules import Effects
from nmtchoose.words.terms import pressure_range, pressure_words
from tests.loading.examples import QUESTIONS, RULES, brief, changed, faults_of

DOCUMENT = Path(__file__).parents[2] / "docs" / "the-two-files.md"


def test_one_text_is_said_in_both_voices() -> None:
    both = '{client: "How old are you?", staff: "How old is the client?"}'
    questionnaire, _ = load_pair(changed(QUESTIONS, both, "Which age?").encode(), RULES.encode())
    assert questionnaire["age"].ask == Voices("Which age?", "Which age?")


@pytest.mark.parametrize("then", ["call_emergency", "{disposition: call_emergency}"])
def test_a_disposition_alone_is_one_word(then: str) -> None:
    _, table = load_pair(QUESTIONS.encode(), changed(RULES, "then: call_emergency", f"then: {then}").encode())
    assert table.rules[0].then == Effects(disposition=Disposition.CALL_EMERGENCY)


def test_all_guards_every_therapy_of_the_file() -> None:
    _, table = load_pair(QUESTIONS.encode(), changed(RULES, "never_suggest: [nmt]", "never_suggest: all").encode())
    assert table.guarantees[0].never_suggest == ("nmt", "swedish", "chair")


def test_an_entry_of_the_older_form_needs_its_id() -> None:
    (fault,) = faults_of(changed(QUESTIONS, "  old-pain-but-no-place:\n    when", "  - when"))
    assert str(fault).endswith("a contradiction needs 'id'. Add 'id:' here. [S002]")


SCALE = "pressure: [soft, medium, strong]\n"


def with_scale(scale: str) -> str:
    """Return the minimal rules with `scale`, and no therapy above it."""
    return changed(RULES, "settings:\n", f"{scale}settings:\n").replace("usual: 5", "usual: 3")


def test_a_practice_has_a_pressure_scale_of_its_own() -> None:
    _, table = load_pair(QUESTIONS.encode(), with_scale(SCALE).encode())
    assert table.pressure == ("soft", "medium", "strong")


def test_pressures_are_levels_of_the_scale() -> None:
    faults = faults_of(rules=with_scale(SCALE).replace("careful_pressure: 3", "careful_pressure: 4"))
    assert [fault.problem for fault in faults] == ["'pressure_limit' is 4, which is not between 1 and 3"]


@pytest.mark.parametrize("scale", ["pressure: [soft]\n", "pressure: [a, b, c, d, e, f]\n"])
def test_a_scale_has_two_to_five_levels(scale: str) -> None:
    assert brief(faults_of(rules=with_scale(scale)))[0] == "rules.yaml:4:11 S008"


def keys_in(shape: Shape) -> Iterator[str]:
    """Yield every key that a file of this shape can have."""
    if isinstance(shape, Record):
        for name, key in shape.keys.items():
            yield name
            yield from keys_in(key.shape)
    elif isinstance(shape, ById):
        yield from keys_in(shape.record)
    elif isinstance(shape, ListOf):
        yield from keys_in(shape.item)


@pytest.mark.parametrize("shape", [questions.FILE, rules.FILE], ids=["questions", "rules"])
def test_every_key_is_in_the_reference(shape: Record) -> None:
    reference = DOCUMENT.read_text(encoding="utf-8")
    assert [name for name in keys_in(shape) if name not in reference] == []


def test_pressure_is_said_in_the_words_of_the_scale() -> None:
    _, table = load_pair(QUESTIONS.encode(), with_scale(SCALE).encode())
    assert pressure_words(2, table) == "up to medium (2 of 3)"
    assert pressure_range(table.therapies[1], table) == "1 to 3 of 3 (soft to strong)"
