"""Before the result: what was answered, by section, with every answer open to change; and what does not go together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from nmtchoose.desk.conduct import OnAnswer, conduct
from nmtchoose.desk.interview import Interview, changing
from nmtchoose.desk.prompter import Prompter, Sheet, Told, Turn, Typed, Voice
from nmtchoose.desk.told import above, answer_told, asked, lines_told, spoken
from nmtchoose.engine.evaluate import truth, view
from nmtchoose.engine.interview import State
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Contradiction, Question

KEEP = "keep"
_MOST_NAMED = 3
"""More changes than these are counted, and named in the list."""


def review(interview: Interview, prompter: Prompter, on_answer: OnAnswer = lambda interview: None) -> Interview:
    """Point out contradictions, then show all answers until the result is asked for. Return the interview then.

    Choosing an answer asks it again. Answers that no longer apply after a change are named, and so are those that come
    back. An emergency ends it at once.
    """
    pointed_out: set[str] = set()
    while True:
        interview = _settle(interview, prompter, on_answer, pointed_out)
        now = interview.state
        if now.emergency:
            return interview
        chosen = prompter.review(sheet_for(interview))
        if chosen is Turn.ON:
            return interview
        again = now.path[-1].id if isinstance(chosen, Turn) else chosen
        interview = conduct(changing(interview, again), prompter, on_answer)
        for line in _changes(interview, now.dropped, interview.state.dropped):
            prompter.say(line)


def sheet_for(interview: Interview) -> Sheet:
    """Return the answers that count as they may be read on the screen; of a private one only that it was given."""
    questionnaire, now = interview.tables.questionnaire, interview.state
    answered = (question for question in now.path if question.id in now.kept)
    told = [
        Told(
            question_id=first.id,
            section_title=questionnaire.section(first.section).title,
            asked=above(first, interview.voice),
            answer=_told(interview, now, (first, *others)),
        )
        for _, (first, *others) in groupby(answered, lambda question: question.screen_id)
    ]
    return Sheet(tuple(told), tuple(_asked(interview, now.dropped)))


def _told(interview: Interview, now: State, shown: tuple[Question, ...]) -> str:
    """Return the answers to the questions of one screen, in a few words."""
    if shown[0].stem:
        return lines_told(((one, now.kept[one.id]) for one in shown), interview.voice)
    (question,) = shown
    told = answer_told(spoken(question, interview.voice), _said(interview, question.id, now.kept[question.id]))
    day = interview.kept_from.get(question.id)
    return f"{told} (as on {day})" if day else told


def _said(interview: Interview, question_id: str, answer: Answer) -> Answer | Typed:
    words = interview.typed.get(question_id)
    return Typed(answer, words) if words else answer


def contradictions(interview: Interview) -> Iterator[Contradiction]:
    """Yield those that hold. What the client answered in private is not pointed out to staff."""
    questionnaire = interview.tables.questionnaire
    seen = view(questionnaire, interview.answers)
    for one in questionnaire.contradictions:
        private = any(questionnaire[about].private for about in one.about)
        if truth(one.when, seen) is True and (interview.voice is not Voice.STAFF or not private):
            yield one


def _settle(interview: Interview, prompter: Prompter, on_answer: OnAnswer, pointed_out: set[str]) -> Interview:
    """Point out each contradiction once; the answers about it may be changed or kept."""
    while True:
        fresh = next((one for one in contradictions(interview) if one.id not in pointed_out), None)
        if fresh is None or interview.state.emergency:
            return interview
        pointed_out.add(fresh.id)
        changes = zip(fresh.about, _asked(interview, fresh.about), strict=True)
        choices = [(KEEP, "It is right as it is"), *((one, f"Change: {words}") for one, words in changes)]
        chosen = prompter.choose(fresh.say, tuple(choices))
        if chosen != KEEP:
            interview = conduct(changing(interview, chosen), prompter, on_answer)


def _changes(interview: Interview, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[str]:
    """Yield what to say about answers that a change dropped or brought back."""
    gone = [one for one in after if one not in before]
    returned = [one for one in before if one not in after]
    for told, ids in (("No longer asked, so left out", gone), ("Counts again, as answered before", returned)):
        if len(ids) > _MOST_NAMED:
            yield f"{told}: {len(ids)} answers; see the list."
        else:
            yield from (f"{told}: {words}" for words in _asked(interview, ids))


def _asked(interview: Interview, question_ids: Iterable[str]) -> list[str]:
    """Return the questions in the words of this interview; one that there no longer is has none."""
    known = interview.tables.questionnaire.by_id
    return [asked(known[one], interview.voice) for one in question_ids if one in known]
