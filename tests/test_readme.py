"""The README and the pages behind it keep their word: commands run, none is left out, and nothing is claimed."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from nmtchoose.cli.app import app

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", *(f"docs/{name}.md" for name in ("install", "desk", "records", "many", "authors", "programs")))
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in PAGES}
README = "\n".join(TEXTS.values())
LONGEST_README = 60
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
IN_BLOCKS = re.findall(r"^(nmtchoose .*?) *(?:#.*)?$", "".join(BLOCKS), re.MULTILINE)
IN_SENTENCES = re.findall(r"`(nmtchoose [^`]+)`", README.replace("".join(BLOCKS), ""))
LINES = list(dict.fromkeys([*IN_BLOCKS, *IN_SENTENCES]))
FIRST_WITH = {
    name: next(line for line in LINES if shlex.split(line)[-1] == name) for name in ("clinic", "archive.parquet")
}
"""The line that makes what later ones read."""

NEED_A_RECORD = {"show", "amend", "outcome", "give", "delete", "purge", "encrypt"}
"""Commands on records that are there, or that ask for a passphrase; tests/cli/test_records.py runs them."""


def _asks(words: list[str]) -> bool:
    return words[0] == "review" or (words[0] == "intake" and "--answers" not in words)


def _needs_more(words: list[str]) -> bool:
    needed = words[0] == "last" or "--install-completion" in words
    return needed or _asks(words) or (words[0] == "records" and words[1] in NEED_A_RECORD)


def _expanded(words: list[str]) -> list[str]:
    """Return the words as a shell would pass them on, with the names of files in place of a pattern."""
    return [name for word in words for name in (_matching(word) if "*" in word else [word])]


def _matching(pattern: str) -> list[str]:
    return [str(one) for one in sorted(Path().glob(pattern))]


@pytest.fixture
def copy_of_the_project(tmp_path: Path) -> Path:
    """What the command lines of the README find, and a home of its own."""
    folder = tmp_path / "project"
    for name in ("examples", "tests/cases"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("questions.yaml", "rules.yaml"):
        shutil.copy(ROOT / name, folder)
    shutil.copy(ROOT / "examples" / "nmt.json", folder / "answers.json")
    return folder


def _marked(line: str) -> pytest.ParameterSet:
    """To check the shipped pair or to run all cases again takes as long as hundreds of tests; others have their own."""
    takes_long = (
        line.startswith(("nmtchoose check", "nmtchoose test", "nmtchoose explain")) or "--answers archive" in line
    )
    return pytest.param(line, marks=pytest.mark.slow) if takes_long else pytest.param(line)


@pytest.mark.parametrize("line", [_marked(line) for line in LINES])
def test_a_command_line_of_the_readme_runs(
    line: str, copy_of_the_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a terminal or a record would be needed, its flags have to exist."""
    made_before = [FIRST_WITH[name] for name in shlex.split(line) if name in FIRST_WITH and FIRST_WITH[name] != line]
    monkeypatch.chdir(copy_of_the_project)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(copy_of_the_project / "home"))
    for each in (*made_before, line):
        words = _expanded(shlex.split(each)[1:])
        if _needs_more(words):
            words.append("--help")
        elif words[0] == "check":  # what is proved about the shipped pair is proved in tests/proof
            words.append("--no-prove")
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, done.stderr


def test_the_readme_has_command_lines_for_both_kinds_of_reader() -> None:
    asking = [line for line in LINES if _asks(shlex.split(line)[1:])]
    assert asking
    assert len(LINES) > len(asking)


def test_every_command_stands_in_the_readme() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    shown = [name for name, command in commands.items() if not command.hidden]
    assert [name for name in shown if f"nmtchoose {name}" not in README] == []


def test_the_page_for_a_clinic_stays_short() -> None:
    assert len(TEXTS["README.md"].splitlines()) <= LONGEST_README


