"""`nmtchoose check`: everything wrong or doubtful about the two files."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.authoring.check_pair import CheckReport, check_pair
from nmtchoose.authoring.proof.prove import OnProgress, prove
from nmtchoose.authoring.proof.report_lines import report_lines
from nmtchoose.authoring.proof.results import Counterexample, ProofReport
from nmtchoose.cli.check_review import RequireReview, review_found
from nmtchoose.cli.delivery import Delivery
from nmtchoose.cli.flags import NoProve, PairPaths
from nmtchoose.cli.lines import counted, say
from nmtchoose.cli.pair_of import missing_files_are_faulty_content, pair_of
from nmtchoose.cli.status import Exit
from nmtchoose.errors import Code, Fault, UsageError, fault
from nmtchoose.files.atomic import write_atomically
from nmtchoose.formats.answers_json import answers_record
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.tables import Tables

FORMAT = "nmtchoose/check/1"


def check(
    paths: PairPaths = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings count as errors.")] = False,
    no_prove: NoProve = False,
    examples: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write answers that break a proof to this folder.")
    ] = None,
    require_review: RequireReview = False,
) -> None:
    """Print all findings about the pair that `paths` mean, how it stands with its reviewers, and the proofs.

    Exits 3 when there are errors, with `strict` also when there are warnings, with `require_review` when something is
    not signed, and when a proof fails.
    """
    with missing_files_are_faulty_content():
        questions, rules = pair_of(paths or [])
        report = check_pair(questions, rules)
    review = review_found(report.tables, rules, required=require_review)
    report = replace(report, errors=(*report.errors, *review.faults))
    if as_json:
        Delivery().record({**_record(report, questions, rules), **review.record})
    else:
        say((*_lines(report, questions, rules), *review.lines))
    proved = _prove(report.tables, examples) if report.tables and not (no_prove or as_json) else True
    if report.errors or (strict and report.warnings) or not proved:
        raise typer.Exit(Exit.FAULTY_CONTENT)


def _prove(tables: Tables, examples: Path | None) -> bool:
    """Print the proofs, keep counterexamples as answers files in `examples`, and return whether all proofs hold.

    Without the solver that is said, and nothing fails because of it.
    """
    say(["", "For every possible set of answers:"])
    try:
        with _progress() as on_progress:
            report = prove(tables, on_progress)
    except UsageError as missing:
        say([f"not proved: {one}" for one in missing.faults])
        return True
    say(report_lines(report))
    if examples is not None:
        say(_kept(report, tables.questionnaire, examples))
    return report.proved


@contextmanager
def _progress() -> Iterator[OnProgress | None]:
    """Give what is told of every single proof; it shows where the proofs are where stderr is a terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as shown:
        yield lambda proved, done: shown.update(f"{proved.replace('_', ' ')}: {done:,} checks")


def _kept(report: ProofReport, questionnaire: Questionnaire, folder: Path) -> Iterator[str]:
    """Write each counterexample to `folder` as an answers file that `nmtchoose explain` opens."""
    found = [one for finding in report.findings for one in finding.problems if isinstance(one, Counterexample)]
    if found:
        folder.mkdir(parents=True, exist_ok=True)
    for number, example in enumerate(found, start=1):
        for word, answers in (("", example.answers), ("-after", example.after)):
            if answers is not None:
                path = folder / f"{number:02}-{example.subject}{word}.json"
                write_atomically(path, json.dumps(answers_record(answers, questionnaire), indent=2) + "\n", mode=0o644)
                yield f"Written: {path}. Look at it with: nmtchoose explain {path}"


def _lines(report: CheckReport, questions: Path, rules: Path) -> Iterator[str]:
    for title, faults in (("error", report.errors), ("warning", report.warnings)):
        if faults:
            yield f"{counted(len(faults), title)}:"
            yield from map(str, faults)
            yield ""
    found = f"{counted(len(report.errors), 'error')}, {counted(len(report.warnings), 'warning')}"
    yield f"{questions} and {rules}: {found}."
    if report.tables is None:
        yield "Only the wording was looked at beyond these errors. Mend them, then check again."
    elif not report.solved:
        yield f"Not looked for: what no answers lead to. {fault(Code.PROVER_MISSING)}"


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
    place = {"file": one.file, "line": one.line, "column": one.column}
    severity = "warning" if one.warning else "error"
    return {"code": one.code.id, "severity": severity, **place, "problem": one.problem, "mend": one.mend}
