"""An emergency ends the interview at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from nmtchoose.files.drafts import list_drafts
from tests.prompts.screen import words
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


@pytest.mark.parametrize("flags", [(), ("--staff",)], ids=["client", "staff"])
@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 24)])
def test_the_number_what_to_do_what_to_tell_and_the_question_are_in_view(
    drafts: Path, columns: int, rows: int, flags: tuple[str, ...]
) -> None:
    with intake(drafts, *flags, columns=columns, rows=rows) as terminal:
        terminal.wait_for("Pain in the arm, jaw, neck")
        terminal.press("1", "enter")
        terminal.wait_for("That was a wrong key")
        assert "|__|     |     |" in terminal.text()
        for text in ("Call 911 now", "Tell them: Chest pain, pressure", "Has help been called?"):
            assert words(text) in words(terminal.text())
        assert GATE_A.ask.client not in words(terminal.text())
        terminal.press("1", "enter")
        assert terminal.wait_for_end() == 0
        assert "not a diagnosis" not in words(terminal.written)


def test_a_wrong_key_leads_back_to_the_very_question(drafts: Path) -> None:
    with intake(drafts) as terminal:
        wait_for_question(terminal, GATE_A)
        terminal.press("1", "enter")
        terminal.wait_for("That was a wrong key")
        terminal.press("end", "enter")
        terminal.wait_for("Please take a second look")
        terminal.wait_for(GATE_A.ask.client)
        terminal.wait_for("? why · Esc stops")
        terminal.press("space")
        terminal.wait_for("Nothing is ticked.")
        terminal.press("end", "up", "space")
        terminal.wait_for("press 0 again")
        terminal.press("0")
        terminal.wait_for("Ticked: None of these")
        terminal.press("enter")
        terminal.wait_for("Is that right?")
        terminal.press("1")
        wait_for_question(terminal, QUESTIONS["age"])


def test_the_draft_stays_until_the_alarm_is_left_on_purpose(drafts: Path) -> None:
    with intake(drafts) as terminal:
        wait_for_question(terminal, GATE_A)
        terminal.press("1", "enter")
        terminal.wait_for("That was a wrong key")
        terminal.press("ctrl-c")
        assert terminal.wait_for_end() == 130
    assert len(list_drafts(drafts)) == 1
    with intake(drafts, "--resume") as terminal:
        terminal.wait_for("Has help been called?")
        terminal.press("1", "enter")
        assert terminal.wait_for_end() == 0
    assert list_drafts(drafts) == ()


def test_the_same_in_plain_lines(drafts: Path) -> None:
    with intake(drafts, "--plain") as terminal:
        wait_for_line(terminal, GATE_A.ask.client, "help:")
        terminal.press("1", "enter")
        wait_for_line(terminal, "911", "Has help been called?")
        terminal.press("1", "enter")
        assert terminal.wait_for_end() == 0
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
