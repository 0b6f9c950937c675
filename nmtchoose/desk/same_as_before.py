"""What a client who was here before told us then, confirmed on one screen: is it all the same?

It is shown where the first of it would be asked, so after the signs of emergencies, which are asked anew at every
visit. Nothing of it counts before.
"""

from __future__ import annotations

from msgspec.structs import replace

from nmtchoose.desk.interview import Interview, with_answers
from nmtchoose.desk.prompter import Prompter, Voice
from nmtchoose.desk.told import answer_told, asked
from nmtchoose.engine.evaluate import view
from nmtchoose.model.questionnaire import Lasting, Question
from nmtchoose.words.answers import together

SAME, WORSE, UNSURE = "same", "worse", "not_sure"
_TOLD = {Voice.CLIENT: "you told us this", Voice.STAFF: "the client told us this. Read it out"}
_TOLD[Voice.PHONE] = _TOLD[Voice.STAFF]
_CHANGED = "Has any of it changed, or is anything new?"
_NO_WORSE = "Is it the same, and no worse? If not, choose what has changed."
_ASK_AGAIN = ((WORSE, "No, something is worse or new"), (UNSURE, "Not sure"))


def shown(question: Question) -> bool:
    """Return whether last time's answer is shown to be confirmed; one about health is asked, and filled in."""
    return question.lasting is Lasting.IF_SAME or (bool(question.lasting) and not question.purpose.is_safety)


def is_time_to_confirm(interview: Interview) -> bool:
    """Return whether it is time to show what was told last time."""
    now, places = interview.state, interview.tables.questionnaire.places
    if now.emergency or interview.again or interview.to_confirm.keys().isdisjoint(now.missing):
        return False
    trouble = [places[one] for one in _trouble(interview)]
    place = min(trouble) if trouble else max(places[one] for one in interview.to_confirm)
    return now.current is None or places[now.current.id] > place


def menu(interview: Interview) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return what is asked about last time, and what may be chosen: all the same, what has changed, or not sure."""
    known, told, trouble = interview.tables.questionnaire, interview.to_confirm, _trouble(interview)
    applies = view(known, {**interview.answers, **told}).applies
    rows = (
        (one.id, together(asked(one, interview.voice), answer_told(one, told[one.id])))
        for one in known.questions
        if one.id in told and applies[one.id]
    )
    same = (SAME, "Yes, and nothing new beside it" if trouble else "Nothing has changed")
    text = f"On {interview.visit} {_TOLD[interview.voice]}. {_NO_WORSE if trouble else _CHANGED}"
    return text, (same, *rows, *(_ASK_AGAIN if trouble else ()))


def confirmed(interview: Interview, prompter: Prompter) -> Interview:
    """Show what was told last time until no more has changed; return the interview with what has not.

    What has changed is asked in its place: once anything of the trouble has, all that was said about it, without last
    time's answers.
    """
    while interview.to_confirm:
        reply = prompter.choose(*menu(interview))
        if reply == SAME:
            return kept(interview)
        trouble = _trouble(interview)
        gone = {reply} if reply in interview.to_confirm and reply not in trouble else trouble
        last_time = {one: answer for one, answer in interview.to_confirm.items() if one in gone - trouble}
        left = {one: answer for one, answer in interview.to_confirm.items() if one not in gone}
        interview = replace(interview, to_confirm=left, last_time={**interview.last_time, **last_time})
    return interview


def kept(interview: Interview) -> Interview:
    """Return the interview after the client said that all is the same."""
    told = interview.to_confirm
    kept_from = dict.fromkeys(told, interview.visit)
    return replace(with_answers(interview, told), to_confirm={}, kept_from=kept_from)


def _trouble(interview: Interview) -> frozenset[str]:
    """Return the ids of what counts only together."""
    known = interview.tables.questionnaire
    return frozenset(one for one in interview.to_confirm if known[one].lasting is Lasting.IF_SAME)
