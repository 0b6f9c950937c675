"""What a client who was here before told us then, confirmed on one screen: is it all the same?

It is shown where the first of it would be asked, so after the signs of emergencies, which are asked anew at every
visit. Nothing of it counts before, but an age: it comes only where a year more would change nothing.
"""

from __future__ import annotations

from msgspec.structs import replace

from nmtchoose.desk.interview import Interview, with_answers
from nmtchoose.desk.prompter import Prompter, Voice
from nmtchoose.desk.told import answer_told, asked
from nmtchoose.engine.evaluate import view
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Lasting, Question
from nmtchoose.words.answers import YEARS, together

SAME, WORSE, UNSURE = "same", "worse", "not_sure"
_TOLD = {Voice.CLIENT: "you told us this", Voice.STAFF: "the client told us this. Read it out"}
_TOLD[Voice.PHONE] = _TOLD[Voice.STAFF]
_CHANGED = "Has any of it changed, or is anything new?"
_NO_WORSE = "Is it the same, and no worse? If not, choose what has changed."
_ASK_AGAIN = ((WORSE, "No, something is worse or new"), (UNSURE, "Not sure"))


def carried_over(interview: Interview, told: Answers, visit: str) -> Interview:
    """Return `interview` with what was `told` on the day `visit`.

    An age counts at once. What is about health is asked again, with the old answer filled in; the rest is confirmed.
    """
    known = interview.tables.questionnaire
    ages = {one: answer for one, answer in told.items() if known[one].unit == YEARS}
    same = {one: answer for one, answer in told.items() if one not in ages and _is_confirmed(known[one])}
    filled_in = {one: answer for one, answer in told.items() if one not in ages and one not in same}
    return replace(
        with_answers(interview, ages),
        last_time=filled_in,
        to_confirm=same,
        visit=visit,
        kept_from={**interview.kept_from, **dict.fromkeys(ages, visit)},
    )


def _is_confirmed(question: Question) -> bool:
    return question.lasting is Lasting.IF_SAME or not question.purpose.is_safety


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
    known, trouble = interview.tables.questionnaire, _trouble(interview)
    told = {**{one: interview.answers[one] for one in interview.kept_from}, **interview.to_confirm}
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
        if reply in interview.kept_from:
            interview = _to_be_asked(interview, reply)
            continue
        trouble = _trouble(interview)
        gone = {reply} if reply in interview.to_confirm and reply not in trouble else trouble
        last_time = {one: answer for one, answer in interview.to_confirm.items() if one in gone - trouble}
        left = {one: answer for one, answer in interview.to_confirm.items() if one not in gone}
        interview = replace(interview, to_confirm=left, last_time={**interview.last_time, **last_time})
    return interview


def kept(interview: Interview) -> Interview:
    """Return the interview after the client said that all is the same."""
    told = interview.to_confirm
    kept_from = {**interview.kept_from, **dict.fromkeys(told, interview.visit)}
    return replace(with_answers(interview, told), to_confirm={}, kept_from=kept_from)


def _to_be_asked(interview: Interview, question_id: str) -> Interview:
    """Return `interview` without an answer that was kept, and with it as the default."""
    answers, kept_from = dict(interview.answers), dict(interview.kept_from)
    del kept_from[question_id]
    last_time = {**interview.last_time, question_id: answers.pop(question_id)}
    return replace(interview, answers=answers, kept_from=kept_from, last_time=last_time)


def _trouble(interview: Interview) -> frozenset[str]:
    """Return the ids of what counts only together."""
    known = interview.tables.questionnaire
    return frozenset(one for one in interview.to_confirm if known[one].lasting is Lasting.IF_SAME)
