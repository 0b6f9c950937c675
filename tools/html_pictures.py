"""Draw the pictures of the HTML pages in docs/pictures: `make html-pictures`.

The first sheet of each page that is handed over, and the client's page in a browser and on a telephone. It needs
Chromium with its driver and pdftoppm (Debian: chromium, chromium-driver, poppler-utils).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from nmtchoose.formats.html_page import sheet_html
from tests.formats.browser import A4, chromium, opened, picture, printed
from tests.formats.html_pages import shown
from tests.formats.intakes import PRACTICE, example

ROOT = Path(__file__).resolve().parents[1]

FOLDER = ROOT / "docs" / "pictures"
WIDTH, PHONE = 800, 390
MOST = 2400
"""Pixels. What follows further down is more of the same."""

PAGES = {
    "client": ("html", "adapted-session"),
    "large": ("html-large", "adapted-session"),
    "therapist": ("html-therapist", "adapted-session"),
    "letter": ("html-letter", "doctor-first"),
}
SHEET = "form"


def main() -> None:
    """Write all pictures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        htmls = {page: shown(form, example(one)) for page, (form, one) in PAGES.items()}
        htmls[SHEET] = sheet_html(PRACTICE.tables.questionnaire)
        with chromium(folder / "profile") as browser:
            for page, html in htmls.items():
                path = folder / f"{page}.html"
                path.write_text(html, encoding="utf-8")
                opened(browser, path)
                _first_sheet(printed(browser, folder / f"{page}.pdf", A4), FOLDER / f"{page}-printed")
                if page == "client":
                    (FOLDER / "client-page.png").write_bytes(picture(browser, WIDTH, MOST))
                    (FOLDER / "client-on-a-phone.png").write_bytes(picture(browser, PHONE, MOST))


def _first_sheet(pdf: Path, target: Path) -> None:
    flags = ["-png", "-singlefile", "-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
    subprocess.run(["pdftoppm", *flags, str(pdf), str(target)], check=True)


if __name__ == "__main__":
    main()
