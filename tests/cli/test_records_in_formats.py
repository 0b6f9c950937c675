"""`nmtchoose records export` in other formats, and `records import` of answers given elsewhere."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nmtchoose.formats.registry import FORMATS
from tests.cli.clients import EXAMPLES, example, written
from tests.cli.conftest import Finished, Run

Save = Callable[..., str]
AGREED = ("--consented", "--by", "Sam")


@pytest.fixture
def save(run: Run) -> Save:
    """Return a function that saves an example for a client and returns the id of the record."""

    def save_example(name: str, *flags: str) -> str:
        done = run("intake", "--answers", EXAMPLES / f"{name}.json", "--save", *AGREED, *flags)
        return done.err.split()[-1].rstrip(".")

    return save_example


@pytest.fixture
def elsewhere(tmp_path: Path) -> dict[str, str]:
    """The environment of another desk with a store of its own."""
    return {"NMTCHOOSE_STORE": str(tmp_path / "elsewhere.db")}


def kept(run: Run, elsewhere: dict[str, str]) -> list[dict[str, Any]]:
    """Return all records of the other desk."""
    return [json.loads(line) for line in run("records", "export", env=elsewhere).out.splitlines()]


def told(records: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return client, answers and time of each, to the second."""
    return sorted((one["client"], str(one["answers"]), one["taken_at"][:19]) for one in records)


def code_of(done: Finished) -> str:
    return done.err.rstrip().rpartition("[")[2].rstrip("]") if done.err else ""


def test_a_table_has_a_row_for_each_record_with_client_date_and_who_asked(run: Run, save: Save) -> None:
    first, second = save("nmt", "--client", "C-17"), save("later")
    document = json.loads(run("records", "export", first).out)
    rows = list(csv.DictReader(io.StringIO(run("records", "export", "--format", "csv").out)))
    assert [(row["record"], row["name"], row["by"]) for row in rows] == [(first, "C-17", "Sam"), (second, "", "Sam")]
    assert [row["disposition"] for row in rows] == ["proceed", "defer"]
    assert rows[0]["answered"][:16].replace("T", " ") in run("records", "show", first, "--plain").out
    assert rows[0]["answered"][14:19] == document["taken_at"][14:19]


@pytest.mark.parametrize("form", [one for one in FORMATS if one.name != "jsonl"], ids=lambda one: one.name)
def test_one_record_comes_in_every_format(form: Any, run: Run, save: Save) -> None:
    record = save("nmt", "--client", "C-17")
    done = run("records", "export", record[:6], "--format", form.name)
    assert (done.code, done.err) == (0, "")
    assert done.out.strip()


def test_an_export_of_nothing_says_so_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    for name in ("all.jsonl", "all.csv"):
        done = run("records", "export", "--until", "2020-01-01", "-o", name)
        assert (done.code, done.err) == (0, "No record fits; nothing was written.\n")
        assert not (tmp_path / name).exists()


