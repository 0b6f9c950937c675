"""The page of a review in a real browser: what is marked comes back."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from nmtchoose.review.form import html_form, marked
from nmtchoose.signatures.items import items_of
from tests.formats.browser import chromium, require_browser
from tests.signatures.signed import CLINICIAN, TODAY, Folder

pytestmark = pytest.mark.slow


def test_marks_are_saved_to_a_file_and_read_back(tmp_path: Path) -> None:
    require_browser()
    items = items_of(Folder(tmp_path).tables)[:3]
    page = tmp_path / "form.html"
    page.write_text(html_form([(one, [("When", "it is so")]) for one in items], "Made today."), encoding="utf-8")
    with chromium(tmp_path / "profile") as browser:
        where = {"behavior": "allow", "downloadPath": str(tmp_path)}
        browser.execute_cdp_cmd("Page.setDownloadBehavior", where)
        browser.get(page.as_uri())
        browser.find_element("id", "by").send_keys(CLINICIAN.by)
        browser.find_element("id", "licence").send_keys(CLINICIAN.licence)
        browser.find_elements("css selector", "input[value=accept]")[0].click()
        browser.find_elements("css selector", "input[value=object]")[1].click()
        browser.find_elements("css selector", "textarea")[1].send_keys("Too mild,\nI think.")
        browser.find_element("id", "save").click()
        saved = tmp_path / "review-marks.md"
        for _ in range(50):
            if saved.exists():
                break
            time.sleep(0.1)
    found = marked(saved.read_text(encoding="utf-8"), items, TODAY, "marks")
    assert [(one.item, one.verdict, one.comment) for one in found] == [
        (items[0].id, "accepted", ""),
        (items[1].id, "objected", "Too mild, I think."),
    ]
