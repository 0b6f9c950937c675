"""`nmtchoose screen`: the results of answers files."""

import os
import shlex
from typing import Annotated

import typer

from nmtchoose.bulk.sources import means_many
from nmtchoose.cli import flags
from nmtchoose.cli.delivery import delivery_of, exit_for
from nmtchoose.cli.results import export, page_of, record_of
from nmtchoose.desk.interview import result_of
from nmtchoose.errors import Code, UsageError, fault
from nmtchoose.files.atomic import refuse_overwriting
from nmtchoose.formats.reading import read_given
from nmtchoose.model.disposition import most_severe
from nmtchoose.practice.current import load_tables


def screen(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Answers files; - is standard input.")],
    exit_code: flags.ExitCode = False,
    therapist: flags.Therapist = False,
    full: flags.Full = False,
    plain: flags.Plain = False,
    no_color: flags.NoColor = False,
    as_json: flags.AsJson = False,
    output: flags.Output = None,
    format_name: flags.FormatName = None,
    region: flags.Region = "us",
    questions: flags.Questions = None,
    rules: flags.Rules = None,
) -> None:
    """Assess `files` and deliver the results in that order: in short, as whole pages (`full`), or the therapists'.

    Nothing is delivered when one is faulty. Exits 4 when answers that matter are missing, and 2 for files of many
    clients.
    """
    many = next((one for one in files if means_many(one)), None)
    if many is not None:
        raise UsageError([fault(Code.SCREEN_MANY, _readable(many), inputs=shlex.join(files))])
    delivery = delivery_of(format_name, output, region, as_json=as_json, plain=plain, no_color=no_color)
    refuse_overwriting([output], [questions, rules, *files])
    tables = load_tables(questions, rules)
    flags.name_pair(tables, questions, rules)
    numbers = delivery.numbers(tables.rules)
    given = [(_readable(name), read_given(name, tables.questionnaire)) for name in files]
    results = [(name, result_of(tables, answers)) for name, answers in given]
    if delivery.format is not None:
        export(delivery, delivery.format, results, therapist=therapist)
    elif delivery.as_json:
        records = [{**record_of(one, numbers), "file": name} for name, one in results]
        delivery.record(records[0] if len(records) == 1 else records)
    else:
        short = None if full or therapist else delivery
        delivery.page(page_of(results, therapist=therapist, short=short), numbers)
    found = [one.assessment for _, one in results]
    worst = most_severe(one.disposition for one in found)
    raise typer.Exit(exit_for(worst, bad=not all(one.complete for one in found), exit_code=exit_code))


def _readable(name: str) -> str:
    """Return a file name that JSON and every terminal can hold, whatever bytes the file system has in it."""
    return os.fsencode(name).decode("utf-8", "replace")
