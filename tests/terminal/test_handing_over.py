"""Private questions at the desk: the client alone sees them, and nothing of them stays."""

from __future__ import annotations

from pathlib import Path

from tests.prompts.screen import Terminal
from tests.terminal.interviews import QUESTIONS, answered_before, example, intake, wait_for_line, wait_for_question

PREGNANCY, GOALS = QUESTIONS["pregnancy"], QUESTIONS["goals"]
CHOSEN = "No, or this does not apply to me"


def before_pregnancy(drafts: Path, folder: Path, *flags: str) -> Terminal:
    file = answered_before(folder, "age", example("nmt"))
    terminal = intake(drafts, "--staff", "--answers", file, *flags, rows=14, remembers=True)
    terminal.wait_for(QUESTIONS["age"].ask.staff)
    terminal.wait_for("for help:" if flags else "Esc stops")
    terminal.press("41", "enter")
    terminal.wait_for("Please turn the screen to the client.")
    return terminal


def test_the_client_is_asked_on_an_empty_screen(drafts: Path, tmp_path: Path) -> None:
    with before_pregnancy(drafts, tmp_path) as terminal:
        assert "41 years" not in terminal.memory() + terminal.text()
        terminal.press("enter")
        wait_for_question(terminal, PREGNANCY)
        assert "Private: your answer is not repeated" in terminal.text()


def test_nothing_private_can_be_scrolled_back_to(drafts: Path, tmp_path: Path) -> None:
    with before_pregnancy(drafts, tmp_path) as terminal:
        terminal.press("enter")
        wait_for_question(terminal, PREGNANCY)
        terminal.press("down", "enter")
        terminal.wait_for("Please turn the screen back to us.")
        terminal.press("enter")
        terminal.wait_for(GOALS.ask.staff)
        seen = terminal.memory() + terminal.text()
        assert PREGNANCY.ask.client not in seen
        assert CHOSEN not in seen


def test_the_client_can_go_back_and_staff_are_asked_again(drafts: Path, tmp_path: Path) -> None:
    with before_pregnancy(drafts, tmp_path) as terminal:
        terminal.press("enter")
        wait_for_question(terminal, PREGNANCY)
        terminal.press("back")
        terminal.wait_for("Please turn the screen back to us.")
        terminal.press("enter")
        terminal.wait_for(QUESTIONS["age"].ask.staff)


def test_a_stop_in_private_leaves_nothing_on_the_screen(drafts: Path, tmp_path: Path) -> None:
    with before_pregnancy(drafts, tmp_path, "--plain") as terminal:
        terminal.press("enter")
        wait_for_line(terminal, PREGNANCY.ask.client, "help:")
        terminal.press("1", "ctrl-c")
        assert terminal.wait_for_end() == 130
        assert CHOSEN not in terminal.text()
        assert "To go on: nmtchoose intake --resume" in terminal.text()


def test_plain_lines_say_that_they_are_moved_out_of_sight(drafts: Path, tmp_path: Path) -> None:
    with before_pregnancy(drafts, tmp_path, "--plain") as terminal:
        assert "41 years" not in terminal.text()
        terminal.press("enter")
        wait_for_line(terminal, PREGNANCY.ask.client, "help:")
        terminal.press("1", "enter")
        terminal.wait_for("What stood above is moved out of sight.")
        terminal.wait_for("Please turn the screen back to us. Press Enter to go on:")
        assert CHOSEN not in terminal.text()


def test_staff_see_a_flag_when_it_arises(drafts: Path, tmp_path: Path) -> None:
    file = answered_before(tmp_path, "heart_blood", example("nmt"))
    with intake(drafts, "--staff", "--answers", file) as terminal:
        terminal.wait_for(QUESTIONS["heart_blood"].ask.staff)
        terminal.press("7", "enter")
        terminal.wait_for("Noted: ")
        terminal.wait_for(QUESTIONS["pressure_reading"].ask.staff)


def test_clients_see_no_flags(drafts: Path, tmp_path: Path) -> None:
    file = answered_before(tmp_path, "heart_blood", example("nmt"))
    with intake(drafts, "--answers", file) as terminal:
        wait_for_question(terminal, QUESTIONS["heart_blood"])
        terminal.press("7", "enter")
        wait_for_question(terminal, QUESTIONS["pressure_reading"])
        assert "Noted:" not in terminal.text()
