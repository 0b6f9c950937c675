"""Every format by name and by file ending."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from nmtchoose.errors import Code, UsageError, fault, suggestion
from nmtchoose.formats.csv_text import csv_text
from nmtchoose.formats.json_text import answers_text, ascii_json, assessment_text, lines_text
from nmtchoose.pages.intake import Intake, Practice
from nmtchoose.words.printable import encodable

_THERAPIST = "-therapist"

Writer = Callable[[Sequence[Intake], Practice], str]


def nearest_ascii(text: str) -> str:
    """Return `text` with everything beyond ASCII replaced by its nearest plain form."""
    return encodable(text, "ascii")


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `several` tells whether it takes more than one intake.

    `to_ascii` rewrites its text for an output that cannot hold all of its characters; the meaning stays the same
    where the format has a way to say them.
    """

    name: str
    endings: tuple[str, ...]
    about: str
    write: Writer
    several: bool = True
    to_ascii: Callable[[str], str] = nearest_ascii


def _text(intakes: Sequence[Intake], practice: Practice) -> str:
    from nmtchoose.formats.page_text import drawn_text

    return drawn_text(intakes, practice)


def _plain(intakes: Sequence[Intake], practice: Practice) -> str:
    from nmtchoose.formats.page_text import plain_text

    return plain_text(intakes, practice)


def _markdown(intakes: Sequence[Intake], practice: Practice) -> str:
    from nmtchoose.formats.page_text import markdown_text

    return markdown_text(intakes, practice)


def _markdown_therapist(intakes: Sequence[Intake], practice: Practice) -> str:
    from nmtchoose.formats.page_text import markdown_text
    from nmtchoose.pages.handover import therapist_handover

    return markdown_text(intakes, practice, therapist_handover)


def _html(intakes: Sequence[Intake], practice: Practice, *, large: bool = False) -> str:
    from nmtchoose.formats.html_page import html_page
    from nmtchoose.pages.handover import client_page, made_with

    return html_page(client_page(intakes[0], practice), made_with(intakes[0], practice), large=large)


def _html_large(intakes: Sequence[Intake], practice: Practice) -> str:
    return _html(intakes, practice, large=True)


def _therapist_html(intakes: Sequence[Intake], practice: Practice) -> str:
    from nmtchoose.formats.html_page import html_page
    from nmtchoose.pages.handover import made_with, therapist_handover

    return html_page(therapist_handover(intakes[0], practice), made_with(intakes[0], practice))


def _fhir(intakes: Sequence[Intake], practice: Practice) -> str:
    from nmtchoose.formats.fhir_response import responses_text

    return responses_text(intakes, practice)


def entities(text: str) -> str:
    """Return HTML `text` with everything beyond ASCII as character references; it means the same."""
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")


FORMATS = (
    Format("json", (".json",), "the assessment with its answers", assessment_text, to_ascii=ascii_json),
    Format(
        "answers",
        (".answers.json",),
        "the answers alone, as `screen` reads them",
        answers_text,
        several=False,
        to_ascii=ascii_json,
    ),
    Format("jsonl", (".jsonl", ".ndjson"), "one assessment on each line", lines_text, to_ascii=ascii_json),
    Format("csv", (".csv",), "one row for each intake, every option a column", csv_text),
    Format("markdown", (".md", ".markdown"), "the result as Markdown", _markdown),
    Format("markdown-therapist", (".therapist.md",), "the therapist's page as Markdown", _markdown_therapist),
    Format("text", (".txt",), "the result as on the screen, without colour", _text),
    Format("plain", (), "the result as plain lines, for screen readers", _plain),
    Format("html", (".html", ".htm"), "a page for the client", _html, several=False, to_ascii=entities),
    Format(
        "html-large",
        (".large.html",),
        "the same page in large print",
        _html_large,
        several=False,
        to_ascii=entities,
    ),
    Format(
        "html-therapist",
        (".therapist.html",),
        "a page for the therapist, private answers included",
        _therapist_html,
        several=False,
        to_ascii=entities,
    ),
    Format("fhir", (".fhir.json",), "a FHIR QuestionnaireResponse (R4 and R5)", _fhir, to_ascii=ascii_json),
)
"""All formats, in the order in which help lists them."""

NAMES = tuple(one.name for one in FORMATS)


def format_named(name: str) -> Format:
    """Return the format `name`; raises UsageError that lists the names when there is none."""
    wanted = name.strip().lower()
    for one in FORMATS:
        if one.name == wanted:
            return one
    close = suggestion(wanted, NAMES)
    known = ", ".join(NAMES)
    raise UsageError([fault(Code.USAGE_UNKNOWN, what="format", name=name[:40], suggestion=close, known=known)])


def format_of(path: PurePath) -> Format | None:
    """Return the format that the ending of `path` means; the longest ending counts, and an unknown one means none."""
    name = path.name.lower()
    fitting = [(len(end), one) for one in FORMATS for end in one.endings if name.endswith(end)]
    return max(fitting, key=lambda found: found[0])[1] if fitting else None


def for_therapists(wanted: Format) -> Format:
    """Return the form of `wanted` for therapists, or `wanted` itself where it is the same for everybody."""
    name = f"{wanted.name}{_THERAPIST}"
    return next((one for one in FORMATS if one.name == name), wanted)


def exported(wanted: Format, intakes: Sequence[Intake], practice: Practice) -> str:
    """Return `intakes` in the format `wanted`; raises UsageError for several where it takes only one."""
    if len(intakes) > 1 and not wanted.several:
        several = ", ".join(_taking_several(FORMATS))
        raise UsageError([fault(Code.USAGE_ONE_INTAKE, name=wanted.name, count=len(intakes), known=several)])
    return wanted.write(intakes, practice)


def _taking_several(formats: Iterable[Format]) -> Iterable[str]:
    return (one.name for one in formats if one.several)
