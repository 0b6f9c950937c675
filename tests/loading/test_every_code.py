"""Every code of the two files has an example that reaches it."""

from __future__ import annotations

from nmtchoose.errors import Code, fault
from tests.loading import test_faults_in_questions as questions
from tests.loading import test_faults_in_rules as rules
from tests.loading import test_strict_yaml as strict_yaml

BY_THEMSELVES = {"M003", "S019", "S021", "Y014"}
"""Codes with a test function of their own."""


def test_every_code_of_the_two_files_has_an_example() -> None:
    tables = (questions.SHAPE, questions.NAMES, questions.MEANING, rules.SHAPE, rules.NAMES, rules.MEANING)
    shown = {code for table in tables for _, code, _, _ in table}
    shown |= {place.split()[-1] for _, _, place in strict_yaml.REFUSED + strict_yaml.HOSTILE}
    assert {code.id for code in Code if code.id[0] in "YSNM"} == shown | BY_THEMSELVES


def test_no_two_codes_share_an_id() -> None:
    ids = [code.id for code in Code]
    assert len(ids) == len(set(ids))


def test_a_fault_is_told_even_where_a_value_is_missing() -> None:
    assert all(str(fault(code)) for code in Code)
    assert fault(Code.UNKNOWN_FACT, name="{odd}").problem == "there is no fact '{odd}'"
