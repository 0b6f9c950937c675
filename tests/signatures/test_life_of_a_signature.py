"""What keeps a signature, and what opens it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from nmtchoose.errors import Code
from nmtchoose.loading.cache import load_pair_quickly
from nmtchoose.loading.nodes import FaultLog
from nmtchoose.review.session import sign
from nmtchoose.review.state import carried_over
from nmtchoose.signatures.items import items_of
from nmtchoose.signatures.reviews import Verdict, reviewed_by, standings
from tests.signatures.signed import TODAY, Folder

Edit = Callable[[str], str]


@pytest.fixture
def signed(tmp_path: Path) -> Folder:
    """A pair of which everything is signed."""
    folder = Folder(tmp_path)
    folder.sign()
    return folder


TWICE_DENIED = "not: {any: [{not: long_lasting}, {not: {pain_sites: neck}}]}"
"""The same as that both hold."""


def test_what_nobody_signed_is_open(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.sign(Verdict.ACCEPTED, "rule/heart")
    assert "rule/heart" not in folder.open()
    assert folder.open()["rule/blood-thinner"] == "not signed"


def test_a_signed_pair_says_by_whom_and_when(signed: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NMTCHOOSE_CACHE", str(tmp_path / "kept"))
    tables = load_pair_quickly(signed.questions, signed.rules)
    assert tables.rules.reviewed == "N. N., 2026-11-27"


def test_order_layout_and_comments_keep_a_signature(signed: Folder) -> None:
    signed.edit(
        "old_neck_pain: {all: [long_lasting, {pain_sites: neck}]}",
        "# Both have to hold.\n  old_neck_pain:\n    all:\n      - {pain_sites: neck}\n      - long_lasting",
    )
    assert signed.open() == {}


def test_a_changed_word_opens_the_words_alone(signed: Folder) -> None:
    signed.edit("Bruises come more easily.", "Bruises come easily.")
    assert signed.open() == {"rule/blood-thinner": "words changed since"}


def test_a_threshold_in_a_fact_opens_what_uses_it_and_nothing_else(signed: Folder) -> None:
    signed.edit("{pain_weeks: {at_least: chronic_after_weeks}}", "{pain_weeks: {at_least: 13}}")
    assert signed.open() == {"rule/old-neck-pain": "meaning changed since"}


def test_what_is_changed_back_is_signed_again(signed: Folder) -> None:
    signed.edit("nmt: 3, swedish: -1", "nmt: 2, swedish: -1")
    assert signed.open() == {"rule/old-neck-pain": "meaning changed since"}
    signed.edit("nmt: 2, swedish: -1", "nmt: 3, swedish: -1")
    assert signed.open() == {}


def test_another_form_of_the_same_is_kept_by_proof(signed: Folder) -> None:
    signed.edit("all: [long_lasting, {pain_sites: neck}]", TWICE_DENIED)
    before = standings(signed.tables, signed.read())
    kept = carried_over(signed.tables, before, TODAY)
    assert [(one.item, one.verdict, one.by) for one in kept] == [("rule/old-neck-pain", Verdict.KEPT, "N. N.")]
    sign(signed.reviews, kept)
    assert signed.open() == {}


def test_another_meaning_is_kept_by_no_proof(signed: Folder) -> None:
    signed.edit("all: [long_lasting, {pain_sites: neck}]", "any: [long_lasting, {pain_sites: neck}]")
    assert carried_over(signed.tables, standings(signed.tables, signed.read()), TODAY) == ()


def test_a_proof_keeps_the_meaning_and_not_words_that_changed(signed: Folder) -> None:
    signed.edit("all: [long_lasting, {pain_sites: neck}]", TWICE_DENIED)
    signed.edit("Your neck has hurt for a long time.", "Your neck has hurt for long.")
    sign(signed.reviews, carried_over(signed.tables, standings(signed.tables, signed.read()), TODAY))
    assert signed.open() == {"rule/old-neck-pain": "words changed since"}


def test_a_later_verdict_counts_and_the_earlier_one_stays(signed: Folder) -> None:
    before = signed.reviews.read_text(encoding="utf-8")
    signed.sign(Verdict.OBJECTED, "rule/heart", comment="Ask about the arm as well.")
    assert signed.open() == {"rule/heart": "objected to"}
    assert signed.reviews.read_text(encoding="utf-8").startswith(before)
    signed.sign(Verdict.ACCEPTED, "rule/heart")
    assert signed.open() == {}


def test_what_was_objected_to_is_open_when_it_was_mended(signed: Folder) -> None:
    signed.sign(Verdict.OBJECTED, "rule/blood-thinner", comment="Too mild.")
    signed.edit("pressure_limit: careful_pressure", "pressure_limit: 2")
    assert signed.open() == {"rule/blood-thinner": "meaning and words changed since"}


@pytest.mark.parametrize(
    "forge",
    [
        lambda text: text.replace(text.split('"meaning":"')[3][:16], "0" * 16),
        lambda text: text.replace("N. N.", "M. M.", 1),
        lambda text: "".join(line for line in text.splitlines(keepends=True) if '"rule/heart"' not in line),
    ],
    ids=["fingerprint", "name", "taken out"],
)
def test_what_is_changed_by_hand_is_named_and_does_not_count(signed: Folder, forge: Edit) -> None:
    signed.reviews.write_text(forge(signed.reviews.read_text(encoding="utf-8")), encoding="utf-8")
    log = FaultLog("reviews.yaml")
    signed.read(log)
    assert {one.code for one in log.faults} == {Code.REVIEW_BY_HAND}
    assert reviewed_by(standings(signed.tables, signed.read())) == ""


def test_a_line_that_is_no_review_is_named(signed: Folder) -> None:
    signed.reviews.write_bytes(signed.reviews.read_bytes() + b"- rule/heart is fine\n")
    log = FaultLog("reviews.yaml")
    signed.read(log)
    assert [one.code for one in log.faults] == [Code.REVIEW_LINE]


def test_the_file_is_yaml_too(signed: Folder) -> None:
    reviews = yaml.safe_load(signed.reviews.read_text(encoding="utf-8"))["reviews"]
    assert len(reviews) == len(items_of(signed.tables))
