"""Cases to start from: recorded from an answers file, or suggested by the solver."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from nmtchoose.authoring.cases import FORMAT
from nmtchoose.authoring.mutants.suggested import Suggested
from nmtchoose.engine.assess import assess
from nmtchoose.engine.interview import state
from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind, Questionnaire
from nmtchoose.model.tables import Tables
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
