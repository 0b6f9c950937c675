"""Private questions at the desk: the client answers them on the screen, and staff see neither them nor the answers."""

from __future__ import annotations

from contextlib import suppress
from typing import Self

from msgspec.structs import replace

from nmtchoose.desk.prompter import Alarm, Prompter, Screen, Sheet, Turn, Typed, Voice
from nmtchoose.model.answers import Answer

CLIENT_CAN_LOOK = "Please turn the screen to the client. The next part is private."
STAFF_CAN_LOOK = "Thank you. Please turn the screen back to us."


class HandingOver:
    """A prompter for staff that hands private questions to the client; see `nmtchoose.desk.prompter.Prompter`.

    Before a private question staff are asked to turn the screen, and the question speaks to the client. Before the
    next question for staff the screen is wiped and turned back. Leaving the context wipes what the client still has on
    it, however the interview ends.
    """

    def __init__(self, prompter: Prompter) -> None:
        self._prompter = prompter
        self.say, self.pause, self.wipe, self.release = prompter.say, prompter.pause, prompter.wipe, prompter.release
        self._with_client = False

    def ask(self, screen: Screen) -> Answer | Typed | Turn:
        """Show `screen` to the one whom it is for, and return the answer or `Turn.BACK`."""
        return self._prompter.ask(self._turned(screen))

    def ask_lines(self, screen: Screen) -> tuple[Answer, ...] | Turn:
        """Show the lines of `screen` to the one whom they are for, and return the answers or `Turn.BACK`."""
        return self._prompter.ask_lines(self._turned(screen))

    def choose(self, text: str, choices: tuple[tuple[str, str], ...], keys: str = "") -> str:
        """Show a short menu to staff."""
        self._turn_to_staff()
        return self._prompter.choose(text, choices, keys)

    def alarm(self, alarm: Alarm, text: str, choices: tuple[tuple[str, str], ...]) -> str:
        """Show an emergency to whoever has the screen: nobody has to turn it first."""
        self._with_client = False
        self.wipe()
        return self._prompter.alarm(alarm, text, choices)

    def review(self, sheet: Sheet) -> str | Turn:
        """Show all answers to staff."""
        self._turn_to_staff()
        return self._prompter.review(sheet)

    def _turned(self, screen: Screen) -> Screen:
        """Turn the screen to the one whom `screen` is for, and return it in the voice for them."""
        if not screen.question.private:
            self._turn_to_staff()
            return screen
        if not self._with_client:
            self.wipe()
            self.pause(CLIENT_CAN_LOOK)
            self._with_client = True
        lines = tuple(replace(line, voice=Voice.CLIENT) for line in screen.lines)
        return replace(screen, voice=Voice.CLIENT, lines=lines)

    def _turn_to_staff(self) -> None:
        if self._with_client:
            self.wipe()
            self._with_client = False
            self.pause(STAFF_CAN_LOOK)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._with_client:
            with suppress(OSError):  # the terminal may be gone
                self.wipe()
