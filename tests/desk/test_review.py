"""Looking through the answers, with a scripted prompter."""

from __future__ import annotations

from msgspec.structs import replace

from nmtchoose.desk.conduct import KEEP, conduct, review
from nmtchoose.desk.interview import begun
from nmtchoose.desk.prompter import Turn, Voice
from nmtchoose.model.answers import Answers
from nmtchoose.model.condition import AllOf, Is, Not
from nmtchoose.model.questionnaire import Contradiction, Option
from nmtchoose.model.tables import Tables
from tests.desk.test_conduct import CALM
from tests.prompts.clinic import FEVER, PAIN, PREGNANT, QUESTIONNAIRE, RULES, TABLES
from tests.prompts.script import Script, ScriptedPrompter

TIRED = Contradiction("tired", AllOf((Is("fever", ("yes",)), Is("pressure", ("firm",)))), "Odd.", ("fever", "pressure"))
SECRET = Contradiction("secret", Is("pregnant", ("no",)), "Secret.", ("pregnant", "fever"))


def looked_through(prompter: ScriptedPrompter, tables: Tables = TABLES, voice: Voice = Voice.CLIENT) -> Answers:
    with prompter:
        return review(begun(tables, CALM, voice), prompter).answers


def tables_with(*contradictions: Contradiction) -> Tables:
    return Tables(replace(QUESTIONNAIRE, contradictions=contradictions), RULES)


def test_nothing_is_changed_by_looking() -> None:
    assert looked_through(ScriptedPrompter({})) == CALM


def test_every_answer_that_counts_is_shown_in_words() -> None:
    prompter = ScriptedPrompter({})
    looked_through(prompter)
    (sheet,) = prompter.sheets
    told = {one.question_id: one.answer for one in sheet.told}
    assert told["age"] == "44 years"
    assert told["pregnant"] == "answered (private)"
    assert list(told) == list(CALM)


def test_a_changed_answer_counts() -> None:
    assert looked_through(ScriptedPrompter({"age": 45}, reviews=["age"]))["age"] == 45


def test_what_is_no_longer_asked_is_named_and_comes_back() -> None:
    prompter = ScriptedPrompter({"pain": [("none",), ("neck",)]}, reviews=["pain", "pain"])
    assert looked_through(prompter) == CALM
    assert prompter.sheets[1].dropped == ("For how long has it hurt?",)
    assert prompter.sheets[2].dropped == ()
    assert prompter.said == [
        "No longer asked, so left out: For how long has it hurt?",
        "Counts again, as answered before: For how long has it hurt?",
    ]


def test_back_leads_to_the_last_question() -> None:
    prompter = ScriptedPrompter({"notes": "quiet, please"}, reviews=[Turn.BACK])
    assert looked_through(prompter)["notes"] == "quiet, please"


def test_a_change_that_shows_an_emergency_ends_it() -> None:
    prompter = ScriptedPrompter({"signs": ("chest",)}, reviews=["signs"])
    assert looked_through(prompter)["signs"] == ("chest",)
    assert len(prompter.sheets) == 1


def test_a_contradiction_that_a_change_brings_is_pointed_out_once() -> None:
    prompter = ScriptedPrompter({"fever": "yes", "age": 50}, choices=[KEEP], reviews=["fever", "age"])
    assert looked_through(prompter, tables_with(TIRED))["fever"] == "yes"


def test_a_contradiction_can_be_mended_at_once() -> None:
    prompter = ScriptedPrompter({"fever": ["yes", "no"]}, choices=["fever"], reviews=["fever"])
    assert looked_through(prompter, tables_with(TIRED))["fever"] == "no"


def test_staff_are_not_told_what_a_private_answer_contradicts() -> None:
    looked_through(ScriptedPrompter({}), tables_with(SECRET), Voice.STAFF)
    looked_through(ScriptedPrompter({}, choices=[KEEP]), tables_with(SECRET), Voice.CLIENT)


def test_a_list_that_offers_more_after_a_change_is_asked_again() -> None:
    lump = Option("lump", "A lump", show_when=Not(Is("pain", ("none",))))
    fever = replace(FEVER, id="now_too", ask_when=None, options=(*FEVER.options, lump))
    questions = (PAIN, fever, PREGNANT)
    tables = Tables(replace(QUESTIONNAIRE, questions=questions), RULES)
    script: Script = {
        "pain": [("none",), ("neck",)],
        "now_too": ["no", Turn.BACK, "lump"],
        "pregnant": [Turn.BACK, "no"],
    }
    with ScriptedPrompter(script) as prompter:
        answers = conduct(begun(tables, {}, Voice.CLIENT), prompter).answers
    assert answers["now_too"] == "lump"
    assert prompter.said[-1] == "This offers more now, so it is asked again: Do you have a fever today?"
