"""Running cases: what differs from what their author expects and what no case reaches, in plain lines and as JUnit XML.

Inside the conditions of the safety rules that is every part by itself, and both sides of each threshold. A part of "all
of these" is told apart by a case in which only it is missing, a part of "any of these" by one in which only it is
there: dropping it would be seen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from xml.etree import ElementTree

from nmtchoose.authoring.cases import Case
from nmtchoose.engine.assess import conclusion
from nmtchoose.engine.evaluate import view
from nmtchoose.engine.fired import fire
from nmtchoose.engine.interview import state
from nmtchoose.formats.text_page import plain_lines
from nmtchoose.meaning.several import Several
from nmtchoose.meaning.thresholds import bounds
from nmtchoose.model.answers import Answers, chosen, special
from nmtchoose.model.assessment import Assessment, RecommendationKind
from nmtchoose.model.condition import AllOf, AnyOf, AtLeastOf, Condition, Fact, InRange, Not, leaves
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.result import result_page
from nmtchoose.words.answers import answer_words
from nmtchoose.words.conditions import by_name


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case with its result; it passed when there are no differences."""

    case: Case
    assessment: Assessment
    kept: Answers
    differences: tuple[str, ...]


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


def differences(case: Case, got: Assessment, tables: Tables) -> Iterator[str]:
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
            yield f"rules that do not fire: expected not {rule}, got {rule} fired"
    if not (expected.says or expected.never_says):
        return
    kept = view(tables.questionnaire, case.answers).answers
    page = " ".join(plain_lines(result_page(Intake(kept, got), tables))).casefold()
    said = " ".join(page.split())
    for text in expected.says:
        if text.casefold() not in said:
            yield f"the page: expected to say '{text}', got a page without it"
    for text in expected.never_says:
        if text.casefold() in said:
            yield f"the page: expected not to say '{text}', got a page with it"


def _unlike(what: str, expected: object, got: object) -> Iterator[str]:
    if expected is not None and expected != got:
        yield f"{what}: expected {_shown(expected)}, got {_shown(got)}"


def _lacking(what: str, expected: Iterable[str], got: Sequence[str]) -> Iterator[str]:
    for one in expected:
        if one not in got:
            yield f"{what}: expected {one}, got {_shown(tuple(got))}"


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


_MOST_NAMES = 12


def failure_lines(outcome: Outcome, questionnaire: Questionnaire) -> Iterator[str]:
    """Yield what differs in a failed case, and why: the rules that fired, with the answers that made them true."""
    case = outcome.case
    yield f"{case.file}:{case.line}: {case.id}: {case.describe}"
    for difference in outcome.differences:
        yield f"  {difference}"
    unasked = [one for one in case.answers if one not in outcome.kept]
    if unasked:
        yield f"  answered, and not asked: {few(unasked)}"
    unoffered = [
        f"{one} of {question}"
        for question, answer in outcome.kept.items()
        for one in chosen(case.answers[question])
        if questionnaire[question].options and one not in chosen(answer)
    ]
    if unoffered:
        yield f"  answered, and not offered: {few(unoffered)}"
    for firing in outcome.assessment.trace:
        told = (f"{one} = {answer_words(questionnaire[one], answer)}" for one, answer in firing.because.items())
        yield f"    fired {firing.rule}: {'; '.join(told) or 'always'}"
    for undecided in outcome.assessment.undecided:
        yield f"    open {undecided.rule}: {', '.join(undecided.questions)}"
    if not outcome.assessment.trace:
        yield "    no rule fired"


def coverage_lines(coverage: Coverage) -> Iterator[str]:
    """Yield how much of the rules, options and outcomes the cases reach, and what they do not."""
    for what, total in coverage.totals.items():
        unreached = coverage.unreached[what]
        more = f"; not: {few(unreached, _MOST_NAMES)}" if unreached else ""
        yield f"{what}: {total - len(unreached)} of {total} reached{more}"
    rules = coverage.totals["rules"]
    yield f"rules with a near miss (not_fires): {rules - len(coverage.near_misses)} of {rules}"
    yield f"coverage: {coverage.percent} %"


