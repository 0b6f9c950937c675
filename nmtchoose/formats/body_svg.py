"""The body map as a drawing: the smooth figures of `body.svg`, with the marked places filled.

There, the class of each place is its region and the client's own side; a picture from the front has the client's right
at its left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

from nmtchoose.formats.body_figure import EVERYWHERE, shading
from nmtchoose.pages.page import BodyMark

_PLACE = re.compile(r'(?<=<path class=")(\w+) ?(\w*)')
_START, *_FIGURES, _END = Path(__file__).with_name("body.svg").read_text("utf-8").splitlines()
DRAWN = frozenset(place[1] for line in _FIGURES for place in _PLACE.finditer(line)) | {EVERYWHERE}
"""The regions that have a place on the drawing."""

_HATCH = (
    '<defs><pattern id="spared" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" class="paper"/><rect width="2.4" height="6" class="ink"/></pattern></defs>'
)


def body_svg(marks: Iterable[BodyMark], title: str, description: str) -> str:
    """Return an `svg` element that shows `marks`; `title` and `description` say the same for those who cannot see it.

    Each place has the class of its level, so that a style sheet gives it its look; `spared` places are hatched, and
    never told from others by colour alone.
    """
    level = shading(marks)
    figures = _PLACE.sub(lambda place: level(place[1], place[2]) or "place", "".join(_FIGURES))
    size = _START.partition("viewBox=")[2].removesuffix(">")
    return (
        f'<svg class="body" viewBox={size} role="img" aria-labelledby="map-title map-told">'
        f'<title id="map-title">{escape(title)}</title><desc id="map-told">{escape(description)}</desc>'
        f"{_HATCH}{figures}{_END}"
    )
