"""What counts as text, what is refused, and that hostile files end in a fault."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nmtchoose.errors import ContentError
from nmtchoose.loading.load import load_pair
from nmtchoose.loading.yaml_nodes import read_plain
from tests.loading.examples import QUESTIONS, RULES, brief


def refused(content: bytes) -> str:
    """Return the first fault of `content` as `line:column code`."""
    with pytest.raises(ContentError) as caught:
        read_plain(content, "some.yaml")
    return brief(caught.value.faults)[0].removeprefix("some.yaml:")


@pytest.mark.parametrize(
    "word", ["yes", "no", "on", "off", "null", "~", "12:30", "2026-11-22", "1.5", "0x1f", "007", "+1"]
)
def test_a_word_stays_text(word: str) -> None:
    assert read_plain(f"key: {word}".encode(), "some.yaml") == {"key": word}


def test_only_true_and_false_are_truth_values() -> None:
    assert read_plain(b"[true, false, True, 'true']", "some.yaml") == [True, False, "True", "true"]


def test_only_plain_decimal_integers_are_numbers() -> None:
    assert read_plain(b"[0, 44, -3, '44', 1_000]", "some.yaml") == [0, 44, -3, "44", "1_000"]


def test_a_number_too_long_to_be_meant_stays_text() -> None:
    assert read_plain(b"9" * 5000, "some.yaml") == "9" * 5000


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read_plain(b"\xef\xbb\xbfkey: word", "some.yaml") == {"key": "word"}


def test_lines_may_end_as_on_windows() -> None:
    assert refused(b"a: 1\r\nb: \x07\r\n") == "2:4 Y003"


REFUSED = [
    ("a list that is never closed", b"a: [1, 2\n", "2:1 Y001"),
    ("a colon inside a text", b"a: b: c", "1:5 Y001"),
    ("Latin-1", b"a: b\nc: caf\xe9", "2:7 Y002"),
    ("UTF-16", "a: b".encode("utf-16"), "1:1 Y002"),
    ("a NUL byte", b"a: b\nc: \0", "2:4 Y003"),
    ("a mark that turns the writing direction", "a: b\u202ec".encode(), "1:5 Y003"),
    ("a tab as indentation", b"a:\n\tb: c", "2:1 Y004"),
    ("a key that stands twice", b"a: 1\nb: 2\na: 3", "3:1 Y008"),
    ("an anchor", b"a: &x [1]", "1:4 Y009"),
    ("an alias", b"a: *x", "1:4 Y009"),
    ("a merge key", b"a:\n  <<: {b: 1}", "2:3 Y010"),
    ("a tag", b"a: !!python/object:os.system x", "1:4 Y011"),
    ("a second document", b"a: 1\n---\nb: 2", "2:1 Y012"),
    ("a list as a key", b"? [a]\n: b", "1:3 Y013"),
]


@pytest.mark.parametrize(("content", "fault"), [pytest.param(*example[1:], id=example[0]) for example in REFUSED])
def test_this_is_refused(content: bytes, fault: str) -> None:
    assert refused(content) == fault


HOSTILE = [
    ("a file of 10 MB", b"a: " + b"x" * 10_000_000, "Y005"),
    ("100,000 nested lists", b"[" * 100_000, "1:41 Y006"),
    ("100,000 nested mappings", b"{" * 100_000, "1:41 Y006"),
    ("100,000 nested items", b"- " * 100_000, "1:81 Y006"),
    ("900,000 lines", b"-\n" * 900_000, "50000:2 Y007"),
    ("an alias bomb", b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", "1:4 Y009"),
]


@pytest.mark.parametrize(("content", "fault"), [pytest.param(*example[1:], id=example[0]) for example in HOSTILE])
def test_a_hostile_file_ends_in_a_fault(content: bytes, fault: str) -> None:
    assert refused(content).removeprefix("some.yaml ") == fault


def test_an_empty_file_is_told_how_to_begin() -> None:
    with pytest.raises(ContentError) as caught:
        load_pair(b"# nothing yet\n", RULES.encode())
    assert [str(fault) for fault in caught.value.faults] == [
        "questions.yaml:1:1: the file is empty. It starts with 'format: nmtchoose/questions/2'. [Y014]"
    ]


def test_a_tab_is_told_apart_from_other_syntax_faults() -> None:
    with pytest.raises(ContentError, match="Use spaces"):
        read_plain(b"a:\n\tb: c", "some.yaml")


def test_the_slower_reader_in_plain_python_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = load_pair(QUESTIONS.encode(), RULES.encode())
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert load_pair(QUESTIONS.encode(), RULES.encode()) == fast


@given(st.binary(max_size=300))
def test_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        read_plain(content, "some.yaml")
    except ContentError as error:
        assert error.faults


BROKEN = st.tuples(
    st.sampled_from([QUESTIONS, RULES]),
    st.integers(min_value=0, max_value=2000),
    st.integers(min_value=0, max_value=40),
    st.sampled_from(["", "[", "{}", "[]", ": ", "- ", "true", "0", "''", "always", "{all: []}", "unsure", "x: {}\n"]),
)


@given(BROKEN)
def test_a_damaged_pair_is_loaded_or_refused(damage: tuple[str, int, int, str]) -> None:
    text, at, length, instead = damage
    damaged = text[:at] + instead + text[at + length :]
    pair = (damaged, RULES) if text is QUESTIONS else (QUESTIONS, damaged)
    try:
        load_pair(pair[0].encode(), pair[1].encode())
    except ContentError as error:
        assert error.faults
