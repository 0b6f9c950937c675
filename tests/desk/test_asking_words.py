"""A few words outside an interview: why a record is amended."""

from __future__ import annotations

from nmtchoose.desk.amending import ask_words
from nmtchoose.prompts.wording import progress
from tests.prompts.script import ScriptedPrompter

WHY = "Why is this record amended?"


def test_what_was_typed_comes_on_one_line() -> None:
    with ScriptedPrompter({"words": "  The client   called. "}) as prompter:
        assert ask_words(prompter, WHY) == "The client called."


def test_nothing_is_no_reason_so_it_is_asked_again() -> None:
    with ScriptedPrompter({"words": ["", "  ", "The client called."]}) as prompter:
        assert ask_words(prompter, WHY) == "The client called."
        assert prompter.said == ["This one needs a few words."] * 2


def test_it_is_no_part_of_an_interview() -> None:
    with ScriptedPrompter({"words": "x"}) as prompter:
        ask_words(prompter, WHY)
        assert [progress(screen) for screen in prompter.screens] == [""]
