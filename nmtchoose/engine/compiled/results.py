"""The whole assessment from what a replay found, put together from pieces made when the table was compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from nmtchoose import __version__
from nmtchoose.engine.assess import status_of
from nmtchoose.engine.compiled.booking import Booking, Candidate, Found
from nmtchoose.engine.compiled.masks import places
from nmtchoose.engine.compiled.replay import Replays
from nmtchoose.engine.therapies import reason
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.assessment import (
    Assessment,
    AssessmentStamp,
    Firing,
    Note,
    Reason,
    Recommendation,
    RecommendationKind,
    SiteNote,
    Status,
    Strength,
    TherapyResult,
    Undecided,
)
from nmtchoose.model.condition import Is
from nmtchoose.model.disposition import Disposition
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

_Wanted = tuple[str, frozenset[Answer], frozenset[str]]
"""A question, the answers to it that are nothing but one wanted option, and the wanted options."""


class Saying(NamedTuple):
    """One thing that rules can say about therapies: `mask` are the rules that say it.

    Where `fitting`, they say what fits and what does not, else what rules out, holds or changes a therapy.
    """

    mask: int
    fitting: bool


class _Statuses(dict[tuple[Disposition, RecommendationKind, bool, bool, bool, bool], Status]):
    """The statuses that therapies can have, by all that `status_of` looks at: a few hundred cases at most.

    The last three say that a therapy is not ruled out, not held and not adapted.
    """

    def __missing__(self, case: tuple[Disposition, RecommendationKind, bool, bool, bool, bool]) -> Status:
        disposition, kind, named, possible, free, unchanged = case
        booking = Recommendation(kind, ("",) if named else (), Strength.NONE, "")
        self[case] = status_of("", disposition, booking, ruled_out=not possible, held=not free, adapted=not unchanged)
        return self[case]


_STATUSES = _Statuses()


@dataclass(frozen=True, slots=True)
class _Prepared:
    """One rule: its notes by part, its reasons by number of the saying, and for a plain rule the options it wants."""

    place: int
    id: str
    notes: tuple[tuple[int, str, Note], ...]
    after_referral: tuple[tuple[int, str, Note], ...]
    reasons: tuple[tuple[int, Reasons], ...]
    plain: tuple[_Wanted, ...]


class Results:
    """Assessments of one table."""

    def __init__(self, questionnaire: Questionnaire, table: RuleTable, replays: Replays, booking: Booking) -> None:
        self._questionnaire = questionnaire
        self._replays = replays
        self._booking = booking
        order = {question.id: place for place, question in enumerate(questionnaire.questions)}
        sayings = list(dict.fromkeys(one for candidate in booking.candidates for one in _sayings(candidate)))
        self._candidates = [
            (one, itemgetter(*[sayings.index(saying) for saying in _sayings(one)])) for one in booking.candidates
        ]
        self._nothing: list[Reasons] = [()] * len(sayings)
        self._rules = [
            _prepared(place, rule, replays.plain.get(place, ()), order, tuple(_reasons(place, rule, sayings)))
            for place, rule in enumerate(table.rules)
        ]
        self._reasons = {rule.id: reason(rule).text for rule in table.rules}
        self._stamp = AssessmentStamp(__version__, questionnaire.stamp, table.stamp)

    def assessment(self, answers: Answers, found: Found, told: Mapping[int, Mapping[str, Answer]]) -> Assessment:
        """Return the assessment of `answers`; `told` holds, for rules that are not plain, what made them fire."""
        fired, silent = [self._rules[place] for place in places(found.fired)], found.silent
        booked = self._booking.book(found)
        cautions, tell_client, tell_therapist, next_steps, until, expect, aftercare, ask = self._said(fired, silent)
        return Assessment(
            not found.missing,
            found.disposition,
            booked,
            () if silent else self._therapies(found, fired, booked),
            found.overall,
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
            _trace(fired, found.kept, told),
            self._stamp,
        )

    def _said(self, fired: list[_Prepared], silent: bool) -> list[tuple[Note, ...]]:
        """Return the notes of each part, every text once."""
        parts: list[dict[str, Note]] = [{} for _ in _SAID]
        for rule in fired:
            for part, text, note in rule.after_referral if silent else rule.notes:
                parts[part].setdefault(text, note)
        return [tuple(notes.values()) if notes else () for notes in parts]

    def _site_notes(self, found: Found) -> tuple[SiteNote, ...]:
        return tuple(
            [SiteNote(site, limit, self._reasons[rule.id], rule.id) for site, (limit, rule) in found.limits.items()]
        )

    def _undecided(self, answers: Answers, opened: int) -> tuple[Undecided, ...]:
        """Return what is open; rules about one answer wait for the same questions, which are looked up once."""
        questions = self._questionnaire.questions
        openings = self._replays.openings(answers.get, opened)
        named = {bits: tuple([questions[one].id for one in places(bits)]) for bits in {bits for _, bits in openings}}
        return tuple([Undecided(self._rules[place].id, named[bits]) for place, bits in openings])

    def _therapies(self, found: Found, fired: list[_Prepared], booked: Recommendation) -> tuple[TherapyResult, ...]:
        """Return the result of each therapy; what rules say about several at once is gathered once for all."""
        said = self._nothing.copy()
        for rule in fired:
            for number, reasons in rule.reasons:
                said[number] += reasons
        limits = self._booking.pressure_limits(found.fired, found.overall)
        return tuple(
            [
                self._therapy(one, found, limit, booked, pick(said))
                for (one, pick), limit in zip(self._candidates, limits, strict=True)
            ]
        )

    def _therapy(
        self, one: Candidate, found: Found, limit: int, booked: Recommendation, said: tuple[Reasons, ...]
    ) -> TherapyResult:
        excluded, too_light, held, adapted, against, speaking_for = said
        therapy_id, named = one.therapy.id, one.therapy.id in booked.therapies
        ruled_out = excluded + too_light
        if one.sole_elsewhere(found.also) or found.limits or not one.offered:
            sole_form = self._booking.sole_form_reasons(one, found.also)
            spared = tuple([reason(rule) for rule in one.spared(found)]) if found.limits else ()
            ruled_out = excluded + sole_form + too_light + spared + one.not_offered_reasons
        return TherapyResult(
            therapy_id,
            _STATUSES[found.disposition, booked.kind, named, not ruled_out, not held, not adapted],
            found.fits[therapy_id],
            limit,
            speaking_for,
            ruled_out + held + adapted + against,
        )


def _prepared(
    place: int, rule: Rule, plain: tuple[Is, ...], order: Mapping[str, int], reasons: tuple[tuple[int, Reasons], ...]
) -> _Prepared:
    said = [(part, words(rule)) for part, words in enumerate(_SAID)]
    notes = tuple((part, text, Note(rule.id, text, rule.sources)) for part, text in said if text)
    refers = rule.then.disposition is not None and rule.then.disposition.forbids_therapy
    spoken = (_TELL_CLIENT, _TELL_THERAPIST, _NEXT_STEPS) if refers else (_TELL_THERAPIST,)
    options: dict[str, frozenset[str]] = {}
    for leaf in sorted(plain, key=lambda leaf: order[leaf.question]):
        options[leaf.question] = options.get(leaf.question, frozenset()) | frozenset(leaf.options)
    return _Prepared(
        place=place,
        id=rule.id,
        notes=notes,
        after_referral=tuple(note for note in notes if note[0] in spoken),
        reasons=reasons,
        plain=tuple(_wanted(question, wanted) for question, wanted in options.items()),
    )


def _wanted(question: str, options: frozenset[str]) -> _Wanted:
    return question, options | {(one,) for one in options}, options


def _sayings(one: Candidate) -> tuple[Saying, ...]:
    """Return what can be said about a therapy; what speaks against it comes in the order in which it is told."""
    masks = one.masks
    plain = (masks.excluded, masks.too_light, masks.held, masks.adapted)
    fitting = (masks.speaking_against, masks.speaking_for)
    return *(Saying(mask, fitting=False) for mask in plain), *(Saying(mask, fitting=True) for mask in fitting)


def _reasons(place: int, rule: Rule, sayings: Sequence[Saying]) -> Iterator[tuple[int, Reasons]]:
    """Yield what `rule`, which is the one at `place`, says, by the number of the saying."""
    plainly, fitting = (reason(rule),), (Reason(rule.id, rule.reason),)
    for number, one in enumerate(sayings):
        if one.mask >> place & 1:
            yield number, fitting if one.fitting else plainly


def _trace(
    fired: list[_Prepared], kept: Mapping[str, Answer], told: Mapping[int, Mapping[str, Answer]]
) -> tuple[Firing, ...]:
    return tuple([Firing(one.id, _because(one.plain, kept) if one.plain else told[one.place]) for one in fired])


def _because(plain: tuple[_Wanted, ...], kept: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers that made a plain rule fire: those that hold one of its options."""
    because: dict[str, Answer] = {}
    for question, whole, options in plain:
        answer = kept.get(question)
        if answer is not None and answer in whole:
            because[question] = answer
        elif isinstance(answer, tuple) and (matching := tuple([one for one in answer if one in options])):
            because[question] = matching
    return because
