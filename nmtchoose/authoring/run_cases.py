"""Running cases: what differs from what their author expects, and what no case reaches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nmtchoose.authoring.cases import Case
from nmtchoose.engine.assess import conclusion
from nmtchoose.engine.evaluate import view
from nmtchoose.engine.fired import fire
from nmtchoose.engine.interview import state
from nmtchoose.formats.text_page import plain_lines
from nmtchoose.model.answers import Answers, chosen, special
from nmtchoose.model.assessment import Assessment, RecommendationKind
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.result import result_page


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as expected."""

    what: str
    expected: str
    got: str

    def __str__(self) -> str:
        return f"{self.what}: expected {self.expected}, got {self.got}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case with its result; it passed when there are no differences."""

    case: Case
    assessment: Assessment
    kept: Answers
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the cases reach: by kind of thing, how many there are and what none of them reaches.

    `near_misses` are the rules that no case names as one that does not fire.
    """

    totals: Mapping[str, int]
    unreached: Mapping[str, tuple[str, ...]]
    near_misses: tuple[str, ...]

    @property
    def percent(self) -> int:
        """How much is reached, in whole percent rounded down, so that 100 means everything."""
        total = sum(self.totals.values())
        return 100 * (total - sum(map(len, self.unreached.values()))) // max(1, total)


def run_case(case: Case, tables: Tables) -> Outcome:
    """Assess the answers of `case` and compare the result with what is expected."""
    now = state(tables.questionnaire, tables.rules, case.answers)
    assessment = conclusion(fire(tables.rules, now.seen), now.missing)
    return Outcome(case, assessment, now.kept, tuple(differences(case, assessment, tables)))


def differences(case: Case, got: Assessment, tables: Tables) -> Iterator[Difference]:
    """Yield what is not as `case` expects in its assessment `got`, the page of the client last."""
    expected = case.expected
    fired = [one.rule for one in got.trace]
    yield from _unlike("disposition", expected.disposition, got.disposition)
    yield from _unlike("recommendation", expected.recommendation, got.recommendation.kind)
    yield from _unlike("therapies", expected.therapies, got.recommendation.therapies)
    yield from _unlike("pressure limit", expected.pressure_limit, got.pressure_limit)
    yield from _unlike("missing", expected.missing, got.missing)
    statuses = {one.id: one.status for one in got.therapies}
    for therapy, status in expected.status.items():
        yield from _unlike(f"status of {therapy}", status, statuses.get(therapy, "nothing"))
    for what, wanted, found in (
        ("pressure on", expected.site_limits, {note.site: note.pressure_limit for note in got.site_notes}),
        ("pressure with", expected.therapy_limits, {one.id: one.pressure_limit for one in got.therapies}),
    ):
        for name, limit in wanted.items():
            yield from _unlike(f"{what} {name}", limit, found.get(name, "no limit"))
    spared = [note.site for note in got.site_notes if note.pressure_limit == 0]
    yield from _lacking("sites to leave alone", expected.avoids, spared)
    yield from _lacking("rules that fire", expected.fires, fired)
    for rule in expected.not_fires:
        if rule in fired:
            yield Difference("rules that do not fire", f"not {rule}", f"{rule} fired")
    if not (expected.says or expected.never_says):
        return
    kept = view(tables.questionnaire, case.answers).answers
    page = " ".join(plain_lines(result_page(Intake(kept, got), tables))).casefold()
    said = " ".join(page.split())
    for text in expected.says:
        if text.casefold() not in said:
            yield Difference("the page", f"to say '{text}'", "a page without it")
    for text in expected.never_says:
        if text.casefold() in said:
            yield Difference("the page", f"not to say '{text}'", "a page with it")


def _unlike(what: str, expected: object, got: object) -> Iterator[Difference]:
    if expected is not None and expected != got:
        yield Difference(what, _shown(expected), _shown(got))


def _lacking(what: str, expected: Iterable[str], got: Sequence[str]) -> Iterator[Difference]:
    for one in expected:
        if one not in got:
            yield Difference(what, one, _shown(tuple(got)))


def _shown(value: object) -> str:
    return few(value) if isinstance(value, tuple) else str(value)


def few(names: Sequence[object], most: int = 5) -> str:
    """Return the first of `names`, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(map(str, names[:most])) + more or "none"


def coverage(outcomes: Sequence[Outcome], tables: Tables) -> Coverage:
    """Return which rules, options, dispositions and kinds of recommendation no case reaches."""
    wanted: dict[str, list[str]] = {
        "rules": [rule.id for rule in tables.rules.rules],
        "options": [
            f"{question.id}={one}"
            for question in tables.questionnaire.questions
            for one in (*(option.id for option in question.options), *question.specials)
        ],
        "dispositions": list(Disposition),
        "recommendations": list(RecommendationKind),
    }
    reached: dict[str, set[str]] = {
        "rules": {one.rule for outcome in outcomes for one in outcome.assessment.trace},
        "options": {one for outcome in outcomes for one in _options_used(outcome.kept)},
        "dispositions": {outcome.assessment.disposition for outcome in outcomes},
        "recommendations": {outcome.assessment.recommendation.kind for outcome in outcomes},
    }
    missed = {rule for outcome in outcomes for rule in outcome.case.expected.not_fires}
    return Coverage(
        totals={what: len(every) for what, every in wanted.items()},
        unreached={what: tuple(one for one in every if one not in reached[what]) for what, every in wanted.items()},
        near_misses=tuple(rule for rule in wanted["rules"] if rule not in missed),
    )


def _options_used(answers: Answers) -> Iterator[str]:
    for question_id, answer in answers.items():
        alone = special(answer)
        for one in (alone,) if alone else chosen(answer):
            yield f"{question_id}={one}"
