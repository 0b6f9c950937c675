"""Lines of one screen in every format: below what they share, and back again."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmtchoose.formats.csv_columns import columns
from nmtchoose.formats.fhir import answers_in_response, response_resource
from nmtchoose.formats.fhir_questionnaire import questionnaire_resource
from nmtchoose.formats.html_page import sheet_html
from nmtchoose.formats.sheet_form import sheet_text
from nmtchoose.formats.sheet_reading import answers_in_sheet
from nmtchoose.loading.load import load_pair
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.tables import Tables
from tests.formats.filled_sheets import filled_sheet
from tests.formats.intakes import any_answers, intake, practice_with
from tests.loading import test_screens
from tests.loading.examples import RULES
from tests.loading.test_each import ALL_NO, TEXT

PRACTICE = practice_with(Tables(*load_pair(TEXT.encode(), RULES.encode())))
QUESTIONNAIRE = PRACTICE.tables.questionnaire
NUMBERS = load_pair(test_screens.TEXT.encode(), RULES.encode())[0]
SHEET = sheet_text(QUESTIONNAIRE)


def test_a_line_of_the_sheet_has_its_boxes_behind_it() -> None:
    assert "1. In the last day, did you have this?" in SHEET
    assert re.search(r"1a\. Chest pain or tightness +\[ \] Yes   \[ \] No   \[ \] Not sure\n", SHEET)


def test_the_sheet_says_what_is_ticked_at_a_line() -> None:
    assert 'If you ticked "Yes" at 1c: Quiet' in " ".join(SHEET.split())


@pytest.mark.parametrize("questionnaire", [QUESTIONNAIRE, NUMBERS], ids=["lines", "numbers"])
@given(data=st.data())
def test_a_filled_sheet_holds_the_same_answers(questionnaire: Questionnaire, data: st.DataObject) -> None:
    answers = data.draw(any_answers(questionnaire))
    assert answers_in_sheet(filled_sheet(questionnaire, answers), questionnaire) == answers


def test_the_printed_sheet_has_the_question_above_its_lines() -> None:
    page = sheet_html(QUESTIONNAIRE)
    above = page.index("1. In the last day, did you have this?")
    assert above < page.index("1a. Chest pain or tightness") < page.index("1b. You fainted")


def test_fhir_has_a_group_with_the_lines_in_it() -> None:
    resource = json.loads(json.dumps(questionnaire_resource(QUESTIONNAIRE)))
    (group,) = (one for one in resource["item"][0]["item"] if one["linkId"] == "signs/lines")
    assert (group["type"], group["text"]) == ("group", "In the last day, did you have this?")
    assert [one["linkId"] for one in group["item"]] == ["signs.chest", "signs.faint", "signs.seen"]


def test_a_fhir_response_is_read_back() -> None:
    response = response_resource(intake({**ALL_NO, "signs.faint": "unsure"}, PRACTICE), QUESTIONNAIRE)
    finished = {**json.loads(json.dumps(response)), "status": "completed"}
    assert answers_in_response(finished, QUESTIONNAIRE) == {**ALL_NO, "signs.faint": "unsure"}


def test_a_table_has_columns_for_each_line() -> None:
    assert "signs.chest/yes" in {name for name, _ in columns(PRACTICE)}
