from __future__ import annotations

import pytest

from nmtchoose.reports.page import Page
from nmtchoose.reports.result_page import result_page
from tests.reports.clinic import ENDINGS, QUESTIONNAIRE, TABLE, US


@pytest.fixture(params=ENDINGS)
def any_result(request: pytest.FixtureRequest) -> Page:
    """The result page of every way in which an intake can end."""
    assessment, answers = ENDINGS[request.param]
    return result_page(assessment, QUESTIONNAIRE, TABLE, answers, US)
