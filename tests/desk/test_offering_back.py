"""What somebody wrote is offered back: medicines to confirm, signs to ask about. A text alone decides nothing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from nmtchoose.desk.conduct import conduct
from nmtchoose.desk.interview import Interview, begun, result_of
from nmtchoose.desk.mentions import mentions
from nmtchoose.desk.prompter import Voice
from nmtchoose.engine.assess import assess
from nmtchoose.files.answers_file import read_answers
from nmtchoose.formats.text_page import plain_lines
from nmtchoose.loading.load import load_pair
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Finds
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.result import result_page
from tests.loading.examples import QUESTIONS, RULES, changed
from tests.prompts.script import ScriptedPrompter
from tests.shipped import ROOT, shipped_pair

MEDICINES = """\
medicines:
  thinner: {label: a blood thinner, means: {blood_thinner: yes}, names: [warfarin, Eliquis, Coumadin, Co-Umadol]}
  statin: {label: for the fats in your blood, names: [Lipitor, atorvastatin]}
  stopped: {label: a medicine for the heart, means: {right_now: chest_pressure}, names: [GTN spray]}
"""
TEXT = changed(
    changed(QUESTIONS, "    kind: text\n", "    kind: text\n    finds: [medicines, words]\n") + MEDICINES,
    "chest_pressure: Pressure on the chest\n",
    "chest_pressure: {label: Pressure on the chest, words: [tight chest, angina]}\n",
)
TABLES = Tables(*load_pair(TEXT.encode(), RULES.encode()))
CALM: Answers = {
    "right_now": ("none",),
    "age": 44,
    "blood_thinner": "no",
    "pain_sites": ("none",),
    "pressure": "light",
}


def named(text: str, *finds: Finds) -> list[tuple[str, str]]:
    return [(one.written, one.label) for one in mentions(text, finds or tuple(Finds), TABLES.questionnaire)]


def written(text: str, choices: list[str], script: Answers | None = None, before: Answers = CALM) -> Interview:
    with ScriptedPrompter({"notes": text, **(script or {})}, choices) as prompter:
        return conduct(begun(TABLES, before, Voice.CLIENT), prompter)


@pytest.mark.parametrize(
    "text",
    ["Eliquis", "eliquis 5 mg twice a day", "ELIQIUS", "aspirin, Elquis", "just Eliquis!", "co umadol", "coumadol"],
)
def test_a_medicine_is_found_by_its_name_with_one_slip(text: str) -> None:
    assert [label for _, label in named(text)] == ["a blood thinner"]


@pytest.mark.parametrize("text", ["", "paracetamol", "Elis", "eleqois", "no idea", "spray"])
def test_other_words_are_no_medicine(text: str) -> None:
    assert named(text) == []


def test_several_names_may_be_given() -> None:
    assert named("warfarin, Lipitor and a GTN spray", Finds.MEDICINES) == [
        ("warfarin", "a blood thinner"),
        ("Lipitor", "for the fats in your blood"),
        ("GTN spray", "a medicine for the heart"),
    ]


def test_signs_are_found_by_their_words_in_any_order() -> None:
    assert named("My chest is tight, otherwise fine") == [("My chest is tight", "Pressure on the chest")]


def test_a_medicine_counts_only_when_it_is_confirmed() -> None:
    assert written("Eliquis", ["yes"]).answers["blood_thinner"] == "yes"
    assert written("Eliquis", ["no"]).answers["blood_thinner"] == "no"


def test_a_no_before_is_pointed_out() -> None:
    prompter = ScriptedPrompter({"notes": "Eliquis"}, ["yes"])
    conduct(begun(TABLES, CALM, Voice.CLIENT), prompter)
    assert prompter.menus == ["You told us before that this is not so. Eliquis: a blood thinner. Is that so?"]


def test_what_is_known_already_is_not_asked_again() -> None:
    assert written("Eliquis", [], before={**CALM, "blood_thinner": "yes"}).answers["blood_thinner"] == "yes"


def test_a_sign_is_asked_about_where_that_is_wanted() -> None:
    interview = written("a tight chest", ["yes"], {"right_now": ("chest_pressure",)})
    assert interview.answers["right_now"] == ("chest_pressure",)
    assert interview.state.emergency


def test_what_is_not_to_be_asked_about_is_kept() -> None:
    interview = written("a tight chest, Eliquis", ["no", "no"])
    assert interview.answers["right_now"] == ("none",)
    assert interview.answers["notes.left_out"] == "Eliquis; a tight chest"


def test_a_text_that_names_nothing_goes_on() -> None:
    assert "notes.left_out" not in written("I like it quiet", []).answers


def test_nobody_is_asked_what_was_left_out() -> None:
    assert begun(TABLES, {**CALM, "notes": ""}, Voice.CLIENT).state.current is None


def test_the_text_stays_as_it_was_written() -> None:
    assert written("just Eliquis for my heartbeat", ["yes"]).answers["notes"] == "just Eliquis for my heartbeat"


def test_a_doctor_reads_what_was_written() -> None:
    rules = changed(RULES, "        disposition: proceed_with_care\n", "        disposition: medical_soon\n")
    tables = Tables(*load_pair(TEXT.encode(), rules.encode()))
    result = result_of(tables, {**CALM, "blood_thinner": "yes", "notes": "just Eliquis, for my heartbeat"})
    said = "\n".join(plain_lines(result_page(Intake(result.answers, result.assessment), tables)))
    assert "just Eliquis, for my heartbeat" in said


def test_a_medicine_opens_the_list_that_a_no_had_closed() -> None:
    """Somebody said no to medicines, and then writes one."""
    tables = Tables(*shipped_pair())
    before = read_answers(str(ROOT / "examples" / "swedish.json"), tables.questionnaire)
    del before["anything_else"]
    script: Answers = {
        "anything_else": "just Eliquis for my heartbeat",
        "medicine_names": "",
        "medicines": ("blood_thinner",),
        "medicine_today": ("none",),
        **{f"thinner_signs.{line}": "no" for line in ("black", "head", "muddled", "headache", "bruises", "test_high")},
    }
    with ScriptedPrompter(script, ["yes"]) as prompter:
        interview = conduct(begun(tables, before, Voice.CLIENT), prompter)
    assert before["today.medicine"] == "no"
    assert interview.answers["today.medicine"] == "yes"
    assert "blood-thinner" in {one.rule for one in assess(tables.questionnaire, tables.rules, interview.answers).trace}


def test_a_medicine_for_an_illness_opens_the_line_that_hid_it() -> None:
    """Somebody said no to diabetes among the broad lines, and then writes metformin."""
    tables = Tables(*shipped_pair())
    before = read_answers(str(ROOT / "examples" / "swedish.json"), tables.questionnaire)
    del before["anything_else"]
    script: Answers = {
        "anything_else": "I take metformin",
        "bones_nerves": ("diabetes",),
        **{f"diabetes_now.{line}": "no" for line in ("drowsy", "vomiting", "thirst", "breath", "shaky")},
        "diabetes_feet": "no",
    }
    with ScriptedPrompter(script, ["yes"]) as prompter:
        interview = conduct(begun(tables, before, Voice.CLIENT), prompter)
    assert (before["health.nerves"], interview.answers["health.nerves"]) == ("no", "yes")
    assert "diabetes" in {one.rule for one in assess(tables.questionnaire, tables.rules, interview.answers).trace}


def test_names_of_medicines_that_are_the_same_as_last_time_are_not_offered_again() -> None:
    tables = Tables(*shipped_pair())
    before = read_answers(str(ROOT / "examples" / "adapted-session.json"), tables.questionnaire)
    rest = {one: answer for one, answer in before.items() if one not in ("medicine_names", "medicines")}
    script: Answers = {"medicine_names": "Eliquis", "medicines": before["medicines"]}
    with ScriptedPrompter(script) as prompter:
        conduct(replace(begun(tables, rest, Voice.CLIENT), last_time={"medicine_names": "Eliquis"}), prompter)
        assert prompter.menus == []
