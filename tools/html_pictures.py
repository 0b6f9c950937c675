"""Draw the pictures of the HTML pages in docs/pictures: `make html-pictures`.

Both pages as a browser shows them, and the first sheet that it prints. It needs Chromium with its driver and pdftoppm
(Debian: chromium, chromium-driver, poppler-utils).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.formats.browser import A4, chromium, opened, picture, printed  # noqa: E402
from tests.formats.html_pages import shown  # noqa: E402
from tests.formats.intakes import example  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
EXAMPLE = "adapted-session"
WIDTH = 800
MOST = 2400
"""Pixels. What follows further down is more of the same."""

PICTURES = {"client-page": "html", "therapist-page": "html-therapist"}
PRINTED = "printed-page"


def main() -> None:
    """Write all pictures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with chromium(folder / "profile") as browser:
            for picture_name, form in PICTURES.items():
                page = folder / f"{picture_name}.html"
                page.write_text(shown(form, example(EXAMPLE)), encoding="utf-8")
                opened(browser, page)
                (FOLDER / f"{picture_name}.png").write_bytes(picture(browser, WIDTH, MOST))
            opened(browser, folder / "client-page.html")
            pdf = printed(browser, folder / "printed.pdf", A4)
        _first_sheet(pdf, FOLDER / PRINTED)


def _first_sheet(pdf: Path, target: Path) -> None:
    flags = ["-png", "-singlefile", "-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
    subprocess.run(["pdftoppm", *flags, str(pdf), str(target)], check=True)


if __name__ == "__main__":
    main()
