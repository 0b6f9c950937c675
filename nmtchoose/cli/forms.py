"""`nmtchoose sheet` and `nmtchoose fhir`: the questionnaire as a form that is filled in elsewhere."""

from typing import Annotated

import typer

from nmtchoose.cli.delivery import Delivery
from nmtchoose.cli.flags import Output, Questions, Rules
from nmtchoose.cli.lines import known_name
from nmtchoose.formats.fhir_names import Release
from nmtchoose.formats.fhir_questionnaire import questionnaire_text
from nmtchoose.formats.registry import ascii_json, entities, nearest_ascii
from nmtchoose.formats.sheet_html import sheet_html
from nmtchoose.formats.sheet_text import sheet_text
from nmtchoose.practice.tables import load_tables


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
    Delivery(output=output).text(questionnaire_text(questionnaire, wanted), ascii_json)
