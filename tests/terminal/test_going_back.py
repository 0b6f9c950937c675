"""Back works from every kind of question, and never checks what stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.interviews import QUESTIONS, answered_before, example, intake, wait_for_line, wait_for_question

KINDS = {
    "one": ("pregnancy", "age"),
    "many": ("goals", "pregnancy"),
    "sites": ("pain_sites", "goals"),
    "duration": ("pain_weeks", "pain_sites"),
    "number": ("pain_now", "pain_weeks"),
}
"""A question of each kind, and the one before it."""

every_kind = pytest.mark.parametrize(("question", "before"), KINDS.values(), ids=KINDS)


@every_kind
def test_shift_tab_goes_back(drafts: Path, tmp_path: Path, question: str, before: str) -> None:
    file = answered_before(tmp_path, question, example("nmt"))
    with intake(drafts, "--answers", file) as terminal:
        wait_for_question(terminal, QUESTIONS[question])
        terminal.press("x", "back")
        terminal.wait_for(f"Back to: {QUESTIONS[before].ask.client}")
        terminal.wait_without(QUESTIONS[question].ask.client)


@every_kind
def test_b_goes_back(drafts: Path, tmp_path: Path, question: str, before: str) -> None:
    file = answered_before(tmp_path, question, example("nmt"))
    with intake(drafts, "--plain", "--answers", file) as terminal:
        wait_for_line(terminal, QUESTIONS[question].ask.client, "b for back")
        terminal.press("b", "enter")
        wait_for_line(terminal, f"Back to: {QUESTIONS[before].ask.client}", "Current answer:")


def test_the_review_goes_back_to_the_last_question(drafts: Path, tmp_path: Path) -> None:
    file = answered_before(tmp_path, "comfort", example("nmt"))
    with intake(drafts, "--answers", file) as terminal:
        wait_for_question(terminal, QUESTIONS["comfort"])
        terminal.press("0", "enter")
        terminal.wait_for("Is this right?")
        terminal.press("back")
        wait_for_question(terminal, QUESTIONS["comfort"])
        terminal.wait_for("[✓] 0 None of these")
