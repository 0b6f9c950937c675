"""What stands on the screen when an interview has ended, and where one key leads."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.clients import EXAMPLES
from tests.prompts.practised import keys_for
from tests.prompts.screen import Terminal, words
from tests.terminal.interviews import answered_before, asked, example, intake, wait_for_question

ACT = "Book: Neuromuscular therapy (NMT)"


@pytest.fixture(params=[(80, 24)], ids=["80x24"])
def ended(request: pytest.FixtureRequest, drafts: Path, tmp_path: Path) -> Iterator[Terminal]:
    """An interview that has just ended, with the keys under its answer."""
    columns, rows = request.param
    answers = example("nmt")
    (last,) = [one for one in asked(answers) if one.question.id == "comfort"]
    with intake(
        drafts, "--answers", answered_before(tmp_path, "comfort", answers), columns=columns, rows=rows
    ) as terminal:
        wait_for_question(terminal, last.question)
        terminal.press(*keys_for(last, answers["comfort"], in_a_hurry=True))
        terminal.wait_for("Before the result")
        terminal.press("y", "enter")
        terminal.wait_for("q leave")
        yield terminal


def test_the_answer_and_its_keys_stand_on_one_screen(ended: Terminal) -> None:
    shown = words(ended.text())
    for part in (ACT, "Why", "Mind", "How sure", "Get help if", "Enter whole page", "n next client"):
        assert part in shown


@pytest.mark.parametrize("ended", [(40, 20)], ids=["40x20"], indirect=True)
def test_on_a_small_screen_the_answer_stays_and_when_to_get_help_is_one_key_away(ended: Terminal) -> None:
    shown = words(ended.text())
    for part in (ACT, "Why", "Mind", "How sure", "Enter whole page"):
        assert part in shown


@pytest.mark.parametrize("client", ["nmt", "talk-first", "adapted-session", "later"])
def test_for_staff_what_to_do_is_in_view_on_the_smallest_screen(client: str, drafts: Path) -> None:
    told = str(EXAMPLES / f"{client}.json")
    with intake(drafts, "--staff", "--answers", told, columns=40, rows=20, pair=()) as terminal:
        terminal.wait_for_end()
        shown = words(terminal.text())
    for part in ("then: Swedish" if client in ("talk-first", "later") else "Book:", "At the desk", "not a diagnosis"):
        assert part in shown


@pytest.mark.parametrize("key", ["q", "ctrl-c", "ctrl-d"])
def test_leaving_keeps_the_answer_on_the_screen(key: str, ended: Terminal) -> None:
    ended.press(key)
    assert ended.wait_for_end() == 0
    assert ACT in words(ended.text())


def test_the_keys_go_with_the_key_that_is_pressed_and_push_nothing_up(ended: Terminal) -> None:
    ended.press("q")
    ended.wait_for_end()
    assert "q leave" not in ended.text()


def test_a_key_that_means_nothing_changes_nothing(ended: Terminal) -> None:
    before = ended.text()
    ended.press("x", "5", "escape")
    ended.wait_for_silence()
    assert ended.text() == before


@pytest.mark.skipif(shutil.which("less") is None, reason="the pager that the system has")
@pytest.mark.parametrize(
    ("key", "said"), [("enter", "You feel stiff"), ("c", "The choices compared"), ("t", "For the therapist")]
)
def test_a_key_shows_more_in_a_pager(key: str, said: str, ended: Terminal) -> None:
    ended.press(key)
    ended.wait_for(said)
    ended.press("q")
    ended.wait_for("q leave")


def test_the_next_client_sees_nothing_of_the_last_one(ended: Terminal) -> None:
    ended.press("n")
    ended.wait_for("This takes a few minutes.")
    assert ACT not in words(ended.text())
    ended.press("ctrl-c")
    ended.wait_for_end()
    assert ACT not in words(ended.text())
