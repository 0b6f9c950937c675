"""Cases to start from: recorded from an answers file, or suggested by the solver."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from nmtchoose.authoring.cases import FORMAT
from nmtchoose.engine.assess import assess
from nmtchoose.engine.interview import state
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.questionnaire import Kind, Questionnaire
from nmtchoose.model.rules import RuleTable

_HEAD = """\
# Recorded from an answers file. `expect` is what the rules say today, and that may be wrong.
# A person has to confirm every line of it, describe the case, and then delete this comment.
# Free text is left out: it decides nothing, and it can name people.
"""


def recorded_case(source: str, answers: Answers, questionnaire: Questionnaire, table: RuleTable) -> str:
    """Return a case file as YAML for `answers`, which came from the file named `source`."""
    import yaml

    kept = state(questionnaire, table, answers).kept
    told = {one: _plain(answer) for one, answer in kept.items() if questionnaire[one].kind is not Kind.TEXT}
    case = {
        "id": _id(source),
        "describe": "Who is this about, in one sentence?",
        "answers": told,
        "expect": _expected(assess(questionnaire, table, answers), table.most_pressure),
    }
    document = {"format": FORMAT, "cases": [case]}
    return _HEAD + yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=110)


_SUGGESTED = """\
# Suggested cases: together they fire every rule that can fire, reach every outcome, and stand on both sides of every
# threshold. Nothing is expected of them yet. Say who each is about, fill in `expect`, and delete what you do not need.
"""


def suggested_cases(found: Sequence[Answers], questionnaire: Questionnaire) -> str:
    """Return a case file as YAML with one case for each set of answers of `found`, and nothing expected yet."""
    import yaml

    cases = [
        {
            "id": f"suggested-{number:03}",
            "describe": "Who is this about, in one sentence?",
            "answers": {one: _plain(answer) for one, answer in answers.items()},
            "expect": {},
        }
        for number, answers in enumerate(found, start=1)
    ]
    return _SUGGESTED + yaml.safe_dump({"format": FORMAT, "cases": cases}, sort_keys=False, width=110)


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


def _plain(answer: Answer) -> object:
    return list(answer) if isinstance(answer, tuple) else answer


def _id(source: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", Path(source).stem.lower()).strip("-")
    return name or "recorded"
