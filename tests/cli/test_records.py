"""`nmtchoose records` and `config` as the front desk uses them."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nmtchoose.files.drafts import LAST, Draft, save_draft
from tests.cli.clients import EXAMPLES
from tests.cli.conftest import Finished, Run, Save


def listed(run: Run, *flags: str) -> list[str]:
    """Return the ids in the list, the newest first."""
    return [line.split(",")[0] for line in run("records", "list", "--plain", *flags).out.splitlines() if "," in line]


def code_of(done: Finished) -> str:
    return done.err.rstrip().rpartition("[")[2].rstrip("]") if done.err else ""


def test_nothing_is_stored_unless_asked_for(run: Run, home: Path) -> None:
    assert run("intake", "--answers", EXAMPLES / "nmt.json").code == 0
    assert list(home.rglob("*.db")) == []


def test_nothing_is_stored_without_consent(run: Run) -> None:
    done = run("intake", "--answers", EXAMPLES / "nmt.json", "--save", "--by", "Sam")
    assert (done.code, code_of(done)) == (1, "R026")
    assert listed(run) == []


def test_a_saved_intake_is_listed_and_shown(run: Run, save: Save) -> None:
    record = save("nmt")
    shown = run("records", "show", record[:5], "--plain").out
    assert listed(run) == [record]
    assert "Client: C-17" in shown
    assert "Asked by: Sam" in shown
    assert "Consent: version 2026-11" in shown
    assert "How old are you? 41 years" in shown


def test_a_record_begins_with_the_answer_and_leaves_out_what_was_none(run: Run, save: Save) -> None:
    shown = run("records", "show", save("nmt"), "--plain").out
    assert shown.startswith("Book: Neuromuscular therapy (NMT)\n")
    assert "? None of these" not in shown
    assert "None of these: the other" in shown
    assert "(today)" in shown


def test_today_lists_the_day_for_the_desk(run: Run, save: Save) -> None:
    assert run("records", "today").out == "Nothing is recorded for today.\n"
    save("nmt")
    save("later", "Other")
    first, second = run("records", "today", "--plain").out.splitlines()[1:]
    assert first.endswith("C-17: Book: Neuromuscular therapy (NMT)")
    assert "Other: " in second
    assert second.endswith("(wait)")


def test_the_list_can_be_narrowed(run: Run, save: Save) -> None:
    emergency, other = save("emergency"), save("nmt", "Other")
    assert listed(run, "--client", "other") == [other]
    assert listed(run, "--disposition", "call-emergency") == [emergency]
    assert listed(run, "--therapy", "nmt") == [other]
    assert listed(run, "--until", "2020-01-01") == []
    assert listed(run, "--since", "2020-01-01") == [other, emergency]
    assert listed(run, "--since", "today", "--until", "today") == [other, emergency]


def test_a_practice_can_always_save(run: Run) -> None:
    run("config", "set", "records", "always")
    words = ("--answers", str(EXAMPLES / "nmt.json"), "--by", "Sam", "--consented")
    assert run("intake", *words).code == 0
    assert run("intake", *words, "--no-save").code == 0
    assert len(listed(run)) == 1


def test_an_amendment_keeps_the_original_and_says_who_and_why(run: Run, save: Save, tmp_path: Path) -> None:
    record = save("nmt")
    (tmp_path / "why.txt").write_text("Two papers were mixed up.")
    answers = EXAMPLES / "emergency.json"
    done = run("records", "amend", record, "--by", "Alex", "--answers", answers, "--why-file", "why.txt")
    assert done.out == f"Amended {record}.\nThe result is now: Call 911 now.\n"
    shown = run("records", "show", record, "--plain").out
    assert done.code == 0
    assert "by Alex" in shown
    assert "Two papers were mixed up." in shown
    assert "How old are you? 41 years" in shown.partition("As it was at first")[2]
    assert listed(run, "--disposition", "call_emergency") == [record]


def test_an_amendment_needs_a_reason(run: Run, save: Save, tmp_path: Path) -> None:
    record = save("nmt")
    (tmp_path / "why.txt").write_text("  \n")
    done = run("records", "amend", record, "--by", "Alex", "--note", "--why-file", "why.txt")
    assert (done.code, code_of(done)) == (2, "U003")


def test_deleting_asks_first_unless_told_otherwise(run: Run, save: Save) -> None:
    record = save("nmt")
    assert run("records", "delete", record).code == 5
    assert listed(run) == [record]
    assert run("records", "delete", record, "--yes").code == 0
    assert listed(run) == []


def test_purging_removes_all_of_one_client(run: Run, save: Save) -> None:
    save("nmt")
    other = save("nmt", "Other")
    assert run("records", "purge", "--client", "C-17", "--yes").code == 0
    assert listed(run) == [other]


def test_deleting_takes_all_of_one_client(run: Run, save: Save) -> None:
    save("nmt")
    save("nmt")
    other = save("nmt", "Other")
    assert run("records", "delete", "--client", "c-17", "--yes").out == "Deleted 2 records and 0 interviews of c-17.\n"
    assert listed(run) == [other]


@pytest.mark.parametrize("words", [(), ("--client", "C-17", "abc")])
def test_deleting_wants_either_records_or_a_client(words: tuple[str, ...], run: Run, save: Save) -> None:
    record = save("nmt")
    assert run("records", "delete", "--yes", *words).code == 2
    assert listed(run) == [record]


@pytest.fixture
def damaged(run: Run, save: Save, home: Path) -> tuple[str, str]:
    """The ids of a record that is damaged and of one that is not, both of the client C-17."""
    good, bad = save("nmt"), save("nmt")
    (path,) = home.rglob("records.db")
    with sqlite3.connect(path) as database:
        database.execute("DROP TRIGGER intakes_stay")
        database.execute("UPDATE intakes SET contents = 'x' WHERE id = ?", (bad,))
    database.close()
    return bad, good


@pytest.mark.parametrize("words", [("export",), ("export", "--format", "csv"), ("trend", "C-17"), ("verify",)])
def test_a_damaged_record_is_named_and_all_others_come_through(
    words: tuple[str, ...], run: Run, damaged: tuple[str, str]
) -> None:
    bad, good = damaged
    done = run("records", *words)
    assert (done.code, code_of(done)) == (1, "R035")
    assert f"'{bad}'" in done.err
    assert {"export": good, "trend": "of 10", "verify": "1 record: 1 same"}[words[0]] in done.out


def test_a_damaged_record_can_be_deleted(run: Run, damaged: tuple[str, str]) -> None:
    assert code_of(run("records", "show", damaged[0])) == "R035"
    assert run("records", "purge", "--client", "C-17", "--before", "2000-01-01", "--yes").out == "Deleted 0 records.\n"
    assert run("records", "delete", damaged[0], "--yes").code == 0
    assert listed(run) == [damaged[1]]


def test_a_client_with_a_damaged_record_can_still_be_seen(run: Run, damaged: tuple[str, str]) -> None:
    words = ("--save", "--client", "C-17", "--by", "Sam", "--consented")
    assert run("intake", "--answers", EXAMPLES / "nmt.json", *words).code == 0
    assert len(listed(run, "--client", "C-17")) == 3


def test_an_export_never_replaces_the_store(run: Run, save: Save, home: Path, tmp_path: Path) -> None:
    record = save("nmt")
    (store,) = home.rglob("records.db")
    (tmp_path / "link.jsonl").symlink_to(store)
    for path in (store, tmp_path / "link.jsonl"):
        done = run("records", "export", "--format", "jsonl", "-o", path)
        assert (done.code, "F019" in done.err) == (1, True)
    assert listed(run) == [record]


def test_purging_needs_to_know_how_long_records_are_kept(run: Run, save: Save) -> None:
    record = save("nmt")
    assert run("records", "purge", "--yes").code == 2
    run("config", "set", "keep_months", "84")
    assert run("records", "purge", "--yes").code == 0
    assert listed(run) == [record]


def test_an_export_can_be_imported_elsewhere(run: Run, save: Save, tmp_path: Path) -> None:
    record = save("nmt")
    assert run("records", "export", "-o", "out.jsonl").code == 0
    elsewhere = {"NMTCHOOSE_STORE": str(tmp_path / "elsewhere.db")}
    assert "Imported 1 record;" in run("records", "import", "out.jsonl", env=elsewhere).out
    assert "Imported 0 records; 1 were there already." in run("records", "import", "out.jsonl", env=elsewhere).out
    assert run("records", "show", record, env=elsewhere).out == run("records", "show", record).out


def test_an_export_is_for_its_owner_only(run: Run, save: Save, tmp_path: Path) -> None:
    save("nmt")
    run("records", "export", "-o", "out.jsonl")
    assert (tmp_path / "out.jsonl").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "line",
    [b"not json", b"[]", b'{"format": "nmtchoose/answers/1"}', b"[" * 100_000, b'{"format": "nmtchoose/record/1"}'],
)
def test_a_line_that_is_no_record_is_named_and_nothing_is_imported(
    line: bytes, run: Run, save: Save, tmp_path: Path
) -> None:
    save("nmt")
    good = run("records", "export").out.encode()
    (tmp_path / "in.jsonl").write_bytes(good + line + b"\n")
    store = {"NMTCHOOSE_STORE": str(tmp_path / "elsewhere.db")}
    done = run("records", "import", "in.jsonl", env=store)
    assert (done.code, done.err.split()[1], code_of(done)) == (1, "in.jsonl:2:", "R022")
    assert "no records" in run("records", "list", env=store).out


def test_verify_names_a_result_that_does_not_follow_from_its_answers(run: Run, save: Save, tmp_path: Path) -> None:
    record = save("nmt")
    assert run("records", "verify").code == 0
    document = json.loads(run("records", "export").out)
    document["answers"]["pain_now"] = 9
    document["assessment"]["pressure_limit"] = 1
    (tmp_path / "in.jsonl").write_text(json.dumps(document))
    store = {"NMTCHOOSE_STORE": str(tmp_path / "elsewhere.db")}
    run("records", "import", "in.jsonl", env=store)
    done = run("records", "verify", env=store)
    assert done.code == 1
    assert f"{record}: differs in pressure_limit" in done.out


def test_verify_says_when_other_files_are_needed(run: Run, save: Save, tmp_path: Path) -> None:
    record = save("nmt")
    document = json.loads(run("records", "export").out)
    document["assessment"]["stamp"]["rules"]["sha256"] = "0" * 64
    (tmp_path / "in.jsonl").write_text(json.dumps(document))
    store = {"NMTCHOOSE_STORE": str(tmp_path / "elsewhere.db")}
    run("records", "import", "in.jsonl", env=store)
    done = run("records", "verify", env=store)
    assert done.code == 0
    assert f"{record}: made with other questions or rules" in done.out


def test_a_trend_shows_each_visit_with_its_number(run: Run, save: Save) -> None:
    save("nmt")
    save("nmt")
    out = run("records", "trend", "c-17", "--plain").out
    assert (out.count("3 of 10"), out.count("4 of 10")) == (2, 2)
    assert "holds the client back" in out
    assert "█" not in out
    assert "█" in run("records", "trend", "c-17").out


def test_an_encrypted_store_opens_with_its_key_file(run: Run, save: Save, tmp_path: Path, home: Path) -> None:
    record = save("nmt")
    key = tmp_path / "key"
    key.write_text("five quiet words in a row\n")
    key.chmod(0o600)
    run("config", "set", "key_file", str(key))
    assert run("records", "encrypt").code == 0
    assert listed(run) == [record]
    assert [
        path for path in home.rglob("records.db*") if b"C-17" in path.read_bytes() or b"c-17" in path.read_bytes()
    ] == []
    run("config", "unset", "key_file")
    assert code_of(run("records", "list")) == "R030"


def test_encrypting_says_what_is_left_in_clear(run: Run, save: Save, tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    draft = Draft(id=LAST, saved=datetime.now(UTC), voice="client", raw={"age": 44})
    save_draft(drafts, draft)
    save("nmt")
    key = tmp_path / "key"
    key.write_text("five quiet words in a row\n")
    key.chmod(0o600)
    settings = {"NMTCHOOSE_KEY_FILE": str(key), "NMTCHOOSE_DRAFTS": str(drafts)}
    assert "nmtchoose drafts --delete-all" in run("records", "encrypt", env=settings).err
    assert run("last", "--save", "--by", "Sam", "--consented", env=settings).code == 0
    assert list(drafts.iterdir()) == []


def test_a_foreign_file_is_refused_before_anything_is_asked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Shopping list")
    done = run("intake", "--save", env={"NMTCHOOSE_STORE": str(tmp_path / "notes.txt")})
    assert f"{tmp_path / 'notes.txt'}: " in done.err
    assert code_of(done) == "R001"
    assert (tmp_path / "notes.txt").read_text() == "Shopping list"


def test_the_configuration_says_where_each_value_comes_from(run: Run) -> None:
    run("config", "set", "region", "uk")
    shown = json.loads(run("config", "show", "--json", env={"NMTCHOOSE_VOICE": "staff"}).out)["settings"]
    assert shown["region"] == {"value": "uk", "from": "user"}
    assert shown["voice"] == {"value": "staff", "from": "environment"}
    assert shown["plain"] == {"value": False, "from": "built-in"}


def test_a_flag_comes_before_everything(run: Run) -> None:
    run("config", "set", "region", "uk")
    emergency = EXAMPLES / "emergency.json"
    assert "999" in run("screen", "--plain", emergency).out
    assert "000" in run("screen", "--plain", emergency, env={"NMTCHOOSE_REGION": "au"}).out
    assert "911" in run("screen", "--plain", "--region", "us", emergency, env={"NMTCHOOSE_REGION": "au"}).out


def test_the_recommendation_chooses_among_the_therapies_offered(run: Run) -> None:
    run("config", "set", "therapies", "swedish", "deep_tissue")
    out = run("screen", "--json", EXAMPLES / "nmt.json").out
    assert json.loads(out)["recommendation"]["therapies"] != ["nmt"]
    assert "not offer" in run("screen", "--plain", EXAMPLES / "nmt.json").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("region", "xx"), "U001"),
        (("therapies", "reiki"), "N011"),
        (("voice", "loud"), "G001"),
        (("colour", "red"), "U001"),
    ],
)
def test_a_setting_that_does_not_fit_is_refused(words: tuple[str, str], code: str, run: Run) -> None:
    assert code_of(run("config", "set", *words)) == code


def test_a_faulty_configuration_stops_an_intake_and_can_still_be_mended(run: Run, home: Path) -> None:
    path = home / ".config" / "nmtchoose" / "config.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("plane: true\n")
    done = run("screen", EXAMPLES / "nmt.json", env={"XDG_CONFIG_HOME": str(home / ".config")})
    assert (done.code, f"{path}:1:1: " in done.err and "[S003]" in done.err) == (3, True)
    assert str(path) in run("config", "path", env={"XDG_CONFIG_HOME": str(home / ".config")}).out


def test_a_password_in_an_address_is_not_shown(run: Run) -> None:
    address = {"NMTCHOOSE_STORE": "postgresql://desk:secret@127.0.0.1:1/records"}
    for words in (("config", "show"), ("config", "path"), ("records", "list")):
        done = run(*words, env=address)
        assert "secret" not in done.out + done.err, words
