"""Handing the screen over, with a prompter that remembers what was said."""

from __future__ import annotations

import pytest

from nmtchoose.desk.conduct import conduct
from nmtchoose.desk.handover import CLIENT_CAN_LOOK, STAFF_CAN_LOOK, HandingOver
from nmtchoose.desk.interview import begun
from nmtchoose.desk.prompter import Screen, Turn, Voice
from nmtchoose.model.answers import Answer
from tests.desk.test_conduct import CALM
from tests.prompts.clinic import PREGNANT, TABLES
from tests.prompts.script import WIPED, ScriptedPrompter


def at_the_desk(script: ScriptedPrompter) -> ScriptedPrompter:
    with script, HandingOver(script) as desk:
        conduct(begun(TABLES, {}, Voice.STAFF), desk)
    return script


def test_private_questions_speak_to_the_client_and_all_others_to_staff() -> None:
    prompter = at_the_desk(ScriptedPrompter(CALM))
    assert {screen.question.id for screen in prompter.screens if screen.voice is Voice.CLIENT} == {PREGNANT.id}


def test_the_screen_is_wiped_and_turned_both_ways() -> None:
    prompter = at_the_desk(ScriptedPrompter(CALM))
    assert prompter.said == [WIPED, CLIENT_CAN_LOOK, WIPED, STAFF_CAN_LOOK]


def test_going_back_turns_the_screen_too() -> None:
    prompter = at_the_desk(ScriptedPrompter({**CALM, "fever": ["no", "no"], "pregnant": [Turn.BACK, "no"]}))
    assert prompter.said.count(CLIENT_CAN_LOOK) == 2
    assert prompter.said.count(STAFF_CAN_LOOK) == 2


@pytest.mark.parametrize("stop", [KeyboardInterrupt, EOFError])
def test_a_stop_while_the_client_has_the_screen_wipes_it(stop: type[BaseException]) -> None:
    class Stopped(ScriptedPrompter):
        def ask(self, screen: Screen) -> Answer | Turn:
            raise stop

    prompter = Stopped({})
    with pytest.raises(stop), HandingOver(prompter) as desk:
        conduct(begun(TABLES, {"signs": ("none",), "fever": "no"}, Voice.STAFF), desk)
    assert prompter.said == [WIPED, CLIENT_CAN_LOOK, WIPED]
