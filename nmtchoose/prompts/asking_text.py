"""Asking for a few words outside an interview."""

from __future__ import annotations

from nmtchoose.model.questionnaire import Kind, Purpose, Question, Voices
from nmtchoose.prompts.protocol import Prompter, Screen, Voice


def ask_text(prompter: Prompter, text: str) -> str:
    """Show `text` to staff until something is typed, and return that, on one line."""
    question = Question("words", "", Kind.TEXT, Voices(text, text), Purpose.COMFORT, why="")
    screen = Screen(question, (), Voice.STAFF, "", "", part=0, parts=0, number=0, can_go_back=False)
    while True:
        reply = prompter.ask(screen)
        words = " ".join(reply.split()) if isinstance(reply, str) else ""
        if words:
            return words
        prompter.say("This one needs a few words.")
