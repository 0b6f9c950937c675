"""What is found in a faulty rules.yaml. Each example is one change to the minimal file; » marks the fault."""

from __future__ import annotations

import pytest

from tests.loading.examples import RULES, brief, changed, faults_of, faulty

SHAPE = [
    ("the format is named", "S001", "nmtchoose/rules/2", "»nmtchoose/questions/2"),
    ("a source has a title", "S002", "  house-rule: {title: Our own rule, ", "  »house-rule: {"),
    ("a cell is there for each row", "S002", "facts: {focus: Back and shoulders}", "facts: »{}"),
    ("a site limit has a limit", "S002", "[{sites: upper, limit: 2}]", "[»{sites: upper}]"),
    ("all grades have words", "S002", "  moderate: Fairly sure.\n  low", "  »low"),
    ("a stage is known", "S003", "  contraindication:\n", "  »contraindications:\n"),
    ("an effect is known", "S003", "caution: Bruises", "»cautions: Bruises"),
    ("a list is not a word", "S004", "exclude: [nmt]", "exclude: »nmt"),
    ("a setting is a number or true or false", "S004", "ask_a_doctor_first: true", "ask_a_doctor_first: »maybe"),
    ("any takes a list", "S004", "{all: [long_lasting, {pain_sites: neck}]}", "{any: »{fact: long_lasting}}"),
    ("a sentence has words", "S005", "reason: Your neck has hurt for a long time.", 'reason: »""'),
    ("pressure goes from 1 to 5", "S008", "site_limits: [{sites: upper, limit: 2}]",
        "site_limits: [{sites: upper, limit: »6}]"),
    ("a setting for pressure goes from 1 to 5", "S008", "{nmt: 3}\n", "{nmt: »chronic_after_weeks}\n"),
    ("fit is a small number", "S008", "{nmt: 3, swedish: -1}", "{nmt: »30, swedish: -1}"),
    ("enough of the conditions can hold", "S008", "{all: [long_lasting, {pain_sites: neck}]}",
        "{at_least: {count: »2, of: [long_lasting]}}"),
    ("a rule asks something", "S010", "when: {right_now: heart}", "when: »{}"),
    ("a form has its condition, a therapy has none", "S013",
        "    usual: 5\n", "    usual: 5\n    »choose_when: always\n"),
    ("a sole form is a form", "S013", "    usual: 5\n", "    usual: 5\n    »sole_form: true\n"),
    ("a rule has sources", "S015", "      reason: Your neck has hurt for a long time.\n      evidence: low\n"
        "      sources: [house-rule]", "      evidence: low\n      sources: »[]"),
    ("enough answers can be given", "S017", "{answers: 1, of", "{»answers: 3, of"),
    ("a guarantee promises something", "S018", "guarantees:\n",
        "guarantees:\n  »empty:\n    when: always\n    say: Nothing.\n"),
    ("a rule does something", "S018", "  fit:\n",
        "  fit:\n    »idle:\n      when: always\n      sources: [house-rule]\n"),
]  # fmt: skip

NAMES = [
    ("a rule id has no spaces", "N001", "    heart:\n", "    »my heart:\n"),
    ("a fact is not called always", "N002",
        "  old_neck_pain: {all:", "  »always: {pain_sites: neck}\n  old_neck_pain: {all:"),
    ("rules of all stages have different ids", "N003", "    old-neck-pain:", "    »heart:"),
    ("a disposition is known", "N005", "then: call_emergency", "then: »call_ambulance"),
    ("a grade is known", "N005", "evidence: moderate", "evidence: »high"),
    ("a firmness is known", "N005", "firmness: own_judgement\n", "firmness: »own\n"),
    ("a condition reads a question", "N006", "{right_now: heart}", "{»rigth_now: heart}"),
    ("sites are marked in a question", "N006", "marked_in: [pain_sites]", "marked_in: [»sites]"),
    ("the questions for enough are known", "N006", "of: [pain_sites, pressure]", "of: [pain_sites, »presure]"),
    ("a condition names an option or group", "N007", "{right_now: heart}", "{right_now: »hart}"),
    ("a special answer is offered", "N008", "{right_now: heart}", "{right_now: »declined}"),
    ("a site is known", "N010", "sites: upper", "sites: »uper"),
    ("a therapy to leave out is known", "N011", "exclude: [nmt]", "exclude: [»nmtt]"),
    ("a therapy with points is known", "N011", "{nmt: 3, swedish: -1}", "{nmt: 3, »swedisch: -1}"),
    ("the fallback is a therapy", "N011", "fallback: swedish", "fallback: »swede"),
    ("a source is known", "N012", "tell_client: Please call {emergency} now.\n      sources: [health-page]",
        "sources: [»health_page]"),
    ("a fact is known", "N013", "when: old_neck_pain", "when: »old_nek_pain"),
    ("a fact can be named in full", "N013", "when: old_neck_pain", "when: {fact: »old_nek_pain}"),
    ("a setting is known", "N014", "{at_least: chronic_after_weeks}", "{at_least: »chronic_weeks}"),
    ("a row is known", "N015", "{focus: The whole body}", "{focus: The whole body, »price: Low}"),
    ("a placeholder is filled in", "N016", "Please call {emergency} now.", "»Please call {emergancy} now."),
    ("a brace is not left alone", "N016", "Please call {emergency} now.", "»Please call {emergency now."),
]  # fmt: skip

