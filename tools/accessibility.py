"""Write docs/accessibility.md: what axe-core finds on every HTML page: `make accessibility`.

The pages and the checker are those of the tests. With `--check`, nothing is written and the exit code says whether the
report is up to date. Exits 1 as well when a page has a violation.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.formats.browser import Checked, checked, chromium, opened
from tests.formats.html_pages import PAGES

REPORT = Path(__file__).resolve().parents[1] / "docs" / "accessibility.md"
ABOUT = {
    "nmt.html": "the client's page: a session",
    "nmt.large.html": "what matters of it in large print",
    "nmt.therapist.html": "the therapist's page",
    "emergency.html": "the client's page: an emergency",
    "doctor.html": "the client's page: a doctor first",
    "doctor.letter.html": "the letter to the doctor",
    "doctor.therapist.html": "the therapist's page: a doctor first",
    "marked.html": "the client's page with many places on the body map",
    "marked.therapist.html": "the therapist's page with many places on the body map",
    "sheet.html": "the form to fill in",
}

LOOKED_AT = (
    "The letters of the body map lie on a drawing, so axe-core cannot tell what is behind them. It is white, and\n"
    "#4d5566 on #ffffff has a contrast of 7.4 to 1."
)
"""What a person found on looking. Look again when the list above changes."""


def found() -> dict[str, Checked]:
    """Return what axe-core says about each page, by its name."""
    said: dict[str, Checked] = {}
    with tempfile.TemporaryDirectory() as name, chromium(Path(name) / "profile") as browser:
        for page_name, html in PAGES.items():
            page = Path(name) / page_name
            page.write_text(html(), encoding="utf-8")
            opened(browser, page)
            said[page_name] = checked(browser)
    return said


def report(said: Mapping[str, Checked]) -> str:
    """Return the report as Markdown."""
    version = next(iter(said.values())).version
    rows = [f"| {ABOUT[name]} | {_counts(one)} |" for name, one in said.items()]
    lines = [
        "# Accessibility of the HTML pages",
        "",
        f"Checked with axe-core {version}, with all of its rules (WCAG 2.2 A and AA, and good practice), in headless",
        "Chromium. Written by `make accessibility`; the tests check the same pages. A program finds only part of what",
        "can be wrong.",
        "",
        "| page | rules passed | violations | for a person to look at |",
        "|---|---|---|---|",
        *rows,
        "",
        *_listed("Violations", (text for one in said.values() for text in one.violations)),
        *_listed("For a person to look at", (text for one in said.values() for text in one.to_look_at)),
        LOOKED_AT,
    ]
    return "\n".join(lines) + "\n"


def _counts(one: Checked) -> str:
    return f"{one.passed} | {len(one.violations)} | {len(one.to_look_at)}"


def _listed(title: str, texts: Iterable[str]) -> list[str]:
    """Return a list of findings, each once."""
    once = dict.fromkeys(texts)
    return [f"## {title}", "", *([f"- `{text}`" for text in once] or ["None."]), ""]


def main() -> int:
    """Write the report, or compare it with what is there."""
    said = found()
    text = report(said)
    if "--check" not in sys.argv:
        REPORT.write_text(text, encoding="utf-8")
    elif not REPORT.exists() or REPORT.read_text(encoding="utf-8") != text:
        print("docs/accessibility.md is not up to date. Run `make accessibility`.")
        return 1
    return 1 if any(one.violations for one in said.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
