"""Looking through the answers before the result, and changing them."""

from __future__ import annotations

from pathlib import Path

from tests.prompts.screen import Terminal
from tests.terminal.interviews import QUESTIONS, answered_before, example, intake, wait_for_line, wait_for_question

COMFORT = QUESTIONS["comfort"]
SITES = QUESTIONS["pain_sites"]
SIGNS = QUESTIONS["trunk_signs"]


def at_the_review(drafts: Path, folder: Path, *flags: str) -> Terminal:
    """A client with neck pain, who would like to relax, has just answered the last question."""
    answers = {**example("nmt"), "goals": ("relax",)}
    terminal = intake(drafts, *flags, "--answers", answered_before(folder, "comfort", answers), rows=60)
    wait_for_question(terminal, COMFORT)
    terminal.press("0", "enter")
    terminal.wait_for("Is this right?")
    return terminal


def change_sites(terminal: Terminal, *keys: str) -> None:
    terminal.press("where", "enter")
    wait_for_question(terminal, SITES)
    terminal.wait_for("Esc stops")
    terminal.press(*keys, "enter")


def test_answers_stand_under_their_section(drafts: Path, tmp_path: Path) -> None:
    with at_the_review(drafts, tmp_path) as terminal:
        terminal.wait_for("y Yes, show the result")
        lines = terminal.lines()
        assert lines.index(" About you") < lines.index("     How old are you? → 41 years") < lines.index(" Your pain")


def test_private_answers_are_not_shown(drafts: Path, tmp_path: Path) -> None:
    with at_the_review(drafts, tmp_path) as terminal:
        terminal.wait_for("y Yes, show the result")
        assert terminal.line_with("Are you pregnant?") == "     Are you pregnant? → answered (private)"
        assert "No, or this does not apply to me" not in terminal.text()


def test_what_no_longer_applies_is_left_out_and_comes_back(drafts: Path, tmp_path: Path) -> None:
    with at_the_review(drafts, tmp_path) as terminal:
        change_sites(terminal, "space", "0")
        terminal.wait_for("No longer asked, so left out: 7 answers; see the list.")
        terminal.wait_for("Left out, because it is no longer asked")
        terminal.wait_for(f"{SIGNS.ask.client} y Yes")
        assert "→ 8 weeks" not in terminal.text()
        change_sites(terminal, "0", "/neck", "enter")
        terminal.wait_for("Counts again, as answered before: 7 answers")
        terminal.wait_for("→ 8 weeks")
        assert "Left out, because" not in terminal.text()


def test_a_list_that_offers_more_after_a_change_is_asked_again(drafts: Path, tmp_path: Path) -> None:
    with at_the_review(drafts, tmp_path) as terminal:
        change_sites(terminal, "/lowback", "enter")
        terminal.wait_for(f"This offers more now, so it is asked again: {SIGNS.ask.client}")
        for question in ("diagnosed", "nerve_signs", "trunk_signs"):
            wait_for_question(terminal, QUESTIONS[question])
            terminal.wait_for("[ ] 0 None of these")
            terminal.press("0", "enter")
        terminal.wait_for("Is this right?")


def test_a_contradiction_is_pointed_out_once_and_can_be_kept(drafts: Path, tmp_path: Path) -> None:
    answers = {**example("nmt"), "goals": ("less_pain",), "pain_now": 9, "pain_worst": 2}
    with intake(drafts, "--answers", answered_before(tmp_path, "comfort", answers)) as terminal:
        wait_for_question(terminal, COMFORT)
        terminal.press("0", "enter")
        terminal.wait_for("The pain is strong now, but was mild at its worst in the last week.")
        terminal.wait_for("Change: And at its worst in the last week")
        terminal.press("1")
        terminal.wait_for("Is this right?")


def test_lines_can_be_changed_by_their_number(drafts: Path, tmp_path: Path) -> None:
    file = answered_before(tmp_path, "comfort", example("nmt"))
    with intake(drafts, "--plain", "--answers", file) as terminal:
        wait_for_line(terminal, COMFORT.ask.client, "help:")
        terminal.press("0", "enter")
        wait_for_line(terminal, "2. How old are you? 41 years.", "b for back:")
        terminal.press("2", "enter")
        wait_for_line(terminal, "Current answer: 41 years.", "help:")
        terminal.press("42", "enter")
        wait_for_line(terminal, "2. How old are you? 42 years.", "b for back:")
        assert SITES.ask.client in terminal.written
