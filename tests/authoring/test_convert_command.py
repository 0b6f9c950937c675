"""`nmtchoose convert`, and the older form of the two files that it reads."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from nmtchoose.authoring.convert import meaning, newer_form
from nmtchoose.loading.load import load_pair
from nmtchoose.loading.questions import FILE as QUESTIONS_SHAPE
from nmtchoose.loading.rules import FILE as RULES_SHAPE
from tests.authoring.command import run
from tests.conftest import MINIMAL, OLDER
from tests.shipped import ROOT

BRACKETED = re.compile(r" *(- )?([\w-]+: )?[\[{]")
NAMES = ("questions.yaml", "rules.yaml")


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """A folder with a pair in the older form."""
    for name in NAMES:
        shutil.copy(OLDER / name, tmp_path)
    return tmp_path


def texts(folder: Path) -> list[str]:
    return [(folder / name).read_text(encoding="utf-8") for name in NAMES]


def test_the_older_form_means_what_the_newer_one_does() -> None:
    older, newer = (load_pair(folder / NAMES[0], folder / NAMES[1]) for folder in (OLDER, MINIMAL))
    assert meaning(*older) == meaning(*newer)


def test_a_converted_pair_is_in_the_newer_form_and_means_the_same(practice: Path) -> None:
    before = load_pair(practice / NAMES[0], practice / NAMES[1])
    assert run("convert", practice).code == 0
    assert texts(practice) == texts(MINIMAL)
    assert meaning(*load_pair(practice / NAMES[0], practice / NAMES[1])) == meaning(*before)


def test_the_files_as_they_were_are_kept(practice: Path) -> None:
    before = texts(practice)
    done = run("convert", practice)
    assert [(practice / f"{name}.old").read_text(encoding="utf-8") for name in NAMES] == before
    assert str(practice / "rules.yaml.old") in done.out


def test_a_pair_is_converted_once(practice: Path) -> None:
    run("convert", practice)
    newer = texts(practice)
    assert "newer form already" in run("convert", practice).out
    assert texts(practice) == newer


def test_a_copy_that_is_already_there_is_not_overwritten(practice: Path) -> None:
    before = texts(practice)
    (practice / "rules.yaml.old").write_text("mine", encoding="utf-8")
    done = run("convert", practice)
    assert (done.code, "F015" in done.err) == (1, True)
    assert (texts(practice), (practice / "rules.yaml.old").read_text(encoding="utf-8")) == (before, "mine")


def test_a_faulty_pair_is_left_as_it_is(practice: Path) -> None:
    rules = practice / "rules.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("usual: 5", "usual: 9"), encoding="utf-8")
    before = texts(practice)
    done = run("convert", practice)
    assert (done.code, "S008" in done.err, texts(practice)) == (3, True, before)


def test_comments_keep_their_place() -> None:
    older = (OLDER / "rules.yaml").read_text(encoding="utf-8")
    commented = older.replace("    - id: heart\n", "    # Why this rule.\n    - id: heart  # 1\n")
    commented = commented.replace("sources:\n", "# Where facts come from.\nsources:\n", 1)
    newer = newer_form(commented, RULES_SHAPE)
    assert "    # Why this rule.\n    heart:  # 1\n" in newer
    assert "\n# Where facts come from.\nsources:\n" in newer


def question(options: str) -> str:
    """Return a question with `options`, as the newer form has it."""
    older = f"format: nmtchoose/questions/1\nquestions:\n- section: a\n  id: b\n  options:{options}"
    return newer_form(older, QUESTIONS_SHAPE).split("questions:\n")[1]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("\n  - {id: c, label: C}\n", "\n      c: C\n"),
        ("\n  - {label: C, id: c, help: D}\n", "\n      c: {label: C, help: D}\n"),
        ("\n    - id: c\n      label: C\n", "\n      c: C\n"),
        ("\n    - label: C\n      id: c\n      help: D\n", "\n      c:\n        label: C\n        help: D\n"),
        (" [{id: c, label: C}, {id: d, label: D}]\n", " {c: C, d: D}\n"),
    ],
)
def test_ids_become_keys_however_they_are_written(older: str, newer: str) -> None:
    assert question(older) == f"  b:\n    section: a\n    options:{newer}"


def test_a_long_line_with_brackets_is_broken() -> None:
    sources = ", ".join(f"source-{number}" for number in range(20))
    newer = newer_form(f"rules:\n  fit:\n    - id: a\n      sources: [{sources}]\n", RULES_SHAPE)
    assert max(map(len, newer.splitlines())) <= 120
    assert "\n                source-" in newer


def test_a_guarantee_about_every_therapy_says_so() -> None:
    older = "therapies:\n  - {id: nmt}\n  - {id: chair}\nguarantees:\n  - {id: a, never_suggest: [chair, nmt]}\n"
    assert "a: {never_suggest: all}" in newer_form(older, RULES_SHAPE)


def test_the_built_in_pair_has_no_long_line_with_brackets() -> None:
    for text in texts(ROOT):
        assert [line for line in text.splitlines() if len(line) > 120 and BRACKETED.match(line)] == []


def test_using_an_older_form_is_told_once(practice: Path) -> None:
    pair = ("--questions", practice / "questions.yaml", "--rules", practice / "rules.yaml")
    done = run("compare", "--plain", *pair)
    assert (done.code, done.err.count("C027"), done.out.count("C027")) == (0, 2, 0)
    assert f"nmtchoose convert {practice}" in done.err
