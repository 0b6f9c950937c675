"""The body map as a drawing: two smooth figures in SVG, with the marked places filled.

One half of the body is written down and mirrored. A picture from the front has the client's right at its left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from nmtchoose.formats.body_figure import EVERYWHERE, LEFT, RIGHT
from nmtchoose.pages.page import BodyMark, Level

WIDTH = 200
HEIGHT = 420
"""Units of one figure; both stand side by side."""

_MIDDLE = WIDTH // 2
_FIRST = (Level.SPARED, *Level)
"""Which level a place with several marks shows: first of all that it is left alone."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed outline, drawn for the half at the right of the picture; `whole` shapes stand in the middle."""

    region: str
    path: str
    whole: bool = False


def _middle(region: str, path: str) -> Shape:
    return Shape(region, path, whole=True)


_LIMBS = (
    Shape("shoulder", "M128 80 Q150 80 154 104 L136 110 Q128 96 124 90 Z"),
    Shape("upper_arm", "M137 112 L154 106 Q159 128 160 146 L144 148 Q141 128 137 112 Z"),
    Shape("elbow", "M144 150 L160 148 Q163 158 163 168 L148 170 Q145 160 144 150 Z"),
    Shape("forearm", "M148 172 L163 170 Q168 192 170 212 L157 214 Q151 192 148 172 Z"),
    Shape("wrist_hand", "M157 216 L170 214 Q177 226 177 242 Q174 252 166 251 Q158 246 157 232 Z"),
    Shape("thigh", "M104 236 L134 222 Q137 250 130 292 L107 294 Q103 262 104 236 Z"),
    Shape("knee", "M107 296 L130 294 Q130 310 128 320 L108 320 Q106 308 107 296 Z"),
    Shape("calf", "M108 322 L128 322 Q132 346 123 374 L110 374 Q105 346 108 322 Z"),
    Shape("ankle", "M110 376 L123 376 L123 390 L110 390 Z"),
    Shape("foot", "M110 392 L124 392 Q136 402 138 410 Q128 414 110 411 Z"),
)

_FRONT = (
    _middle("head", "M78 34 Q78 10 100 8 Q122 10 122 34 Q112 27 100 27 Q88 27 78 34 Z"),
    Shape("temple", "M112 31 Q118 33 122 37 Q122 46 119 53 L111 49 Z"),
    _middle("face_jaw", "M90 31 Q100 28 110 31 L109 50 L117 55 Q111 68 100 70 Q89 68 83 55 L91 50 Z"),
    _middle("neck", "M90 70 Q100 75 110 70 L112 82 Q100 88 88 82 Z"),
    _middle("chest", "M86 85 Q100 91 114 85 L126 88 Q134 100 135 118 Q118 128 100 122 Q82 128 65 118 Q66 100 74 88 Z"),
    Shape("ribs", "M102 125 Q120 130 135 121 Q135 138 132 152 Q118 150 102 156 Z"),
    _middle(
        "belly",
        "M69 155 Q84 153 100 158 Q116 153 131 155 Q130 176 132 192 Q116 200 100 200 Q84 200 68 192 Q70 176 69 155 Z",
    ),
    Shape("hip", "M118 201 L132 195 Q137 208 134 220 L116 228 Z"),
    _middle("groin", "M84 202 Q100 205 116 202 L114 228 L103 234 L97 234 L86 228 Z"),
    *_LIMBS,
)