def finer_lines(outcomes: Sequence[Outcome], tables: Tables) -> Iterator[str]:
    """Yield how much the cases reach inside the conditions of the safety rules."""
    for what, (total, missed) in (
        ("parts of conditions told apart", parts_told_apart(outcomes, tables)),
        ("both sides of thresholds", thresholds_stood_on(outcomes, tables)),
    ):
        more = f"; not: {few(missed)}" if missed else ""
        yield f"{what}: {total - len(missed)} of {total}{more}"


def junit_xml(outcomes: Sequence[Outcome], questionnaire: Questionnaire) -> str:
    """Return one suite per case file, with the differences and the rules that fired as the text of each failure."""
    root = ElementTree.Element("testsuites", {"name": "nmtchoose", **_counts(outcomes)})
    for file in dict.fromkeys(one.case.file for one in outcomes):
        _add_suite(root, file, [one for one in outcomes if one.case.file == file], questionnaire)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _counts(outcomes: Sequence[Outcome]) -> dict[str, str]:
    return {"tests": str(len(outcomes)), "failures": str(sum(bool(one.differences) for one in outcomes))}


def _add_suite(root: ElementTree.Element, file: str, outcomes: Sequence[Outcome], questionnaire: Questionnaire) -> None:
    suite = ElementTree.SubElement(root, "testsuite", {"name": file, **_counts(outcomes)})
    for one in outcomes:
        attributes = {"classname": file, "name": one.case.id, "file": file, "line": str(one.case.line)}
        case = ElementTree.SubElement(suite, "testcase", attributes)
        if one.differences:
            message = "; ".join(one.differences)
            failure = ElementTree.SubElement(case, "failure", message=_allowed(message))
            failure.text = _allowed("\n".join(failure_lines(one, questionnaire)))


def _allowed(text: str) -> str:
    """Return `text` without the control characters that XML 1.0 cannot hold."""
    return "".join(char if char >= " " or char in "\t\n\r" else "?" for char in text)


def parts_told_apart(outcomes: Sequence[Outcome], tables: Tables) -> tuple[int, tuple[str, ...]]:
    """Return how many parts the conditions of the safety rules have, and those that no case tells apart."""
    cases = Several(tables, [one.kept for one in outcomes])
    told: dict[str, bool] = {}
    for rule in tables.rules.rules:
        if rule.stage.is_safety:
            for part, apart in _parts(rule.when, cases):
                told[f"{rule.id}: {by_name(part, tables.questionnaire)}"] = apart
    return len(told), tuple(name for name, apart in told.items() if not apart)


def thresholds_stood_on(outcomes: Sequence[Outcome], tables: Tables) -> tuple[int, tuple[str, ...]]:
    """Return how many numbers stand beside thresholds of the safety rules, and those that no case answers."""
    wanted: dict[tuple[str, int], None] = {}
    for rule in tables.rules.rules:
        for leaf in leaves(rule.when) if rule.stage.is_safety else ():
            if isinstance(leaf, InRange):
                question = tables.questionnaire[leaf.question]
                beside = [leaf.low, leaf.low - 1] if leaf.low is not None else []
                beside += [leaf.high, leaf.high + 1] if leaf.high is not None else []
                low, high = bounds(question)
                wanted |= {(leaf.question, one): None for one in beside if low <= one <= high}
    given = {(question, answer) for one in outcomes for question, answer in one.kept.items() if isinstance(answer, int)}
    return len(wanted), tuple(f"{question}={number}" for question, number in wanted if (question, number) not in given)


def _parts(condition: Condition, cases: Several) -> Iterator[tuple[Condition, bool]]:
    """Yield every part of a compound in `condition`, and whether a case tells it apart."""
    match condition:
        case Fact(_, part) | Not(part):
            yield from _parts(part, cases)
        case AllOf(parts) | AnyOf(parts) | AtLeastOf(_, parts):
            true = [cases.truth(part)[0] for part in parts]
            for place, part in enumerate(parts):
                others = [*true[:place], *true[place + 1 :]]
                if isinstance(condition, AllOf):
                    alone = ~true[place] & reduce(and_, others, cases.everybody)
                else:
                    alone = true[place] & ~reduce(or_, others, 0)
                if len(parts) > 1:
                    yield part, bool(alone)
                yield from _parts(part, cases)
