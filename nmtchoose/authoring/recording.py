"""Cases to start from: recorded from an answers file, or suggested by the solver."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from nmtchoose.authoring.cases import FORMAT
from nmtchoose.authoring.mutants.suggested import Suggested
from nmtchoose.engine.assess import assess
from nmtchoose.engine.interview import state
from nmtchoose.meaning.circuit import Values, Wire
from nmtchoose.meaning.thresholds import Stretch
from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind, Questionnaire
from nmtchoose.model.tables import Tables
from nmtchoose.proof.encoded import Encoded, Pick, answers_on, confirmed, encode, smallest
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


_BITING = """\
# Written for wrong edits that nothing noticed. `expect` is what the rules say today, and that may be wrong: a person
# has to confirm every line of it, and then delete this comment.
"""


def biting_cases(found: Suggested, questionnaire: Questionnaire) -> str:
    """Return a case file as YAML with one case a line for each suggestion, told in one sentence."""
    import yaml

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
    import yaml

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


@dataclass(frozen=True, slots=True)
class Witness:
    """Answers, and everything that the engine reaches with them."""

    answers: Answers
    assessment: Assessment
    reaches: frozenset[Target]


def covering_answers(tables: Tables) -> tuple[Witness, ...]:
    """Return complete sets of answers that together fire every rule that can fire, reach every outcome, ask every
    question, and stand on both sides of every threshold. Raises UsageError when no solver is installed.
    """
    encoded = encode(tables)
    left = targets(encoded) | _both_sides(encoded)
    covering = []
    while left:
        witness = _next_witness(encoded, left)
        if witness is not None:
            covering.append(witness)
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


def _next_witness(encoded: Encoded, left: dict[Target, Wire]) -> Witness | None:
    """Return a witness for the first target of `left` and some more, and take all it reaches out of `left`."""
    first, wire = next(iter(left.items()))
    del left[first]
    complete = encoded.result.interview.complete
    if not encoded.solver.possible(wire, complete):
        return None
    together = _grown(encoded, (complete, wire), [one for target, one in left.items() if target[0] is first[0]])
    found = smallest(encoded, together)
    if found is None:
        return None
    witness = _witness(encoded, found, {first, *left})
    for target in witness.reaches:
        left.pop(target, None)
    return witness


def _grown(encoded: Encoded, wanted: tuple[Wire, ...], more: Sequence[Wire]) -> tuple[Wire, ...]:
    for wire in islice(more, _TRIED):
        if len(wanted) <= MOST_TOGETHER and encoded.solver.possible(*wanted, wire):
            wanted = (*wanted, wire)
    return wanted


def _witness(encoded: Encoded, found: Values, open_targets: Iterable[Target]) -> Witness:
    answers = answers_on(encoded.sheet, found, _open_side(frozenset(open_targets)))
    assessment = confirmed(encoded.result, found, answers)
    numbers = {(Thing.NUMBER, f"{question}={answer}") for question, answer in answers.items()}
    return Witness(answers, assessment, reached(encoded.questionnaire, answers, assessment) | numbers)


def _open_side(open_targets: frozenset[Target]) -> Pick:
    """Return a way to pick numbers at that end of a stretch that no set of answers has stood on yet."""

    def pick(question: str, stretch: Stretch) -> int:
        if (Thing.NUMBER, f"{question}={stretch.low}") in open_targets:
            return stretch.low
        return stretch.high if (Thing.NUMBER, f"{question}={stretch.high}") in open_targets else stretch.low

    return pick
