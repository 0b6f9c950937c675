"""The HTML pages that are looked at in a browser, by file name."""

from __future__ import annotations

from dataclasses import replace

from nmtchoose.formats.html_page import sheet_html
from nmtchoose.formats.registry import exported, format_named
from nmtchoose.pages.intake import Intake
from tests.formats.intakes import PRACTICE, example, intake

CLINIC = replace(PRACTICE, clinic="Quiet Hands")
LEFT_ALONE = {"comfort": ("no_touch",), "no_touch_sites": ("calf_left", "foot_right", "belly")}


def marked() -> Intake:
    """Return a client whose neck hurts and who wants some places left alone."""
    return intake({**example("nmt").answers, **LEFT_ALONE})


PAGES = {
    "nmt.html": lambda: shown("html", example("nmt")),
    "nmt.large.html": lambda: shown("html-large", example("nmt")),
    "nmt.therapist.html": lambda: shown("html-therapist", example("nmt")),
    "emergency.html": lambda: shown("html", example("emergency")),
    "doctor.html": lambda: shown("html", example("doctor-first")),
    "doctor.letter.html": lambda: shown("html-letter", example("doctor-first")),
    "doctor.therapist.html": lambda: shown("html-therapist", example("doctor-first")),
    "marked.html": lambda: shown("html", marked()),
    "marked.therapist.html": lambda: shown("html-therapist", marked()),
    "sheet.html": lambda: sheet_html(PRACTICE.tables.questionnaire),
}


def shown(name: str, one: Intake) -> str:
    return exported(format_named(name), [one], CLINIC)
