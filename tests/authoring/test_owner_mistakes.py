# ruff: noqa: E501 - one mistake a line
"""Sixty mistakes that a new owner makes with nothing but docs/the-two-files.md at hand, and what `check` says of each.

Each is made in the sound pair, beside the pair that it started from. A part of what `check` has to print stands with it:
a code, or the change with its name, as somebody would read it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from nmtchoose.authoring.start_folder import BASE_FOLDER
from tests.authoring.command import run, write_pair

EITHER = {"winner_lead: 2": "winner_lead: 3"}
Q, R = "questions", "rules"

MISTAKES: tuple[tuple[str, str, str, str, str], ...] = (
    # A number off, or the other way round
    ("weeks lose a digit", R, "chronic_after_weeks: 12", "chronic_after_weeks: 1", "setting chronic_after_weeks"),
    ("an age one year off", Q, "{age: {at_most: 17}}", "{age: {at_most: 16}}", "LESS STRICT: question guardian"),
    ("an age the other way round", Q, "{age: {at_most: 17}}", "{age: {at_least: 17}}", "LESS STRICT: question guardian"),
    ("an option for the wrong age", Q, "{age: {at_least: 18}}", "{age: {at_most: 18}}", "LESS STRICT: question health"),
    ("a highest age too low", Q, "maximum: 120", "maximum: 12", "M008"),
    ("a lead turned round", R, "clear_lead: 4", "clear_lead: 1", "M011"),
    ("more answers than are asked", R, "{answers: 1,", "{answers: 3,", "S017"),
    # A condition turned
    ("a not too many", R, "when: {guardian: no}", "when: {not: {guardian: no}}", "LESS STRICT: rule no-guardian"),
    ("a not lost", Q, "ask_when: {not: {pain_sites: none}}", "ask_when: {pain_sites: none}", "question pain_weeks"),
    ("an and that was an or", R, "{health: fever, pain_sites: neck}", "[{health: fever}, {pain_sites: neck}]", "stricter"),
    ("a part forgotten", R, "{health: fever, pain_sites: neck}", "{health: fever}", "rule fever-with-neck-pain"),
    ("the wrong option", R, "when: {right_now: swollen_leg}", "when: {right_now: face_droop}", "LESS STRICT: rule swollen-leg"),
    ("the wrong question's answer", R, "when: {health: weight_loss}", "when: {pressure: deep}", "LESS STRICT: rule weight-loss"),
    ("yes for no", R, "when: {guardian: no}", "when: {guardian: yes}", "LESS STRICT: rule no-guardian"),
    ("all of two things", R, "when: {health: operation}", "when: {health: {all_of: [operation, fever]}}", "rule operation"),
    ("at least two", R, "when: {health: fever}\n", "when: {health: {count_at_least: 2}}\n", "LESS STRICT: rule fever"),
    # A level or an effect milder
    ("a doctor in place of the emergency room", R, "then: emergency_today", "then: medical_soon", "LESS STRICT: rule swollen-leg"),
    ("no call", R, "then: call_emergency", "then: clearance", "LESS STRICT: rule heart-or-head"),
    ("soon for urgent", R, "then: medical_urgent", "then: medical_soon", "LESS STRICT: rule fever-with-neck-pain"),
    ("care for a talk", R, "then: clearance", "then: proceed_with_care", "LESS STRICT: rule no-guardian"),
    ("deferred no more", R, "{disposition: defer, until: the fever is gone for a day}", "{caution: Rest.}", "rule fever"),
    ("an exclusion lost", R, "        exclude: [nmt]\n", "", "rule blood-thinner"),
    ("a limit raised", R, "pressure_limit: 3", "pressure_limit: 4", "LESS STRICT: rule blood-thinner"),
    ("a place less", R, "{named: [calf], marked_in: [pain_sites]}", "{marked_in: [pain_sites]}", "LESS STRICT: rule blood-thinner"),
    ("marks forgotten", R, "{named: [calf], marked_in: [pain_sites]}", "{named: [calf]}", "LESS STRICT: rule blood-thinner"),
    ("a light limit lifted", R, "{sites: upper, limit: 2}", "{sites: upper, limit: 5}", "LESS STRICT: rule blood-thinner"),
    ("held for one only", R, "ask_first: [nmt, swedish]", "ask_first: [nmt]", "LESS STRICT: rule operation"),
    ("sensible for all", R, "still_sensible: [swedish]", "still_sensible: [swedish, nmt]", "LESS STRICT: rule weight-loss"),
    # What is asked
    ("not sure not offered", Q, "    unsure: true\n", "    unsure: false\n", "right_now"),
    ("a question nobody gets", Q, "ask_when: {age: {at_most: 17}}", "ask_when: {age: {at_most: 0}}", "M008"),
    ("asked after it is read", Q, "ask_when: {age: {at_most: 17}}", "ask_when: {pressure: deep}", "M001"),
    ("left for the visit", Q, "    reassuring: yes\n", "    reassuring: yes\n    at_visit: true\n", "question guardian (left for the visit"),
    ("the wrong answer reassures", Q, "    reassuring: yes\n", "", "question guardian"),
    ("kept for the next visit", Q, "    private: true\n", "    private: true\n    lasting: true\n", "question health (kept for the next visit)"),
    ("no longer private", Q, "    private: true\n", "", "question health"),
    ("safety as a matter of taste", Q, "    purpose: safety\n    private", "    purpose: comfort\n    private", "question health"),
    ("a place less in a group", Q, "upper: [neck, shoulder]", "upper: [neck]", "body group upper"),
    ("a sign less in a group", Q, "[chest_pressure, face_droop]", "[chest_pressure]", "LESS STRICT: rule heart-or-head"),
    ("a place without sides", Q, "calf: {label: Calf, sides: true}", "calf: Calf", "place calf"),
    ("an option nobody reads", Q, "      fever: A fever today\n", "      fever: A fever today\n      flu: The flu\n", "C013"),
    ("an option gone", Q, "      weight_loss: Lost weight without trying\n", "", "N007"),
    # Words
    ("the label says the opposite", Q, "Lost weight without trying", "Gained weight", "question health (option weight_loss)"),
    ("two labels alike", Q, "medium: Medium", "medium: light", "S014"),
    ("a promise", R, "summary: Flowing strokes.", "summary: Guaranteed to help.", "C020"),
    ("a diagnosis", R, "Please have the leg looked at today.", "You have a blood clot.", "C020"),
    ("a fright", R, "Please have the leg looked at today.", "This can kill you.", "C020"),
    ("a therapy after an alarm", R, "Please have the leg looked at today.", "Have Swedish massage later.", "C021"),
    ("no doctor needed", R, "client: We have to ask first.", "client: You do not need a doctor for this.", "C020"),
    ("the wrong title", R, "title: Emergency room today", "title: Take it easy", "disposition emergency_today (title)"),
    ("an emergency number", R, 'emergency: "911"', 'emergency: "912"', "C036"),
    ("a placeholder misspelt", R, "Call {emergency} now", "Call {emergancy} now", "N016"),
    ("asked twice", Q, "      fever: A fever today\n", "      fever: A fever today\n      leg: A leg newly swollen, warm\n", "C013"),
    # Therapies and promises
    ("a therapy that is lighter", R, "    lightest: 3", "    lightest: 1", "therapy nmt"),
    ("no longer for painful places", R, "    works_on_pain: true\n", "", "therapy nmt"),
    ("a form for everybody", R, "choose_when: {pressure: light}", "choose_when: {pressure: [light, deep]}", "therapy chair"),
    ("a promise weaker", R, "disposition_at_least: proceed_with_care", "disposition_at_least: proceed", "guarantee blood-thinner-never-nmt"),
    ("a promise gone", R, "    never_suggest: [nmt]\n", "", "guarantee blood-thinner-never-nmt"),
    # Form
    ("a tab", R, "  enough: {", "\tenough: {", "Y00"),
    ("a key misspelt", R, "pressure_limit: 3", "presure_limit: 3", "S003"),
    ("a key twice", R, "winner_lead: 3", "winner_lead: 3\n  winner_lead: 1", "Y008"),
)  # fmt: skip


def test_there_are_sixty() -> None:
    assert len(MISTAKES) >= 60
    assert len({name for name, *_ in MISTAKES}) == len(MISTAKES)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "file", "old", "new", "told"), MISTAKES, ids=[one[0] for one in MISTAKES])
def test_check_names_the_mistake(name: str, file: str, old: str, new: str, told: str, tmp_path: Path) -> None:
    folder = write_pair(tmp_path / "mine", rules=EITHER)
    write_pair(folder / BASE_FOLDER, rules=EITHER)
    path = folder / f"{file}.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert told in run("check", folder).out
