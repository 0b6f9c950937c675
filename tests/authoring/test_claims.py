"""Words that promise, diagnose or frighten, in any text that people read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.authoring.command import run, write_pair
from tests.authoring.pairs import QUESTIONS, RULES, changed, named

SUMMARY = "summary: Flowing strokes."
CLAIMS = (
    "It is 100 % safe.",
    "It is guaranteed to help.",
    "You do not need a doctor for this.",
    "It heals your back.",
    "You have a blood clot.",
    "You probably have a slipped disc.",
    "This can kill you.",
    "You could die.",
    "It is completely harmless.",
    "It works every time.",
    "There are no side effects.",
    "It gives instant relief.",
    "It is risk-free.",
    "It is better than seeing a doctor.",
    "This is a stroke.",
    "You are pain-free within a week.",
)
NO_CLAIMS = (
    "It can be a sign of a stroke.",
    "It does not heal an injured muscle.",
    "Nobody is guaranteed relief.",
    "Tell us if you had a blood clot.",
    "Most of this is mostly harmless.",
)


@pytest.mark.parametrize("words", CLAIMS)
def test_a_claim_is_named(words: str) -> None:
    found = named(QUESTIONS, changed(RULES, {SUMMARY: f'summary: "{words}"'}))
    assert [one.split()[-1] for one in found] == ["C020"]


@pytest.mark.parametrize("words", NO_CLAIMS)
def test_sober_words_are_left_alone(words: str) -> None:
    assert named(QUESTIONS, changed(RULES, {SUMMARY: f'summary: "{words}"'})) == []


def test_a_practice_adds_phrases_of_its_own(tmp_path: Path) -> None:
    folder = write_pair(tmp_path / "mine")
    (folder / "claims.yaml").write_text("phrases: {Flowing strokes: Say what is done.}\n", encoding="utf-8")
    done = run("check", folder, "--no-prove")
    assert done.code == 3
    assert "'Flowing strokes' claims" in done.out and "[C020]" in done.out
    assert "Say what is done." in done.out
