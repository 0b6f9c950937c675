"""The interview as a value: which question is due, what an answer, Back or a change makes of it, and what it leads to.

Nothing here waits for anybody. A web page that keeps the answers between two requests needs no more than this module;
`conduct.py` asks one question after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from nmtchoose.desk.prompter import Screen, Typed, Voice, spoken
from nmtchoose.engine.evaluate import because, offered_options, view
from nmtchoose.engine.interview import State, state
from nmtchoose.model.answers import Answer, Answers, Correction
from nmtchoose.model.questionnaire import Kind, Option, Question, Questionnaire
from nmtchoose.model.tables import Tables
from nmtchoose.practice.current import with_offered
from nmtchoose.words.answers import WEEKS

if TYPE_CHECKING:
    from nmtchoose.model.assessment import Assessment


class Interview(Struct, frozen=True):
    """Where an interview is.

    `answers` are all answers given, those no longer asked included. `shown` are the options that were in view with
    each of them: an answer to a list says nothing about options that were not on it. `again` is an answered question
    to be shown next. `last_time` holds answers of an earlier visit: their questions are asked, with the old answer as
    the default. `to_confirm` holds those of `visit` that count once the client says that all is still the same, and
    `kept_from` the day from which an answer was kept like that. `corrected` are answers that were taken back. `typed`
    is how lengths of time were typed.
    """

    tables: Tables
    voice: Voice
    answers: Answers
    shown: Mapping[str, frozenset[str]]
    again: str | None = None
    last_time: Answers = field(default_factory=dict)
    to_confirm: Answers = field(default_factory=dict)
    visit: str = ""
    kept_from: Mapping[str, str] = field(default_factory=dict)
    corrected: tuple[Correction, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def state(self) -> State:
        """The replay of the answers."""
        waiting = self.left_for_the_visit | self.to_confirm.keys()
        return state(self.tables.questionnaire, self.tables.rules, self.answers, waiting)

    @property
    def left_for_the_visit(self) -> frozenset[str]:
        """The questions that are not asked on the telephone."""
        if self.voice is not Voice.PHONE:
            return frozenset()
        return frozenset(question.id for question in self.tables.questionnaire.questions if question.at_visit)


def begun(tables: Tables, answers: Answers, voice: Voice) -> Interview:
    """Return the interview in which `answers` were given before; what they could choose from counts as seen."""
    known = {one: answer for one, answer in answers.items() if one in tables.questionnaire.by_id}
    return with_answers(Interview(tables, voice, {}, {}), known)


def with_answers(interview: Interview, given: Answers) -> Interview:
    """Return `interview` with answers `given` before it; what they could choose from counts as seen."""
    answers = {**interview.answers, **given}
    questionnaire = interview.tables.questionnaire
    seen = view(questionnaire, answers)
    shown = {one: _ids(offered_options(questionnaire[one], seen)) for one in given}
    return replace(interview, answers=answers, shown={**interview.shown, **shown})


def due(interview: Interview) -> Screen | None:
    """Return the question to show now; None when nothing that matters is unanswered, or after an emergency."""
    now = interview.state
    question = next((one for one in now.path if one.id == interview.again), now.current)
    if question is None:
        return None
    screen = _screen(interview, now, question)
    return screen if question.stem is None else replace(screen, lines=tuple(_lines(interview, now, question)))


def answered(interview: Interview, screen: Screen, reply: Answer | Typed) -> tuple[Interview, tuple[Question, ...]]:
    """Return the interview after a checked answer to `screen`, and the questions that are asked again because of it.

    Those are the lists that offer more now than when they were answered; all other answers stay as they are. What was
    answered last stands last among the answers.
    """
    answer = reply.answer if isinstance(reply, Typed) else reply
    others = {one: given for one, given in interview.answers.items() if one != screen.question.id}
    answers = {**others, screen.question.id: answer}
    typed = dict(interview.typed)
    if isinstance(reply, Typed):
        typed[screen.question.id] = reply.words
    elif answer != interview.answers.get(screen.question.id):
        typed.pop(screen.question.id, None)
    shown = {**interview.shown, screen.question.id: _ids(screen.options)}
    grown = tuple(_grown(interview.tables.questionnaire, answers, shown))
    for question in grown:
        del answers[question.id]
    kept = {one: day for one, day in interview.kept_from.items() if one != screen.question.id}
    return replace(interview, answers=answers, typed=typed, shown=shown, again=None, kept_from=kept), grown


def back(interview: Interview, screen: Screen) -> Interview:
    """Return the interview with the question before `screen` to be shown next; the first one has none before it.

    Of a screen of lines that is the one whose tick opened `screen`, where there is one.
    """
    path = interview.state.path
    here = next(place for place, one in enumerate(path) if one.screen_id == screen.question.screen_id)
    before = path[max(here - 1, 0)]
    opened = map(interview.tables.questionnaire.__getitem__, opened_by(interview, screen.question))
    return replace(interview, again=next((one for one in opened if one.screen_id == before.screen_id), before).id)


def opened_by(interview: Interview, question: Question) -> tuple[str, ...]:
    """Return the ids of the questions that led to `question`, from the tick that opened it; none where no tick did."""
    if question.ask_when is None:
        return ()
    for one in because(question.ask_when, interview.state.seen):
        opener = interview.tables.questionnaire[one]
        before = () if is_ticked(opener) else opened_by(interview, opener)
        if is_ticked(opener) or before:
            return (*before, one)
    return ()


def is_ticked(question: Question) -> bool:
    """Return whether its answer is a tick among others: a line, or a list of signs."""
    return question.is_line or (question.kind is Kind.MANY and question.purpose.is_safety)


def changing(interview: Interview, question_id: str) -> Interview:
    """Return the interview with an answered question to be shown next."""
    return replace(interview, again=question_id)


def _screen(interview: Interview, now: State, question: Question) -> Screen:
    questionnaire = interview.tables.questionnaire
    section = questionnaire.section(question.section)
    said = spoken(question, interview.voice)
    offered_ids = _ids(offered_options(question, now.seen))
    screens = list(dict.fromkeys(one.screen_id for one in now.path))
    place = screens.index(question.screen_id)
    current = interview.answers.get(question.id, interview.last_time.get(question.id))
    weeks = f"{current} weeks" if question.unit == WEEKS and isinstance(current, int) else ""
    return Screen(
        question=said,
        options=tuple(found_by_name(questionnaire, said, one) for one in said.options if one.id in offered_ids),
        voice=interview.voice,
        section_title=section.title,
        section_intro=section.intro,
        part=_parts(questionnaire.questions[: questionnaire.places[question.id] + 1]),
        parts=_parts(questionnaire.questions),
        number=place + 1,
        can_go_back=place > 0,
        current=current,
        typed=interview.typed.get(question.id, weeks),
    )


def found_by_name(questionnaire: Questionnaire, question: Question, option: Option) -> Option:
    """Return `option`, to be found also by the names of the medicines that it means."""
    meant = (one.names for one in questionnaire.medicines if one.means == (question.id, option.id))
    names = tuple(name for names in meant for name in names)
    return replace(option, words=(*option.words, *names)) if names else option


def _parts(questions: Sequence[Question]) -> int:
    """Return how many parts `questions` have: a section that comes again after another is a new one."""
    return sum(1 for _ in groupby(question.section for question in questions))


def _lines(interview: Interview, now: State, question: Question) -> Iterator[Screen]:
    """Yield the questions that share a screen with `question`: those that are answered, and those still to answer."""
    for one in interview.tables.questionnaire.questions:
        asked = one.id in now.kept or one.id in now.missing
        if one.screen_id == question.screen_id and asked and one.id not in interview.left_for_the_visit:
            yield _screen(interview, now, one)


def _grown(questionnaire: Questionnaire, answers: Answers, shown: Mapping[str, frozenset[str]]) -> Iterator[Question]:
    """Yield the answered questions that offer more with these answers than was `shown`."""
    varied = [question for question in questionnaire.varied.values() if question.id in answers]
    if not varied:
        return
    seen = view(questionnaire, answers)
    for question in varied:
        before = shown.get(question.id, frozenset())
        if question.id in seen.answers and not _ids(offered_options(question, seen)) <= before:
            yield question


def _ids(options: Iterable[Option]) -> frozenset[str]:
    return frozenset(option.id for option in options)


class Result(Struct, frozen=True):
    """The answers that count and their assessment by `tables`.

    `help` says what was done about help in an emergency; `corrected` are answers that were taken back. `typed` is
    how lengths of time were typed, and `kept_from` the day of the visit from which an answer was kept.
    """

    tables: Tables
    answers: Answers
    assessment: Assessment
    help: Mapping[str, str] | None = None
    corrected: tuple[Correction, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    kept_from: Mapping[str, str] = field(default_factory=dict)


def result_of(tables: Tables, answers: Answers) -> Result:
    """Return the result of `answers`, each of which was checked; those to questions that do not apply do not count."""
    from nmtchoose.engine.assess import assess  # no question waits for it

    kept = state(tables.questionnaire, tables.rules, answers).kept
    return Result(tables, kept, assess(tables.questionnaire, tables.rules, answers))


def concluded(interview: Interview) -> Result:
    """Return the result of an interview, with what is known of its answers beside them."""
    result = result_of(interview.tables, interview.answers)
    return replace(result, corrected=interview.corrected, typed=interview.typed, kept_from=interview.kept_from)


def result_again(tables: Tables, answers: Mapping[str, object], offered: Sequence[str]) -> Result:
    """Return the result by `tables` of answers that were stored, when the therapies `offered` were; none means all.

    Raises AnswerError when the questions of `tables` do not take these answers.
    """
    from nmtchoose.files.answers_file import check_answers

    known = {therapy.id for therapy in tables.rules.therapies}
    here = with_offered(tables, [one for one in offered if one in known])
    return result_of(here, check_answers(answers, tables.questionnaire))
