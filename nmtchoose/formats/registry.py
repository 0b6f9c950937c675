"""Every format by name and by file ending. What writes them is loaded when something is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from nmtchoose.errors import Code, UsageError, fault, suggestion
from nmtchoose.words.printable import encodable

if TYPE_CHECKING:
    from nmtchoose.pages.intake import Intake, Practice


def nearest_ascii(text: str) -> str:
    """Return `text` with everything beyond ASCII replaced by its nearest plain form."""
    return encodable(text, "ascii")


def entities(text: str) -> str:
    """Return HTML `text` with everything beyond ASCII as character references; it means the same."""
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")


def ascii_json(text: str) -> str:
    """Return JSON `text` with every character beyond ASCII, which stand only inside strings, escaped."""
    return "".join(char if char.isascii() else json.dumps(char)[1:-1] for char in text)


@dataclass(frozen=True, slots=True)
class Format:
    """One format; `several` takes more than one intake, `to_ascii` rewrites it for an output that lacks characters."""

    name: str
    endings: tuple[str, ...] = ()
    to_ascii: Callable[[str], str] = nearest_ascii
    several: bool = True


FORMATS = (
    Format("json", (".json",), ascii_json),
    Format("answers", (".answers.json",), ascii_json, several=False),
    Format("jsonl", (".jsonl", ".ndjson"), ascii_json),
    Format("csv", (".csv",)),
    Format("markdown", (".md", ".markdown")),
    Format("markdown-therapist", (".therapist.md",)),
    Format("text", (".txt",)),
    Format("plain"),
    Format("html", (".html", ".htm"), entities, several=False),
    Format("html-large", (".large.html",), entities, several=False),
    Format("html-letter", (".letter.html",), entities, several=False),
    Format("html-therapist", (".therapist.html",), entities, several=False),
    Format("fhir", (".fhir.json",), ascii_json),
)
"""All formats, in the order in which help lists them; `docs/exports.md` says what each is for."""

NAMES = tuple(one.name for one in FORMATS)
NAMES_TOLD = f"{', '.join(NAMES[:-1])} or {NAMES[-1]}"
_BY_NAME = dict(zip(NAMES, FORMATS, strict=True))


def format_named(name: str) -> Format:
    """Return the format `name`; raises UsageError that lists the names when there is none."""
    wanted = name.strip().lower()
    if wanted in _BY_NAME:
        return _BY_NAME[wanted]
    close, known = suggestion(wanted, NAMES), ", ".join(NAMES)
    raise UsageError([fault(Code.USAGE_UNKNOWN, what="format", name=name[:40], suggestion=close, known=known)])


def format_of(path: PurePath) -> Format | None:
    """Return the format that the ending of `path` means; the longest ending counts, and an unknown one means none."""
    name = path.name.lower()
    fitting = [(len(end), one) for one in FORMATS for end in one.endings if name.endswith(end)]
    return max(fitting, key=lambda found: found[0])[1] if fitting else None


def for_therapists(wanted: Format) -> Format:
    """Return the form of `wanted` for therapists, or `wanted` itself where it is the same for everybody."""
    return _BY_NAME.get(f"{wanted.name}-therapist", wanted)


def exported(wanted: Format, intakes: Sequence[Intake], practice: Practice) -> str:
    """Return `intakes` in the format `wanted`; raises UsageError for several where it takes only one."""
    if len(intakes) > 1 and not wanted.several:
        several = ", ".join(one.name for one in FORMATS if one.several)
        raise UsageError([fault(Code.USAGE_ONE_INTAKE, name=wanted.name, count=len(intakes), known=several)])
    from nmtchoose.formats.writing import WRITERS

    return WRITERS[wanted.name](intakes, practice)
