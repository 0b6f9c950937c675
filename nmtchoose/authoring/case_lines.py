"""What running cases showed, in plain lines and as JUnit XML: failures with their reasons, and what is not reached.

Inside the conditions of the safety rules that is every part by itself, and both sides of each threshold. A part of "all
of these" is told apart by a case in which only it is missing, a part of "any of these" by one in which only it is
there: dropping it would be seen.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_, or_
from xml.etree import ElementTree

from nmtchoose.authoring.run_cases import Coverage, Outcome, few
from nmtchoose.meaning.several import Several
from nmtchoose.meaning.thresholds import bounds
from nmtchoose.model.answers import chosen
from nmtchoose.model.condition import AllOf, AnyOf, AtLeastOf, Condition, Fact, InRange, Not, leaves
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.tables import Tables
from nmtchoose.words.answers import answer_words
from nmtchoose.words.conditions import by_name

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
            message = "; ".join(map(str, one.differences))
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
