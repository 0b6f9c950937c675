"""The demo interview in a real terminal: what people see, at several sizes and in plain ASCII."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.prompts.clinic import SIGNS
from tests.prompts.screen import ASCII, ROOT, UTF8, Terminal

DEMO = [sys.executable, "-m", "tests.prompts.demo"]
READY = {"fever": "Do you have a fever today?", "age": "How old are you?"}
COLOR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-7]|9[0-7]|38)(?:;\d+)*m")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")


def demo(*arguments: str, columns: int = 80, rows: int = 24, environment: Mapping[str, str] = UTF8) -> Terminal:
    return Terminal([*DEMO, *arguments], columns=columns, rows=rows, environment=environment)


def in_a_shell(script: str, *arguments: str) -> Terminal:
    """The demo as `"$@"` within a shell script."""
    return Terminal(["sh", "-c", script, "sh", *DEMO, *arguments])


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 20), (30, 12)])
def test_a_whole_interview_with_its_result_alone_on_standard_output(columns: int, rows: int, tmp_path: Path) -> None:
    result = tmp_path / "answers.json"
    argv = ["sh", "-c", f'"$@" > {result}', "sh", *DEMO]
    with Terminal(argv, columns=columns, rows=rows) as terminal:
        for question, *keys in (
            ("Is any of this happening", *["pagedown"] * 8, "0", "enter"),
            ("Do you have a fever", "down", "down", "enter"),
            ("Are you pregnant", "d", "enter"),
            ("How old are you", "44", "enter"),
            ("Where does it hurt", "/left knee", "enter", "enter"),
            ("For how long", "3 months", "enter"),
            ("What pressure", "down", "down", "enter"),
            ("anything else", "no thanks", "enter"),
        ):
            terminal.wait_for(question)
            terminal.press(*keys)
        assert terminal.wait_for_end() == 0
    assert json.loads(result.read_text()) == {
        "signs": ["none"],
        "fever": "no",
        "pregnant": "declined",
        "age": 44,
        "pain": ["knee_left"],
        "weeks": 13,
        "pressure": "firm",
        "notes": "no thanks",
    }


def test_an_answer_stays_above_the_next_question() -> None:
    with demo("--from", "fever") as terminal:
        terminal.wait_for("Do you have a fever today?")
        assert "Right now · part 1 of 4 · question 2" in terminal.text()
        terminal.press("2")
        terminal.wait_for("Are you pregnant")
        assert terminal.line_with("→") == " Do you have a fever today? → No"
        assert "»" not in terminal.text()


def test_a_private_answer_is_gone_from_the_screen() -> None:
    with demo("--from", "pregnant") as terminal:
        terminal.wait_for("Private: your answer is not repeated on this screen.")
        terminal.press("1")
        terminal.wait_for("How old are you?")
        assert "Yes" not in terminal.text()
        assert "→ answered (private)" in terminal.line_with("→")


def test_back_clears_the_prompt_and_says_where_we_are() -> None:
    with demo("--from", "age") as terminal:
        terminal.wait_for("How old are you?")
        terminal.press("12", "back")
        terminal.wait_for("Back to: Are you pregnant, or could you be?")
        terminal.wait_without("How old are you?")
        assert terminal.line_with("»") == " » 2 No"


def test_escape_asks_before_it_stops() -> None:
    with demo("--from", "fever") as terminal:
        terminal.wait_for("Esc stops")
        terminal.press("escape")
        terminal.wait_for("Stop here? Press y to stop, n to go on.")
        terminal.press("y")
        assert terminal.wait_for_end() == 130
        assert terminal.is_in_order()


def test_escape_first_ends_a_search() -> None:
    with demo("--from", "pain") as terminal:
        terminal.wait_for("/ finds")
        terminal.press("/kneecap")
        terminal.wait_for("Search: kneecap_ (2 found)")
        terminal.wait_for("Tab ticks · Enter ticks and closes · Esc closes")
        assert "Jaw" not in terminal.text()
        terminal.press("escape")
        terminal.wait_for("Jaw")
        assert "Where does it hurt?" in terminal.text()


def test_enter_on_an_untouched_list_is_refused_right_under_it() -> None:
    with demo() as terminal:
        terminal.wait_for("Not sure")
        terminal.press("enter")
        terminal.wait_for("Nothing was chosen.")
        lines = terminal.lines()
        ticked = lines.index(" Nothing is ticked.")
        assert "Nothing was chosen." in lines[ticked + 1]


def test_a_refused_number_says_why_right_under_it() -> None:
    with demo("--from", "age", columns=40) as terminal:
        terminal.wait_for("How old are you?")
        terminal.press("5", "enter")
        terminal.wait_for("The number is not between 16 and 120 years. Give one in that range.")
        lines = terminal.lines()
        assert "The number is not" in lines[lines.index(" » 5") + 1]
        terminal.press("6")
        terminal.wait_without("not between")


def test_a_special_answer_takes_no_tick_away() -> None:
    with demo() as terminal:
        terminal.wait_for("Not sure")
        terminal.press("2", "3")
        terminal.wait_for("[✓] 3")
        assert terminal.text().count("[✓]") == 2
        terminal.wait_for("Ticked 2: ")
        terminal.press("up", "0")
        terminal.wait_for("Untick the rest first")
        assert terminal.text().count("[✓]") == 2


def test_keys_typed_ahead_answer_nothing() -> None:
    with demo("--from", "fever") as terminal:
        terminal.press("2", "enter", "2", "enter", "44", "enter")
        terminal.wait_for("Do you have a fever today?")
        terminal.press("?")
        terminal.wait_for("Why we ask: With a fever, rest comes first.")
        assert "»" not in terminal.text()


def test_the_question_mark_shows_why_and_hides_it_again() -> None:
    with demo("--from", "fever") as terminal:
        terminal.wait_for("? why")
        terminal.press("?")
        terminal.wait_for("A fever is 38 C (100.4 F) or more.")
        terminal.press("?")
        terminal.wait_without("A fever is 38 C")


@pytest.mark.parametrize("environment", [UTF8, ASCII], ids=["utf-8", "ascii"])
def test_no_two_options_look_alike_at_40_columns(environment: Mapping[str, str]) -> None:
    with demo(columns=40, rows=30, environment=environment) as terminal:
        terminal.wait_for("u Not sure")
        shown = re.sub(r"\s+", " ", terminal.text())
        for option in SIGNS.options:
            assert option.label in shown


def test_the_whole_row_under_the_pointer_is_in_sight() -> None:
    with demo(columns=40, rows=8) as terminal:
        terminal.wait_for("more below")
        terminal.press("down", "down", "down", "down", "down")
        terminal.wait_for("The worst headache of your life, and it has lasted for days")


def test_the_cursor_of_the_terminal_follows_the_pointer() -> None:
    with demo() as terminal:
        terminal.wait_for("Not sure")
        terminal.press("down", "down")
        terminal.wait_for("» [ ] 2")
        assert "Trouble breathing" in terminal.cursor_line()


def test_state_is_readable_in_an_ascii_terminal() -> None:
    with demo(environment=ASCII) as terminal:
        terminal.wait_for("Right now - part 1 of 4 - question 1")
        terminal.wait_for("u Not sure")
        terminal.press("0")
        terminal.wait_for("> [x] 0 None of these")
        assert "   [ ] u Not sure" in terminal.lines()
        terminal.press("enter")
        terminal.wait_for("-> None of these")
        terminal.wait_for("Shift-Tab back")
        assert terminal.text().isascii()


def test_a_window_made_wider_is_drawn_anew() -> None:
    with demo("--from", "fever", columns=30) as terminal:
        terminal.wait_for("Esc stops")
        assert "Right now · part 1 of 4 · question 2" not in terminal.lines()
        terminal.resize(70, 24)
        terminal.press("down")
        terminal.wait_for("» 1 Yes")
        assert " Right now · part 1 of 4 · question 2" in terminal.lines()


@pytest.mark.parametrize("question", ["fever", "age"])
@pytest.mark.parametrize("key", ["ctrl-c", "ctrl-d"])
@pytest.mark.parametrize("look", [(), ("--plain",)], ids=["moving", "plain"])
def test_stopping_leaves_the_terminal_in_order(question: str, key: str, look: tuple[str, ...]) -> None:
    with demo("--from", question, *look) as terminal:
        terminal.wait_for(READY[question])
        terminal.press(key)
        assert terminal.wait_for_end() == 130
        assert terminal.is_in_order()
        assert "Cancelled" not in terminal.text()
        assert "Traceback" not in terminal.text()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("arguments", [("fever",), ("age",), ("fever", "--plain")], ids=" ".join)
def test_a_stop_from_outside_leaves_the_terminal_in_order(arguments: tuple[str, ...], stop: signal.Signals) -> None:
    with demo("--from", *arguments) as terminal:
        terminal.wait_for(READY[arguments[0]])
        terminal.process.kill(stop)
        assert terminal.wait_for_end() == 128 + stop
        assert terminal.is_in_order()


def test_a_window_that_is_closed_ends_the_program() -> None:
    with demo("--from", "fever") as terminal:
        terminal.wait_for("fever")
        terminal.process.close(force=False)
        assert not terminal.process.isalive()


def test_plain_lines_are_written_once_and_need_no_cursor() -> None:
    with demo("--from", "fever", environment={**UTF8, "TERM": "dumb"}) as terminal:
        terminal.wait_for("Choose 1-3, b for back, ? for help:")
        terminal.press("2", "enter")
        terminal.wait_for("You chose: No.")
        terminal.wait_for("Choose 1-4")
        assert "\x1b" not in terminal.written


def test_lines_typed_ahead_answer_nothing() -> None:
    with demo("--from", "fever", "--plain") as terminal:
        terminal.press("2", "enter", "2", "enter")
        terminal.wait_for("? for help:")
        terminal.press("?", "enter")
        terminal.wait_for("Why we ask: With a fever")
        assert "You chose" not in terminal.text()


def test_plain_lines_break_between_words() -> None:
    with demo("--plain", columns=40, rows=40) as terminal:
        terminal.wait_for("Choose one or more of 0-6, ? for help:")
        assert "1. Chest pain, pressure or tightness" in terminal.lines()


def test_keys_are_read_from_the_terminal_while_standard_input_holds_answers() -> None:
    with in_a_shell('echo "{}" | "$@"', "--from", "notes", "--answers-on-stdin") as terminal:
        terminal.wait_for("anything else")
        terminal.press("quiet, please", "enter")
        assert terminal.wait_for_end() == 0
        assert '"notes": "quiet, please"' in " ".join(terminal.text().split())


def test_plain_lines_are_read_from_the_terminal_while_standard_input_holds_answers() -> None:
    with in_a_shell('echo "{}" | "$@"', "--from", "notes", "--answers-on-stdin", "--plain") as terminal:
        terminal.wait_for("anything else")
        terminal.press("quiet, please", "enter")
        assert terminal.wait_for_end() == 0
        assert '"notes": "quiet, please"' in " ".join(terminal.text().split())


def test_no_color_leaves_no_colour() -> None:
    with demo("--from", "fever", environment={**UTF8, "NO_COLOR": "1"}) as terminal:
        terminal.wait_for("fever")
        assert not COLOR.search(terminal.written)
    with demo("--from", "fever", "--no-color") as terminal:
        terminal.wait_for("fever")
        assert not COLOR.search(terminal.written)
    with demo("--from", "fever") as terminal:
        terminal.wait_for("fever")
        assert COLOR.search(terminal.written)


@pytest.mark.parametrize("arguments", [(), ("--plain",)])
def test_piped_input_is_refused_before_anything_is_asked(arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        [*DEMO, *arguments], cwd=ROOT, input="none\nno\n", capture_output=True, text=True, check=False
    )
    assert done.returncode == 5
    assert done.stdout == ""
    assert "--answers FILE" in done.stderr
    assert "fever" not in done.stderr
