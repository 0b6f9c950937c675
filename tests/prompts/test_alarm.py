"""An emergency fits the screen: the number first, then what matters most."""

from __future__ import annotations

import textwrap

import pytest

from nmtchoose.desk.prompter import Alarm
from nmtchoose.prompts.wording import alarm_texts, figures

ALARM = Alarm(
    number="911",
    title="Call 911 now",
    do=("Please sit down and rest while we call.", "This needs an ambulance.", "Please do not drive."),
    tell=("Chest pain or pressure that lasts", "Where the client is.", "When it began, as exactly as you can."),
)


def test_the_number_is_drawn_large() -> None:
    assert figures("911") == (
        " __",
        "|__|     |     |",
        " __|     |     |",
    )


@pytest.mark.parametrize("number", ["your local emergency number", "116 123", "1800022222"])
def test_what_is_not_a_few_figures_is_not_drawn(number: str) -> None:
    assert figures(number) == ()


def test_where_there_is_room_everything_is_shown() -> None:
    told = " ".join(text for _, text in alarm_texts(ALARM, 80, 24))
    assert all(one in told for one in (ALARM.title, *ALARM.do, *ALARM.tell))


@pytest.mark.parametrize(("columns", "rows"), [(80, 6), (40, 8), (40, 7)])
def test_where_there_is_little_room_the_most_important_stays(columns: int, rows: int) -> None:
    texts = [text for _, text in alarm_texts(ALARM, columns, rows)]
    assert sum(max(len(textwrap.wrap(text, columns - 1)), 1) for text in texts) <= rows
    told = " ".join(texts)
    assert all(one in told for one in (ALARM.title, ALARM.do[0], ALARM.tell[0]))
    assert ALARM.tell[-1] not in told
