"""Correcting a record: what stood there stays, with who, when and why."""

from __future__ import annotations

from nmtchoose.desk.interview import begun
from nmtchoose.desk.prompter import Prompter, Screen, Voice
from nmtchoose.desk.recording import result_document, told_in_words
from nmtchoose.desk.result import result_of
from nmtchoose.desk.review import review
from nmtchoose.errors import Code, UsageError, fault
from nmtchoose.files.answers_file import check_answers
from nmtchoose.formats.assessment_json import listed_answers
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Kind, Purpose, Question, Voices
from nmtchoose.model.tables import Tables
from nmtchoose.records.entries import Amendment, Record, new_id, now

_LONGEST_REASON = 2_000


def corrected(tables: Tables, record: Record, prompter: Prompter) -> Answers:
    """Let staff look through the answers of `record` and change them; return all of them.

    Raises AnswerError when the questions of `tables` do not take them.
    """
    answers = check_answers(record.answers, tables.questionnaire)
    return review(begun(tables, answers, Voice.STAFF), prompter).answers


def amendment(tables: Tables, by: str, why: str, answers: Answers | None) -> Amendment:
    """Return a correction with its result, or without `answers` a note. Raises UsageError where no reason is given."""
    reason = " ".join(why.split())[:_LONGEST_REASON]
    if not reason:
        raise UsageError([fault(Code.USAGE_NOTHING, hint="Say why: an amendment without a reason is not kept.")])
    if answers is None:
        return Amendment(new_id(), now(), by, reason)
    result = result_of(tables, answers)
    return Amendment(
        id=new_id(),
        made_at=now(),
        by=by,
        why=reason,
        answers=listed_answers(result.answers),
        assessment=result_document(result),
        told=told_in_words(result),
    )


def ask_words(prompter: Prompter, text: str) -> str:
    """Show `text` to staff until something is typed, and return that, on one line."""
    question = Question("words", "", Kind.TEXT, Voices(text, text), Purpose.COMFORT, why="")
    screen = Screen(question, (), Voice.STAFF, "", "", part=0, parts=0, number=0, can_go_back=False)
    while True:
        reply = prompter.ask(screen)
        words = " ".join(reply.split()) if isinstance(reply, str) else ""
        if words:
            return words
        prompter.say("This one needs a few words.")
