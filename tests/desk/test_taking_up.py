"""Going on with a draft: whose it is counts, and nobody goes on with somebody else's answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nmtchoose.desk.drafts import draft_to_take_up, draft_words
from nmtchoose.desk.prompter import Prompter
from nmtchoose.errors import FileError
from nmtchoose.files.drafts import Draft, claim, save_draft
from tests.prompts.script import ScriptedPrompter

NOW = datetime.now(UTC)


def nobody() -> Prompter:
    raise AssertionError("nobody should be asked")


def choosing(draft_id: str) -> Callable[[], Prompter]:
    return lambda: ScriptedPrompter({}, [draft_id])


def stopped(folder: Path, draft_id: str, client: str = "", by: str = "", minutes: int = 3) -> Draft:
    saved = NOW - timedelta(minutes=minutes)
    draft = Draft(id=draft_id, saved=saved, voice="client", client=client, by=by, raw={"age": 97})
    save_draft(folder, draft)
    return draft


def test_the_only_draft_is_taken_up(tmp_path: Path) -> None:
    stopped(tmp_path, "aa", "A-1")
    assert draft_to_take_up(tmp_path, None, "", nobody).id == "aa"


def test_of_several_one_is_chosen(tmp_path: Path) -> None:
    stopped(tmp_path, "aa", "A-1")
    stopped(tmp_path, "bb", "B-2")
    assert draft_to_take_up(tmp_path, None, "", choosing("aa")).id == "aa"


def test_a_client_is_given_only_their_own(tmp_path: Path) -> None:
    stopped(tmp_path, "aa", "A-1")
    stopped(tmp_path, "bb", "B-2")
    stopped(tmp_path, "cc")
    assert draft_to_take_up(tmp_path, None, "b-2", nobody).id == "bb"


@pytest.mark.parametrize("draft_id", [None, "aa"])
def test_another_clients_draft_is_refused_by_name(tmp_path: Path, draft_id: str | None) -> None:
    stopped(tmp_path, "aa", "A-1")
    with pytest.raises(FileError, match="of 'A-1' is not one of 'B-2'"):
        draft_to_take_up(tmp_path, draft_id, "B-2", nobody)


def test_a_draft_without_a_name_is_not_guessed_to_be_a_clients(tmp_path: Path) -> None:
    stopped(tmp_path, "aa")
    with pytest.raises(FileError, match=r"of no name \(aa\) is not one of 'B-2'"):
        draft_to_take_up(tmp_path, None, "B-2", nobody)
    assert draft_to_take_up(tmp_path, "aa", "B-2", nobody).id == "aa"


def test_a_draft_that_is_open_elsewhere_is_not_offered(tmp_path: Path) -> None:
    stopped(tmp_path, "aa", "A-1")
    stopped(tmp_path, "bb", "B-2")
    elsewhere = claim(tmp_path, "aa")
    assert draft_to_take_up(tmp_path, None, "", nobody).id == "bb"
    elsewhere.free()


def test_where_there_is_none_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no unfinished interview"):
        draft_to_take_up(tmp_path, None, "", nobody)


@pytest.mark.parametrize(
    ("client", "by", "minutes", "words"),
    [
        ("A-1", "Sam", 3, "A-1, asked by Sam: 1 question answered, 3 minutes ago"),
        ("A-1", "", 0, "A-1: 1 question answered, just now"),
        ("", "", 61, "no name: 1 question answered, 1 hour ago"),
        ("", "Sam", 60 * 24 * 3, "no name, asked by Sam: 1 question answered, 3 days ago"),
    ],
)
def test_a_draft_is_told_without_what_was_said(tmp_path: Path, client: str, by: str, minutes: int, words: str) -> None:
    assert draft_words(stopped(tmp_path, "aa", client, by, minutes), NOW) == words


def test_the_lines_of_a_screen_count_as_one_question() -> None:
    answers = {"signs.chest": "no", "signs.faint": "no", "age": 44}
    assert (
        draft_words(Draft(saved=NOW, voice="client", client="A-1", raw=answers), NOW)
        == "A-1: 2 questions answered, just now"
    )
