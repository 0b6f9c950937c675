"""`nmtchoose review`: a clinician goes through what decides, and signs it."""

from operator import attrgetter
from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.cli.delivery import Delivery, known_name, say
from nmtchoose.cli.flags import NoColor, Plain, missing_files_are_faulty_content, pair_of
from nmtchoose.errors import Code, UsageError, fault, while_reading
from nmtchoose.files.atomic import refuse_overwriting, write_atomically
from nmtchoose.loading.load import load_pair
from nmtchoose.loading.locate import read_ordinary
from nmtchoose.model.tables import Tables
from nmtchoose.practice.current import current_settings, trusting
from nmtchoose.prompts import choosing
from nmtchoose.review.form import html_form, markdown_form, marked
from nmtchoose.review.look import Lookout
from nmtchoose.review.session import Session, ask_signer, sign
from nmtchoose.review.state import Reviewed, reviewed, state_lines, today
from nmtchoose.signatures.reviews import Standing, State, Verdict
from nmtchoose.words.sentences import counted

_ONLY = {
    "open": (State.UNSIGNED, State.CHANGED),
    "changed": (State.CHANGED,),
    "objected": (State.OBJECTED,),
    "all": tuple(State),
}


def review(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="A folder with the two files; the pair in use without.")
    ] = None,
    only: Annotated[str, typer.Option(metavar="WHICH", help="open, changed, objected or all.")] = "open",
    stage: Annotated[
        str | None, typer.Option(metavar="STAGE", help="Only one stage or kind: setting, emergency, medical, ...")
    ] = None,
    rule: Annotated[str | None, typer.Option(metavar="ID", help="Only this rule or other item.")] = None,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who reviews; without it you are asked.")] = "",
    licence: Annotated[str, typer.Option(metavar="WORDS", help="The licence; without it you are asked.")] = "",
    export: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a form to read and mark: .html or .md.")
    ] = None,
    marks: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Take in the marks made on such a form.")
    ] = None,
    plain: Plain = False,
    no_color: NoColor = False,
) -> None:
    """Show the items one by one to be accepted or objected to, or write them on a form, or read that back.

    Verdicts are added to reviews.yaml as they are given. Raises ContentError where the pair does not load, UsageError
    where no item fits, and AnswerError for marks that do not fit, of which none is then kept.
    """
    if export and marks:
        raise UsageError([fault(Code.USAGE_TOGETHER, one="--export", other="--import")])
    with missing_files_are_faulty_content():
        questions, rules = pair_of([folder] if folder else [])
        tables = Tables(*load_pair(questions, rules))
    found = reviewed(tables, rules)
    with trusting(found.path.parent):
        if found.kept and not export:
            sign(found.path, found.kept)
        if marks:
            _import(marks, found)
        else:
            wanted = _wanted(found, only, stage, rule)
            region = Delivery(region=current_settings().region).numbers(tables.rules)
            lookout = Lookout(tables, rules.read_text(encoding="utf-8"), region)
            if export:
                _export(export, wanted, lookout, [questions, rules, found.path])
                return
            with choosing.asking(plain=plain, color=not no_color) as prompter:
                session = Session(found.path, ask_signer(prompter, by, licence), lookout, prompter())
                session.go_through(wanted)
            say([f"Just now: {session.done[Verdict.ACCEPTED]} accepted, {session.done[Verdict.OBJECTED]} objected to."])
    say(state_lines(reviewed(tables, rules)))
    say([f"Kept in {found.path}. To go on: nmtchoose review{f' {folder}' if folder else ''}"])


def _wanted(found: Reviewed, only: str, stage: str | None, name: str | None) -> tuple[Standing, ...]:
    """Return the items that the flags mean; one that is named is meant however it stands."""
    states = _ONLY[known_name("choice", only, list(_ONLY))]
    groups = list(dict.fromkeys(one.item.group for one in found.standings))
    if stage is not None:
        known_name("stage", stage, groups)
    if name is not None:
        named = [one for one in found.standings if name in (one.item.id, one.item.name)]
        if not named:
            known_name("item", name, [one.item.name for one in found.standings])
        return tuple(named)
    wanted = tuple(one for one in found.standings if one.state in states and stage in (None, one.item.group))
    if not wanted:
        raise UsageError([fault(Code.USAGE_NOTHING, hint="Nothing of that is open. See all of it: --only all")])
    return wanted


def _export(path: Path, wanted: tuple[Standing, ...], lookout: Lookout, inputs: list[Path]) -> None:
    refuse_overwriting([path], inputs)
    rules, asked = lookout.tables.rules.stamp, lookout.tables.questionnaire.stamp
    made_with = f"Questions {asked.version} ({asked.sha256[:12]}), rules {rules.version} ({rules.sha256[:12]})."
    forms = {".html": html_form, ".htm": html_form, ".md": markdown_form, ".txt": markdown_form}
    form = forms[known_name("form", path.suffix.lower(), list(forms))]
    write_atomically(path, form(((one.item, lookout.at(one)) for one in wanted), made_with))
    say([f"{counted(len(wanted), 'item')} written to {path}. Read the marks back with: nmtchoose review --import FILE"])


def _import(path: Path, found: Reviewed) -> None:
    with while_reading(path):
        text = read_ordinary(path).decode("utf-8-sig", "replace")
    reviews = marked(text, [one.item for one in found.standings], today(), str(path))
    last = {one.item.id: one.last for one in found.standings}
    about = attrgetter("verdict", "by", "licence", "comment", "meaning", "words")
    known = {item: about(one) for item, one in last.items() if one is not None}
    new = [one for one in reviews if known.get(one.item) != about(one)]
    sign(found.path, new)
    say([f"{counted(len(new), 'mark')} taken in; {len(reviews) - len(new)} were there already."])
