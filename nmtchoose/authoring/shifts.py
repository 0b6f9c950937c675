"""Which results change between two pairs of files, and which of them become less strict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nmtchoose.engine.answering import check_answer
from nmtchoose.engine.assess import assess
from nmtchoose.errors import AnswerError
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.assessment import Assessment, Status, TherapyResult
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import MOST_PRESSURE, RuleTable

Pair = tuple[Questionnaire, RuleTable]
_OPEN = (Status.SUGGESTED, Status.SUITABLE, Status.ADAPT)
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


def shifts(pile: Sequence[tuple[str, Mapping[str, object]]], old: Pair, new: Pair) -> tuple[Shift, ...]:
    """Return the results that change, less strict ones first; `pile` holds (name, answers as in a file).

    An answer or option that one of the two questionnaires does not know is left out there.
    """
    found = [_shift(name, _result(raw, old), _result(raw, new)) for name, raw in pile]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.rank))


def _result(raw: Mapping[str, object], pair: Pair) -> Assessment:
    return assess(*pair, fitting_answers(raw, pair[0]))


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
    milder: list[str] = []
    stricter: list[str] = []
    for words, step in (*_dispositions(old, new), *_pressures(old, new), *_sites(old, new), *_therapies(old, new)):
        (milder if step > 0 else stricter).append(words)
    otherwise = tuple(_otherwise(old, new))
    if not (milder or stricter or otherwise):
        return None
    return Shift(name, tuple(milder), tuple(stricter), otherwise)


Step = tuple[str, int]
"""Words, and 1 for less strict or -1 for stricter."""


def _step(what: str, old: object, new: object, rise: int) -> Iterator[Step]:
    if rise:
        yield f"{what}: {old} -> {new}", 1 if rise > 0 else -1


def _dispositions(old: Assessment, new: Assessment) -> Iterator[Step]:
    rise = old.disposition.severity - new.disposition.severity
    yield from _step("disposition", old.disposition, new.disposition, rise)


def _pressures(old: Assessment, new: Assessment) -> Iterator[Step]:
    if old.disposition.forbids_therapy or new.disposition.forbids_therapy:
        return
    rise = new.pressure_limit - old.pressure_limit
    yield from _step("pressure limit", old.pressure_limit, new.pressure_limit, rise)
    before = {one.id: one for one in old.therapies}
    for one in new.therapies:
        least = before[one.id].pressure_limit if one.id in before else one.pressure_limit
        yield from _step(f"pressure with {one.id}", least, one.pressure_limit, one.pressure_limit - least)


def _sites(old: Assessment, new: Assessment) -> Iterator[Step]:
    if old.disposition.forbids_therapy or new.disposition.forbids_therapy:
        return
    before = {note.site: note.pressure_limit for note in old.site_notes}
    after = {note.site: note.pressure_limit for note in new.site_notes}
    for site in dict.fromkeys((*before, *after)):
        least, now = before.get(site, MOST_PRESSURE), after.get(site, MOST_PRESSURE)
        yield from _step(f"pressure on {site}", least, now, now - least)


def _therapies(old: Assessment, new: Assessment) -> Iterator[Step]:
    before, after = _statuses(old.therapies), _statuses(new.therapies)
    for therapy in dict.fromkeys((*before, *after)):
        was, now = before.get(therapy), after.get(therapy)
        rise = (now in _OPEN) - (was in _OPEN)
        yield from _step(therapy, was or "not named", now or "not named", rise)


def _statuses(therapies: Sequence[TherapyResult]) -> dict[str, Status]:
    return {one.id: one.status for one in therapies}


def _otherwise(old: Assessment, new: Assessment) -> Iterator[str]:
    first, second = old.recommendation, new.recommendation
    if (first.kind, first.therapies) != (second.kind, second.therapies):
        was, now = (f"{one.kind} {', '.join(one.therapies)}".strip() for one in (first, second))
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
    for title, told in (("less strict", shift.milder), ("stricter", shift.stricter), ("different", shift.otherwise)):
        yield from (f"  {title}: {words}" for words in told)
