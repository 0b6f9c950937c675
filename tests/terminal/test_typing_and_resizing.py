"""Hasty fingers and windows that change their size."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.prompts.screen import UTF8, Terminal
from tests.terminal.interviews import COMMAND, QUESTIONS, answered_before, example, intake, wait_for_question

RIGHT_NOW, AGE, SITES = QUESTIONS["right_now"], QUESTIONS["age"], QUESTIONS["pain_sites"]


@pytest.mark.parametrize("flags", [(), ("--plain",)], ids=["moving", "plain"])
def test_keys_typed_ahead_answer_nothing(drafts: Path, flags: tuple[str, ...]) -> None:
    environment = {**UTF8, "NMTCHOOSE_DRAFTS": str(drafts)}
    with Terminal([*COMMAND, *flags], environment=environment) as terminal:
        terminal.wait_for("Enter to go on" if flags else "Enter goes on")
        terminal.press("\r0\r41\r")  # at once: whatever follows the first Enter is there before the question is
        terminal.wait_for(RIGHT_NOW.ask.client)
        terminal.wait_for("help:" if flags else "Esc stops")
        terminal.press("?", "enter")
        terminal.wait_for("Why we ask: These can be signs")
        assert AGE.ask.client not in terminal.text()


def test_a_window_that_shrinks_and_grows_keeps_what_was_ticked(drafts: Path, tmp_path: Path) -> None:
    with intake(drafts, "--answers", answered_before(tmp_path, "pain_sites", example("nmt"))) as terminal:
        wait_for_question(terminal, SITES)
        terminal.press("neck", "enter")
        terminal.wait_for("» [✓]   Neck")
        terminal.resize(40, 12)
        terminal.wait_for("» [✓]   Neck")
        terminal.wait_for("Ticked: Neck")
        terminal.resize(100, 60)
        terminal.wait_for("Many places or all over")
        terminal.press("enter")
        wait_for_question(terminal, QUESTIONS["pain_weeks"])


def test_no_option_is_out_of_sight_without_a_word(drafts: Path) -> None:
    with intake(drafts, rows=10) as terminal:
        terminal.wait_for("more below)")
        terminal.wait_for("u Not sure")
        terminal.press("pagedown")
        terminal.wait_for("more above ·")


def in_a_shell(script: str, *flags: str) -> Terminal:
    return Terminal(["sh", "-c", script, "sh", *COMMAND, *flags])


def test_without_a_terminal_the_flag_that_helps_is_named() -> None:
    with in_a_shell('"$@" < /dev/null; echo "exit $?"') as terminal:
        terminal.wait_for("P001")
        terminal.wait_for("--answers FILE")
        terminal.wait_for("exit 5")


@pytest.mark.parametrize("flags", [(), ("--plain",)], ids=["moving", "plain"])
def test_what_a_piped_file_leaves_open_is_asked_at_the_terminal(tmp_path: Path, flags: tuple[str, ...]) -> None:
    file = answered_before(tmp_path, "pressure", example("nmt"))
    with in_a_shell(f'cat {file} | "$@"', "--answers", "-", *flags) as terminal:
        terminal.wait_for(QUESTIONS["pressure"].ask.client)
        terminal.wait_for("for help:" if flags else "Esc stops")
        terminal.press("2", "enter")
        terminal.wait_for(QUESTIONS["wishes"].ask.client)
