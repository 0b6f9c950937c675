"""A line of a screen speaks for itself on every page: its words and what was said, never glued to its question."""

from __future__ import annotations

from nmtchoose.engine.assess import assess
from nmtchoose.formats.text_page import plain_lines
from nmtchoose.pages.explain import explain_page
from nmtchoose.pages.flags import flags_of
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.soap import subjective
from nmtchoose.words.answers import told_alone
from tests.desk.test_lines import TABLES
from tests.loading.test_each import ALL_NO

ANSWERS = {**ALL_NO, "signs.chest": "unsure"}
ASSESSMENT = assess(TABLES.questionnaire, TABLES.rules, ANSWERS)


def test_a_line_is_told_with_its_answer() -> None:
    assert told_alone(TABLES.questionnaire["signs.faint"], "yes") == "Fainted: yes"


def test_a_flag_has_the_words_of_the_line() -> None:
    assert [flag.words for flag in flags_of(ASSESSMENT, TABLES)] == ["Chest pain or tightness: not sure"]


def test_an_explanation_has_the_words_of_the_line() -> None:
    told = " ".join(plain_lines(explain_page(Intake(ANSWERS, ASSESSMENT), TABLES)))
    assert "Chest pain or tightness" in told
    assert "signs.chest" not in told


def test_a_note_lists_the_lines() -> None:
    denied, left_open = subjective(Intake(ANSWERS, ASSESSMENT), TABLES)[-2:]
    assert "faint" in denied and "signs" not in denied  # one line of the screen was not answered with no
    assert "chest (not sure)" in left_open
