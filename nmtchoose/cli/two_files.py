"""The two files: to start from, or as a form, for programs and clinicians (`init`, `trust`, `sheet`, `docs`, ...)."""

from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.authoring.check_pair import check_pair
from nmtchoose.authoring.clinical_basis import clinical_basis
from nmtchoose.authoring.convert import convert as converted
from nmtchoose.authoring.start_folder import SCHEMAS, record_base, start_folder
from nmtchoose.authoring.written_guarantees import add_guarantees
from nmtchoose.cli.delivery import Delivery, Exit, known_name, say, standard_output, wrote
from nmtchoose.cli.flags import Output, PairPaths, Questions, Rules, missing_files_are_faulty_content, pair_of
from nmtchoose.files.atomic import write_atomically
from nmtchoose.formats.assessment_json import answers_schema, as_text, assessment_schema
from nmtchoose.formats.fhir import Release
from nmtchoose.formats.fhir_questionnaire import questionnaire_resource
from nmtchoose.formats.html_page import sheet_html
from nmtchoose.formats.registry import ascii_json, entities, nearest_ascii
from nmtchoose.formats.sheet_form import sheet_text
from nmtchoose.loading.load import read_reviews
from nmtchoose.loading.locate import PROJECT_FOLDER, QUESTIONS_FILE, RULES_FILE, content_of, locate_pair, reviews_beside
from nmtchoose.loading.nodes import FaultLog
from nmtchoose.practice.current import distrust, load_tables, trust, trusted_folders
from nmtchoose.words.sentences import counted


def convert(paths: PairPaths = None) -> None:
    """Convert the pair that `paths` mean, and say what was written; raises ContentError rather than lose anything."""
    with missing_files_are_faulty_content():
        questions, rules = pair_of(paths or [])
    written = converted(questions, rules)
    say([*map(str, written), "Next: nmtchoose check"] if written else ["Both files are in the newer form already."])


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or one without these files.")],
    agreed: Annotated[
        bool, typer.Option("--agreed", help="Record the pair that stands there as agreed to: check compares with it.")
    ] = False,
    guarantees: Annotated[
        bool, typer.Option("--guarantees", help="Write into rules.yaml there what its safety rules promise today.")
    ] = False,
) -> None:
    """Fill `folder` and say what was written; raises FileError rather than overwrite anything.

    With `guarantees` and `agreed`, only add to the pair there, or record it; raises ContentError when it does not load.
    """
    if guarantees:
        with missing_files_are_faulty_content():
            added = add_guarantees(folder / QUESTIONS_FILE, folder / RULES_FILE)
        say([*(one.id for one in added), f"{len(added)} guarantees in {folder / RULES_FILE}. Review them as a list."])
    if agreed:
        with missing_files_are_faulty_content():
            written = record_base(folder)
        say([*map(str, written), "From here on, nmtchoose check compares with this pair."])
    elif not guarantees:
        say([*map(str, start_folder(folder)), f"Next: nmtchoose check {folder}"])


def trust_folder(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=f"A folder with {PROJECT_FOLDER} in it, or that folder itself.")
    ] = Path(),
    listed: Annotated[bool, typer.Option("--list", help="Print the folders that you trust.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Trust it no longer.")] = False,
) -> None:
    """Trust what stands in a project's folder now, list what is trusted, or take it back.

    Raises UsageError where there is nothing to trust, and FileError for what other people can change.
    """
    project = folder if folder.absolute().name == PROJECT_FOLDER else folder / PROJECT_FOLDER
    if listed:
        say(trusted_folders() or ["You trust no folder."])
    elif remove:
        say([f"{project}: {'no longer trusted' if distrust(project) else 'was not trusted'}."])
    else:
        told = [f"{path}: trusted as it is now." for path in trust(project)]
        files = [project / QUESTIONS_FILE, project / RULES_FILE]
        if all(file.is_file() for file in files):  # the proofs take longer and are left to `check`
            report = check_pair(*files)
            found = f"{counted(len(report.errors), 'error')}, {counted(len(report.warnings), 'warning')}"
            told.append(f"{found}. All of them, and the proofs: nmtchoose check {project}")
        say(told)


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
