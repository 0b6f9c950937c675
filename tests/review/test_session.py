"""A clinician at the screen."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from nmtchoose.model.tables import Tables
from nmtchoose.review.look import Lookout
from nmtchoose.review.session import Session
from nmtchoose.signatures.reviews import Standing, standings
from tests.amounts import TRIES
from tests.prompts.script import ScriptedPrompter
from tests.shipped import shipped_pair
from tests.signatures.signed import CLINICIAN, Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def go_through(folder: Folder, *choices: str, items: tuple[str, ...], typed: str = "") -> ScriptedPrompter:
    """Choose these one after another, and return what was shown."""
    tables = folder.tables
    reviews = folder.read() if folder.reviews.exists() else ()
    wanted = [one for one in standings(tables, reviews) if one.item.id in items]
    prompter = ScriptedPrompter({"words": typed} if typed else {}, choices)
    lookout = Lookout(tables, folder.rules.read_text(encoding="utf-8"))
    with prompter:
        Session(folder.reviews, CLINICIAN, lookout, prompter).go_through(wanted)
    return prompter


def test_what_is_accepted_is_signed(folder: Folder) -> None:
    go_through(folder, "accept", "skip", items=("rule/heart", "rule/blood-thinner"))
    assert "rule/heart" not in folder.open()
    assert folder.open()["rule/blood-thinner"] == "not signed"


def test_an_objection_says_why(folder: Folder) -> None:
    go_through(folder, "object", items=("rule/heart",), typed="Ask about the arm as well.")
    assert [one.comment for one in folder.read()] == ["Ask about the arm as well."]
    assert folder.open()["rule/heart"] == "objected to"


def test_one_can_go_back_and_change_ones_mind(folder: Folder) -> None:
    choices = ("accept", "back", "object", "accept")
    go_through(folder, *choices, items=("rule/heart", "rule/blood-thinner"), typed="On second thoughts, no.")
    assert [(one.item, one.verdict) for one in folder.read()] == [
        ("rule/heart", "accepted"),
        ("rule/heart", "objected"),
        ("rule/blood-thinner", "accepted"),
    ]


def test_stopping_keeps_what_was_signed(folder: Folder) -> None:
    go_through(folder, "accept", "stop", items=("setting/careful_pressure", "rule/heart"))
    assert [one.item for one in folder.read()] == ["setting/careful_pressure"]


def test_a_rule_is_shown_with_a_client_and_a_near_miss(folder: Folder) -> None:
    shown = "\n".join(go_through(folder, "stop", items=("rule/old-neck-pain",)).said)
    assert "Fires for:" in shown
    assert "Not with: the same, but pain weeks: 11 weeks" in shown


def test_what_changed_since_is_told_in_words(folder: Folder) -> None:
    folder.sign()
    folder.edit("{pain_weeks: {at_least: chronic_after_weeks}}", "{pain_weeks: {at_least: 13}}")
    folder.edit("fit: {nmt: 3, swedish: -1}", "fit: {nmt: 2, swedish: -1}")
    shown = " ".join(" ".join(go_through(folder, "stop", items=("rule/old-neck-pain",)).said).split())
    assert "accepted by N. N. (LMT 12345), 2026-11-27" in shown
    assert "when no longer has: pain weeks are at least 12; when now has: pain weeks are at least 13" in shown


def test_a_setting_is_shown_with_its_comment(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.edit("  careful_pressure: 3", "  # Some say 2.\n  careful_pressure: 3")
    assert "To choose from: Some say 2." in "\n".join(
        go_through(folder, "stop", items=("setting/careful_pressure",)).said
    )


def test_questions_are_told_in_the_words_that_clients_read(folder: Folder) -> None:
    shown = " ".join(" ".join(go_through(folder, "stop", items=("rule/old-neck-pain",)).said).split())
    assert 'Asked: pain sites: "Where does it hurt?"' in shown


def test_how_much_there_is_of_each_kind_is_said_first(folder: Folder) -> None:
    shown = go_through(folder, "stop", items=("setting/careful_pressure", "rule/heart", "rule/blood-thinner")).said[0]
    assert "3 to look at, the riskiest first: 1 setting, 1 emergency, 1 contraindication." in shown


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 20)])
def test_every_shipped_item_fits_its_pages(columns: int, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("LINES", str(rows))
    tables = Tables(*shipped_pair())
    shown: list[str] = []

    class Reader(ScriptedPrompter):
        def say(self, text: str) -> None:
            shown.append(text)

        def choose(self, text: str, choices: tuple[tuple[str, str], ...], keys: str = "") -> str:
            assert (
                len(textwrap.wrap(shown[-1].split("\n")[0], columns - 2)) + len(shown[-1].split("\n")[1:]) <= rows - 8
            )
            return choices[0][0] if choices[0][0] == "read_on" else "skip"

    lookout = Lookout(tables, "")
    first, each = (0, 1) if TRIES > 1 else (columns > 40, 2)  # a half at each size is enough for every day
    every: tuple[Standing, ...] = standings(tables, ())[first::each]
    Session(Path("nowhere"), CLINICIAN, lookout, Reader({})).go_through(every)
    assert len(shown) >= len(every)
    assert all(len(line) < columns for page in shown for line in page.split("\n")[1:])
