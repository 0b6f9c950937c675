"""An emergency ends the interview at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from nmtchoose.files.drafts import list_drafts
from tests.terminal.interviews import (
    QUESTIONS,
    TABLES,
    answered_before,
    example,
    intake,
    wait_for_line,
    wait_for_question,
)

GATE_A = QUESTIONS["right_now"]
QUIET = example("nmt")


def names_no_therapy(written: str) -> bool:
    return not any(therapy.name in written or therapy.short in written for therapy in TABLES.rules.therapies)


def test_a_sign_at_the_first_gate_ends_with_the_card_and_no_therapy(drafts: Path) -> None:
    with intake(drafts) as terminal:
        wait_for_question(terminal, GATE_A)
        terminal.press("1", "enter")
        terminal.wait_for("Has help been called?")
        assert "911" in terminal.written
        assert QUESTIONS["age"].ask.client not in terminal.written
        terminal.press("1", "enter")
        assert terminal.wait_for_end() == 0
        assert terminal.is_in_order()
        assert names_no_therapy(terminal.written)
    assert list_drafts(drafts) == ()


def test_the_same_in_plain_lines(drafts: Path) -> None:
    with intake(drafts, "--plain") as terminal:
        wait_for_line(terminal, GATE_A.ask.client, "help:")
        terminal.press("1", "enter")
        wait_for_line(terminal, "911", "Has help been called?")
        terminal.press("1", "enter")
        assert terminal.wait_for_end() == 0
        assert names_no_therapy(terminal.written)


@pytest.mark.parametrize("flags", [(), ("--plain",)], ids=["moving", "plain"])
def test_not_sure_leads_to_each_sign_alone_and_counts(drafts: Path, flags: tuple[str, ...]) -> None:
    first_sign = next(question for question in QUESTIONS.questions if question.sign_of == GATE_A.id)
    with intake(drafts, *flags) as terminal:
        terminal.wait_for("Not sure")
        terminal.press("not sure" if flags else "u", "enter")
        terminal.wait_for(first_sign.ask.client)
        terminal.wait_for("for help:" if flags else "u Not sure")
        terminal.press("not sure" if flags else "u", "enter")
        terminal.wait_for("Has help been called?")
        assert names_no_therapy(terminal.written)


def test_a_private_sign_given_at_the_desk_is_wiped_before_the_card(drafts: Path, tmp_path: Path) -> None:
    answers = {**QUIET, "comfort": ("not_safe_life",)}
    file = answered_before(tmp_path, "comfort", answers)
    with intake(drafts, "--staff", "--answers", file, remembers=True) as terminal:
        terminal.wait_for("Please turn the screen to the client.")
        terminal.press("enter")
        wait_for_question(terminal, QUESTIONS["comfort"])
        terminal.press("6", "enter")
        wait_for_question(terminal, QUESTIONS["life_danger"])
        terminal.press("1")
        terminal.wait_for("Has help been called?")
        seen = terminal.memory() + terminal.text()
        assert QUESTIONS["comfort"].ask.client not in seen
        assert "Thank you. Please turn the screen back" not in seen
