"""Before the result: what was answered, by section, with every answer open to change; and what does not go together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from nmtchoose.engine.evaluate import truth, view
from nmtchoose.engine.interview import State, state
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.questionnaire import Contradiction, Questionnaire
from nmtchoose.prompts.conduct import Pair, conduct
from nmtchoose.prompts.protocol import Prompter, Sheet, Told, Turn, Voice
from nmtchoose.prompts.shown import ShownOptions
from nmtchoose.prompts.wording import answer_told, asked

KEEP = "keep"
_LONGEST_QUESTION = 60
_MOST_NAMED = 3
"""More changes than these are counted, and named in the list."""

OnAnswer = Callable[[Mapping[str, Answer]], None]
Change = Callable[[Answers, str], dict[str, Answer]]
"""Asks one question again and returns the answers then."""


def review(
    pair: Pair, prompter: Prompter, answers: Mapping[str, Answer], *, voice: Voice, on_answer: OnAnswer
) -> dict[str, Answer]:
    """Point out contradictions, then show all answers until the result is asked for. Return the answers.

    Choosing an answer asks it again. Answers that no longer apply after a change are named, and so are those that come
    back. An emergency ends it at once.
    """
    pointed_out: set[str] = set()
    shown = ShownOptions(pair[0], answers)

    def change(given: Answers, question_id: str) -> dict[str, Answer]:
        return conduct(pair, prompter, given, voice=voice, on_answer=on_answer, start_at=question_id, shown=shown)

    given = dict(answers)
    while True:
        given = _settle(pair, prompter, given, pointed_out, voice, change)
        now = state(*pair, given)
        if now.emergency:
            return given
        chosen = prompter.review(sheet_for(pair[0], now, voice))
        if chosen is Turn.ON:
            return given
        given = change(given, now.path[-1].id if isinstance(chosen, Turn) else chosen)
        for line in _changes(now.dropped, state(*pair, given).dropped, pair[0], voice):
            prompter.say(line)


def contradictions(questionnaire: Questionnaire, answers: Answers) -> tuple[Contradiction, ...]:
    """Return the contradictions that hold for `answers`."""
    seen = view(questionnaire, answers)
    return tuple(one for one in questionnaire.contradictions if truth(one.when, seen) is True)


def sheet_for(questionnaire: Questionnaire, now: State, voice: Voice) -> Sheet:
    """Return the answers that count as they may be read on the screen; of a private one only that it was given."""
    told = [
        Told(
            question_id=question.id,
            section_title=questionnaire.section(question.section).title,
            asked=_short(asked(question, voice)),
            answer=answer_told(question, now.kept[question.id]),
        )
        for question in now.path
        if question.id in now.kept
    ]
    dropped = [_short(asked(questionnaire[one], voice)) for one in now.dropped if one in questionnaire.by_id]
    return Sheet(tuple(told), tuple(dropped))


def _settle(
    pair: Pair, prompter: Prompter, answers: Answers, pointed_out: set[str], voice: Voice, change: Change
) -> dict[str, Answer]:
    """Point out each contradiction once; the answers about it may be changed or kept."""
    given = dict(answers)
    while True:
        now = state(*pair, given)
        fresh = [one for one in contradictions(pair[0], given) if one.id not in pointed_out]
        fresh = [one for one in fresh if _may_be_told(one, pair[0], voice)]
        if now.emergency or not fresh:
            return given
        pointed_out.add(fresh[0].id)
        about = [pair[0][one] for one in fresh[0].about]
        choices = [(KEEP, "It is right as it is"), *((one.id, f"Change: {asked(one, voice)}") for one in about)]
        chosen = prompter.choose(fresh[0].say, tuple(choices))
        if chosen != KEEP:
            given = change(given, chosen)


def _may_be_told(contradiction: Contradiction, questionnaire: Questionnaire, voice: Voice) -> bool:
    """What the client answered in private is not pointed out to staff."""
    return voice is Voice.CLIENT or not any(questionnaire[one].private for one in contradiction.about)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUESTION else f"{text[:_LONGEST_QUESTION].rsplit(' ', 1)[0]} ..."


def _changes(
    before: tuple[str, ...], after: tuple[str, ...], questionnaire: Questionnaire, voice: Voice
) -> Iterator[str]:
    """Yield what to say about answers that a change dropped or brought back."""
    gone = [asked(questionnaire[one], voice) for one in after if one not in before]
    back = [asked(questionnaire[one], voice) for one in before if one not in after]
    for told, words in (("No longer asked, so left out", gone), ("Counts again, as answered before", back)):
        if len(words) > _MOST_NAMED:
            yield f"{told}: {len(words)} answers; see the list."
        else:
            yield from (f"{told}: {one}" for one in words)
