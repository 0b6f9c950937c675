"""Which results change between two pairs of files, and which of them become less strict."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nmtchoose.engine.answering import check_answer
from nmtchoose.engine.assess import assess
from nmtchoose.errors import AnswerError
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.tables import Tables
from nmtchoose.proof.strictness import steps, told

_MOST_NAMES = 50


@dataclass(frozen=True, slots=True)
class Shift:
    """One result that changed. Each list says what, in words, as `old -> new`."""

    name: str
    milder: tuple[str, ...]
    stricter: tuple[str, ...]
    otherwise: tuple[str, ...]

    @property
    def rank(self) -> tuple[int, int]:
        """Less strict ones come first, those with most that is less strict at the top; then stricter ones."""
        return (0 if self.milder else 1 if self.stricter else 2, -len(self.milder))


def shifts(pile: Sequence[tuple[str, Mapping[str, object]]], old: Tables, new: Tables) -> tuple[Shift, ...]:
    """Return the results that change, less strict ones first; `pile` holds (name, answers as in a file).

    An answer or option that one of the two questionnaires does not know is left out there.
    """
    found = [_shift(name, _result(raw, old), _result(raw, new)) for name, raw in pile]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.rank))


def _result(raw: Mapping[str, object], tables: Tables) -> Assessment:
    return assess(tables.questionnaire, tables.rules, fitting_answers(raw, tables.questionnaire))


def fitting_answers(raw: Mapping[str, object], questionnaire: Questionnaire) -> Answers:
    """Return those of `raw` that are answers to questions of `questionnaire`, options it does not know left out."""
    answers: dict[str, Answer] = {}
    for question in questionnaire.questions:
        given = raw.get(question.id)
        if isinstance(given, list):
            given = [one for one in given if one in question.specials or question.option(str(one))]
        if given is None or given == []:
            continue
        try:
            answers[question.id] = check_answer(question, question.options, given)
        except AnswerError:
            continue
    return answers


def _shift(name: str, old: Assessment, new: Assessment) -> Shift | None:
    found = list(steps(told(old), told(new)))
    milder, stricter = (tuple(str(one) for one in found if (one.rise > 0) is rising) for rising in (True, False))
    otherwise = tuple(_otherwise(old, new))
    return Shift(name, milder, stricter, otherwise) if milder or stricter or otherwise else None


def _otherwise(old: Assessment, new: Assessment) -> Iterator[str]:
    recommended = (one.recommendation for one in (old, new))
    was, now = (f"{one.kind} {', '.join(one.therapies)}".strip() for one in recommended)
    if was != now:
        yield f"recommendation: {was} -> {now}"
    for what, before, after in (
        ("told to the client", old.tell_client, new.tell_client),
        ("cautions", old.cautions, new.cautions),
        ("next steps", old.next_steps, new.next_steps),
    ):
        gone = [one.rule for one in before if one.text not in {note.text for note in after}]
        if gone:
            yield f"{what}: no longer what these say: {', '.join(dict.fromkeys(gone))}"
    if set(new.missing) - set(old.missing):
        yield f"now missing: {', '.join(one for one in new.missing if one not in old.missing)}"


def shift_lines(found: Sequence[Shift], total: int) -> Iterator[str]:
    """Yield how many of `total` results change, from what to what, and each of them with the less strict ones first."""
    ranks = Counter(one.rank[0] for one in found)
    counts = f"{ranks[0]} less strict, {ranks[1]} stricter, {ranks[2]} otherwise different"
    yield f"{len(found)} of {total} results change: {counts}."
    steps = Counter(words for one in found for words in (*one.milder, *one.stricter) if words.startswith("disposition"))
    for words, count in steps.most_common():
        yield f"  {count} x {words}"
    for one in found[:_MOST_NAMES]:
        yield from lines_of(one)
    if len(found) > _MOST_NAMES:
        yield f"... and {len(found) - _MOST_NAMES} more."


def lines_of(shift: Shift) -> Iterator[str]:
    """Yield whose result it is, and everything that changes in it."""
    yield f"{('LESS STRICT', 'stricter', 'different')[shift.rank[0]]}: {shift.name}"
    for title, several in (("less strict", shift.milder), ("stricter", shift.stricter), ("different", shift.otherwise)):
        yield from (f"  {title}: {words}" for words in several)
