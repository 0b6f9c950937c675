"""Cases to start from: recorded from an answers file, or suggested by the solver."""

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

import yaml

from nmtchoose.authoring.cases import FORMAT
from nmtchoose.authoring.mutants.suggested import Suggested
from nmtchoose.engine.assess import assess
from nmtchoose.engine.interview import state
from nmtchoose.meaning.circuit import Wire
from nmtchoose.meaning.thresholds import Stretch
from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind, Questionnaire
from nmtchoose.model.tables import Tables
from nmtchoose.proof.encoded import Encoded, answers_on, confirmed, encode, smallest
from nmtchoose.proof.reachable import Target, reached, targets
from nmtchoose.proof.results import Thing
from nmtchoose.words.case_titles import case_title

_HEAD = """\
# Recorded from an answers file. `expect` is what the rules say today, and that may be wrong.
# A person has to confirm every line of it, describe the case, and then delete this comment.
# Free text is left out: it decides nothing, and it can name people.
"""
_SUGGESTED = """\
# Suggested cases: together they fire every rule that can fire, reach every outcome, and stand on both sides of every
# threshold. Nothing is expected of them yet. Say who each is about, fill in `expect`, and delete what you do not need.
"""
_BITING = """\
# Written for wrong edits that nothing noticed. `expect` is what the rules say today, and that may be wrong: a person
# has to confirm every line of it, and then delete this comment.
"""


def recorded_case(source: str, answers: Answers, tables: Tables) -> str:
    """Return a case file as YAML for `answers`, which came from the file named `source`."""
    questionnaire, rules = tables.questionnaire, tables.rules
    kept = state(questionnaire, rules, answers).kept
    told = {one: answer for one, answer in kept.items() if questionnaire[one].kind is not Kind.TEXT}
    name = re.sub(r"[^a-z0-9]+", "-", Path(source).stem.lower()).strip("-")
    expected = _expected(assess(questionnaire, rules, answers), rules.most_pressure)
    return _file(_HEAD, [_case(name or "recorded", told, expected)])


def suggested_cases(found: Sequence[Answers]) -> str:
    """Return a case file as YAML with one case for each set of answers of `found`, and nothing expected yet."""
    return _file(_SUGGESTED, [_case(f"suggested-{number:03}", answers, {}) for number, answers in enumerate(found, 1)])


def biting_cases(found: Suggested, questionnaire: Questionnaire) -> str:
    """Return a case file as YAML with one case a line for each suggestion, told in one sentence."""

    def line(value: object) -> str:
        return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=1_000_000, default_flow_style=True)

    lines = [f"format: {FORMAT}\n", "profiles:\n", f"  usual: {line(_plain(found.usual))}", "cases:\n"]
    for number, one in enumerate(found.cases, 1):
        title = case_title(one.answers, one.telling, Disposition(str(one.expect["disposition"])), questionnaire)
        name = f"bites-{number:03}-{re.sub('[_.]', '-', one.about)}"
        case = {"id": name, "describe": title, "like": "usual"}
        lines.append(f"  - {line({**case, 'answers': _plain(one.answers), 'expect': one.expect})}")
    return _BITING + "".join(lines)


def _file(head: str, cases: Sequence[Mapping[str, object]]) -> str:
    document = {"format": FORMAT, "cases": cases}
    return head + yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=110)


def _case(name: str, answers: Answers, expected: Mapping[str, object]) -> Mapping[str, object]:
    describe = "Who is this about, in one sentence?"
    return {"id": name, "describe": describe, "answers": _plain(answers), "expect": expected}


def _plain(answers: Answers) -> dict[str, object]:
    return {one: list(answer) if isinstance(answer, tuple) else answer for one, answer in answers.items()}


def _expected(result: Assessment, most_pressure: int) -> Mapping[str, object]:
    expected: dict[str, object] = {
        "disposition": str(result.disposition),
        "recommendation": str(result.recommendation.kind),
        "therapies": list(result.recommendation.therapies),
        "fires": [one.rule for one in result.trace],
    }
    if result.pressure_limit < most_pressure and not result.disposition.forbids_therapy:
        expected["pressure_limit"] = result.pressure_limit
    spared = [note.site for note in result.site_notes if note.pressure_limit == 0]
    expected |= {"avoids": spared} if spared else {}
    expected |= {"missing": list(result.missing)} if result.missing else {}
    return expected


MOST_TOGETHER = 4
"""So many things are put into one set of answers on purpose, so that a person can still say what to expect."""

_TRIED = 12


def covering_answers(tables: Tables) -> tuple[Answers, ...]:
    """Return complete sets of answers that together fire every rule that can fire, reach every outcome, ask every
    question, and stand on both sides of every threshold. Raises UsageError when no solver is installed.
    """
    encoded = encode(tables)
    left = targets(encoded) | _both_sides(encoded)
    covering = []
    while left:
        answers = _next_answers(encoded, left)
        if answers is not None:
            covering.append(answers)
    return tuple(covering)


def _both_sides(encoded: Encoded) -> dict[Target, Wire]:
    """Return a target for the first and the last number of each stretch between two thresholds."""
    sides: dict[Target, Wire] = {}
    for question, cuts in encoded.thresholds.items():
        for stretch in cuts.stretches if cuts.cuts else ():
            within = encoded.circuit.all_of(encoded.sheet.asked[question].answer.number_from(stretch.low, stretch.high))
            for number in (stretch.low, stretch.high):
                if stretch.low != cuts.minimum or number == stretch.high:
                    sides[Thing.NUMBER, f"{question}={number}"] = within
    return sides


def _next_answers(encoded: Encoded, left: dict[Target, Wire]) -> Answers | None:
    """Return answers that reach the first target of `left` and some more, and take all they reach out of `left`."""
    opened = frozenset(left)
    first, wire = next(iter(left.items()))
    del left[first]
    complete, possible = encoded.result.interview.complete, encoded.solver.possible
    if not possible(wire, complete):
        return None
    together = [complete, wire]
    for more in islice((one for target, one in left.items() if target[0] is first[0]), _TRIED):
        if len(together) <= MOST_TOGETHER and possible(*together, more):
            together.append(more)
    found = smallest(encoded, together)
    if found is None:
        return None

    def pick(question: str, stretch: Stretch) -> int:
        """Return that end of a stretch that no set of answers has stood on yet."""
        ends = (one for one in (stretch.low, stretch.high) if (Thing.NUMBER, f"{question}={one}") in opened)
        return next(ends, stretch.low)

    answers = answers_on(encoded.sheet, found, pick)
    numbers = {(Thing.NUMBER, f"{question}={answer}") for question, answer in answers.items()}
    for target in numbers | reached(encoded.questionnaire, answers, confirmed(encoded.result, found, answers)):
        left.pop(target, None)
    return answers
