"""`nmtchoose sheet`, `fhir`, `schema` and `docs`: the two files as something to fill in, to program with or to sign."""

from typing import Annotated

import typer

from nmtchoose.authoring.clinical_basis import clinical_basis
from nmtchoose.authoring.schemas import SCHEMAS
from nmtchoose.cli.delivery import Delivery, Exit, known_name, standard_output, wrote
from nmtchoose.cli.flags import Output, Questions, Rules
from nmtchoose.files.atomic import write_atomically
from nmtchoose.formats.assessment_json import answers_schema, as_text, assessment_schema
from nmtchoose.formats.fhir import Release
from nmtchoose.formats.fhir_questionnaire import questionnaire_resource
from nmtchoose.formats.html_page import sheet_html
from nmtchoose.formats.registry import ascii_json, entities, nearest_ascii
from nmtchoose.formats.sheet_form import sheet_text
from nmtchoose.loading.fault_log import FaultLog
from nmtchoose.loading.locate import locate_pair, reviews_beside
from nmtchoose.loading.ordinary_file import content_of
from nmtchoose.loading.reviews import read_reviews
from nmtchoose.practice.current import load_tables


def sheet(
    html: Annotated[bool, typer.Option("--html", help="As a page to print, or to tick on a phone.")] = False,
    output: Output = None,
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Deliver the questionnaire as a text, or as a page where that or a file ending in .html is wanted."""
    questionnaire = load_tables(questions, rules).questionnaire
    if html or (output is not None and output.suffix.lower() in (".html", ".htm")):
        Delivery(output=output).text(sheet_html(questionnaire), entities)
    else:
        Delivery(output=output).text(sheet_text(questionnaire), nearest_ascii)


def fhir(
    resource: Annotated[str, typer.Argument(metavar="RESOURCE", help="questionnaire.")] = "questionnaire",
    release: Annotated[str, typer.Option("--release", metavar="NAME", help="r4 or r5.")] = "r4",
    output: Output = None,
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Deliver the questionnaire as FHIR; raises UsageError for another resource or release."""
    known_name("resource", resource, ("questionnaire",))
    wanted = Release(known_name("release", release.lower(), tuple(Release)))
    questionnaire = load_tables(questions, rules).questionnaire
    Delivery(output=output).text(as_text(questionnaire_resource(questionnaire, wanted)), ascii_json)


def docs(
    output: Output = None,
    check: Annotated[bool, typer.Option("--check", help="Only say whether the file is up to date.")] = False,
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Print the clinical basis, or write it to `output`; with `check`, only say whether `output` is up to date."""
    tables = load_tables(questions, rules)
    path = reviews_beside(locate_pair(questions, rules).rules)
    page = clinical_basis(tables, read_reviews(content_of(path), FaultLog(str(path))))
    if output is None:
        with standard_output() as out:
            out.write(page)
    elif not check:
        write_atomically(output, page, mode=0o644)
        wrote(output)
    elif content_of(output) != page.encode():
        typer.echo(f"{output} is not up to date. Run: nmtchoose docs -o {output}", err=True)
        raise typer.Exit(Exit.FAULTY_CONTENT)


def schema(
    name: Annotated[str, typer.Argument(metavar="NAME", help="answers, assessment, questions, rules or cases.")],
    output: Output = None,
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Deliver the schema called `name`; raises UsageError when there is none of that name."""
    build = {
        "answers": lambda: answers_schema(load_tables(questions, rules).questionnaire),
        "assessment": assessment_schema,
        **SCHEMAS,
    }
    Delivery(output=output).record(build[known_name("schema", name, list(build))]())
