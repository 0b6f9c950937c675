"""Asking for a few words outside an interview."""

from __future__ import annotations

from nmtchoose.model.questionnaire import Kind, Purpose, Question, Voices
from nmtchoose.prompts.protocol import Prompter, Screen, Voice


def ask_text(prompter: Prompter, text: str) -> str:
    """Show `text` to staff and return what was typed, on one line."""
    question = Question("words", "", Kind.TEXT, Voices(text, text), Purpose.COMFORT, why="")
    screen = Screen(question, (), Voice.STAFF, "", "", part=1, parts=1, number=1, can_go_back=False)
    reply = prompter.ask(screen)
    return reply if isinstance(reply, str) else ""
