"""Offering back what somebody wrote: each medicine and each sign named in a text, to be confirmed, asked or left out.

Nothing follows from the text alone: only what is confirmed becomes an answer. What was not to be asked about is kept.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from nmtchoose.desk.interview import Interview, changing
from nmtchoose.desk.mentions import Mention, mentions
from nmtchoose.desk.prompter import Prompter
from nmtchoose.engine.evaluate import view
from nmtchoose.model.answers import Answer, chosen, special
from nmtchoose.model.condition import Is
from nmtchoose.model.questionnaire import UNSURE, Kind, Question

YES, NO = "yes", "no"
_SAID_NO = "You told us before that this is not so. "
Ask = Callable[[Interview], Interview]


def offered_back(interview: Interview, text: Question, prompter: Prompter, ask: Ask) -> Interview:
    """Return the interview after what the answer to `text` names was offered back; `ask` puts the question due.

    An emergency ends it.
    """
    written = interview.answers.get(text.id)
    fresh = written != interview.last_time.get(text.id)  # what was typed last time was offered then
    words = written if fresh and isinstance(written, str) and special(written) is None else ""
    left_out: list[str] = []
    for one in mentions(words, text.finds, interview.tables.questionnaire):
        if interview.state.emergency:
            break
        if one.medicine:
            interview = _confirmed(interview, one, prompter, left_out)
        elif _can_be_asked(interview, one):
            interview = _asked(interview, one, prompter, ask, left_out)
    kept_in = next(one.id for one in interview.tables.questionnaire.questions if one.noted_of == text.id)
    if not left_out and kept_in not in interview.answers:
        return interview
    note = {kept_in: "; ".join(left_out)}
    return replace(interview, answers={**note, **interview.answers, **note})  # what was answered last stays last


def _confirmed(interview: Interview, one: Mention, prompter: Prompter, left_out: list[str]) -> Interview:
    """Ask whether a medicine is what it is called here, and take it as an answer where it is."""
    question = interview.tables.questionnaire.by_id.get(one.question)
    given = None if question is None else interview.answers.get(question.id)
    if question and given is not None and _says(question, one.option, given):
        return interview
    denied = _SAID_NO if given is not None and special(given) != UNSURE else ""
    if not _agreed(prompter, f"{denied}{one.written}: {one.label}. Is that so?", "Yes", "No"):
        left_out.append(one.written)
        return interview
    return interview if question is None else _taken(interview, question, one.option)


def _asked(interview: Interview, one: Mention, prompter: Prompter, ask: Ask, left_out: list[str]) -> Interview:
    """Offer to ask about a sign, and ask the question that it belongs to."""
    text = f"You wrote '{one.written}': shall we ask about it? ({one.label})"
    if _agreed(prompter, text, "Yes, ask", "No, leave it"):
        return ask(changing(interview, one.question))
    left_out.append(one.written)
    return interview


def _agreed(prompter: Prompter, text: str, yes: str, no: str) -> bool:
    return prompter.choose(text, ((YES, yes), (NO, no))) == YES


def _can_be_asked(interview: Interview, one: Mention) -> bool:
    """Return whether the question was answered, and not with what the text says; one still to come is asked anyway."""
    question, given = interview.tables.questionnaire[one.question], interview.state.kept.get(one.question)
    return given is not None and not _says(question, one.option, given)


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
