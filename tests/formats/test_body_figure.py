from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nmtchoose.formats.body_map import BACK, EVERYWHERE, FRONT, REGIONS, WIDTH, Figure
from nmtchoose.model.questionnaire import BodyRegion, BodyView
from tests.loading.examples import load_questionnaire

FIGURES = {"front": FRONT, "back": BACK}
BODY = load_questionnaire(Path(__file__).parents[2] / "questions.yaml").body
DRAWN = tuple(region for region in BODY if region.id != EVERYWHERE)


def columns(figure: Figure, region: str, side: str | None = None) -> list[int]:
    return [
        column for (_, column), (name, where) in figure.places().items() if name == region and side in (None, where)
    ]


def runs(line: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, letter) of every run of one letter in a row of a figure."""
    start = 0
    for at in range(1, len(line) + 1):
        if at == len(line) or line[at] != line[start]:
            if line[start] in REGIONS:
                yield start, at, line[start]
            start = at


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_every_row_is_as_wide_as_the_figure(figure: Figure) -> None:
    assert {len(line) for line in figure.rows} == {WIDTH}


@pytest.mark.parametrize("region", DRAWN, ids=lambda region: region.id)
def test_every_built_in_region_stands_on_the_sides_from_which_it_is_seen(region: BodyRegion) -> None:
    seen = {name for name, figure in FIGURES.items() if columns(figure, region.id)}
    assert seen == ({"front", "back"} if region.view is BodyView.BOTH else {region.view.value})


def test_the_figures_hold_no_region_that_the_questionnaire_lacks() -> None:
    assert set(REGIONS.values()) == {region.id for region in DRAWN}


@pytest.mark.parametrize("region", [region for region in DRAWN if region.sides], ids=lambda region: region.id)
@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_left_and_right_of_a_region_are_mirror_images_apart(figure: Figure, region: BodyRegion) -> None:
    left, right = columns(figure, region.id, "left"), columns(figure, region.id, "right")
    assert sorted(WIDTH - 1 - column for column in left) == sorted(right)
    assert len(left) + len(right) == len(columns(figure, region.id))
    assert not set(left) & set(right)


def test_the_left_hand_is_at_the_right_of_the_picture_only_from_the_front() -> None:
    middle = WIDTH // 2
    assert min(columns(FRONT, "wrist_hand", "left")) > middle
    assert max(columns(BACK, "wrist_hand", "left")) < middle


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_neighbours_in_a_row_have_an_outline_between_them(figure: Figure) -> None:
    for line in figure.rows:
        ends = {end: letter for _, end, letter in runs(line)}
        assert [letter for start, _, letter in runs(line) if start in ends] == []


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_neighbours_above_one_another_differ_in_width_or_outline(figure: Figure) -> None:
    def shape(line: str, start: int, end: int) -> tuple[int, int, str, str]:
        return start, end, line[start - 1 : start], line[end : end + 1]

    for above, below in zip(figure.rows, figure.rows[1:], strict=False):
        for start, end, letter in runs(below):
            for other_start, other_end, other in runs(above):
                touching = other_start < end and start < other_end
                if touching and other != letter:
                    assert shape(above, other_start, other_end) != shape(below, start, end)
