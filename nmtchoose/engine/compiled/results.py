"""The whole assessment from what a replay found, put together from pieces made when the table was compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from nmtchoose import __version__
from nmtchoose.engine.assess import status_of
from nmtchoose.engine.compiled.booking import Booking, Candidate, Found
from nmtchoose.engine.compiled.building import maker
from nmtchoose.engine.compiled.masks import places
from nmtchoose.engine.evaluate import open_questions, view
from nmtchoose.engine.therapies import reason
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.assessment import (
    Assessment,
    AssessmentStamp,
    Firing,
    Note,
    Reason,
    Recommendation,
    SiteNote,
    TherapyResult,
    Undecided,
)
from nmtchoose.model.condition import Is
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import Rule, RuleTable

_SAID: tuple[Callable[[Rule], str], ...] = (
    lambda rule: rule.then.caution,
    lambda rule: rule.tell_client,
    lambda rule: rule.tell_therapist,
    lambda rule: rule.then.next_step,
    lambda rule: rule.then.until,
    lambda rule: rule.then.expect,
    lambda rule: rule.then.aftercare,
    lambda rule: rule.then.ask_therapist,
)
"""The words of a rule for each part of a result, in the order of `Assessment`."""

_TELL_CLIENT, _TELL_THERAPIST, _NEXT_STEPS = 1, 2, 3

Reasons = tuple[Reason, ...]


class Why(IntEnum):
    """How a rule can speak about a therapy; the order is that in which reasons against it are given."""

    EXCLUDED = 0
    TOO_LIGHT = 1
    HELD = 2
    ADAPTED = 3
    AGAINST = 4
    FOR = 5


_WHYS = len(Why)

_make_firing = maker(Firing)
_make_therapy = maker(TherapyResult)
_make_assessment = maker(Assessment)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """One rule: its notes by part, its reasons by therapy and kind, and for a plain rule the options it wants."""

    id: str
    notes: tuple[tuple[int, str, Note], ...]
    after_referral: tuple[tuple[int, str, Note], ...]
    reasons: tuple[tuple[int, Reasons], ...]
    plain: tuple[tuple[str, frozenset[str]], ...]


class Results:
    """Assessments of one table."""

    def __init__(
        self, questionnaire: Questionnaire, table: RuleTable, plain: Mapping[int, tuple[Is, ...]], booking: Booking
    ) -> None:
        self._questionnaire = questionnaire
        self._table = table
        self._booking = booking
        self._order = {question.id: place for place, question in enumerate(questionnaire.questions)}
        self._rules = [
            _prepared(rule, plain.get(place, ()), self._order, tuple(_reasons(place, rule, booking.candidates)))
            for place, rule in enumerate(table.rules)
        ]
        self._stamp = AssessmentStamp(__version__, questionnaire.stamp, table.stamp)

    def assessment(
        self, answers: Answers, found: Found, overall: int, told: Mapping[int, Mapping[str, Answer]]
    ) -> Assessment:
        """Return the assessment of `answers`.

        `overall` is the pressure limit and `told` holds, for rules that are not plain, what made them fire.
        """
        fired = places(found.fired)
        silent = found.disposition.forbids_therapy
        booked = self._booking.book(found)
        cautions, tell_client, tell_therapist, next_steps, until, expect, aftercare, ask = self._said(fired, silent)
        return _make_assessment(
            not found.missing,
            found.disposition,
            booked,
            () if silent else self._therapies(found, fired, overall, booked),
            overall,
            () if silent else self._site_notes(found),
            cautions,
            tell_client,
            tell_therapist,
            next_steps,
            until,
            expect,
            aftercare,
            ask,
            found.missing,
            self._undecided(answers, found.opened) if found.opened and not silent else (),
            self._trace(fired, found.kept, told),
            self._stamp,
        )

    def _said(self, fired: list[int], silent: bool) -> list[tuple[Note, ...]]:
        """Return the notes of each part, every text once."""
        parts: list[dict[str, Note]] = [{} for _ in _SAID]
        for place in fired:
            rule = self._rules[place]
            for part, text, note in rule.after_referral if silent else rule.notes:
                parts[part].setdefault(text, note)
        return [tuple(notes.values()) for notes in parts]

    def _trace(
        self, fired: list[int], kept: Mapping[str, Answer], told: Mapping[int, Mapping[str, Answer]]
    ) -> tuple[Firing, ...]:
        trace = []
        for place in fired:
            rule = self._rules[place]
            trace.append(_make_firing(rule.id, _because(rule.plain, kept) if rule.plain else told[place]))
        return tuple(trace)

    def _site_notes(self, found: Found) -> tuple[SiteNote, ...]:
        limits = found.limits.items()
        return tuple([SiteNote(site, limit, reason(rule).text, rule.id) for site, (limit, rule) in limits])

    def _undecided(self, answers: Answers, opened: int) -> tuple[Undecided, ...]:
        """Naming the open questions is left to the reference: few results need it, and those are held anyway."""
        seen = view(self._questionnaire, answers)
        rules = [self._table.rules[place] for place in places(opened)]
        return tuple(
            Undecided(rule.id, tuple(sorted(open_questions(rule.when, seen), key=self._order.__getitem__)))
            for rule in rules
        )

    def _therapies(
        self, found: Found, fired: list[int], overall: int, booked: Recommendation
    ) -> tuple[TherapyResult, ...]:
        candidates = self._booking.candidates
        reasons: list[Reasons] = [()] * (len(candidates) * _WHYS)
        for place in fired:
            for slot, said in self._rules[place].reasons:
                reasons[slot] += said
        return tuple(
            [
                self._therapy(one, found, overall, booked, reasons[place * _WHYS : (place + 1) * _WHYS])
                for place, one in enumerate(candidates)
            ]
        )

    def _therapy(
        self, one: Candidate, found: Found, overall: int, booked: Recommendation, reasons: list[Reasons]
    ) -> TherapyResult:
        excluded, too_light, held, adapted, against, speaking_for = reasons
        therapy = one.therapy
        ruled_out = excluded + too_light
        if one.sole_elsewhere(found.also) or found.limits or not one.offered:
            ruled_out = (
                *excluded,
                *self._booking.sole_form_reasons(one, found.also),
                *too_light,
                *(reason(rule) for rule in one.spared(found)),
                *one.not_offered_reasons,
            )
        return _make_therapy(
            therapy.id,
            status_of(
                therapy.id,
                found.disposition,
                booked,
                ruled_out=bool(ruled_out),
                held=bool(held),
                adapted=bool(adapted),
            ),
            found.fits[therapy.id],
            one.limit(found.fired, overall),
            speaking_for,
            ruled_out + held + adapted + against,
        )


def _prepared(
    rule: Rule, plain: tuple[Is, ...], order: Mapping[str, int], reasons: tuple[tuple[int, Reasons], ...]
) -> _Prepared:
    said = [(part, words(rule)) for part, words in enumerate(_SAID)]
    notes = tuple((part, text, Note(rule.id, text, rule.sources)) for part, text in said if text)
    refers = rule.then.disposition is not None and rule.then.disposition.forbids_therapy
    spoken = (_TELL_CLIENT, _TELL_THERAPIST, _NEXT_STEPS) if refers else (_TELL_THERAPIST,)
    options: dict[str, frozenset[str]] = {}
    for leaf in sorted(plain, key=lambda leaf: order[leaf.question]):
        options[leaf.question] = options.get(leaf.question, frozenset()) | frozenset(leaf.options)
    return _Prepared(
        id=rule.id,
        notes=notes,
        after_referral=tuple(note for note in notes if note[0] in spoken),
        reasons=reasons,
        plain=tuple(options.items()),
    )


def _reasons(place: int, rule: Rule, candidates: tuple[Candidate, ...]) -> Iterator[tuple[int, Reasons]]:
    """Yield what `rule`, which is the one at `place`, says about each therapy."""
    bit, plainly, fitting = 1 << place, (reason(rule),), (Reason(rule.id, rule.reason),)
    for number, one in enumerate(candidates):
        masks = one.masks
        said = {
            Why.EXCLUDED: (masks.excluded, plainly),
            Why.TOO_LIGHT: (masks.too_light, plainly),
            Why.HELD: (masks.held, plainly),
            Why.ADAPTED: (masks.adapted, plainly),
            Why.AGAINST: (masks.speaking_against, fitting),
            Why.FOR: (masks.speaking_for, fitting),
        }
        yield from ((number * _WHYS + why, reasons) for why, (mask, reasons) in said.items() if mask & bit)


def _because(plain: tuple[tuple[str, frozenset[str]], ...], kept: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers that made a plain rule fire: those that hold one of its options."""
    because: dict[str, Answer] = {}
    for question, options in plain:
        answer = kept.get(question)
        if isinstance(answer, tuple):
            if len(answer) == 1:
                if answer[0] in options:
                    because[question] = answer
            elif matching := tuple([one for one in answer if one in options]):
                because[question] = matching
        elif answer in options:
            because[question] = answer
    return because
