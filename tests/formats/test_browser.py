"""The HTML pages in a real browser, on paper, and before an accessibility checker; the FHIR form in LHC-Forms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nmtchoose.formats.fhir import Release, canonical
from nmtchoose.formats.fhir_questionnaire import questionnaire_resource
from nmtchoose.formats.reading import answers_given
from tests.formats.browser import (
    A4,
    LETTER,
    LFORMS,
    checked,
    chromium,
    complaints,
    opened,
    pdf_pages,
    pdf_text,
    printed,
    requested,
    require_browser,
)
from tests.formats.html_pages import PAGES
from tests.formats.intakes import PRACTICE

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    require_browser()
    with chromium(tmp_path_factory.mktemp("profile")) as one:
        yield one


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest, browser: Chrome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each page in turn, open in the browser."""
    path = tmp_path_factory.mktemp("page") / str(request.param)
    path.write_text(PAGES[request.param](), encoding="utf-8")
    opened(browser, path)
    return path


def test_the_page_asks_for_nothing_but_itself_and_complains_about_nothing(browser: Chrome, page: Path) -> None:
    assert requested(browser, page) == [page.as_uri()]
    assert complaints(browser) == []


def test_axe_finds_no_violation(browser: Chrome, page: Path) -> None:
    assert checked(browser).violations == ()


@pytest.mark.parametrize("width", [320, 390, 900])
def test_the_page_fits_the_width_of_a_phone_and_of_a_desk(browser: Chrome, page: Path, width: int) -> None:
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    inside: Any = browser.execute_script("return document.documentElement.scrollWidth")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert inside <= width


@pytest.mark.parametrize("paper", [A4, LETTER], ids=["A4", "Letter"])
def test_the_page_prints_on_a4_and_letter_with_its_first_and_last_words(
    browser: Chrome, page: Path, tmp_path: Path, paper: tuple[float, float]
) -> None:
    pdf = printed(browser, tmp_path / "page.pdf", paper)
    count, size = pdf_pages(pdf)
    heading: Any = browser.execute_script("return document.querySelector('h1').innerText")
    foot: Any = browser.execute_script("return document.querySelector('footer').innerText")
    text = pdf_text(pdf)
    assert size == pytest.approx(paper, abs=0.5)
    assert " ".join(heading.split()) in text
    assert " ".join(foot.split())[-20:] in text
    assert count <= (4 if page.name == "sheet.html" else 2 if "large" in page.name else 1)


def test_an_emergency_prints_on_one_page(browser: Chrome, tmp_path: Path) -> None:
    path = tmp_path / "emergency.html"
    path.write_text(PAGES["emergency.html"](), encoding="utf-8")
    opened(browser, path)
    assert pdf_pages(printed(browser, tmp_path / "page.pdf", LETTER))[0] == 1


@pytest.mark.parametrize("release", list(Release))
def test_lhc_forms_asks_the_questionnaire_and_its_answers_come_back(
    browser: Chrome, tmp_path: Path, release: Release
) -> None:
    form = questionnaire_resource(PRACTICE.tables.questionnaire, release)
    opened(browser, _form_page(tmp_path, release))
    browser.execute_script(_ADD_FORM, form, release.upper())
    signs = [one for one in PRACTICE.tables.questionnaire.questions if one.stem and one.stem.id == "right_now"]
    _found(browser, f"//*[starts-with(@id, 'item-{signs[0].id}/')]")
    asked: Any = browser.execute_script("return document.body.innerText")
    assert signs[0].screen_ask.client in asked
    assert all(one.ask.client in asked for one in signs)
    assert PRACTICE.tables.questionnaire["guardian"].ask.client not in asked

    for one in signs:
        _choose(browser, one.id, "No")
    _choose(browser, "goals", "Less pain")
    _choose(browser, "goals", "Relax")
    _choose(browser, "trouble_area", "Head or neck")
    _choose(browser, "pain_sites", "Neck")
    _type(browser, "age", "16")
    _choose(browser, "guardian", "Yes")
    response: Any = browser.execute_script(
        "return LForms.Util.getFormFHIRData('QuestionnaireResponse', arguments[0])", release.upper()
    )
    assert response["questionnaire"] == canonical(PRACTICE.tables.questionnaire)
    assert answers_given(json.dumps(response).encode(), PRACTICE.tables.questionnaire) == {
        **{one.id: "no" for one in signs},
        "age": 16,
        "guardian": "yes",
        "goals": ("less_pain", "relax"),
        "trouble_area": ("head_neck",),
        "pain_sites": ("neck",),
    }


_ADD_FORM = "LForms.Util.addFormToPage(arguments[0], 'form', {fhirVersion: arguments[1]}); return null"


def _form_page(folder: Path, release: Release) -> Path:
    """Return a page that loads LHC-Forms from this disk."""
    scripts = (
        LFORMS / "webcomponent" / "assets" / "lib" / "zone.min.js",
        LFORMS / "webcomponent" / "lhc-forms.js",
        LFORMS / "fhir" / release.upper() / "lformsFHIR.min.js",
    )
    loaded = "".join(f'<script src="{script.as_uri()}"></script>' for script in scripts)
    page = folder / "form.html"
    page.write_text(f'<!DOCTYPE html><meta charset="utf-8"><title>A form</title><div id="form"></div>{loaded}')
    return page


def _choose(browser: Chrome, link_id: str, label: str) -> None:
    """Click the box of one answer, as a person would."""
    _found(browser, f"//*[starts-with(@id, 'item-{link_id}/')]//label[normalize-space()='{label}']").click()


def _type(browser: Chrome, link_id: str, text: str) -> None:
    field = _found(browser, f"//input[@id='{link_id}/1/1']")
    field.send_keys(text, "\t")


def _found(browser: Chrome, path: str) -> Any:
    """Return an element as soon as it is there, in the middle of the window."""
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.wait import WebDriverWait

    element = WebDriverWait(browser, 10).until(lambda one: one.find_element(By.XPATH, path))
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    return element
