"""`nmtchoose sheet` and `nmtchoose fhir`: the questionnaire as a form that is filled in elsewhere."""

from typing import Annotated

import typer

from nmtchoose.cli.flags import Output, Questions, Rules

commands = typer.Typer()


@commands.command()
def sheet(
    html: Annotated[bool, typer.Option("--html", help="As a page to print, or to tick on a phone.")] = False,
    output: Output = None,
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Print the questionnaire as a form to fill in by hand; `screen` and `intake --answers` read the text form back."""
    from nmtchoose.cli import guard
    from nmtchoose.cli.assessing import load_tables
    from nmtchoose.cli.delivery import Delivery

    with guard.guarded():
        questionnaire = load_tables(questions, rules).questionnaire
        if html or (output is not None and output.suffix.lower() in (".html", ".htm")):
            from nmtchoose.formats.registry import entities
            from nmtchoose.formats.sheet_html import sheet_html

            Delivery(output=output).text(sheet_html(questionnaire), entities)
        else:
            from nmtchoose.formats.registry import nearest_ascii
            from nmtchoose.formats.sheet_text import sheet_text

            Delivery(output=output).text(sheet_text(questionnaire), nearest_ascii)


@commands.command()
def fhir(
    resource: Annotated[str, typer.Argument(metavar="RESOURCE", help="questionnaire.")] = "questionnaire",
    release: Annotated[str, typer.Option("--release", metavar="NAME", help="r4 or r5.")] = "r4",
    output: Output = None,
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Print the questionnaire as a FHIR Questionnaire, for other programs to ask it."""
    from nmtchoose.cli import guard
    from nmtchoose.cli.assessing import load_tables
    from nmtchoose.cli.delivery import Delivery

    with guard.guarded():
        from nmtchoose.formats.fhir_names import Release
        from nmtchoose.formats.fhir_questionnaire import questionnaire_text
        from nmtchoose.formats.registry import ascii_json

        _known("resource", resource, ("questionnaire",))
        wanted = Release(_known("release", release.lower(), tuple(Release)))
        Delivery(output=output).text(
            questionnaire_text(load_tables(questions, rules).questionnaire, wanted), ascii_json
        )


def _known(what: str, name: str, known: tuple[str, ...]) -> str:
    """Return `name`; raises UsageError when it is none of `known`."""
    from nmtchoose.errors import UsageError, unknown

    if name not in known:
        raise UsageError([unknown(what, name, known)])
    return name
