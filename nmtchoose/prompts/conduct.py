"""Conducting an interview with any prompter: which question is shown next, and where Back leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from nmtchoose.engine.interview import State, offered, state
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Question, Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.prompts.protocol import Prompter, Screen, Turn, Voice
from nmtchoose.prompts.shown import ShownOptions
from nmtchoose.prompts.wording import asked

Pair = tuple[Questionnaire, RuleTable]
"""What is asked, and the rules that say when enough was asked."""


def conduct(
    pair: Pair,
    prompter: Prompter,
    answers: Mapping[str, Answer],
    *,
    voice: Voice,
    on_answer: Callable[[Mapping[str, Answer]], None] = lambda answers: None,
    start_at: str | None = None,
    shown: ShownOptions | None = None,
    last_time: Mapping[str, Answer] | None = None,
) -> dict[str, Answer]:
    """Ask until nothing that matters is unanswered, and return all answers, those no longer asked included.

    `answers` are those given before; they are not asked again. After every answer `on_answer` is called with all of
    them. Back shows the question before, as often as wanted, with its answer as the default; an answer then leads to
    the first question that is still open, and answers given later stay as they are, except to lists that offer more
    than before: those are asked again. An emergency ends it at once. `start_at` names an answered question to show
    first, for changing one answer; `shown` is for changing several, one after another. `last_time` holds answers of an
    earlier visit: their questions are asked, with the old answer as the default. KeyboardInterrupt and EOFError
    of the prompter pass through.
    """
    given = dict(answers)
    shown = shown or ShownOptions(pair[0], given)
    again = start_at
    while True:
        now = state(*pair, given)
        question = _on_path(now, again) or now.current
        if question is None:
            return given
        screen = screen_for(pair[0], now, question, given, voice)
        if last_time and question.id not in given:
            screen = replace(screen, current=last_time.get(question.id))
        reply = prompter.ask(screen)
        if isinstance(reply, Turn):
            again = _before(now, question).id
            prompter.say(f"Back to: {asked(pair[0][again], voice)}")
            continue
        given[question.id] = reply
        again = None
        shown.note(question, screen.options)
        for grown in shown.grown(given):
            del given[grown.id]
            prompter.say(f"This offers more now, so it is asked again: {asked(grown, voice)}")
        on_answer(given)


def screen_for(
    questionnaire: Questionnaire, now: State, question: Question, answers: Mapping[str, Answer], voice: Voice
) -> Screen:
    """Return `question` as it is to be shown when the interview stands at `now`."""
    section = questionnaire.section(question.section)
    parts = _parts(questionnaire)
    place = now.path.index(question)
    return Screen(
        question=question,
        options=offered(questionnaire, question, answers),
        voice=voice,
        section_title=section.title,
        section_intro=section.intro,
        part=parts.index(section.id) + 1,
        parts=len(parts),
        number=place + 1,
        can_go_back=place > 0,
        current=answers.get(question.id),
    )


def _parts(questionnaire: Questionnaire) -> list[str]:
    """Return the ids of the sections in the order in which their questions are asked."""
    return list(dict.fromkeys(question.section for question in questionnaire.questions))


def _on_path(now: State, question_id: str | None) -> Question | None:
    """Return the question to show again, when there is one and it still applies."""
    return next((question for question in now.path if question.id == question_id), None)


def _before(now: State, question: Question) -> Question:
    """Return the question before `question` on the path; the first one has none before it and is shown again."""
    return now.path[max(now.path.index(question) - 1, 0)]