def test_every_make_target_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"`make ([a-z]+)", README))
    assert "test" in targets
    assert [target for target in targets if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_link_and_picture_is_there(name: str) -> None:
    places = re.findall(r"\]\((?!https?:)([^)#]+)", TEXTS[name])
    assert [place for place in places if not (ROOT / name).parent.joinpath(place).exists()] == []


# ---------------------------------------------------------------- nothing that nobody can stand behind

CLAIMS = [
    # what the articles claimed (A6 of the reference)
    r"\d+(?:[.,]\d+)? ?(?:%|per ?cent)",
    r"\bcur(?:e|es|ed|ing)\b",
    r"\bproven\b",
    r"\bfix(?:es)? the cause\b",
    r"\btreats? the (?:root )?cause\b",
    r"\broot cause\b",
    r"\b(?:lasting|long-?term|permanent) (?:pain )?relief\b",
    r"\btoxins?\b",
    r"\bdetox",
    r"\bflush(?:es)? (?:out|away)\b",
    r"\bmaster of\b",
    r"\ball 50 states\b",
    r"\b60,?000\b",
    r"\bcertified by (?:the )?AMTA\b",
    r"\bAMTA[- ]certified\b",
    r"\bdiagnoses (?!it)\w+",
    r"\bneuromuscular imbalance",
    r"\b(?:poor|improves?|increases?|better|boosts?) (?:blood )?circulation (?:with|by|through|after) massage",
    r"\b(?:improves?|increases?|boosts?) (?:the )?(?:blood )?circulation\b",
    r"\blymphatic drainage\b",
    r"\bnegative energy\b",
    r"\b(?:enhances?|improves?|boosts?) (?:\w+ )?performance\b",
    r"\bprevents? injur",
    r"\b(?:speeds?|speeding)(?: up)? (?:the )?healing\b",
    r"\breduces? inflammation\b",
    r"\b(?:better|superior) (?:than|to) (?:a )?(?:Swedish|rest|deep tissue)\b(?! for a named)",
    r"\bmiracle",
    r"\btestimonial",
    r"\b(?:Rachel Davis|Galvin|Gloria Garry|Robuccio|Tiffany Field|Teitelbaum|Andrew Weil|Matthews)\b",
    # what would promise safety
    r"\bsafe to\b",
    r"\b(?:completely|perfectly|entirely|100) ?safe\b",
    r"\bcleared\b",
    r"\brisk-free\b",
]
SAID_OF_US = ["It never says that somebody is cleared"]
"""The sentence that names such a word to say that we never use it."""


@pytest.mark.parametrize("name", [*PAGES, "questions.yaml", "rules.yaml"])
@pytest.mark.parametrize("claim", CLAIMS)
def test_no_claim_that_nobody_can_stand_behind(claim: str, name: str) -> None:
    text = re.sub(r"https?://\S+", "", (ROOT / name).read_text(encoding="utf-8"))
    for allowed in SAID_OF_US:
        text = text.replace(allowed, "")
    flat = " ".join(text.split())
    found = [flat[max(0, one.start() - 60) : one.end() + 30] for one in re.finditer(claim, flat, re.IGNORECASE)]
    assert found == []


@pytest.mark.parametrize(
    "claimed",
    [
        "reduces pain by 60-80% in many cases",
        "up to 70 percent less pain",
        "it cures back pain",
        "treats the cause, not the symptom",
        "brings lasting relief",
        "water flushes out toxins",
        "massage is regulated in all 50 states",
        "a specialist diagnoses muscle disorders",
        "improves athletic performance",
        "prevents injuries and speeds up healing",
        "improves poor circulation and lymphatic drainage",
        "relieves built-up negative energy",
        "better than Swedish for anxiety",
        "you are safe to have a massage",
        "you are cleared for a massage",
    ],
)
def test_each_claim_of_the_articles_would_be_found(claimed: str) -> None:
    assert any(re.search(claim, claimed, re.IGNORECASE) for claim in CLAIMS)
