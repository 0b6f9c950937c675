"""What is found in a faulty questions.yaml: each example is one change to the minimal file."""

from __future__ import annotations

import pytest

from tests.content.examples import QUESTIONS, brief, changed, faults_of, faulty

SHAPE = {
    "the format has to be named": ("S001", "format: nmtchoose/questions/1", "format: »nmtchoose/questions/2"),
    "a question needs a reason": ("S002", "  - id: notes\n", "  - »id: extra\n    section: now\n    kind: text\n"
        "    purpose: fit\n    ask: {client: A?, staff: B?}\n  - id: notes\n"),
    "a question needs both voices": ("S002", "{client: Anything else?, staff: Anything else from the client?}",
        "»{client: Anything else?}"),
    "a section needs a title": ("S002", "{id: wishes, title: Pain and wishes}", "»{id: wishes}"),
    "all three special answers need words": ("S002", "labels:\n  none: None of these\n", "labels:\n  »"),
    "a number question needs bounds": ("S002", "  - id: age\n    section: now\n    kind: number\n    purpose: safety\n"
        "    ask: {client: How old are you?, staff: How old is the client?}\n    why: Some checks depend on age.\n"
        "    minimum: 0\n", "  - »id: age\n    section: now\n    kind: number\n    purpose: safety\n"
        "    ask: {client: How old are you?, staff: How old is the client?}\n    why: Some checks depend on age.\n"),
    "an unknown key is named": ("S003", "    intro: ", "    »intr: ") if False else
        ("S003", "help: Ask the person to smile.", "»hlep: Ask the person to smile."),
    "a list is wanted": ("S004", "words: [nape]", "words: »nape"),
    "a text is wanted": ("S004", "title: A small intake", "title: »[A small intake]"),
    "true is no text": ("S004", "title: A small intake", "title: »true"),
    "yes is not true": ("S004", "private: true", "private: »yes"),
    "no is not false for a special answer": ("S004", "none: Nothing hurts", "none: »no"),
    "a mapping is wanted": ("S004", "ask: {client: How old are you?, staff: How old is the client?}",
        "ask: »How old are you?"),
    "a fraction is no whole number": ("S004", "maximum: 120", "maximum: »120.5"),
    "an answer is no truth value": ("S004", "{pain_sites: none}}", "{pain_sites: »true}}"),
    "an option needs a text": ("S005", "label: Pressure on the chest", 'label: »"  "'),
    "a question needs a text": ("S005", "client: Is any of this happening to you now?", 'client: »""'),
    "a text has an end": ("S006", "why: These signs need help before any massage.", "why: »" + "long " * 500),
    "a text shows all it holds": ("S007", "label: Light}", 'label: »"Li\\u202Eght"}'),
    "a bound has a limit": ("S008", "maximum: 5000", "maximum: »100000"),
    "a list that is there holds something": ("S009", "words: [nape]", "words: »[]"),
    "a condition says something": ("S010", "ask_when: {not: {pain_sites: none}}", "ask_when: »{}"),
    "a list of answers names one": ("S010", "{not: {pain_sites: none}}", "{not: {pain_sites: »[]}}"),
    "a condition is not left out": ("S010", "show_when: always", "show_when: »[]"),
    "minimum comes before maximum": ("S011", "minimum: 0\n    maximum: 120", "»minimum: 121\n    maximum: 120"),
    "text has no bounds": ("S012", "why: It is passed on to the therapist.", "why: It is passed on.\n    »minimum: 1"),
    "yes or no has no options": ("S012", "    unsure_as: yes\n", "    unsure_as: yes\n    »options: [{id: a, label: A}]\n"),
    "only lists have none": ("S012", "    unsure_as: yes\n", "    unsure_as: yes\n    »none: true\n"),
    "only lists are asked one by one": ("S012", "unsure_as: yes", "unsure_as: »one_by_one"),
    "a duration is in weeks": ("S012", "    maximum: 5000\n", "    maximum: 5000\n    »unit: days\n"),
    "an option is asked alone in a list of signs": ("S013", "label: Medium}",
        "label: Medium, »ask: {client: A?, staff: B?}}"),
    "options look different": ("S014", "{id: medium, label: Medium}", "{id: medium, »label: light}"),
    "a choice has no bounds": ("S016", "show_when: {age: {at_least: 18}}", "show_when: {blood_thinner: {»at_least: 18}}"),
    "a number has no options to count": ("S016", "{age: {at_least: 18}}", "{age: {»count_at_least: 1}}"),
    "a list has a limit": ("S020", "{id: light, label: Light}",
        "{id: light, label: Light, words: »[" + "a," * 2001 + "]}"),
}  # fmt: skip
