"""Before the result: what was answered, by section, with every answer open to change; and what does not go together."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from nmtchoose.engine.evaluate import truth, view
from nmtchoose.engine.interview import state
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.questionnaire import Contradiction, Question, Questionnaire
from nmtchoose.prompts.conduct import Pair, conduct
from nmtchoose.prompts.protocol import Prompter, Voice
from nmtchoose.prompts.wording import answer_in_words

DONE = "done"
KEEP = "keep"
_LONGEST_QUESTION = 60

OnAnswer = Callable[[Mapping[str, Answer]], None]


def contradictions(questionnaire: Questionnaire, answers: Answers) -> tuple[Contradiction, ...]:
    """Return the contradictions that hold for `answers`."""
    seen = view(questionnaire, answers)
    return tuple(one for one in questionnaire.contradictions if truth(one.when, seen) is True)


def settle(
    pair: Pair, prompter: Prompter, answers: Mapping[str, Answer], *, voice: Voice, on_answer: OnAnswer
) -> dict[str, Answer]:
    """Point out each contradiction once; the answers about it may be changed or kept. Return the answers."""
    given = dict(answers)
    told: set[str] = set()
    while True:
        now = state(*pair, given)
        fresh = [one for one in contradictions(pair[0], given) if one.id not in told]
        if now.emergency or not fresh:
            return given
        told.add(fresh[0].id)
        about = [pair[0][one] for one in fresh[0].about]
        choices = [(KEEP, "It is right as it is"), *((one.id, f"Change: {_asked(one, voice)}") for one in about)]
        chosen = prompter.choose(fresh[0].say, tuple(choices))
        if chosen != KEEP:
            given = conduct(pair, prompter, given, voice=voice, on_answer=on_answer, start_at=chosen)


def review(
    pair: Pair, prompter: Prompter, answers: Mapping[str, Answer], *, voice: Voice, on_answer: OnAnswer
) -> dict[str, Answer]:
    """Show all answers until the result is asked for; choosing one asks it again. Return the answers.

    Answers that no longer apply after a change are named, and so are those that come back.
    """
    given = dict(answers)
    while True:
        now = state(*pair, given)
        if now.emergency:
            return given
        rows = tuple((question.id, _row(question, now.kept, pair[0], voice)) for question in now.path)
        chosen = prompter.choose("Is this right? Choose an answer to change it.", ((DONE, "Show the result"), *rows))
        if chosen == DONE:
            return given
        given = conduct(pair, prompter, given, voice=voice, on_answer=on_answer, start_at=chosen)
        _tell_changes(now.dropped, state(*pair, given).dropped, pair[0], prompter, voice)


def _row(question: Question, kept: Answers, questionnaire: Questionnaire, voice: Voice) -> str:
    answer = kept.get(question.id)
    said = answer_in_words(question, answer) if answer is not None else "not answered"
    return f"{questionnaire.section(question.section).title}. {_short(_asked(question, voice))} {said}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUESTION else f"{text[:_LONGEST_QUESTION].rsplit(' ', 1)[0]} ..."


def _tell_changes(
    before: tuple[str, ...], after: tuple[str, ...], questionnaire: Questionnaire, prompter: Prompter, voice: Voice
) -> None:
    for question_id in after:
        if question_id not in before:
            prompter.say(f"No longer asked, so left out: {_asked(questionnaire[question_id], voice)}")
    for question_id in before:
        if question_id not in after:
            prompter.say(f"Asked again, with your answer from before: {_asked(questionnaire[question_id], voice)}")


def _asked(question: Question, voice: Voice) -> str:
    return question.ask.client if voice is Voice.CLIENT else question.ask.staff
