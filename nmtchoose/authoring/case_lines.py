"""What running cases showed, in plain lines: each failure with its reason, then what no case reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nmtchoose.authoring.run_cases import Coverage, Outcome, few
from nmtchoose.model.answers import chosen
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.words.answers import answer_words

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
        yield f"{what}: {total - len(unreached)} of {total} reached{_named(unreached)}"
    rules = coverage.totals["rules"]
    yield f"rules with a near miss (not_fires): {rules - len(coverage.near_misses)} of {rules}"
    yield f"coverage: {coverage.percent} %"


def _named(unreached: Sequence[str]) -> str:
    if not unreached:
        return ""
    more = f" and {len(unreached) - _MOST_NAMES} more" if len(unreached) > _MOST_NAMES else ""
    return f"; not: {', '.join(unreached[:_MOST_NAMES])}{more}"
