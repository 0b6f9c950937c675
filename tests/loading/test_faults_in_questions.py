"""What is found in a faulty questions.yaml. Each example is one change to the minimal file; » marks the fault."""

from __future__ import annotations

import pytest

from tests.loading.examples import QUESTIONS, brief, changed, faults_of, faulty

SHAPE = [
    ("the format is named", "S001", "nmtchoose/questions/2", "»nmtchoose/questions/3"),
    ("a section has a title", "S002", "wishes: Pain and wishes", "»wishes: {intro: Some wishes.}"),
    ("a question has two voices", "S002",
        '{client: "Anything else?", staff: "Anything else from the client?"}', "»{client: A?}"),
    ("special answers have words", "S002", "  none: None of these\n  unsure", "  »unsure"),
    ("a key is known", "S003", "help: Ask", "»hlep: Ask"),
    ("words are a list", "S004", "[nape]", "»nape"),
    ("a title is text", "S004", "title: A small intake", "title: »[A small intake]"),
    ("true is no text", "S004", "title: A small intake", "title: »true"),
    ("yes is not true", "S004", "private: true", "private: »yes"),
    ("no does not switch a special answer off", "S004", "none: Nothing hurts", "none: »no"),
    ("a question is no list", "S004", "[light, medium]", "»light"),
    ("a fraction is no whole number", "S004", "maximum: 120", "maximum: »120.5"),
    ("true is no answer", "S004", "{pain_sites: none}}", "{pain_sites: »true}}"),
    ("a number is no condition", "S004", "show_when: always", "show_when: »1"),
    ("between takes two numbers", "S004", "{age: {at_least: 18}}", "{age: {between: »[18]}}"),
    ("an option has a label", "S005", "Pressure on the chest", '»"  "'),
    ("a question has words", "S005", "Is any of this happening to you now?", '»""'),
    ("a text has an end", "S006", "It is passed on to the therapist.", "»" + "long " * 500),
    ("a text shows all that it holds", "S007", "light: Light", 'light: »"Li\\u202Eght"'),
    ("a bound has a limit", "S008", "maximum: 5000", "maximum: »100000"),
    ("a count can be reached", "S008", "{not: {pain_sites: none}}", "{pain_sites: {count_at_least: »6}}"),
    ("a list holds something", "S009", "words: [nape]", "words: »[]"),
    ("a condition says something", "S010", "ask_when: {not: {pain_sites: none}}", "ask_when: »{}"),
    ("a condition is not left out", "S010", "show_when: always", 'show_when: »""'),
    ("a list of conditions holds one", "S010", "show_when: always", "show_when: »[]"),
    ("a list of answers holds one", "S010", "{not: {pain_sites: none}}", "{not: {pain_sites: »[]}}"),
    ("minimum comes before maximum", "S011", "minimum: 0\n    maximum: 120", "»minimum: 121\n    maximum: 120"),
    ("between goes upwards", "S011", "{age: {at_least: 18}}", "{age: {between: »[19, 18]}}"),
    ("text has no bounds", "S012", "why: It is passed on", "»minimum: 1\n    why: It is passed on"),
    ("yes or no has no options", "S012", "    unsure_as: yes\n", "    unsure_as: yes\n    »options: []\n"),
    ("a number has no groups", "S012", "    unit: years\n", "    unit: years\n    »groups: {}\n"),
    ("only lists have none of these", "S012", "    unsure_as: yes\n", "    unsure_as: yes\n    »none: true\n"),
    ("a duration is in weeks", "S012", "    maximum: 5000\n", "    maximum: 5000\n    »unit: days\n"),
    ("options look different", "S014", "medium: Medium", "medium: »light"),
    ("body regions look different", "S014", "label: Calf", "»label: neck"),
    ("a choice has no bounds", "S016", "{age: {at_least: 18}}", "{blood_thinner: {»at_least: 18}}"),
    ("a number has no options to count", "S016", "{age: {at_least: 18}}", "{age: {»count_at_least: 1}}"),
    ("a list has an end", "S020", "[nape]", "»[" + "a," * 2001 + "]"),
]  # fmt: skip

NAMES = [
    ("an id is in lower case", "N001", "  notes:", "  »Notes:"),
    ("an id has no dot", "N001", "  notes:", "  »right_now.notes:"),
    ("an id has an end", "N001", "  notes:", "  »" + "n" * 61 + ":"),
    ("an option is not called unsure", "N002", "medium: Medium", "medium: Medium\n      »unsure: Maybe"),
    ("a question is not called all", "N002", "  notes:", "  »all:"),
    ("sides do not repeat a region", "N003",
        "label: Calf, sides: true, view: back, heading: Legs}",
        "label: Calf, sides: true}\n  »shoulder_left: Arm"),
    ("a group is not called like an option", "N004",
        "gentle: [light, medium]", "gentle: [light, medium]\n      »light: [light]"),
    ("a body group is not called like a region", "N004",
        "upper: [neck, shoulder]", "upper: [neck, shoulder]\n  »neck: [neck]"),
    ("a screen is known", "N017", "    unit: years\n", "    unit: years\n    screen: »worse\n"),
    ("a kind is known", "N005", "kind: text", "kind: »tekst"),
    ("a kind of choice is known", "N005", "kind: one", "kind: »won"),
    ("a purpose is known", "N005", "purpose: emergency", "purpose: »emergencies"),
    ("a view is known", "N005", "view: back", "view: »side"),
    ("a condition reads a question", "N006", "{age: {at_least: 18}}", "{»aeg: {at_least: 18}}"),
    ("a contradiction is about questions", "N006",
        "about: [pain_sites, pain_weeks]", "about: [»pain_site, pain_weeks]"),
    ("a condition names an option", "N007", "{not: {pain_sites: none}}", "{not: {pain_sites: »nek}}"),
    ("a group holds options", "N007", "[light, medium]", "[light, »medum]"),
    ("not sure counts as an option", "N007", "unsure_as: yes", "unsure_as: »perhaps"),
    ("a special answer is offered", "N008", "{not: {pain_sites: none}}", "{not: {pain_sites: »unsure}}"),
    ("a question stands in a section", "N009", "section: now\n    kind: many", "section: »nov\n    kind: many"),
    ("a body group holds regions", "N010", "[neck, shoulder]", "[neck, »sholder]"),
]  # fmt: skip

