"""After an emergency: staff record whether help was called. The interview itself is over by then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from nmtchoose.desk.prompter import Prompter
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import DispositionText, Region
from nmtchoose.words.sentences import with_numbers

QUESTION = "Has help been called?"
NOT_YET = "not_yet"
CHOICES = (
    (NOT_YET, "Not yet"),
    ("called", "Yes, help is on the way"),
    ("going", "The client is on the way to an emergency department"),
    ("declined", "The client did not want help"),
)
"""A stray Enter takes the first, which claims nothing and repeats the number."""

_STILL_TO_DO = {
    Disposition.CALL_EMERGENCY: "Please call {number} now, and stay with the client.",
    Disposition.EMERGENCY_TODAY: "Please help the client get to an emergency department now. If that is not possible,"
    " or if it gets worse, call {number}.",
}


def say_emergency(prompter: Prompter, said: DispositionText, region: Region) -> None:
    """Say what to do now where the result itself goes to a file or a program."""
    prompter.say(with_numbers(f"{said.title}. {said.staff}", region))


def ask_about_help(
    prompter: Prompter, disposition: Disposition, title: str, region: Region, now: Callable[[], datetime]
) -> Mapping[str, str] | None:
    """Ask whether help was called, and return `status` with the time `at`; None when the answer was interrupted.

    `title` says once more what to do, since the card may have scrolled away. "Not yet" is met with what is still to do
    and the number of `region`, once; nobody is kept from calling.
    """
    try:
        status = prompter.choose(f"{with_numbers(title, region)}. {QUESTION}", CHOICES)
    except (KeyboardInterrupt, EOFError):
        return None
    if status == NOT_YET:
        prompter.say(_STILL_TO_DO[disposition].format(number=region.emergency))
    return {"status": status, "at": now().isoformat(timespec="seconds")}
