from __future__ import annotations

import pytest
from msgspec.structs import replace

from nmtchoose.engine.assess import assess
from nmtchoose.formats.body_map import LEFT, RIGHT, WIDTH, drawn_figures, signs, told, undrawn
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import BodyRegion, Option
from nmtchoose.model.tables import Tables
from nmtchoose.pages.body_marks import body_map_blocks, pain_level, result_marks
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.page import BodyMap, BodyMark, Heading, Level, Page
from tests.formats.intakes import PRACTICE
from tests.pages.clinic import ENDINGS, TABLES
from tests.pages.reading import rendered

BUILT_IN = PRACTICE.tables.questionnaire
NECK = BodyMark("neck", "", "Neck", Level.STRONG)
KNEES = tuple(BodyMark("knee", side, "Knee", Level.STRONG) for side in (LEFT, RIGHT))
LEFT_CALF = BodyMark("calf", LEFT, "Calf or shin", Level.SPARED)
EAR = BodyMark("ear", LEFT, "Ear", Level.STRONG)


def picture(*marks: BodyMark, encoding: str = "utf-8") -> tuple[list[str], list[str]]:
    """Return the front and the back figure as lines."""
    front, back = drawn_figures(marks, encoding)
    return tuple(["".join(text for text, _ in row) for row in figure] for figure in (front, back))  # type: ignore[return-value]


def half(line: str, *, right_of_picture: bool) -> str:
    return line[WIDTH // 2 + 1 :] if right_of_picture else line[: WIDTH // 2]


def intake_of(answers: Answers, tables: Tables = PRACTICE.tables) -> Intake:
    return Intake(answers, assess(tables.questionnaire, tables.rules, answers))


def map_of(answers: Answers) -> tuple[BodyMark, ...]:
    return result_marks(intake_of(answers), PRACTICE.tables)


def test_without_marks_only_the_outline_is_drawn() -> None:
    front, back = picture()
    assert set("".join(front + back)) <= set("╭╮╰╯│─╱╲() FRONTBACKLR")


def test_a_mark_shades_its_side_alone() -> None:
    front, back = picture(LEFT_CALF)
    assert [line.count("x") for line in front if "x" in line] == [2, 2]
    assert not any("x" in half(line, right_of_picture=False) for line in front)
    assert not any("x" in half(line, right_of_picture=True) for line in back)


def test_the_letters_say_which_side_is_which() -> None:
    front, back = picture()
    assert ("L" in half(front[3], right_of_picture=True), "R" in half(front[3], right_of_picture=False)) == (True, True)
    assert ("R" in half(back[3], right_of_picture=True), "L" in half(back[3], right_of_picture=False)) == (True, True)


@pytest.mark.parametrize("encoding", ["utf-8", "cp437", "latin-1", "ascii"])
def test_every_level_has_a_sign_of_its_own_that_can_be_shown(encoding: str) -> None:
    sign = signs(encoding)
    assert len(set(sign.values())) == len(Level)
    "".join(sign.values()).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "cp437", "latin-1", "ascii"])
def test_the_figures_can_be_encoded(encoding: str) -> None:
    everywhere = BodyMark("widespread", "", "All over", Level.MEDIUM)
    for figure in picture(everywhere, encoding=encoding):
        "".join(figure).encode(encoding)


def test_a_place_that_hurts_and_is_left_alone_shows_that_it_is_left_alone() -> None:
    front, _ = picture(replace(LEFT_CALF, level=Level.STRONG), LEFT_CALF)
    assert "▓" not in "".join(front)
    assert told((replace(LEFT_CALF, level=Level.STRONG), LEFT_CALF)) == (
        (Level.STRONG, "Strong pain (7 to 10 of 10)", "Calf or shin (left)"),
        (Level.SPARED, "Leave alone", "Calf or shin (left)"),
    )


def test_pain_all_over_fills_what_is_not_marked_otherwise() -> None:
    front, _ = picture(BodyMark("widespread", "", "All over", Level.MILD), NECK)
    assert "░" in front[1]
    assert "▓▓▓" in front[4]


def test_both_sides_of_a_region_are_told_as_one() -> None:
    assert told((NECK, *KNEES)) == ((Level.STRONG, "Strong pain (7 to 10 of 10)", "Neck, Knee (both sides)"),)