MEANING = [
    ("a question does not read a later one", "M001", "{not: {pain_sites: none}}", "{»notes: {answered: true}}"),
    ("a question does not read itself", "M001", "{not: {pain_sites: none}}", "{»pain_weeks: {at_least: 1}}"),
    ("an option does not read its own question", "M001", "{age: {at_least: 18}}", "{»pressure: light}"),
    ("not sure is offered where it counts", "M004", "unsure_as: yes", "unsure: false\n    unsure_as: »yes"),
    ("signs of a list are not asked one by one", "M012",
        "    groups:\n      heart", "    unsure_as: »one_by_one\n    groups:\n      heart"),
    ("facts stay in the rules", "M005", "show_when: always", "show_when: »long_lasting"),
    ("settings stay in the rules", "M005", "show_when: always", "show_when: {setting: »ask_a_doctor_first}"),
    ("free text decides nothing", "M007", "pain_weeks: {at_least: 1}}", "notes: »hello}"),
    ("a number can be answered", "M008", "{age: {at_least: 18}}", "{age: {at_least: »121}}"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "old", "new"), [pytest.param(*example[1:], id=example[0]) for example in SHAPE + NAMES + MEANING]
)
def test_a_fault_is_found_at_its_place(code: str, old: str, new: str) -> None:
    wrong = faulty(changed(QUESTIONS, old, new))
    assert brief(faults_of(questions=wrong.text)) == [f"questions.yaml:{wrong.line}:{wrong.column} {code}"]


def test_a_missing_reason_is_reported_where_its_question_begins() -> None:
    text = changed(QUESTIONS, "    why: It is passed on to the therapist.\n", "")
    (fault,) = faults_of(questions=text)
    assert (fault.line, fault.column) == (text[: text.index("  notes:")].count("\n") + 1, 3)
    assert str(fault).endswith("a question needs 'why'. Add 'why:' here. [S002]")


def test_a_number_question_needs_both_bounds_and_a_unit() -> None:
    text = changed(QUESTIONS, "    minimum: 0\n    maximum: 120\n    unit: years\n", "")
    assert [fault.problem for fault in faults_of(questions=text)] == [
        "a question needs 'minimum'",
        "a question needs 'maximum'",
        "a question needs 'unit'",
    ]


def test_a_sites_question_needs_a_body() -> None:
    text = changed(QUESTIONS, QUESTIONS[QUESTIONS.index("body:") : QUESTIONS.index("sections:")], "")
    assert "S013" in {fault.code.id for fault in faults_of(questions=text)}


def test_a_misspelt_name_comes_with_the_nearest_one() -> None:
    (fault,) = faults_of(questions=changed(QUESTIONS, "[light, medium]", "[light, medum]"))
    assert fault.mend.startswith("Did you mean 'medium'?")


def test_a_key_of_another_place_is_answered_with_the_keys_of_this_one() -> None:
    (fault,) = faults_of(questions=changed(QUESTIONS, "wishes: Pain and wishes", "wishes: {title: Pain, help: Me}"))
    assert fault.mend == "Use one of: title, intro."


def test_all_faults_of_both_files_come_together() -> None:
    text = changed(changed(QUESTIONS, "kind: text", "kind: tekst"), "private: true", "private: yes")
    assert brief(faults_of(text, "format: nmtchoose/rules/2\nrules: {fit: 3}\n"))[:3] == [
        "questions.yaml:53:14 S004",
        "questions.yaml:87:11 N005",
        "rules.yaml:1:1 S002",
    ]


def test_a_hundred_faults_are_enough() -> None:
    text = changed(QUESTIONS, "[nape]", "[" + "[]," * 500 + "]")
    faults = faults_of(questions=text)
    assert len(faults) == 101
    assert [fault.code.id for fault in faults].count("S019") == 1


def test_only_what_is_kept_where_all_is_the_same_can_be_asked_again() -> None:
    text = changed(QUESTIONS, "medium: Medium", "medium: {label: Medium, asked_again: true}")
    (fault,) = faults_of(questions=text)
    assert (fault.code.id, fault.problem) == ("S013", "'asked_again' only goes with 'lasting: if_same'")
