from __future__ import annotations

import pytest

from nmtchoose.pages.intake import Intake
from nmtchoose.pages.page import Page, page_with_numbers
from nmtchoose.pages.result import result_page
from nmtchoose.pages.staff import staff_page
from nmtchoose.pages.therapist import therapist_page
from tests.pages.clinic import ENDINGS, TABLES, US


@pytest.fixture(params=ENDINGS)
def any_result(request: pytest.FixtureRequest) -> Page:
    """The result page of every way in which an intake can end."""
    assessment, answers = ENDINGS[request.param]
    return page_with_numbers(result_page(Intake(answers, assessment), TABLES), US)


@pytest.fixture(
    params=[(result_page, ending) for ending in ENDINGS]
    + [(page, ending) for page in (staff_page, therapist_page) for ending in ("doctor first", "on hold", "with care")],
    ids=lambda param: f"{param[0].__name__}, {param[1]}",
)
def any_page(request: pytest.FixtureRequest) -> Page:
    """Every page about a result: the client's for every ending, the others for three endings that differ most."""
    build, ending = request.param
    assessment, answers = ENDINGS[ending]
    page = page_with_numbers(build(Intake(answers, assessment), TABLES), US)
    assert isinstance(page, Page)
    return page
