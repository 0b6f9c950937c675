"""Drafts on disk: whose they are, how long they stay, and what of them still fits."""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from nmtchoose.desk.drafts import Keeping
from nmtchoose.desk.interview import Interview, begun, concluded
from nmtchoose.desk.prompter import Voice
from nmtchoose.errors import FileError
from nmtchoose.files import drafts as records
from nmtchoose.files.drafts import (
    Draft,
    claim,
    delete_old_drafts,
    find_draft,
    holding,
    is_open,
    list_drafts,
    restore,
    save_draft,
)
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.questionnaire import Question, Questionnaire, Voices
from tests.prompts.clinic import AGE, FEVER, QUESTIONNAIRE, TABLES

ANSWERS: Mapping[str, Answer] = {"signs": ("none",), "fever": "no", "age": 44}
NOW = datetime.now(UTC)


def saved(folder: Path, draft_id: str = "a1", answers: Mapping[str, Answer] = ANSWERS) -> Draft:
    save_draft(folder, holding(empty(draft_id), answers, QUESTIONNAIRE))
    return find_draft(folder, draft_id)


def empty(draft_id: str = "a1", client: str = "", by: str = "") -> Draft:
    return Draft(id=draft_id, saved=NOW, voice="client", client=client, by=by, raw={})


def aged(folder: Path, draft_id: str, days: float) -> None:
    path = folder / f"{draft_id}.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["saved"] = (NOW - timedelta(days=days)).isoformat()
    path.write_text(json.dumps(document), encoding="utf-8")


def with_question(changed: Question) -> Questionnaire:
    questions = tuple(changed if one.id == changed.id else one for one in QUESTIONNAIRE.questions)
    return replace(QUESTIONNAIRE, questions=questions)


def test_a_draft_gives_back_what_was_answered(tmp_path: Path) -> None:
    assert restore(saved(tmp_path), QUESTIONNAIRE).answers == ANSWERS


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are kept in another way there")
def test_only_the_owner_can_look_into_it(tmp_path: Path) -> None:
    saved(tmp_path / "new" / "drafts")
    assert stat.S_IMODE((tmp_path / "new" / "drafts").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "drafts" / "a1.json").stat().st_mode) == 0o600


