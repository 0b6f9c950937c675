"""A real browser for the tests: Chromium, driven by its own driver, with nothing loaded from a network.

Debian: `chromium`, `chromium-driver`, `poppler-utils`; then `tests/browser/install.sh` for what goes into the pages.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

MODULES = Path(__file__).parents[1] / "browser" / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
LFORMS = MODULES / "lforms" / "dist" / "lforms"
PROGRAMS = ("chromium", "chromedriver", "pdftotext", "pdfinfo")
A4 = (210.0, 297.0)
LETTER = (215.9, 279.4)
"""Paper in millimetres."""

_INCH = 25.4
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--allow-file-access-from-files",
    "--window-size=900,1200",
)


def require_browser() -> None:
    """Skip where the browser or what goes into its pages is missing; where CI=true, fail."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    missing += [str(path.relative_to(MODULES.parents[1])) for path in (AXE, LFORMS) if not path.exists()]
    if not missing:
        return
    reason = f"the browser tests need {', '.join(missing)} (see tests/browser/install.sh)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def chromium(profile: Path) -> Iterator[Chrome]:
    """Give a browser with an empty profile."""
    from selenium.webdriver import Chrome, ChromeOptions, ChromeService

    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = Chrome(options, ChromeService(shutil.which("chromedriver")))
    try:
        yield browser
    finally:
        browser.quit()


def _logged(browser: Chrome, log: str) -> list[dict[str, Any]]:
    """Return what a log has gathered since it was last read."""
    found: list[dict[str, Any]] = browser.get_log(log)  # type: ignore[no-untyped-call]
    return found


def opened(browser: Chrome, page: Path) -> None:
    """Open a file, with what earlier pages logged forgotten."""
    for log in ("browser", "performance"):
        _logged(browser, log)
    browser.get(page.as_uri())


def requested(browser: Chrome, page: Path) -> list[str]:
    """Return the addresses that the open `page` asked for; those of the browser's own pages do not count."""
    messages = (json.loads(entry["message"])["message"] for entry in _logged(browser, "performance"))
    asked = (one["params"] for one in messages if one["method"] == "Network.requestWillBeSent")
    return [one["request"]["url"] for one in asked if one["documentURL"] == page.as_uri()]


def complaints(browser: Chrome) -> list[str]:
    """Return what the page wrote to the console as an error."""
    return [one["message"] for one in _logged(browser, "browser") if one["level"] == "SEVERE"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What axe-core says about a page: its version, how many rules passed, what is wrong, what a person has to see."""

    version: str
    passed: int
    violations: tuple[str, ...]
    to_look_at: tuple[str, ...]


def checked(browser: Chrome) -> Checked:
    """Check the open page with axe-core; each finding comes with the elements it means."""
    browser.execute_script(AXE.read_text(encoding="utf-8"))
    found: Any = browser.execute_async_script("const done = arguments[0]; axe.run(document).then(done)")
    wrong, open_ones = (
        tuple(f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found[kind])
        for kind in ("violations", "incomplete")
    )
    return Checked(found["testEngine"]["version"], len(found["passes"]), wrong, open_ones)


def picture(browser: Chrome, width: int, most: int) -> bytes:
    """Return the open page as PNG, `width` pixels wide and at most `most` high."""
    size = {"width": width, "height": 600, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    height: Any = browser.execute_script("return document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, most), "scale": 1}
    shot: Any = browser.execute_cdp_cmd("Page.captureScreenshot", {"clip": clip, "captureBeyondViewport": True})
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    return base64.b64decode(shot["data"])


def printed(browser: Chrome, target: Path, paper: tuple[float, float]) -> Path:
    """Print the open page to a PDF on `paper`."""
    width, height = (side / _INCH for side in paper)
    result: Any = browser.execute_cdp_cmd(
        "Page.printToPDF", {"paperWidth": width, "paperHeight": height, "printBackground": False}
    )
    target.write_bytes(base64.b64decode(result["data"]))
    return target


def pdf_text(pdf: Path) -> str:
    """Return the text of a PDF, its white space evened out."""
    done = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def pdf_pages(pdf: Path) -> tuple[int, tuple[float, float]]:
    """Return how many pages a PDF has, and their size in millimetres."""
    done = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True)
    told = dict(line.split(":", 1) for line in done.stdout.splitlines() if ":" in line)
    width, _, height = told["Page size"].split()[:3]
    return int(told["Pages"]), (float(width) / 72 * _INCH, float(height) / 72 * _INCH)