MEANING = [
    ("a fact does not name itself", "M002", "  long_lasting: {pain_weeks: {at_least: chronic_after_weeks}}",
        "  »long_lasting: {any: [long_lasting]}"),
    ("facts do not go round in a circle", "M002", "  long_lasting: {pain_weeks: {at_least: chronic_after_weeks}}",
        "  »long_lasting: {not: old_neck_pain}"),
    ("a number is no yes or no", "M006", "when: old_neck_pain", "when: {setting: »chronic_after_weeks}"),
    ("a yes or no is no number", "M006", "{at_least: chronic_after_weeks}", "{at_least: »ask_a_doctor_first}"),
    ("free text decides nothing", "M007", "{right_now: heart}", "{notes: »heart}"),
    ("a number can be answered", "M008", "chronic_after_weeks}}", "»6000}}"),
    ("sites are marked in a sites question", "M009", "marked_in: [pain_sites]", "marked_in: [»right_now]"),
    ("a form is a form of no form", "M010", "form_of: swedish", "form_of: »chair"),
    ("lightest is at most usual", "M011", "    lightest: 3\n    usual: 5", "    »lightest: 5\n    usual: 4"),
    ("a clear lead is a lead", "M011", "  winner_lead: 2", "  »winner_lead: 5"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "old", "new"), [pytest.param(*example[1:], id=example[0]) for example in SHAPE + NAMES + MEANING]
)
def test_a_fault_is_found_at_its_place(code: str, old: str, new: str) -> None:
    wrong = faulty(changed(RULES, old, new))
    assert brief(faults_of(rules=wrong.text)) == [f"rules.yaml:{wrong.line}:{wrong.column} {code}"]


def test_every_disposition_needs_its_words() -> None:
    line = "  defer: {title: Later, client: Not today., staff: Offer a later date.}\n"
    (fault,) = faults_of(rules=changed(RULES, line, ""))
    assert fault.problem == "'dispositions' needs 'defer'"


def test_a_rule_without_any_sources_is_reported_where_it_begins() -> None:
    text = changed(RULES, "      evidence: low\n      sources: [house-rule]\n", "")
    (fault,) = faults_of(rules=text)
    assert (fault.code.id, fault.line) == ("S015", text[: text.index("old-neck-pain:")].count("\n") + 1)


def test_two_separate_circles_of_facts_are_both_reported() -> None:
    circles = "  a: {not: b}\n  b: {not: a}\n  c: {not: c}\n"
    faults = faults_of(rules=changed(RULES, "facts:\n  long", f"facts:\n{circles}  long"))
    assert sorted(fault.problem for fault in faults) == [
        "these facts go round in a circle: a > b > a",
        "these facts go round in a circle: c > c",
    ]


def test_facts_that_double_each_other_become_too_big() -> None:
    doubling = "".join(f"  f{n}: {{all: [f{n - 1}, f{n - 1}]}}\n" for n in range(1, 40))
    faults = faults_of(rules=changed(RULES, "facts:\n  long", f"facts:\n  f0: {{age: 1}}\n{doubling}  long"))
    assert faults[0].code.id == "M003"


def test_a_long_chain_of_facts_is_refused_and_not_followed() -> None:
    chain = "".join(f"  f{n}: {{not: f{n - 1}}}\n" for n in range(1, 3000))
    faults = faults_of(rules=changed(RULES, "facts:\n  long", f"facts:\n  f0: {{age: 1}}\n{chain}  long"))
    assert faults[0].code.id == "M003"


def test_pain_has_to_be_marked_somewhere() -> None:
    (fault,) = faults_of(rules=changed(RULES, "settings:\n", "pain_question: age\nsettings:\n"))
    assert (fault.line, fault.column, fault.code.id) == (4, 16, "M009")
