"""Conducting an interview with whoever can be asked and waited for.

It asks question after question, offers back what was written, and at the end shows all answers, each open to change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from msgspec.structs import replace

from nmtchoose.desk.interview import Interview, answered, back, changing, due
from nmtchoose.desk.mentions import Mention, mentions
from nmtchoose.desk.prompter import (
    Prompter,
    Screen,
    Sheet,
    Told,
    Turn,
    Typed,
    Voice,
    above,
    answer_told,
    asked,
    lines_told,
    spoken,
)
from nmtchoose.desk.returning import confirmed, is_time_to_confirm
from nmtchoose.engine.evaluate import truth, view
from nmtchoose.engine.interview import State
from nmtchoose.model.answers import Answer, chosen, special
from nmtchoose.model.condition import Is
from nmtchoose.model.questionnaire import UNSURE, Contradiction, Kind, Question

OnAnswer = Callable[[Interview], None]
"""Is called with the interview after every answer."""

YES, NO, KEEP = "yes", "no", "keep"
_SAID_NO = "You told us before that this is not so. "
_MOST_NAMED = 3
"""More changes than these are counted, and named in the list."""


def conduct(interview: Interview, prompter: Prompter, on_answer: OnAnswer = lambda interview: None) -> Interview:
    """Ask until nothing that matters is unanswered, and return the interview then.

    Back shows the question before, as often as wanted, with its answer as the default; an answer then leads to the
    first question that is still open. An emergency ends it at once, after the last line of its screen.
    KeyboardInterrupt and EOFError of the prompter pass through.
    """
    while True:
        if is_time_to_confirm(interview):
            interview = confirmed(interview, prompter)
            on_answer(interview)
            continue
        screen = due(interview)
        if screen is None:
            return interview
        after = put(interview, screen, prompter)
        if after is None:
            interview = back(interview, screen)
            again = interview.tables.questionnaire[str(interview.again)]
            prompter.say(f"Back to: {above(again, interview.voice)}")
            continue
        interview = after
        on_answer(interview)


def put(interview: Interview, screen: Screen, prompter: Prompter) -> Interview | None:
    """Put `screen` and return the interview with its answers, those of all its lines together; None for Back."""
    replies: tuple[Answer | Typed, ...] | Turn
    if screen.lines:
        replies = prompter.ask_lines(screen)
    else:
        reply = prompter.ask(screen)
        replies = reply if isinstance(reply, Turn) else (reply,)
    if isinstance(replies, Turn):
        return None
    for one, reply in zip(screen.lines or (screen,), replies, strict=True):
        interview, grown = answered(interview, one, reply)
        for question in grown:
            prompter.say(f"This offers more now, so it is asked again: {asked(question, interview.voice)}")
    if screen.question.finds:
        return _offered_back(interview, screen.question, prompter)
    return interview


def _offered_back(interview: Interview, text: Question, prompter: Prompter) -> Interview:
    """Return the interview after what the answer to `text` names was offered back; an emergency ends that.

    Nothing follows from a text alone: only what is confirmed becomes an answer. What was not to be asked about is kept.
    """
    written = interview.answers.get(text.id)
    fresh = written != interview.last_time.get(text.id)  # what was typed last time was offered then
    words = written if fresh and isinstance(written, str) and special(written) is None else ""
    left_out: list[str] = []
    for one in mentions(words, text.finds, interview.tables.questionnaire):
        if interview.state.emergency:
            break
        after = (_with_medicine if one.medicine else _with_sign)(interview, one, prompter)
        if after is None:
            left_out.append(one.written)
        interview = after or interview
    kept_in = next(one.id for one in interview.tables.questionnaire.questions if one.noted_of == text.id)
    if not left_out and kept_in not in interview.answers:
        return interview
    note = {kept_in: "; ".join(left_out)}
    return replace(interview, answers={**note, **interview.answers, **note})  # what was answered last stays last


def _with_medicine(interview: Interview, one: Mention, prompter: Prompter) -> Interview | None:
    """Ask whether a medicine is what it is called here, and take it as an answer where it is; None where it is not."""
    question = interview.tables.questionnaire.by_id.get(one.question)
    given = None if question is None else interview.answers.get(question.id)
    if question and given is not None and _says(question, one.option, given):
        return interview
    denied = _SAID_NO if given is not None and special(given) != UNSURE else ""
    if not _agreed(prompter, f"{denied}{one.written}: {one.label}. Is that so?", "Yes", "No"):
        return None
    return interview if question is None else _taken(interview, question, one.option)


def _with_sign(interview: Interview, one: Mention, prompter: Prompter) -> Interview | None:
    """Offer to ask about a sign, and ask the question that it belongs to; None where it is to be left.

    That has to be answered already, and not with what the text says; one still to come is asked anyway. Back leaves its
    answer as it is.
    """
    question, given = interview.tables.questionnaire[one.question], interview.state.kept.get(one.question)
    if given is None or _says(question, one.option, given):
        return interview
    asking = f"You wrote '{one.written}': shall we ask about it? ({one.label})"
    if not _agreed(prompter, asking, "Yes, ask", "No, leave it"):
        return None
    again = changing(interview, one.question)
    screen = due(again)
    return replace((put(again, screen, prompter) if screen else None) or again, again=None)


def _agreed(prompter: Prompter, text: str, yes: str, no: str) -> bool:
    return prompter.choose(text, ((YES, yes), (NO, no))) == YES


def _says(question: Question, option: str, given: Answer) -> bool:
    return option in chosen(given) or (special(given) == UNSURE and question.unsure_as == option)


def _taken(interview: Interview, question: Question, option: str) -> Interview:
    """Return the interview with `option` answered; a list that is still to come is shown with it ticked.

    Where the line that leads to it was a no, that no is taken back.
    """
    known = interview.tables.questionnaire
    if view(known, interview.answers).applies[question.id] is False:
        gate = question.ask_when
        alone = known[gate.question] if isinstance(gate, Is) else None
        line = next((one for one in known.questions if one.is_line and option in one.was.get(question.id, ())), alone)
        if line:
            interview = _taken(interview, line, line.options[0].id)
    given = interview.answers.get(question.id)
    if question.kind is Kind.ONE:
        answer: Answer = option
    else:
        ticked = {option, *(chosen(given) if given is not None else ())}
        answer = tuple(one.id for one in question.options if one.id in ticked)
        if given is None:
            return replace(interview, last_time={**interview.last_time, question.id: answer})
    others = {one: said for one, said in interview.answers.items() if one != question.id}
    return replace(interview, answers={**others, question.id: answer})


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
    answer, words = now.kept[question.id], interview.typed.get(question.id)
    told = answer_told(spoken(question, interview.voice), Typed(answer, words) if words else answer)
    day = interview.kept_from.get(question.id)
    return f"{told} (as on {day})" if day else told


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
