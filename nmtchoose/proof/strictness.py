"""What "less strict" means: the one definition, for two results and, as wires, for all possible answers.

Less strict means: a milder disposition; or, where a session is still possible, a higher pressure limit for the body, a
site or a therapy, or a therapy that is possible now and was ruled out or on hold before. That a sole form, such as
prenatal massage, comes into play is not less strict: it is the form that these answers ask for.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nmtchoose.engine.answering import check_answer
from nmtchoose.engine.assess import assess
from nmtchoose.engine.evaluate import view
from nmtchoose.engine.fired import fire
from nmtchoose.engine.recommend import still_sensible
from nmtchoose.engine.therapies import Standing, standings
from nmtchoose.errors import AnswerError
from nmtchoose.meaning.circuit import FALSE, Wire
from nmtchoose.meaning.outcome import Outcome
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.assessment import Assessment, TherapyResult
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import MOST_PRESSURE
from nmtchoose.model.tables import Tables

_DISPOSITION = "disposition"
_RANKS = ("possible", "on hold", "ruled out")
_POSSIBLE, _ON_HOLD, _RULED_OUT = range(3)
_NEVER_LIMITED = (FALSE,) * (MOST_PRESSURE + 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """What keeps a therapy from a client, in words: the higher its `rank`, the stricter.

    `lasting` is the rank without being a sole form whose time has not come, and `pressure` the most the therapy gets.
    """

    words: str
    rank: int
    lasting: int
    pressure: int


_UNNAMED = Bar("not named", _ON_HOLD, _ON_HOLD, MOST_PRESSURE)


@dataclass(frozen=True, slots=True)
class Strictness:
    """A result, as far as it can be more or less strict. Limits are 0 to 5."""

    disposition: Disposition
    pressure: int
    sites: Mapping[str, int]
    therapies: Mapping[str, Bar]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is less strict than before (`rise` is above 0) or stricter, and its words."""

    what: str
    words: str
    rise: int


def steps(before: Strictness, after: Strictness) -> Iterator[Step]:
    """Yield everything that is more or less strict in `after`."""
    milder = before.disposition.severity - after.disposition.severity
    yield from _step(_DISPOSITION, before.disposition, after.disposition, milder)
    if not (before.disposition.forbids_therapy or after.disposition.forbids_therapy):
        limits = [("pressure limit", before.pressure, after.pressure)]
        for therapy, bar in after.therapies.items():
            if bar.rank < _RULED_OUT:
                limits.append((f"pressure with {therapy}", before.therapies.get(therapy, bar).pressure, bar.pressure))
        for site in dict.fromkeys((*before.sites, *after.sites)):
            old, new = (one.sites.get(site, MOST_PRESSURE) for one in (before, after))
            limits.append((f"pressure on {site}", old, new))
        for what, old, new in limits:
            yield from _step(what, old, new, new - old)
    for therapy in dict.fromkeys((*before.therapies, *after.therapies)):
        was, now = (one.therapies.get(therapy, _UNNAMED) for one in (before, after))
        yield from _step(therapy, was.words, now.words, was.lasting - now.rank)


def _step(what: str, old: object, new: object, rise: int) -> Iterator[Step]:
    if rise:
        yield Step(what, f"{what}: {old} -> {new}", rise)


def loosened(before: Strictness, after: Strictness) -> tuple[str, ...]:
    """Return in words what is less strict in `after`: a milder disposition says it all."""
    rises = [one for one in steps(before, after) if one.rise > 0]
    milder = [one for one in rises if one.what == _DISPOSITION]
    possible = [] if after.disposition.forbids_therapy else rises
    return tuple(one.words for one in milder or possible)


def told(assessment: Assessment) -> Strictness:
    """Return how strict `assessment` is, in what it says: therapies only as possible or not."""
    return Strictness(
        disposition=assessment.disposition,
        pressure=assessment.pressure_limit,
        sites={note.site: note.pressure_limit for note in assessment.site_notes},
        therapies={one.id: _told_bar(one) for one in assessment.therapies},
    )


