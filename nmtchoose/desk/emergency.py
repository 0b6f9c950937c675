"""An emergency: what stays in view, whether help was called, and a way back from a wrong key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from nmtchoose.desk.conduct import put
from nmtchoose.desk.interview import Interview, Result, back, changing, concluded, due, is_ticked, opened_by
from nmtchoose.desk.prompter import Alarm, Prompter, Voice, answer_told, asked
from nmtchoose.engine.evaluate import behind, view
from nmtchoose.model.answers import Answer, Correction
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import Region, Rule
from nmtchoose.pages.intake import fired_rules
from nmtchoose.words.answers import together, told_alone
from nmtchoose.words.sentences import sentences_of, with_numbers

QUESTION = "Has help been called?"
NOT_YET = "not_yet"
WRONG_KEY = "wrong_key"
CHOICES = (
    (NOT_YET, "Not yet"),
    ("called", "Yes, help is on the way"),
    ("going", "Going to an emergency department"),
    ("declined", "The client wants no help"),
    (WRONG_KEY, "That was a wrong key: look again"),
)
_STILL_TO_DO = {
    Disposition.CALL_EMERGENCY: "Please call {number} now, and stay with the client.",
    Disposition.EMERGENCY_TODAY: "Please help the client get to an emergency department now. If that is not possible,"
    " or if it gets worse, call {number}.",
}
LOOK_TWICE = "This answer meant an emergency. Please take a second look at every line before you answer."
_RIGHT, _AGAIN = "right", "again"
_CHANGED = ((_RIGHT, "Yes, the first answer was a wrong key"), (_AGAIN, "No, show the question again"))

Clock = Callable[[], datetime]


def alarm_of(result: Result, region: Region, voice: Voice) -> Alarm:
    """Return what to do in the emergency that `result` is, and what to tell those who answer on the number of `region`.

    Clients read what may be wrong; staff what to do for the client.
    """
    said, speaking = result.tables.rules.dispositions[result.assessment.disposition], _speaking(result)
    if voice.is_staff:
        do = [*(rule.tell_therapist for rule in speaking), said.staff]
    else:
        do = [*(rule.tell_client for rule in speaking), said.client]
    questionnaire = result.tables.questionnaire
    seen = view(questionnaire, result.answers)
    answers = (told for reasons in _reasons(result) for one in behind(reasons, seen) for told in one.items())
    tell = (told_alone(questionnaire[one], answer) for one, answer in answers)
    filled = [with_numbers(text, region) for text in do if text]
    return Alarm(
        number=region.emergency,
        title=with_numbers(said.title, region),
        do=tuple(dict.fromkeys(sentence for text in filled for sentence in sentences_of(text))),
        tell=tuple(dict.fromkeys((*tell, *said.tell_them))),
    )


def ask_about_help(
    prompter: Prompter, alarm: Alarm, disposition: Disposition, region: Region, now: Clock
) -> Mapping[str, str] | None:
    """Show `alarm` until it is left, and return the `status` of help with the time `at`; None after a wrong key.

    "Not yet" is met with what is still to do and the number of `region`, once; nobody is kept from calling.
    KeyboardInterrupt and EOFError of the prompter pass through: then nobody has left the alarm on purpose.
    """
    status = prompter.alarm(alarm, QUESTION, CHOICES)
    if status == WRONG_KEY:
        return None
    if status == NOT_YET:
        prompter.say(_STILL_TO_DO[disposition].format(number=region.emergency))
    return {"status": status, "at": _moment(now)}


def second_look(interview: Interview, prompter: Prompter, now: Clock) -> Interview:
    """Ask again what led to the emergency, and return the interview with what was answered then.

    That begins with the row that was ticked; what the tick opened comes after it, as long as it is ticked. An answer
    that no longer means an emergency has to be confirmed, and the one before is noted as taken back.
    """
    while True:
        looked = _looked_again(interview, prompter)
        if looked.again:
            return looked
        other = [one for one, given in looked.answers.items() if interview.answers.get(one, given) != given]
        if looked.state.emergency or _is_right(prompter, interview, other, looked):
            taken_back = (Correction(one, interview.answers[one], _moment(now)) for one in other)
            return replace(looked, corrected=(*interview.corrected, *taken_back))


def _looked_again(interview: Interview, prompter: Prompter) -> Interview:
    """Put the rows behind an emergency once more, until it is none; Back at the first leads to what stands before."""
    rows, at, looked = _rows_behind(interview), 0, interview
    while at < len(rows) and looked.state.emergency:
        screen = due(changing(looked, rows[at]))
        if screen is None:  # its tick was taken away
            at += 1
            continue
        prompter.say(LOOK_TWICE)
        after = put(looked, screen, prompter)
        if after is None and at == 0:
            return back(interview, screen)
        looked, at = (looked, at - 1) if after is None else (after, at + 1)
    return looked


def _rows_behind(interview: Interview) -> tuple[str, ...]:
    """Return the questions to look at again, one of each screen: first the tick that the last answer goes back to."""
    questionnaire = interview.tables.questionnaire
    *_, last = interview.answers
    deciding = [one for reasons in _reasons(concluded(interview)) for one in reasons]
    here = [one for one in deciding if questionnaire[one].screen_id == questionnaire[last].screen_id]
    row = questionnaire[[*here, last][0]]
    opened = (*(() if is_ticked(row) else opened_by(interview, row)), row.id)
    after = [one for one in deciding if questionnaire.places[one] > questionnaire.places[opened[0]]]
    rows = sorted({*opened, *after}, key=questionnaire.places.__getitem__)
    return tuple({questionnaire[one].screen_id: one for one in reversed(rows)}.values())[::-1]


def _is_right(prompter: Prompter, before: Interview, other: Sequence[str], after: Interview) -> bool:
    """Ask whether the answers to `other` questions, which are not what they were, are right now."""
    told = []
    for question in map(before.tables.questionnaire.__getitem__, other):
        first, now = (answer_told(question, one.answers[question.id]) for one in (before, after))
        told.append(together(asked(question, before.voice), f"First: {first}. Now: {now}."))
    return prompter.choose(" ".join((*told, "Is that right?")), _CHANGED) == _RIGHT


def _speaking(result: Result) -> list[Rule]:
    """Return the rules that make it an emergency."""
    fired = fired_rules(result.assessment, result.tables.rules)
    return [rule for rule in fired if rule.then.disposition is result.assessment.disposition]


def _reasons(result: Result) -> Iterator[Mapping[str, Answer]]:
    """Yield the answers that make it an emergency, those to one rule together."""
    ids = {rule.id for rule in _speaking(result)}
    return (firing.because for firing in result.assessment.trace if firing.rule in ids)


def _moment(now: Clock) -> str:
    return now().isoformat(timespec="seconds")
