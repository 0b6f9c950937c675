"""Who asks, and where nobody can be asked."""

from __future__ import annotations

from io import StringIO

import pytest

from nmtchoose.errors import CannotPromptError
from nmtchoose.prompts.choosing import require_terminal, wants_plain


class Tty(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "is_plain"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "dumb"}, True),
        ({"ACCESSIBLE": "1"}, True),
        ({"ACCESSIBLE": "yes please"}, True),
        ({"ACCESSIBLE": ""}, False),
        ({"ACCESSIBLE": "0"}, False),
        ({"ACCESSIBLE": "False"}, False),
    ],
)
def test_plain_lines_are_for_those_who_ask_and_for_dumb_terminals(environment: dict[str, str], is_plain: bool) -> None:
    assert wants_plain(plain=False, environment=environment) is is_plain


def test_the_flag_is_enough() -> None:
    assert wants_plain(plain=True, environment={})


def test_a_terminal_on_both_ends_is_fine() -> None:
    require_terminal(Tty(), Tty())


@pytest.mark.parametrize("keyboard", [StringIO("y\n"), None])
def test_piped_or_missing_input_is_refused_with_the_flag_that_helps(keyboard: StringIO | None) -> None:
    with pytest.raises(CannotPromptError, match=r"standard input.*--answers FILE.*P001"):
        require_terminal(keyboard, Tty())


@pytest.mark.parametrize("display", [StringIO(), None])
def test_questions_that_nobody_would_see_are_refused(display: StringIO | None) -> None:
    with pytest.raises(CannotPromptError, match=r"standard error.*--answers FILE.*P002"):
        require_terminal(Tty(), display)


def test_a_closed_input_is_no_terminal() -> None:
    closed = StringIO()
    closed.close()
    with pytest.raises(CannotPromptError):
        require_terminal(closed, Tty())


def test_input_that_holds_answers_needs_no_terminal_there() -> None:
    require_terminal(StringIO(), Tty(), answers_on_stdin=True)