def _told_bar(one: TherapyResult) -> Bar:
    rank = _POSSIBLE if one.status.is_open else _ON_HOLD
    return Bar(one.status, rank, rank, one.pressure_limit)


def ruled(tables: Tables, answers: Answers) -> Strictness:
    """Return how strict the rules are with `answers`, by the engine: also with therapies that are not possible."""
    fired = fire(tables.rules, view(tables.questionnaire, answers))
    standing = standings(fired).items()
    bars = {name: _bar(one, closed=not still_sensible(one.therapy, fired)) for name, one in standing}
    limits = {site: limit for site, (limit, _) in fired.site_limits.items()}
    return Strictness(fired.disposition, fired.pressure_limit, limits, bars)


def _bar(standing: Standing, *, closed: bool) -> Bar:
    """Return what keeps a therapy away: it is `closed` where a doctor looks first, and it is not still sensible."""
    waiting = standing.therapy.sole_form and not standing.in_play
    held = _ON_HOLD if standing.held or closed else _POSSIBLE
    rank = _RULED_OUT if standing.ruled_out else held
    lasting = _RULED_OUT if len(standing.ruled_out) > waiting else held
    return Bar(_RANKS[rank], rank, lasting, standing.pressure_limit)


def drop_of(before: Outcome, after: Outcome, levels: int = 1) -> Wire:
    """Return whether the disposition of `after` is milder, by at least so many `levels`."""
    ranks = zip(before.severity[levels:], after.severity[1:], strict=False)
    return after.circuit.any_of(after.circuit.all_of((old, -new)) for old, new in ranks)


def looser(before: Outcome, after: Outcome) -> Wire:
    """Return whether `after` is less strict in anything."""
    opened, eased = loosenings(before, after)
    return after.circuit.any_of((drop_of(before, after), *opened, *eased))


def loosenings(before: Outcome, after: Outcome) -> tuple[list[Wire], list[Wire]]:
    """Return wires, true where a session is possible in `after` and something is less strict: a therapy that becomes
    possible, and any other restriction that is lighter. A therapy that was not in the table counts as on hold before.
    """
    circuit = after.circuit
    limits = [(before.pressure, after.pressure)]
    limits += [(levels, after.sites.get(site, _NEVER_LIMITED)) for site, levels in before.sites.items()]
    eased = [
        circuit.all_of((old, -new)) for olds, news in limits for old, new in zip(olds[:-1], news[:-1], strict=True)
    ]
    opened = []
    for therapy, now in after.standing.items():
        was, possible = before.standing.get(therapy), circuit.all_of((now.open, -now.closed))
        if was is None:
            opened.append(possible)
            continue
        lighter = (circuit.all_of((old, -new)) for old, new in zip(was.limits, now.limits, strict=True))
        eased.append(circuit.all_of((-now.ruled_out, circuit.any_of(lighter))))
        eased.append(circuit.all_of((was.barred, -now.ruled_out)))
        opened.append(circuit.all_of((circuit.any_of((was.barred, was.held, was.closed)), possible)))
    any_at_all = -after.forbids_therapy
    return [circuit.all_of((any_at_all, one)) for one in opened], [circuit.all_of((any_at_all, one)) for one in eased]


def offering(outcome: Outcome) -> Wire:
    """Return whether a session of anything is possible."""
    some = outcome.circuit.any_of(one.open for one in outcome.standing.values())
    return outcome.circuit.all_of((-outcome.forbids_therapy, some))


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
    found = []
    for name, raw in pile:
        was, now = (assess(one.questionnaire, one.rules, fitting_answers(raw, one.questionnaire)) for one in (old, new))
        moved = list(steps(told(was), told(now)))
        milder, stricter = (tuple(one.words for one in moved if (one.rise > 0) is rising) for rising in (True, False))
        otherwise = tuple(_otherwise(was, now))
        if milder or stricter or otherwise:
            found.append(Shift(name, milder, stricter, otherwise))
    return tuple(sorted(found, key=lambda one: one.rank))


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
    moved = Counter(words for one in found for words in (*one.milder, *one.stricter) if words.startswith("disposition"))
    for words, count in moved.most_common():
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
