"""The form to read and mark, and what comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from nmtchoose.errors import AnswerError
from nmtchoose.review.form import html_form, markdown_form, marked
from nmtchoose.signatures.items import items_of
from nmtchoose.signatures.reviews import Verdict
from tests.signatures.signed import CLINICIAN, TODAY, Folder

HEART, THINNER = "rule/heart", "rule/blood-thinner"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def form(folder: Folder) -> str:
    """Return a form about two rules, with name and licence filled in."""
    items = [one for one in items_of(folder.tables) if one.id in (HEART, THINNER)]
    blank = markdown_form([(one, [("When", "something is so")]) for one in items], "Made today.")
    return blank.replace("Name:", f"Name: {CLINICIAN.by}").replace("Licence:", f"Licence: {CLINICIAN.licence}")


def mark(text: str, item: str, boxes: str, comment: str = "") -> str:
    """Return the form with one item marked."""
    before, heading, after = text.partition(f"## {item} ")
    after = after.replace("[ ] accept   [ ] object", boxes, 1).replace("Comment:", f"Comment: {comment}", 1)
    return before + heading + after


def refused(text: str, folder: Folder) -> list[str]:
    with pytest.raises(AnswerError) as error:
        marked(text, items_of(folder.tables), TODAY, "form.md")
    return [one.code.id for one in error.value.faults]


def test_marks_become_reviews(folder: Folder) -> None:
    text = mark(form(folder), HEART, "[x] accept   [ ] object")
    text = mark(text, THINNER, "[ ] accept   [X] object", "Too mild,\nI think.")
    found = marked(text, items_of(folder.tables), TODAY, "form.md")
    assert [(one.item, one.verdict, one.comment, one.signer) for one in found] == [
        (HEART, Verdict.ACCEPTED, "", CLINICIAN),
        (THINNER, Verdict.OBJECTED, "Too mild, I think.", CLINICIAN),
    ]


def test_what_is_not_marked_stays_open(folder: Folder) -> None:
    found = marked(mark(form(folder), HEART, "[x] accept [ ] object"), items_of(folder.tables), TODAY, "form.md")
    assert [one.item for one in found] == [HEART]


@pytest.mark.parametrize(
    ("boxes", "comment", "code"),
    [
        ("[x] accept [x] object", "", "V007"),
        ("[ ] accept [x] object", "", "V008"),
        ("[ ] accept [ ] object", "Too mild.", "V009"),
    ],
)
def test_marks_that_say_nothing_clear_are_named(boxes: str, comment: str, code: str, folder: Folder) -> None:
    assert refused(mark(form(folder), HEART, boxes, comment), folder) == [code]


def test_an_item_that_changed_after_the_form_was_written_is_named(folder: Folder) -> None:
    text = mark(form(folder), THINNER, "[x] accept [ ] object")
    folder.edit("pressure_limit: careful_pressure", "pressure_limit: 2")
    assert refused(text, folder) == ["V006"]


def test_a_form_without_a_name_is_refused(folder: Folder) -> None:
    text = mark(form(folder), HEART, "[x] accept [ ] object").replace(CLINICIAN.by, "")
    assert refused(text, folder) == ["V005"]


def test_another_text_is_no_form(folder: Folder) -> None:
    assert refused("Dear all, I have read it and it is fine.", folder) == ["V004"]


def test_the_page_loads_nothing_and_runs_only_its_own_script(folder: Folder) -> None:
    page = html_form([(one, [("When", "<b>")]) for one in items_of(folder.tables)], "Made today.")
    assert "default-src 'none'" in page
    assert "script-src 'sha256-" in page
    assert "unsafe-inline'; script-src" in page
    assert "<b>" not in page