def test_a_region_that_lost_its_sides_is_shaded_on_both() -> None:
    front, _ = picture(BodyMark("knee", "", "Knee", Level.STRONG))
    assert sum(line.count("▓") for line in front) == 6


@pytest.mark.parametrize("plain", [True, False])
def test_a_region_without_a_place_on_the_drawing_is_told_in_words(plain: bool) -> None:
    page = Page("", (BodyMap((NECK, EAR)),))
    assert "Neck, Ear (left)" in " ".join(rendered(page, plain=plain, width=40).split())
    assert undrawn((NECK, EAR)) == "Ear (left)"
    assert "Not drawn: Ear (left)" in rendered(page)


def test_plain_lines_tell_the_marks_without_drawing() -> None:
    page = Page("", (Heading("Body map"), BodyMap((NECK, LEFT_CALF), (("Pain now", "8 of 10"),))))
    assert rendered(page, plain=True).splitlines() == [
        "Body map",
        "Strong pain (7 to 10 of 10): Neck",
        "Leave alone: Calf or shin (left)",
        "Pain now: 8 of 10",
    ]


def test_both_figures_fit_side_by_side_into_40_columns_and_18_rows() -> None:
    lines = rendered(Page("", (BodyMap((NECK,)),)), width=40).splitlines()
    assert "FRONT" in lines[0]
    assert "BACK" in lines[0]
    assert lines.index("") == 18


def test_where_they_do_not_fit_one_figure_stands_above_the_other() -> None:
    lines = rendered(Page("", (BodyMap((NECK, LEFT_CALF)),)), width=37).splitlines()
    assert [line.split()[0] for line in lines if "FRONT" in line or "BACK" in line] == ["FRONT", "BACK"]
    assert max(map(len, lines)) <= 37


def test_the_words_stand_beside_the_figures_where_there_is_room() -> None:
    first = rendered(Page("", (BodyMap((NECK,)),)), width=80).splitlines()[0]
    assert first.split() == [
        "FRONT",
        "╭───╮",
        "BACK",
        "╭───╮",
        "▓",
        "Strong",
        "pain",
        "(7",
        "to",
        "10",
        "of",
        "10):",
        "Neck",
    ]


@pytest.mark.parametrize(
    ("now", "worst", "level"),
    [
        (0, 3, Level.MILD),
        (2, 4, Level.MEDIUM),
        (6, 2, Level.MEDIUM),
        (1, 7, Level.STRONG),
        ("unsure", 5, Level.MEDIUM),
        ("unsure", "unsure", Level.MARKED),
    ],
)
def test_the_shade_follows_the_stronger_of_pain_now_and_at_its_worst(now: int, worst: int, level: Level) -> None:
    assert pain_level({"pain_now": now, "pain_worst": worst}) is level


def test_before_the_pain_has_a_number_its_places_are_only_marked() -> None:
    assert [(mark.words, mark.side, mark.level) for mark in map_of({"pain_sites": ("neck", "knee_left")})] == [
        ("Neck", "", Level.MARKED),
        ("Knee", LEFT, Level.MARKED),
    ]


@pytest.mark.parametrize("answers", [{}, {"pain_sites": ("none",)}])
def test_without_marks_there_is_no_map(answers: Answers) -> None:
    assert body_map_blocks(intake_of(answers), PRACTICE.tables) == ()


def test_a_region_that_an_owner_added_is_told_by_its_label() -> None:
    sites = BUILT_IN["pain_sites"]
    added = replace(sites, options=(*sites.options, Option("ear_left", "Ear, left", site="ear", side="left")))
    questions = tuple(added if one is sites else one for one in BUILT_IN.questions)
    own = replace(BUILT_IN, questions=questions, body=(*BUILT_IN.body, BodyRegion("ear", "Ear", sides=True)))
    tables = replace(PRACTICE.tables, questionnaire=own)
    blocks = body_map_blocks(intake_of({"pain_sites": ("ear_left",)}, tables), tables)
    assert "Not drawn: Ear (left)" in rendered(Page("Body map", blocks))


def test_a_result_shows_what_hurts_and_what_is_left_alone() -> None:
    assessment, answers = ENDINGS["with care"]
    marks = result_marks(Intake(answers, assessment), TABLES)
    assert [(mark.region, mark.side, mark.level) for mark in marks] == [
        ("neck", "", Level.MARKED),
        ("calf", LEFT, Level.SPARED),
        ("calf", RIGHT, Level.SPARED),
    ]
