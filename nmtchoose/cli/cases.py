"""`nmtchoose test`: case files against the rules."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.authoring.cases import read_cases
from nmtchoose.authoring.recording import biting_cases, covering_answers, recorded_case, suggested_cases
from nmtchoose.authoring.run_cases import coverage, coverage_lines, failure_lines, finer_lines, junit_xml, run_case
from nmtchoose.cli.delivery import Exit, say, wrote
from nmtchoose.cli.diff import Shown, at_work
from nmtchoose.cli.flags import Questions, Rules
from nmtchoose.desk.desk import record_named
from nmtchoose.errors import Code, UsageError, fault
from nmtchoose.files.answers_file import check_answers, read_answers
from nmtchoose.files.atomic import refuse_existing, write_atomically
from nmtchoose.model.tables import Tables
from nmtchoose.practice.current import load_tables
from nmtchoose.words.sentences import counted


def run_cases(
    cases: Annotated[
        list[Path] | None, typer.Argument(metavar="[CASES...]", help="Case files, or folders of them.")
    ] = None,
    require_coverage: Annotated[
        int | None, typer.Option(metavar="PERCENT", min=0, max=100, help="Fail below this.")
    ] = None,
    junit: Annotated[Path | None, typer.Option(metavar="FILE", help="Write JUnit XML to this file.")] = None,
    mutants: Annotated[
        bool, typer.Option("--mutants", help="Make one wrong edit after the other; which of them does nothing notice?")
    ] = False,
    record: Annotated[
        str | None, typer.Option(metavar="ANSWERS", help="Write a case from answers or a record.")
    ] = None,
    suggest: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write cases that reach everything; for --mutants, that notice.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write that case.")
    ] = None,
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Record `record` as a case, suggest cases, run those in the files and folders `cases`, or all three.

    Exits 3 when a case fails, or when less than `require_coverage` percent is reached (of the `mutants`: is noticed).
    """
    if not cases and record is None and suggest is None and not mutants:
        raise UsageError([fault(Code.USAGE_NOTHING, hint="Name case files, or record one with --record ANSWERS.")])
    tables = load_tables(questions, rules)
    if record is not None:
        _record(record, output, tables)
    if mutants:
        _survey(cases or [], tables, require_coverage, suggest)
        return
    if suggest is not None:
        refuse_existing(suggest)
        found = covering_answers(tables)
        write_atomically(suggest, suggested_cases(found), mode=0o644)
        say([f"{counted(len(found), 'case')} written to {suggest}. Fill in what you expect of each, then run them."])
    if cases:
        _run(cases, tables, require_coverage, junit)


def _run(paths: Sequence[Path], tables: Tables, require_coverage: int | None, junit: Path | None) -> None:
    cases = read_cases(paths, tables.questionnaire)
    outcomes = [run_case(case, tables) for case in cases]
    if junit is not None:
        write_atomically(junit, junit_xml(outcomes, tables.questionnaire), mode=0o644)
        wrote(junit)
    failed = [one for one in outcomes if one.differences]
    for one in failed:
        say([*failure_lines(one, tables.questionnaire), ""])
    reached = coverage(outcomes, tables)
    say((*coverage_lines(reached), *finer_lines(outcomes, tables)))
    short = require_coverage is not None and reached.percent < require_coverage
    if short:
        say([f"That is less than the {require_coverage} % that are required."])
    say([f"{counted(len(outcomes), 'case')}, {len(failed)} failed."])
    if failed or short:
        raise typer.Exit(Exit.FAULTY_CONTENT)


def _record(source: str, output: Path | None, tables: Tables) -> None:
    """Print the answers in a file or a record as a case, or write it to the new file `output`.

    Nothing of a record comes along that names anybody: neither id nor client nor free text.
    """
    record = record_named(source)
    asked = tables.questionnaire
    answers = check_answers(record.answers, asked) if record else read_answers(source, asked)
    text = recorded_case("from-a-record" if record else source, answers, tables)
    if output is None:
        say(text.splitlines())
    else:
        refuse_existing(output)
        write_atomically(output, text)
        wrote(output)


def _survey(paths: Sequence[Path], tables: Tables, require: int | None, suggest: Path | None) -> None:
    from nmtchoose.authoring.mutants.suggested import suggestions
    from nmtchoose.authoring.mutants.survey import survey, survey_lines

    if suggest is not None:
        refuse_existing(suggest)
    with at_work("wrong edits: all cases") as shown:
        found = survey(tables, read_cases(paths, tables.questionnaire), shown and partial(_left, shown, "wrong edits"))
    say(survey_lines(found))
    if suggest is not None:
        with at_work("cases") as shown:
            told = suggestions(tables, found.unnoticed, shown and partial(_left, shown, "wrong edits without a case"))
        write_atomically(suggest, biting_cases(told, tables.questionnaire), mode=0o644)
        say([f"{counted(len(told.cases), 'case')} written to {suggest}. Confirm what they expect, then run them."])
    if require is not None and found.percent < require:
        say([f"That is less than the {require} % that are required."])
        raise typer.Exit(Exit.FAULTY_CONTENT)


def _left(shown: Shown, what: str, left: int, total: int) -> None:
    shown(f"{what}: {left:,} of {total:,} to go")
