"""What is said before the first question: how long it takes, who reads the answers, and what is kept."""

from __future__ import annotations

from nmtchoose.desk.desk import Desk
from nmtchoose.desk.prompter import Prompter, Voice
from nmtchoose.desk.starting import Start
from nmtchoose.words.sentences import counted

_HOW_LONG = {
    Voice.CLIENT: "This takes a few minutes.",
    Voice.STAFF: "This takes a few minutes. What is private the client answers on the screen.",
    Voice.PHONE: "This takes a few minutes. Read the questions and the answers out as they stand.",
}
_STOPPING = {
    True: " Ctrl-C stops, and you can go on later.",
    False: " Ctrl-C stops, and your answers are lost.",
}
_WHO_READS = {
    Voice.CLIENT: "Your therapist reads your answers; the desk reads those that are not private.",
    Voice.STAFF: "The therapist reads all answers; the desk those that are not private.",
    Voice.PHONE: "The therapist reads all answers. Tell the client so.",
}


def greet(desk: Desk, start: Start, prompter: Prompter) -> None:
    """Say it in three lines to who begins an interview, and wait until they are read; who goes on knows it already."""
    if start.answers:
        return
    prompter.say(_HOW_LONG[start.voice] + (_STOPPING[start.keeping.keeps] if start.voice is Voice.CLIENT else ""))
    prompter.say(_WHO_READS[start.voice])
    prompter.pause(_what_is_kept(desk, start))


def _what_is_kept(desk: Desk, start: Start) -> str:
    record = start.saving.save and not start.keeping.declined
    if start.keeping.keeps:
        days = desk.opener.settings.draft_days
        until = f"until the next interview begins, {counted(days, 'day')} at most"
        if record:
            return f"A record is kept, as agreed; beside it the answers stay on this computer {until}."
        return f"No record is kept. The answers stay on this computer {until}."
    if start.keeping.declined:
        return "Nothing is kept."
    kept = "A record is kept, as agreed" if record else "Nothing is kept"
    why = ", as records are encrypted" if desk.opener.encrypts else ""
    return f"{kept}; an unfinished interview is not{why}." if record or why else f"{kept}."
