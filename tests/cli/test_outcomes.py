"""What the desk notes after an intake, the report on it, and what is given to a client or deleted."""

from __future__ import annotations

import csv
import io
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nmtchoose.files.drafts import Draft, list_drafts, save_draft
from tests.cli.conftest import Run, Save
from tests.cli.test_records import code_of


def test_a_booking_as_suggested_is_noted(run: Run, save: Save) -> None:
    record = save("nmt")
    done = run("records", "outcome", record, "--by", "Sam", "--booked", "nmt")
    assert done.out == f"Noted for {record}. That follows the suggestion.\n"
    assert "Booked: Neuromuscular therapy (NMT)" in run("records", "show", record, "--plain").out


def test_a_departure_needs_a_reason(run: Run, save: Save) -> None:
    record = save("nmt")
    words = ("records", "outcome", record, "--by", "Sam", "--booked", "hot-stone")
    assert code_of(run(*words)) == "R027"
    assert run(*words, "--why", "client-wished").out.endswith("That departs from the suggestion.\n")


def test_nothing_to_book_after_an_emergency_follows_the_suggestion(run: Run, save: Save, tmp_path: Path) -> None:
    record = save("emergency")
    (tmp_path / "found.txt").write_text("They said it was a pulled muscle.")
    words = ("--by", "Sam", "--booked", "nothing", "--doctor-file", "found.txt")
    assert run("records", "outcome", record, *words).out.endswith("That follows the suggestion.\n")
    assert "What the doctor found: They said it was a pulled muscle." in run("records", "show", record, "--plain").out


@pytest.mark.parametrize("words", [("--booked", "sauna"), ("--booked", "swedish", "--why", "bored")])
def test_a_therapy_or_a_reason_that_there_is_not_is_named(words: tuple[str, ...], run: Run, save: Save) -> None:
    assert "[U001]" in run("records", "outcome", save("nmt"), "--by", "Sam", *words).err


def test_small_groups_are_printed_only_when_asked_for(run: Run, save: Save) -> None:
    run("records", "outcome", save("nmt"), "--by", "Sam", "--booked", "nmt")
    assert "Intakes: fewer than 5" in run("records", "report", "--plain").out
    assert "Intakes: 1" in run("records", "report", "--plain", "--small-groups").out


def test_the_report_says_what_it_cannot_show(run: Run, save: Save) -> None:
    save("nmt")
    for look in (("--plain",), ("--format", "html")):
        assert "There is no group to compare with" in run("records", "report", *look).out


@pytest.mark.parametrize("place", ["pipe", "/dev/zero", "large.txt"])
def test_what_a_doctor_found_is_a_text_file_of_a_few_pages(place: str, run: Run, save: Save, tmp_path: Path) -> None:
    record = save("nmt")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large.txt").write_bytes(bytes(200_000))
    done = run("records", "outcome", record, "--by", "Sam", "--booked", "nmt", "--doctor-file", place)
    assert (done.code, code_of(done)) == (1, "F003" if place == "large.txt" else "F001")


@pytest.mark.parametrize("form", ["text", "html", "csv"])
def test_a_report_on_no_record_at_all_counts_nothing(form: str, run: Run) -> None:
    done = run("records", "report", "--format", form, "--departures")
    assert (done.code, done.err) == (0, "")


def test_the_report_is_a_table_too(run: Run, save: Save) -> None:
    run("records", "outcome", save("nmt"), "--by", "Sam", "--booked", "nmt")
    rows = list(csv.DictReader(io.StringIO(run("records", "report", "--format", "csv", "--small-groups").out)))
    assert {"section": "After Neuromuscular therapy (NMT)", "figure": "Booked", "value": "1"} in rows


def test_departures_are_listed_by_the_rule_that_decided(run: Run, save: Save) -> None:
    record = save("nmt")
    run("records", "outcome", record, "--by", "Sam", "--booked", "hot_stone", "--why", "does_not_fit")
    listed = run("records", "report", "--departures", "--small-groups", "--plain").out
    assert "1 of 1 (the rule does not fit this client: 1)" in listed
    explained = run("explain", record, "--no-changes", "--plain").out
    assert "That departs from the suggestion. The rules that decided:" in explained


def test_a_record_becomes_a_case_with_nothing_personal_in_it(run: Run, save: Save) -> None:
    record = save("nmt")
    case = run("test", "--record", record).out
    assert "id: from-a-record" in case
    assert record not in case
    assert "C-17" not in case


def test_a_client_is_given_everything_that_is_kept(run: Run, save: Save, tmp_path: Path, home: Path) -> None:
    records = {save("nmt"), save("emergency")}
    save("nmt", "Other")
    assert run("records", "give", "C-17", "-o", "all.json", "--yes").out.startswith(
        "Wrote 2 records and 0 interviews of C-17"
    )
    given = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    assert {one["id"] for one in given["records"]} == records
    assert run("records", "give", "C-17", "-o", "all.html", "--yes").code == 0
    page = (tmp_path / "all.html").read_text(encoding="utf-8")
    assert all(record in page for record in records)
    assert "Other" not in page


def test_giving_asks_first_and_needs_something_to_give(run: Run, save: Save, tmp_path: Path) -> None:
    save("nmt")
    assert run("records", "give", "C-17", "-o", "all.html").code == 5
    assert code_of(run("records", "give", "nobody", "-o", "all.html", "--yes")) == "U003"
    assert code_of(run("records", "give", "C-17", "--yes")) == "U003"
    assert list(tmp_path.glob("all.*")) == []


def test_deleting_a_client_takes_interviews_on_this_computer_too(
    run: Run,
    save: Save,
    tmp_path: Path,
    environment: dict[str, str],
) -> None:
    folder = tmp_path / "drafts"
    environment["NMTCHOOSE_DRAFTS"] = str(folder)
    save("nmt")
    for number, client in enumerate(("C-17", "Other")):
        save_draft(
            folder, Draft(id=f"a{number}", saved=datetime.now(UTC), voice="client", client=client, by="", raw={})
        )
    done = run("records", "delete", "--client", "C-17", "--yes")
    assert done.out.startswith("Deleted 1 record and 1 interview of C-17")
    assert [one.client for one in list_drafts(folder)] == ["Other"]
