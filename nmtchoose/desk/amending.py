"""What is added to a record: a correction with who, when and why, and what happened after the intake."""

from __future__ import annotations

from collections.abc import Mapping

from nmtchoose.desk.conduct import review
from nmtchoose.desk.interview import begun, result_of
from nmtchoose.desk.prompter import Prompter, Screen, Voice
from nmtchoose.desk.recording import result_document, told_in_words
from nmtchoose.errors import Code, UsageError, fault, unknown
from nmtchoose.files.answers_file import check_answers
from nmtchoose.formats.assessment_json import listed_answers
from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import RecommendationKind
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import DECLINED, Kind, Option, Purpose, Question, Voices
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables
from nmtchoose.records.entries import Amendment, Outcome, Record, booked, new_id, now
from nmtchoose.words.terms import REASONS, STEPS

_LONGEST = 2_000
NOTHING = "nothing"
_AS_SUGGESTED, _DONE = "as_suggested", "done"

_PROBLEM = Question(
    "problem",
    "",
    Kind.NUMBER,
    Voices(
        "You were here before. How bad is that problem now, from 0 (none) to 10 (worst you can imagine)?",
        "The client was here before. How bad is that problem now, from 0 (none) to 10 (worst)?",
    ),
    Purpose.COMFORT,
    why="It shows whether what was done helped.",
    specials=(DECLINED,),
    special_labels={DECLINED: "Prefer not to say"},
    minimum=0,
    maximum=10,
    unit="of 10",
)
_CHANGE = Question(
    "change",
    "",
    Kind.ONE,
    Voices("Since then it is:", "Since then the client says it is:"),
    Purpose.COMFORT,
    why="It shows whether what was done helped.",
    options=tuple(Option(one, words) for one, words in STEPS.items()),
    specials=(DECLINED,),
    special_labels={DECLINED: "Prefer not to say"},
)


def corrected(tables: Tables, record: Record, prompter: Prompter) -> Answers:
    """Let staff look through the answers of `record` and change them; return all of them.

    Raises AnswerError when the questions of `tables` do not take them.
    """
    answers = check_answers(record.answers, tables.questionnaire)
    return review(begun(tables, answers, Voice.STAFF), prompter).answers


def amendment(tables: Tables, by: str, why: str, answers: Answers | None) -> Amendment:
    """Return a correction with its result, or without `answers` a note. Raises UsageError where no reason is given."""
    reason = _short(why)
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
    while True:
        reply = prompter.ask(Screen(question, (), Voice.STAFF))
        words = " ".join(reply.split()) if isinstance(reply, str) else ""
        if words:
            return words
        prompter.say("This one needs a few words.")


def asked_again(prompter: Prompter, voice: Voice, by: str) -> Outcome | None:
    """Ask how the problem of the last visit is now, and return it; None where the client would rather not say."""
    screens = (Screen(one, one.options, voice, "Since last time") for one in (_PROBLEM, _CHANGE))
    problem, change = map(prompter.ask, screens)
    told = Outcome(
        id=new_id(),
        made_at=now(),
        by=by,
        problem=problem if isinstance(problem, int) else None,
        change=str(change) if change in STEPS else "",
    )
    return told if told.problem is not None or told.change else None


def outcome_of(
    record: Record, rules: RuleTable, by: str, taken: tuple[str, ...], why: str, words: str = "", doctor: str = ""
) -> Outcome:
    """Return what became of a record: `taken` are therapies that were booked, or `nothing`.

    Raises UsageError for a therapy or a reason that there is not, and where something else was booked than suggested
    and nobody says why.
    """
    therapies = tuple(one for one in taken if one != NOTHING)
    known = [one.id for one in rules.therapies]
    faults = [unknown("therapy", one, [*known, NOTHING]) for one in therapies if one not in known]
    if why and why not in REASONS:
        faults.append(unknown("reason", why, list(REASONS)))
    if not why and not set(therapies) <= set(booked(record.assessment)[1]):
        faults.append(fault(Code.OUTCOME_NO_REASON, known=", ".join(REASONS)))
    if faults:
        raise UsageError(faults)
    return Outcome(
        id=new_id(), made_at=now(), by=by, booked=therapies, why=why, words=_short(words), doctor=_short(doctor)
    )


def ask_outcome(record: Record, rules: RuleTable, by: str, prompter: Prompter) -> Outcome:
    """Ask what was booked, why where that was not suggested, and after a doctor's visit what was found."""
    disposition, suggested = booked(record.assessment)
    names = {one.id: one.name for one in rules.therapies}
    recommendation = record.assessment.get("recommendation")
    either = isinstance(recommendation, Mapping) and recommendation.get("kind") == RecommendationKind.EITHER
    taken = _ask_booked(() if either else suggested, names, prompter)
    why, words, doctor = "", "", ""
    if not set(taken) <= set(suggested):
        why = prompter.choose("Why was something else booked?", tuple(REASONS.items()))
        words = _more("Do you want to say more about it?", "In a few words:", prompter)
    if disposition.severity >= Disposition.MEDICAL_SOON.severity:
        question = "Does the client say what the doctor found?"
        doctor = _more(question, "What the doctor found, in the client's words:", prompter)
    return outcome_of(record, rules, by, taken or (NOTHING,), why, words, doctor)


def _ask_booked(suggested: tuple[str, ...], names: Mapping[str, str], prompter: Prompter) -> tuple[str, ...]:
    """Ask for one therapy after another, until there is no other."""
    told = " and ".join(names.get(one, one) for one in suggested)
    first = ((_AS_SUGGESTED, f"As suggested: {told}"),) if suggested else ()
    rows = (*first, (NOTHING, "Nothing was booked"), *names.items())
    reply = prompter.choose("What was booked?", rows)
    if reply in (_AS_SUGGESTED, NOTHING):
        return suggested if reply == _AS_SUGGESTED else ()
    taken = [reply]
    while True:
        others = tuple((one, name) for one, name in names.items() if one not in taken)
        reply = prompter.choose("Anything else?", ((_DONE, "Nothing else"), *others))
        if reply == _DONE:
            return tuple(taken)
        taken.append(reply)


def _more(question: str, text: str, prompter: Prompter) -> str:
    if prompter.choose(question, (("no", "No"), ("yes", "Yes"))) == "no":
        return ""
    return ask_words(prompter, text)


def _short(words: str) -> str:
    return " ".join(words.split())[:_LONGEST]