_BACK = (
    _middle("head", "M78 34 Q78 10 100 8 Q122 10 122 34 Q122 56 112 64 Q100 68 88 64 Q78 56 78 34 Z"),
    _middle("neck", "M89 67 Q100 71 111 67 L112 82 Q100 86 88 82 Z"),
    _middle(
        "upper_back", "M86 85 Q100 89 114 85 L126 88 Q134 100 135 120 Q118 126 100 126 Q82 126 65 120 Q66 100 74 88 Z"
    ),
    _middle(
        "mid_back",
        "M66 123 Q82 129 100 129 Q118 129 134 123 Q134 140 131 152 Q116 156 100 156 Q84 156 69 152 Q66 140 66 123 Z",
    ),
    Shape("flank", "M121 158 L131 155 Q130 172 131 184 L121 186 Z"),
    _middle("low_back", "M82 158 Q100 161 118 158 L118 188 Q100 193 82 188 Z"),
    _middle("tailbone", "M91 194 Q100 196 109 194 L106 216 Q100 224 94 216 Z"),
    Shape("hip", "M111 194 L131 187 Q138 206 134 220 Q122 234 104 233 L103 222 Q108 214 111 194 Z"),
    *_LIMBS,
)

DRAWN = frozenset(shape.region for shape in (*_FRONT, *_BACK)) | {EVERYWHERE}
"""The regions that have a place on the drawing."""

_FIGURES = (("Front", _FRONT, RIGHT, LEFT, 0), ("Back", _BACK, LEFT, RIGHT, WIDTH + 40))
_HATCH = (
    '<defs><pattern id="spared" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" class="paper"/><rect width="2.4" height="6" class="ink"/></pattern></defs>'
)


def body_svg(marks: Iterable[BodyMark], title: str, description: str) -> str:
    """Return an `svg` element that shows `marks`; `title` and `description` say the same for those who cannot see it.

    Each place has the class of its level, so that a style sheet gives it its look; `spared` places are hatched, and
    never told from others by colour alone.
    """
    shades = _shades(marks)
    parts = "".join(_figure(*figure, shades=shades) for figure in _FIGURES)
    width = 2 * WIDTH + 40
    return (
        f'<svg class="body" viewBox="0 0 {width} {HEIGHT + 24}" role="img" aria-labelledby="map-title map-told">'
        f'<title id="map-title">{escape(title)}</title><desc id="map-told">{escape(description)}</desc>'
        f"{_HATCH}{parts}</svg>"
    )


def _shades(marks: Iterable[BodyMark]) -> dict[tuple[str, str], Level]:
    shades: dict[tuple[str, str], Level] = {}
    for mark in sorted(marks, key=lambda one: _FIRST.index(one.level)):
        for side in (mark.side, "") if mark.side else (LEFT, RIGHT, ""):
            shades.setdefault((mark.region, side), mark.level)
    return shades


def _figure(
    name: str,
    shapes: tuple[Shape, ...],
    at_left: str,
    at_right: str,
    start: int,
    *,
    shades: dict[tuple[str, str], Level],
) -> str:
    drawn = "".join(part for shape in shapes for part in _drawn(shape, at_left, at_right, shades))
    letters = "".join(
        f'<text x="{x}" y="48">{side[0].upper()}</text>'
        for x, side in ((_MIDDLE - 60, at_left), (_MIDDLE + 60, at_right))
    )
    caption = f'<text x="{_MIDDLE}" y="{HEIGHT + 18}">{name}</text>'
    return f'<g transform="translate({start} 0)" aria-hidden="true">{drawn}{letters}{caption}</g>'


def _drawn(shape: Shape, at_left: str, at_right: str, shades: dict[tuple[str, str], Level]) -> Iterator[str]:
    if shape.whole:
        yield _path(shape.path, shades.get((shape.region, "")) or shades.get((EVERYWHERE, "")))
        return
    for side, mirrored in ((at_right, False), (at_left, True)):
        level = shades.get((shape.region, side)) or shades.get((EVERYWHERE, ""))
        yield _path(shape.path, level, mirrored=mirrored)


def _path(path: str, level: Level | None, *, mirrored: bool = False) -> str:
    turned = f' transform="matrix(-1 0 0 1 {WIDTH} 0)"' if mirrored else ""
    return f'<path class="{level or "place"}" d="{path}"{turned}/>'
