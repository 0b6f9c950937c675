"""`nmtchoose check`: everything wrong or doubtful about the two files, and since the pair they started from."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.authoring.check_pair import CheckReport, check_pair
from nmtchoose.authoring.differences import differences
from nmtchoose.authoring.since_start import other_lines, since_lines
from nmtchoose.authoring.start_folder import base_of
from nmtchoose.cli.delivery import Delivery, Exit, say
from nmtchoose.cli.diff import Over, at_work, compared, find_since
from nmtchoose.cli.flags import NoProve, PairPaths, missing_files_are_faulty_content, pair_of
from nmtchoose.errors import Code, Fault, UsageError, fault
from nmtchoose.files.atomic import write_atomically
from nmtchoose.formats.assessment_json import answers_record
from nmtchoose.loading.load import load_pair
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.tables import Tables
from nmtchoose.practice.current import current_settings
from nmtchoose.proof.prove import prove
from nmtchoose.proof.results import Counterexample, ProofReport, report_lines
from nmtchoose.proof.strictness import shift_lines, shifts
from nmtchoose.review.state import reviewed, state_lines
from nmtchoose.words.sentences import counted

FORMAT = "nmtchoose/check/1"
_SPAN = "Since the pair it started from"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what `check` says: as lines, for `--json`, and what is wrong."""

    lines: tuple[str, ...] = ()
    record: Mapping[str, object] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def against_base(tables: Tables, rules: Path, over: Over, *, no_prove: bool) -> Part:
    """Return how `tables` compare with the pair recorded beside `rules`, if one is; raises ContentError."""
    base = base_of(rules.parent)
    if base is None:
        return Part()
    with missing_files_are_faulty_content():
        before = Tables(*load_pair(*base))
    pile, impact = compared(over, before, tables)
    counts = [*islice(shift_lines(shifts(pile, before, tables), len(pile)), 1)] if pile else []
    if impact:
        counts.append(f"{impact.changed:,} of {impact.records:,} records change; nmtchoose diff says how.")
    counts.append("")
    if no_prove:
        changes = counted(len(list(differences(before, tables))), "change")
        return Part((f"{changes} since the pair it started from.", *counts))
    found = find_since(before, tables)
    if isinstance(found, UsageError):
        return Part((*(f"not searched: {one}" for one in found.faults), *counts))
    ways = [
        {"noun": one.noun, "id": one.id, "line": one.line, "worst": one.less.problems[0], "because": one.reason}
        for one in found.less
        if one.less is not None
    ]
    told = {"less_strict": found.less_in, "stricter": len(found.stricter), "other": len(found.others), "ways": ways}
    faults: tuple[Fault, ...] = ()
    if found.without_reason:
        where = found.less[0].line if found.less else 0
        more = f"in {counted(found.without_reason, 'way')} this is"
        faults = (fault(Code.LESS_STRICT, str(rules), where, ways=more),)
    return Part((*since_lines(found, _SPAN), *other_lines(found), *counts), {"since_start": told}, faults)


def check(
    paths: PairPaths = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings count as errors.")] = False,
    no_prove: NoProve = False,
    examples: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write answers that break a proof to this folder.")
    ] = None,
    cases: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Count the cases with another result than at the start; may be repeated."),
    ] = None,
    answers: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Count it over these answers too, of one client or of many."),
    ] = None,
    require_review: Annotated[
        bool, typer.Option("--require-review", help="Let what no clinician signed count as errors.")
    ] = False,
) -> None:
    """Print what changed since the pair that `paths` mean was started from, all findings about it, and the proofs.

    Exits 3 when there are errors, refuted proofs among them; with `strict` for warnings, when something is less strict
    than at the start without a reason, and with `require_review` when something is not signed.
    """
    with missing_files_are_faulty_content():
        questions, rules = pair_of(paths or [])
        report = check_pair(questions, rules)
    over, base = Over(answers or (), cases or ()), Part()
    if report.tables:
        base = against_base(report.tables, rules, over, no_prove=no_prove)
    proofs = _proved(report.tables) if report.tables and not no_prove else None
    if isinstance(proofs, ProofReport):
        report = report.with_refuted(proofs)
    review = _reviews(report.tables, rules, required=require_review)
    report = replace(report, errors=(*base.faults, *report.errors, *review.faults))
    if as_json:
        Delivery().record({**_record(report, questions, rules), **base.record, **review.record})
    else:
        say((*base.lines, *_lines(report, questions, rules), *review.lines))
        _say_proofs(proofs, report.tables, examples)
    if report.errors or (strict and report.warnings):
        raise typer.Exit(Exit.FAULTY_CONTENT)


def _proved(tables: Tables) -> ProofReport | UsageError:
    """Return the proofs, or what is missing for them: nothing fails because of it."""
    try:
        with at_work("proofs") as shown:
            return prove(tables, shown and (lambda proved, done: shown(f"{proved.replace('_', ' ')}: {done:,} checks")))
    except UsageError as missing:
        return missing


def _say_proofs(proofs: ProofReport | UsageError | None, tables: Tables | None, examples: Path | None) -> None:
    if proofs is None or tables is None:
        return
    say(["", "For every possible set of answers:"])
    if isinstance(proofs, UsageError):
        say(f"not proved: {one}" for one in proofs.faults)
        return
    say(report_lines(proofs))
    if examples is not None:
        say(_kept(proofs, tables.questionnaire, examples))


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
    findings = [
        {
            "code": one.code.id,
            "severity": "warning" if one.warning else "error",
            **{"file": one.file, "line": one.line, "column": one.column},
            **{"problem": one.problem, "mend": one.mend},
        }
        for one in (*report.errors, *report.warnings)
    ]
    return {
        "format": FORMAT,
        "questions": str(questions),
        "rules": str(rules),
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        "findings": findings,
    }


def _reviews(tables: Tables | None, rules: Path, *, required: bool) -> Part:
    """Return what is found for `tables`, if they load; an open item is wrong where that is `required` or configured."""
    if tables is None:
        return Part()
    found = reviewed(tables, rules)
    faults = found.faults
    if found.open and (required or current_settings().require_review):
        total = len(found.standings)
        faults += (fault(Code.REVIEW_OPEN, str(found.path), count=len(found.open), total=total),)
    record = {"items": len(found.standings), "open": [{"item": one.item.id, "state": one.told} for one in found.open]}
    return Part(("", *state_lines(found)), {"review": record}, faults)
