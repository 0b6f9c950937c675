"""`nmtchoose diff --answers ARCHIVE`: which results of many clients change."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.authoring.command import Done, run, write_pair

WELL: dict[str, object] = {
    "right_now": ["none"],
    "age": 40,
    "health": ["none"],
    "pain_sites": ["none"],
    "pressure": "medium",
}
OPERATED = {**WELL, "health": ["operation"]}
HOLD_THAT_BECAME_A_CHANGE = {"then: {ask_first: [nmt, swedish],": "then: {adapt: [nmt, swedish],"}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with the pair as it was."""
    monkeypatch.chdir(tmp_path)
    write_pair(tmp_path / "old")


def archive(path: str, clients: Sequence[Mapping[str, object]]) -> str:
    """Write clients as JSON Lines, with the ids c-1, c-2 ..."""
    lines = [json.dumps({"record": f"c-{number}", "answers": one}) for number, one in enumerate(clients, start=1)]
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_text("\n".join(lines), encoding="utf-8")
    return path


def diff(*words: str, rules: Mapping[str, str] | None = None) -> Done:
    """Compare the sound pair with itself, a hold made a change unless `rules` says otherwise."""
    write_pair(Path("new"), None, HOLD_THAT_BECAME_A_CHANGE if rules is None else rules)
    return run("diff", "old", "new", "--no-prove", *words)


def test_results_of_an_archive_are_counted_with_an_example_of_each_change() -> None:
    done = diff("--answers", archive("stored.jsonl", [WELL, OPERATED, OPERATED]))
    assert done.code == 0
    assert "2 of 3 results change: 2 less strict, 0 stricter, 0 otherwise different." in done.out
    assert "  2 x swedish: not_now -> suggested (first: stored.jsonl:2 (c-2))" in done.out
    assert "LESS STRICT: stored.jsonl:2 (c-2)\n" in done.out


def test_the_examples_change_as_those_clients_do_alone() -> None:
    archive("stored.jsonl", [OPERATED])
    Path("alone.json").write_text(json.dumps({"answers": OPERATED}), encoding="utf-8")
    many, alone = diff("--answers", "stored.jsonl"), diff("--answers", "alone.json")
    told = [done.out.partition("LESS STRICT: ")[2].splitlines()[1:] for done in (many, alone)]
    assert told[0] == told[1] != []


def test_a_folder_and_a_pattern_of_archives_are_read() -> None:
    archive("stored/a.jsonl", [OPERATED])
    archive("stored/b.jsonl", [OPERATED])
    for inputs in ("stored", "stored/*.jsonl"):
        assert "2 of 2 results change" in diff("--answers", inputs).out


def test_a_folder_of_single_answers_files_is_told_client_by_client() -> None:
    Path("people").mkdir()
    Path("people/one.json").write_text(json.dumps({"answers": OPERATED}), encoding="utf-8")
    assert f"LESS STRICT: {Path('people') / 'one.json'}\n" in diff("--answers", "people").out


def test_examples_are_written_as_answers_files_that_other_commands_open() -> None:
    done = diff("--answers", archive("stored.jsonl", [WELL, OPERATED]), "--examples", "found")
    assert done.code == 0
    (example,) = Path("found").glob("*.json")
    again = diff("--answers", str(example))
    assert "1 of 1 results change: 1 less strict" in again.out


def test_a_record_that_cannot_be_read_is_named_and_ends_with_code_4() -> None:
    done = diff("--answers", archive("stored.jsonl", [OPERATED, {"age": "old"}]))
    assert done.code == 4
    assert "1 of 1 results change" in done.out
    assert "  stored.jsonl:2: age: " in done.out


def test_json_holds_every_change_of_the_files_and_of_the_results() -> None:
    Path("alone.json").write_text(json.dumps({"answers": OPERATED}), encoding="utf-8")
    stored = archive("stored.jsonl", [WELL, OPERATED])
    record = json.loads(diff("--json", "--answers", stored, "--answers", "alone.json").out)
    assert [one["kind"] for one in record["changes"]] == ["changed"]
    assert [one["name"] for one in record["results"]["changed"]] == ["alone.json"]
    assert record["impact"]["results"] == {"less_strict": 1, "stricter": 0, "different": 0}
    assert {one["change"] for one in record["impact"]["changes"] if one["direction"] == "less_strict"} == set(
        record["results"]["changed"][0]["less_strict"]
    )


def test_an_archive_that_is_not_there_is_named() -> None:
    done = diff("--answers", "nowhere.parquet")
    assert (done.code, "nowhere.parquet" in done.err) == (1, True)


def test_examples_of_no_archive_are_refused() -> None:
    done = diff("--examples", "found")
    assert (done.code, "--answers" in done.err) == (2, True)
