"""Records of other programs, or made by hand: what they hold is shown everywhere, and obeyed by nothing."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest

from nmtchoose.errors import Code, StoreError
from nmtchoose.formats.csv_columns import table_text
from nmtchoose.records.entries import Record, from_lines, to_lines
from tests.records.examples import amendment, intake, outcome

OBEYED = "\x1b]0;x\x07\x9b31m\u202e\u2028\x7f"
WHOLE = json.loads("".join(to_lines([Record(intake(), (amendment(),), (outcome(),))])))


@pytest.mark.parametrize("moment", [datetime.min, datetime.max], ids=["first year", "last year"])
@pytest.mark.parametrize("place", ["taken_at", "amendments", "outcomes"])
def test_a_time_that_has_no_date_everywhere_is_refused(place: str, moment: datetime) -> None:
    told = moment.replace(tzinfo=UTC).isoformat()
    changed = {"taken_at": told} if place == "taken_at" else {place: [{**WHOLE[place][0], "made_at": told}]}
    with pytest.raises(StoreError) as caught:
        from_lines(io.BytesIO(json.dumps({**WHOLE, **changed}).encode()), "records.jsonl")
    assert [one.code for one in caught.value.faults] == [Code.RECORD_LINE]


def test_what_a_terminal_obeys_is_written_as_numbers_and_comes_back() -> None:
    record = Record(intake(f"Ann{OBEYED}"))
    (line,) = to_lines([record])
    assert line.rstrip("\n").isprintable()
    assert from_lines(io.BytesIO(line.encode()), "records.jsonl") == (record,)


def test_a_table_holds_nothing_that_a_terminal_obeys() -> None:
    text = table_text([["client", "words"], [f"Ann{OBEYED}", f"one\n{OBEYED}two"]])
    assert all(line.isprintable() for line in text.splitlines())
    assert "one\n]0;x31mtwo" in text
