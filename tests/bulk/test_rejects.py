"""Bad records are left out exactly when the single command refuses them, and for the same reasons."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nmtchoose.bulk.layout import layout_of
from nmtchoose.bulk.packed import Packed, Rejected
from nmtchoose.bulk.records import RecordPacker
from nmtchoose.bulk.writing import rejected_line
from nmtchoose.errors import AnswerError, Fault, UsageError
from nmtchoose.files.answers_file import LARGEST, check_answers, raw_answers_in
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from tests.bulk.feeds import blocks_of, rows_of, write_packed
from tests.shipped import shipped_pair

Pair = tuple[Questionnaire, RuleTable]

LINES = [
    b"{}",
    b'{"age": 44}',
    b'{"answers": {}}',
    b'{"answers": {"age": 44, "pain_sites": ["neck"]}}\r',
    b'\xef\xbb\xbf{"answers": {"age": 44}}',
    b'{"answers": {"age": "44"}}',
    b'{"answers": {"age": " 44 "}}',
    b'{"answers": {"age": "044"}}',
    b'{"answers": {"age": ["declined"]}}',
    b'{"answers": {"pain_sites": "none"}}',
    b'{"answers": {"pain_sites": ["neck", "neck"]}}',
    b'{"answers": {"age": 44.0}}',
    b'{"answers": {"age": 4.4e1}}',
    b'{"answers": {"age": true}}',
    b'{"answers": {"age": null}}',
    b'{"answers": {"age": NaN}}',
    b'{"answers": {"age": -44}}',
    b'{"answers": {"age": 99999999999999999999999999}}',
    b'{"answers": {"age": {"in": "years"}}}',
    b'{"answers": {"agge": 44}}',
    b'{"answers": {"age": 44, "age": 45}}',
    b'{"answers": {"age": 44, "\\u0061ge": 45}}',
    b'{"answers": {"age": 44}, "answers": {"age": 45}}',
    b'{"record": "a", "record": "b", "answers": {"age": 44}}',
    b'{"record": "a:b", "answers": {"age": 44}}',
    b'{"record": "a\\u003ab", "record": "c", "answers": {"age": 44}}',
    b'{"record": "a:b", "record": "c", "answers": {"age": 44}}',
    b'{"record": {"a": 1}, "answers": {"age": 44}}',
    b'{"clinic": {"a": 1, "a": 2}, "answers": {"age": 44}}',
    b'{"clinic": "here", "answers": {"age": 44}}',
    b'{"clinic": "\xff", "answers": {"age": 44}}',
    b'{"record": "\xff", "answers": {"age": 44}}',
    b'{"record": "\\ud800", "answers": {"age": 44}}',
    b'{"answers": {"pain_sites": ["\\ud800"]}}',
    b'{"answers": {"pain_sites": []}}',
    b'{"answers": {"pain_sites": [1]}}',
    b'{"answers": {"pain_sites": [["neck"]]}}',
    b'{"answers": {"pain_sites": ["none", "neck"]}}',
    b'{"answers": {"pain_sites": ["nek"]}}',
    b'{"answers": {"pain_sites": "neck"}}',
    b'{"answers": {"age": "old", "pain_sites": "neck", "x": 1}}',
    b'{"answers": {"age": 44}} {"answers": {}}',
    b'{"answers": {"age": 44}',
    b'{"answers": {"age": 44,}}',
    b'{"answers": {"age": 044}}',
    b'{"answers": []}',
    b'{"answers": null}',
    b'{"format": "nmtchoose/answers/1"}',
    b'{"format": "nmtchoose/answers/1", "answers": {"age": 44}}',
    b'{"format": "nmtchoose/answers/2", "answers": {"age": 44}}',
    b'{"format": null, "answers": {"age": 44}}',
    b'{"format": "x", "age": 44}',
    b'{"questionnaire": {"version": "1", "sha256": "0"}, "answers": {"age": 44}}',
    b'{"questionnaire": {"version": "1", "version": "2"}, "answers": {"age": 44}}',
    b'{"questionnaire": {"version": "1:0", "sha256": "0"}, "answers": {"age": 44}}',
    b"[]",
    b"[1, 2]",
    b'"neck"',
    b"44",
    b"age: 44",
    b"age: 44: 45",
    b"- neck",
    b"\x00",
    b'{"answers": {"notes": "\x00"}}',
    b'{"answers": {"pain_sites": ["ne\x01ck"]}}',
    b"\xff\xfe{\x00}\x00",
    b"[" * 100_000,
    b'{"answers": {"age": ' + b"[" * 5_000 + b"]" * 5_000 + b"}}",
    b'{"answers": {"age": 44}' + b" " * LARGEST + b"}",
]
TEXTS = [
    '"notes": "It hurts: here, \\u00e4."',
    '"notes": ""',
    '"notes": " \\n "',
    '"notes": "\\u0000"',
    '"notes": "\\ud800"',
    '"notes": 5',
    f'"notes": "{"x" * 501}"',
    f'"notes": "{" x" * 300}"',
    f'"notes": "{" " * 3000}x"',
]


def _alone(line: bytes, questionnaire: Questionnaire) -> tuple[dict[str, int] | None, tuple[Fault, ...]]:
    """Return what the single command makes of a file with `line` in it: packed answers, or faults."""
    try:
        answers = check_answers(raw_answers_in(line, "feed.jsonl"), questionnaire, "feed.jsonl")
    except AnswerError as error:
        return None, error.faults
    return layout_of(questionnaire).packed(answers), ()


def _among_many(line: bytes, questionnaire: Questionnaire) -> tuple[dict[str, int] | None, tuple[Fault, ...]]:
    block = _block(questionnaire, b'{"answers": {}}', line, b"{}", file="feed.jsonl")
    rows = rows_of([block])
    if len(rows) == 3:
        return rows[1][1], ()
    (reject,) = block.rejects
    assert (reject.file, reject.line) == ("feed.jsonl", 2)
    return None, reject.faults


def _block(questionnaire: Questionnaire, *lines: bytes, file: str = "f", first: int = 1) -> Packed:
    (block,) = RecordPacker(questionnaire).lines(b"\n".join(lines), file, first)
    return block


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[:60].decode("latin-1"))
def test_a_line_means_what_the_same_file_alone_means(line: bytes, built_in_pair: Pair) -> None:
    if len(line) > LARGEST:
        packed, faults = _among_many(line, built_in_pair[0])
        assert packed is None
        assert [one.code.id for one in faults] == ["F003"]
    else:
        assert _among_many(line, built_in_pair[0]) == _alone(line, built_in_pair[0])


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:40])
def test_a_text_means_what_the_same_file_alone_means(text: str, minimal_pair: Pair) -> None:
    line = f'{{"answers": {{{text}}}}}'.encode()
    assert _among_many(line, minimal_pair[0]) == _alone(line, minimal_pair[0])


def test_a_full_record_of_the_export_is_screened_again(built_in_pair: Pair) -> None:
    line = b'{"format": "nmtchoose/assessment/1", "status": "complete", "answers": {"age": 44}, "record": "r-7"}'
    ((record, packed),) = rows_of([_block(built_in_pair[0], line)])
    assert record == "r-7"
    assert packed == layout_of(built_in_pair[0]).packed({"age": 44})


@pytest.mark.parametrize(
    ("beside", "record"),
    [
        ('"record": "a", "id": "b"', "a"),
        ('"id": "b", "client": "c"', "b"),
        ('"file": "d.json", "client": "c"', "c"),
        ('"id": 17', "17"),
        ('"id": null, "name": "e"', "e"),
        ('"id": true, "clinic": 1', None),
        ('"clinic": "x"', None),
    ],
)
def test_the_id_of_a_record_stands_beside_its_answers(beside: str, record: str | None, built_in_pair: Pair) -> None:
    block = _block(built_in_pair[0], f'{{{beside}, "answers": {{}}}}'.encode())
    assert block.records.to_pylist() == [record]


def test_empty_lines_are_no_records_and_still_count_as_lines(built_in_pair: Pair) -> None:
    block = _block(built_in_pair[0], b"", b"{}", b" \r", b"{}", b"")
    assert block.lines.to_pylist() == [2, 4]
    assert block.rejects == []


def test_a_reject_names_the_line_and_the_fault_and_repeats_no_other_answer() -> None:
    line = b'{"record": "c-1", "answers": {"wishes": ["clot"], "agge": 4}}'
    (reject,) = _block(shipped_pair()[0], line, file="f.jsonl", first=12).rejects
    told = json.loads(rejected_line(reject))
    assert (told["file"], told["line"], told["record"], told["code"]) == ("f.jsonl", 12, "c-1", "A001")
    assert "'age'" in told["message"]
    assert [one["code"] for one in told["more"]] == ["A002"]


# ---------------------------------------------------------------- tables


def _csv(path: Path, text: str) -> Path:
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path


def _codes(path: Path, questionnaire: Questionnaire) -> list[tuple[int, str]]:
    rejects: list[Rejected] = [one for block in blocks_of(path, questionnaire) for one in block.rejects]
    return [(one.line, one.faults[0].code.id) for one in rejects]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("age,pain_sites\n44,neck\n400,neck\n", [(3, "A004")]),
        ("age\nold\n44.5\n44.0\n", [(2, "A009"), (3, "A009")]),
        ("comfort\nallergy shoulders\nalergy;allergy\nnone allergy\n", [(2, "A002"), (3, "A002"), (4, "A005")]),
        ("age,pressure\n44,light\n44\n44,light,x\n", [(3, "A042"), (4, "A042")]),
        ("comfort/allergy,comfort/none\n1,0\n1,1\n0,0\n,\nmaybe,0\n", [(3, "A005"), (4, "A006"), (6, "A040")]),
        ("pressure/light,pressure/medium\n1,0\n1,1\n", [(3, "A003")]),
        ("age\n44\n\udcff\n45\n", [(3, "A041")]),
        ('age,pressure\n44,"light\n45,light\n', [(2, "A045")]),
    ],
)
def test_bad_rows_of_csv(text: str, codes: list[tuple[int, str]], built_in_pair: Pair, tmp_path: Path) -> None:
    assert _codes(_csv(tmp_path / "feed.csv", text), built_in_pair[0]) == codes


def test_the_other_rows_of_csv_are_kept(built_in_pair: Pair, tmp_path: Path) -> None:
    path = _csv(tmp_path / "feed.csv", 'id;age;pain_sites\r\na;44;neck\r\nb;400;neck\r\n\r\n"c";;"neck upper_back"\r\n')
    layout = layout_of(built_in_pair[0])
    assert rows_of(blocks_of(path, built_in_pair[0])) == [
        ("a", layout.packed({"age": 44, "pain_sites": ("neck",)})),
        ("c", layout.packed({"pain_sites": ("neck", "upper_back")})),
    ]


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("agge", "'age'"),
        ("pain_sites/nek", "'pain_sites/neck'"),
        ("shoe_size", "--ignore"),
        ("age,age", "more than one"),
    ],
)
def test_an_unknown_column_stops_before_any_work(column: str, said: str, built_in_pair: Pair, tmp_path: Path) -> None:
    path = _csv(tmp_path / "feed.csv", f"pressure,{column}\nlight,1\n")
    with pytest.raises(UsageError) as raised:
        blocks_of(path, built_in_pair[0])
    assert said in str(raised.value)


def test_bad_rows_of_parquet(built_in_pair: Pair, tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": ["a", "b", "c", "d"],
            "age": pa.array([44, 400, None, 45], pa.int16()),
            "pain_sites": pa.array([["neck"], ["neck"], [None], []], pa.list_(pa.string())),
        }
    )
    pq.write_table(table, tmp_path / "feed.parquet")
    assert _codes(tmp_path / "feed.parquet", built_in_pair[0]) == [(2, "A004"), (3, "A003"), (4, "A006")]


def test_fractions_in_parquet_are_refused_and_whole_numbers_with_a_point_are_not(
    built_in_pair: Pair, tmp_path: Path
) -> None:
    pq.write_table(pa.table({"age": pa.array([44.5, None, 44.0])}), tmp_path / "feed.parquet")
    assert _codes(tmp_path / "feed.parquet", built_in_pair[0]) == [(1, "A003")]


def test_a_packed_code_that_stands_for_nothing_is_a_reject(built_in_pair: Pair, tmp_path: Path) -> None:
    questionnaire = built_in_pair[0]
    path = write_packed(tmp_path / "packed.parquet", [{"age": 44}, {"age": 45}, {"age": 46}], questionnaire)
    table = pq.read_table(path)
    ages = np.array([48, 255, 50], np.uint8)
    sites = np.array([0, 0, 0b11], np.uint64)
    table = table.set_column(table.schema.get_field_index("age"), "age", pa.array(ages))
    table = table.set_column(table.schema.get_field_index("pain_sites"), "pain_sites", pa.array(sites))
    pq.write_table(table, path)
    rejected = _codes(path, questionnaire)
    assert [line for line, _ in rejected] == [2, 3]
    assert len(rows_of(blocks_of(path, questionnaire))) == 1