def test_the_ending_of_the_file_says_the_format(run: Run, save: Save, tmp_path: Path) -> None:
    save("nmt")
    assert run("records", "export", "-o", "all.csv").err == f"Wrote {tmp_path / 'all.csv'}.\n"
    assert run("records", "export", "-o", "client.html").code == 0
    assert run("records", "export", "-o", "moved.backup").code == 0
    assert (tmp_path / "all.csv").read_text(encoding="utf-8").startswith("name,")
    assert (tmp_path / "client.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert json.loads((tmp_path / "moved.backup").read_text(encoding="utf-8"))["format"] == "nmtchoose/record/1"


def test_json_lines_are_whole_records_by_name_and_by_ending(run: Run, save: Save, tmp_path: Path) -> None:
    save("nmt")
    run("records", "export", "-o", "all.jsonl")
    whole = (tmp_path / "all.jsonl").read_text(encoding="utf-8")
    assert whole == run("records", "export", "--format", "jsonl").out == run("records", "export").out


def test_an_amended_record_is_exported_as_it_counts(run: Run, save: Save, tmp_path: Path) -> None:
    record = save("nmt")
    (tmp_path / "why.txt").write_text("Two papers were mixed up.")
    run("records", "amend", record, "--by", "Alex", "--answers", EXAMPLES / "emergency.json", "--why-file", "why.txt")
    told = json.loads(run("records", "export", record, "--format", "json").out)
    assert (told["record"], told["disposition"]) == (record, "call_emergency")


def test_the_therapies_offered_then_count_in_an_export(run: Run, save: Save) -> None:
    run("config", "set", "therapies", "swedish")
    record = save("nmt")
    run("config", "unset", "therapies")
    assert json.loads(run("records", "export", record, "--format", "json").out)["recommendation"]["therapies"] == [
        "swedish"
    ]


def test_a_page_holds_one_record_only(run: Run, save: Save) -> None:
    save("nmt")
    save("later")
    assert code_of(run("records", "export", "--format", "html")) == "U020"


def test_an_id_and_a_filter_do_not_go_together(run: Run, save: Save) -> None:
    record = save("nmt")
    assert code_of(run("records", "export", record, "--client", "C-17")) == "U004"


def test_a_result_by_other_files_than_todays_is_named(run: Run, save: Save, elsewhere: dict[str, str]) -> None:
    save("nmt")
    document = json.loads(run("records", "export").out)
    document["assessment"]["stamp"]["rules"]["sha256"] = "0" * 64
    run("records", "import", "-", stdin=json.dumps(document).encode(), env=elsewhere)
    done = run("records", "export", "--format", "csv", env=elsewhere)
    assert done.code == 0
    assert "1 record made with other questions or rules" in done.err


def test_a_record_that_todays_questions_do_not_take_is_named(run: Run, save: Save, elsewhere: dict[str, str]) -> None:
    good = save("nmt")
    document = json.loads(run("records", "export").out)
    old = {**document, "id": "0123456789", "answers": {**document["answers"], "pressure": "crushing"}}
    lines = f"{json.dumps(document)}\n{json.dumps(old)}\n"
    run("records", "import", "-", stdin=lines.encode(), env=elsewhere)
    done = run("records", "export", "--format", "csv", env=elsewhere)
    assert [row["record"] for row in csv.DictReader(io.StringIO(done.out))] == [good]
    assert "0123456789" in done.err
    assert "crushing" not in done.err


def test_answers_are_imported_for_a_client_who_agreed(run: Run, tmp_path: Path, elsewhere: dict[str, str]) -> None:
    file = written(tmp_path, "answers.json", example("nmt"))
    done = run("records", "import", file, "--client", "C-17", *AGREED, env=elsewhere)
    (record,) = kept(run, elsewhere)
    assert done.out == f"{record['id']}: Nothing in these answers stops a booking.\n"
    assert (record["client"], record["asked_by"], record["answers"]) == ("C-17", "Sam", example("nmt"))
    assert record["consent"]["taken_by"] == "Sam"


@pytest.mark.parametrize("flags", [(), ("--consented",), ("--by", "Sam")])
def test_answers_without_a_consent_are_not_imported(
    flags: tuple[str, ...], run: Run, elsewhere: dict[str, str]
) -> None:
    done = run("records", "import", EXAMPLES / "nmt.json", *flags, env=elsewhere)
    assert (done.code, code_of(done)) == (1, "R026")
    assert kept(run, elsewhere) == []


def test_a_fhir_bundle_goes_from_desk_to_desk_and_not_twice(run: Run, save: Save, elsewhere: dict[str, str]) -> None:
    save("nmt", "--client", "C-17")
    save("emergency", "--client", "C-18")
    bundle = run("records", "export", "--format", "fhir").out.encode()
    before = kept(run, {})
    first = run("records", "import", "-", *AGREED, stdin=bundle, env=elsewhere)
    again = run("records", "import", "-", *AGREED, stdin=bundle, env=elsewhere)
    assert "Call 911 now" in first.out
    assert again.out.count("was there already") == 2
    assert told(kept(run, elsewhere)) == told(before)


def test_a_bundle_of_several_clients_takes_no_client(run: Run, save: Save, elsewhere: dict[str, str]) -> None:
    save("nmt", "--client", "C-17")
    save("later", "--client", "C-18")
    bundle = run("records", "export", "--format", "fhir").out.encode()
    done = run("records", "import", "-", "--client", "C-1", *AGREED, stdin=bundle, env=elsewhere)
    assert code_of(done) == "U004"
    assert kept(run, elsewhere) == []


def test_one_faulty_response_keeps_the_whole_bundle_out(run: Run, save: Save, elsewhere: dict[str, str]) -> None:
    save("nmt")
    save("later")
    bundle = json.loads(run("records", "export", "--format", "fhir").out)
    bundle["entry"][1]["resource"]["item"][0]["item"][0]["item"][0]["answer"] = [{"valueCoding": {"code": "huge"}}]
    done = run("records", "import", "-", *AGREED, stdin=json.dumps(bundle).encode(), env=elsewhere)
    assert done.code == 4
    assert kept(run, elsewhere) == []


def test_other_resources_in_a_bundle_are_passed_over(run: Run, save: Save, elsewhere: dict[str, str]) -> None:
    save("nmt")
    response = json.loads(run("records", "export", "--format", "fhir").out)
    entries = [{"resource": {"resourceType": "Patient"}}, {"resource": response}]
    mixed = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    empty = {**mixed, "entry": entries[:1]}
    assert run("records", "import", "-", *AGREED, stdin=json.dumps(mixed).encode(), env=elsewhere).code == 0
    assert len(kept(run, elsewhere)) == 1
    assert code_of(run("records", "import", "-", *AGREED, stdin=json.dumps(empty).encode())) == "A033"


def test_a_filled_sheet_is_imported(run: Run, tmp_path: Path, elsewhere: dict[str, str]) -> None:
    run("sheet", "-o", "form.txt")
    form = tmp_path / "form.txt"
    form.write_text(form.read_text(encoding="utf-8").replace("Answer: ", "Answer: 44", 1), encoding="utf-8")
    assert run("records", "import", "form.txt", *AGREED, env=elsewhere).code == 0
    (record,) = kept(run, elsewhere)
    assert (record["answers"], record["full"]) == ({"age": 44}, False)