def test_the_file_name_says_nothing_about_the_client(tmp_path: Path) -> None:
    saved(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a1.json"]


def test_the_newest_comes_first(tmp_path: Path) -> None:
    for draft_id, days in (("a1", 3), ("b2", 1), ("c3", 2)):
        saved(tmp_path, draft_id)
        aged(tmp_path, draft_id, days)
    assert [draft.id for draft in list_drafts(tmp_path)] == ["b2", "c3", "a1"]


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", "[" * 100_000, '{"format": "nmtchoose/draft/1"}', '{"format": "other", "answers": {}}'],
    ids=lambda one: one[:40],
)
def test_a_file_that_is_no_draft_is_left_alone(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    assert list_drafts(tmp_path) == ()
    assert delete_old_drafts(tmp_path, 0, NOW) == ()
    assert (tmp_path / "x.json").exists()


def test_a_draft_without_a_time_zone_counts_as_utc(tmp_path: Path) -> None:
    saved(tmp_path)
    path = tmp_path / "a1.json"
    path.write_text(path.read_text(encoding="utf-8").replace("+00:00", ""), encoding="utf-8")
    assert find_draft(tmp_path, "a1").saved.tzinfo is UTC


def test_a_missing_draft_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no draft 'b2'"):
        find_draft(tmp_path, "b2")


def test_old_drafts_are_deleted_and_young_ones_stay(tmp_path: Path) -> None:
    for draft_id, days in (("a1", 7.5), ("b2", 6.5)):
        saved(tmp_path, draft_id)
        aged(tmp_path, draft_id, days)
    assert delete_old_drafts(tmp_path, 7, NOW) == ("a1",)
    assert [draft.id for draft in list_drafts(tmp_path)] == ["b2"]


def test_what_a_killed_write_left_behind_is_deleted_later(tmp_path: Path) -> None:
    fresh, old = tmp_path / ".nmtchoose-1.tmp", tmp_path / ".nmtchoose-2.tmp"
    for path in (fresh, old):
        path.write_text("half an answer", encoding="utf-8")
    an_hour_ago = time.time() - 3700
    os.utime(old, (an_hour_ago, an_hour_ago))
    delete_old_drafts(tmp_path, 7, datetime.now(UTC))
    assert [path.name for path in tmp_path.iterdir()] == [fresh.name]


def test_an_answer_that_no_longer_fits_is_named_by_the_words_of_its_question(tmp_path: Path) -> None:
    draft = saved(tmp_path)
    assert restore(draft, with_question(replace(AGE, maximum=40))).lost == ("How old are you?",)


def test_an_answer_to_other_words_no_longer_fits(tmp_path: Path) -> None:
    reworded = with_question(replace(FEVER, ask=Voices("Are you free of fever?", "Is the client free of fever?")))
    restored = restore(saved(tmp_path), reworded)
    assert restored.lost == ("Do you have a fever today?",)
    assert "fever" not in restored.answers


def test_an_answer_to_a_question_that_is_gone_is_named_too(tmp_path: Path) -> None:
    shorter = replace(QUESTIONNAIRE, questions=QUESTIONNAIRE.questions[:1])
    restored = restore(saved(tmp_path), shorter)
    assert restored.answers == {"signs": ("none",)}
    assert restored.lost == ("Do you have a fever today?", "How old are you?")


def test_a_draft_is_open_until_it_is_freed(tmp_path: Path) -> None:
    saved(tmp_path)
    ours = claim(tmp_path, "a1")
    assert is_open(tmp_path, "a1")
    ours.free()
    assert not is_open(tmp_path, "a1")
    assert [path.name for path in tmp_path.iterdir()] == ["a1.json"]


def test_a_draft_knows_whose_it_is(tmp_path: Path) -> None:
    save_draft(tmp_path, holding(empty(client="A-1", by="Sam"), ANSWERS, QUESTIONNAIRE))
    found = find_draft(tmp_path, "a1")
    assert (found.client, found.by) == ("A-1", "Sam")


def test_a_draft_from_before_drafts_had_names_still_opens(tmp_path: Path) -> None:
    document = {"format": "nmtchoose/draft/1", "saved": NOW.isoformat(), "voice": "client", "answers": {"age": 44}}
    (tmp_path / "0ld.json").write_text(json.dumps(document), encoding="utf-8")
    found = find_draft(tmp_path, "0ld")
    assert restore(found, QUESTIONNAIRE).answers == {"age": 44}
    assert found.client == ""


def test_a_draft_is_claimed_once(tmp_path: Path) -> None:
    claim(tmp_path, "a1")
    with pytest.raises(BlockingIOError):
        claim(tmp_path, "a1")


def keeping(folder: Path, days: int = 7) -> Keeping:
    return Keeping(folder, empty(), days)


def given(answers: Answers) -> Interview:
    return begun(TABLES, answers, Voice.CLIENT)


def test_a_full_disk_is_said_once_and_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    warnings: list[str] = []
    interview = keeping(tmp_path)
    interview.keep(given({"signs": ("none",)}), warnings.append)
    monkeypatch.setattr("nmtchoose.files.atomic.os.fsync", full)
    interview.keep(given({**ANSWERS}), warnings.append)
    interview.keep(given({**ANSWERS, "notes": ""}), warnings.append)
    assert len(warnings) == 1
    assert interview.last_words()[0] == "Stopped. Not all of your answers are kept."
    assert restore(find_draft(tmp_path, "a1"), QUESTIONNAIRE).answers == {"signs": ("none",)}
    interview.free()


def test_when_the_disk_has_room_again_all_is_kept(tmp_path: Path) -> None:
    in_the_way = tmp_path / "drafts"
    in_the_way.touch()
    interview = keeping(in_the_way)
    interview.keep(given({"signs": ("none",)}), print)
    in_the_way.unlink()
    interview.keep(given(ANSWERS), print)
    assert interview.last_words() == ("Stopped. Your answers are kept.", "To go on: nmtchoose intake --resume")
    interview.free()


def test_where_there_are_several_drafts_the_way_back_names_this_one(tmp_path: Path) -> None:
    saved(tmp_path, "b2")
    interview = keeping(tmp_path)
    interview.keep(given(ANSWERS), print)
    assert interview.last_words()[-2:] == ("To go on:", "nmtchoose intake --draft a1")
    interview.free()


def test_nothing_is_written_where_drafts_are_kept_for_no_days(tmp_path: Path) -> None:
    interview = keeping(tmp_path / "drafts", days=0)
    interview.keep(given(ANSWERS), print)
    assert interview.last_words() == ("Stopped. Nothing is kept.",)
    assert not (tmp_path / "drafts").exists()


def test_a_delivered_result_leaves_no_draft(tmp_path: Path) -> None:
    interview = keeping(tmp_path)
    interview.keep(given(ANSWERS), print)
    interview.finish(concluded(given(ANSWERS)), "")
    assert list_drafts(tmp_path) == ()


def test_ids_do_not_repeat() -> None:
    assert len({records.new_id() for _ in range(100)}) == 100
