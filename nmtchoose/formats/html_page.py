"""A page as one HTML file: no script, nothing loaded from elsewhere, every text escaped, fit for screen and paper.

In `body.svg`, the class of each place is its region and the client's own side; a picture from the front has the
client's right at its left. The form is to print and fill in by hand, or to tick on a phone and show to the desk: it
sends nothing. Whoever wants it in nmtchoose types it in, or uses the text form.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from nmtchoose.engine.answering import LONGEST_TEXT
from nmtchoose.formats.body_map import EVERYWHERE, SIDES_TOLD, shading, told
from nmtchoose.formats.sheet_form import Asked, asked, choices, fingerprint, follows_a_line
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire
from nmtchoose.pages import page as pages
from nmtchoose.words.sentences import STOP_HERE

_LONGEST_LABEL = 24
_STYLE = Path(__file__).with_name("page.css").read_text("utf-8")
"""Its colours keep a contrast of at least 4.5 to 1 on their background (WCAG 2.2, AA), and none has a meaning alone."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html_page(page: pages.Page, *, large: bool = False) -> str:
    """Return `page` as an HTML document with one `h1`, its title said once; `large` prints it in 18 points and more."""
    ready = pages.shown(page, "utf-8")
    main = "".join((*_opening(ready), *map(_html, ready.blocks[1:])))
    header = f"<header><p>{escape(ready.head)}</p></header>\n" if ready.head else ""
    foot = f"<footer><p>{escape(ready.foot)}</p></footer>" if ready.foot else ""
    return document(ready.title, f"{header}<main>{main}</main>{foot}", large=large)


def document(title: str, body: str, *, large: bool = False, style: str = "", script: str = "") -> str:
    """Return a whole document around `body`, which has to be escaped already; it runs nothing but `script`."""
    size = ' class="large"' if large else ""
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"{_POLICY}; script-src 'sha256-{digest}'" if script else _POLICY
    run = f"<script>{script}</script>\n" if script else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en"{size}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}{style}</style>\n</head>\n<body>\n{body}\n{run}</body>\n</html>\n"
    )


def _opening(page: pages.Page) -> Iterator[str]:
    """Yield the `h1`, and the first block unless it is that heading."""
    first = page.blocks[0] if page.blocks else None
    if isinstance(first, pages.Card) and first.title == page.title:
        yield _card(first, "h1")
        return
    yield f"<h1>{escape(page.title)}</h1>\n"
    if first is not None and first != pages.Heading(page.title):
        yield _html(first)


def _html(block: pages.Block) -> str:
    match block:
        case pages.Heading(text):
            return f"<h2>{escape(text)}</h2>\n"
        case pages.Subheading(text):
            return f"<h3>{escape(text)}</h3>\n"
        case pages.Paragraph(text):
            return f"<p>{escape(text)}</p>\n"
        case pages.Bullets(items):
            return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>\n"
        case pages.Facts(pairs):
            return _facts(pairs)
        case pages.Card():
            return _card(block, "h2")
        case pages.Comparison(columns, rows):
            return _table(columns, rows)
        case pages.BodyMap():
            return _map(block)


def _facts(pairs: tuple[tuple[str, str], ...]) -> str:
    """Short labels stand beside their values, whole questions above their answers."""
    shape = ' class="questions"' if any(len(label) > _LONGEST_LABEL for label, _ in pairs) else ""
    inside = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in pairs)
    return f"<dl{shape}>{inside}</dl>\n"


def _card(card: pages.Card, level: str) -> str:
    body = "".join(_html(part) for part in card.body)
    return f'<section class="card {card.tone}"><{level}>{escape(card.title)}</{level}>{body}</section>\n'


def _table(columns: tuple[pages.Column, ...], rows: tuple[pages.ComparisonRow, ...]) -> str:
    heads = "".join(_head(column) for column in columns)
    shorts = [escape(column.short, quote=True) for column in columns]
    lines = "".join(
        f'<tr><th scope="row">{escape(row.label)}</th>{"".join(map(_cell, row.cells, shorts))}</tr>\n' for row in rows
    )
    return (
        '<div class="scroll" tabindex="0" role="region" aria-label="Comparison"><table>'
        f"<caption>What speaks for you is bold, what speaks against is underlined with dots.</caption>"
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{lines}</tbody></table></div>\n"
    )


def _head(column: pages.Column) -> str:
    chosen = ' class="chosen"' if column.chosen else ""
    standing = f"<br>{escape(column.standing)}" if column.standing else ""
    return f'<th scope="col"{chosen}>{escape(column.name)}{standing}</th>'


def _cell(points: tuple[pages.Point, ...], short: str) -> str:
    """On a narrow screen each row becomes a card, and each cell says whose it is."""
    said = [
        escape(one.text) if one.mark is pages.Mark.NONE else f'<span class="{one.mark}">{escape(one.text)}</span>'
        for one in points
    ]
    if len(said) > 1:
        said = ["<ul>", *(f"<li>{one}</li>" for one in said), "</ul>"]
    return f'<td data-of="{short}">{"".join(said)}</td>'


def _map(block: pages.BodyMap) -> str:
    levels = told(block.marks)
    description = ". ".join(f"{meaning}: {places}" for _, meaning, places in levels)
    legend = "".join(
        f'<div><dt><svg class="key" viewBox="0 0 12 12" aria-hidden="true"><rect class="swatch {level}" x="1" y="1"'
        f' width="10" height="10"/></svg>{escape(meaning)}</dt><dd>{escape(places)}</dd></div>'
        for level, meaning, places in levels
    )
    beyond = ", ".join(dict.fromkeys(mark.words for mark in block.marks if mark.region not in DRAWN))
    drawing = body_svg(block.marks, "Body map, from the front and from the back", description)
    note = f"<p>{escape(SIDES_TOLD)}.{escape(f' Not drawn: {beyond}.') if beyond else ''}</p>\n"
    beside = _facts(block.beside) if block.beside else ""
    return f'<div class="map">{drawing}<dl>{legend}</dl></div>{note}{beside}'


_PLACE = re.compile(r'(?<=<path class=")(\w+) ?(\w*)')
_START, *_FIGURES, _END = Path(__file__).with_name("body.svg").read_text("utf-8").splitlines()
DRAWN = frozenset(place[1] for line in _FIGURES for place in _PLACE.finditer(line)) | {EVERYWHERE}
"""The regions that have a place on the drawing."""


def body_svg(marks: Iterable[pages.BodyMark], title: str, description: str) -> str:
    """Return an `svg` that shows `marks`; `title` and `description` say the same for those who cannot see it.

    Each place has the class of its level; `spared` places are hatched, never told from others by colour alone.
    """
    level = shading(marks)
    figures = _PLACE.sub(lambda place: level(place[1], place[2]) or "place", "".join(_FIGURES))
    size = _START.partition("viewBox=")[2].removesuffix(">")
    return (
        f'<svg class="body" viewBox={size} role="img" aria-labelledby="map-title map-told">'
        f'<title id="map-title">{escape(title)}</title><desc id="map-told">{escape(description)}</desc>'
        f"{figures}{_END}"
    )


_HOW_TO_TICK = (
    f"Tick every answer that fits. Where a question starts with “If”, skip it unless that is so for you. "
    f"We ask a little more about some answers. {STOP_HERE}"
)

_ONE_LINE = 40  # letters of all answers of a question that stand beside each other
_FORM_STYLE = Path(__file__).with_name("sheet.css").read_text("utf-8")


def sheet_html(questionnaire: Questionnaire) -> str:
    """Return the empty form as a document without scripts, with the fingerprint at its foot."""
    there = (one for one in asked(questionnaire) if not follows_a_line(one.question, questionnaire))
    body = "".join(part for one in there for part in _question(one))
    footer = f"<footer><p>{escape(fingerprint(questionnaire))}</p></footer>"
    title = questionnaire.title
    main = f"<main><h1>{escape(title)}</h1><p>{escape(_HOW_TO_TICK)}</p><form>{body}</form></main>{footer}"
    return document(title, main, style=f"\n{_FORM_STYLE}")


def _question(one: Asked) -> Iterator[str]:
    question = one.question
    if one.opens:
        yield f"<h2>{escape(one.opens.title)}</h2>\n"
        yield f"<p>{escape(one.opens.intro)}</p>\n" if one.opens.intro else ""
    if one.above:
        yield f'<p class="above">{escape(one.above)}</p>\n'
    when = f'<p class="if">If {escape(one.only_if)}:</p>' if one.only_if else ""
    helping = f"<p>{escape(question.help)}</p>" if question.help and not question.is_line else ""
    shape = ' class="sign"' if question.stem else ""
    yield (
        f"<fieldset{shape}><legend>{one.number}. {escape(one.words)}</legend>{when}{helping}"
        f"{_typed(question, one.words)}{''.join(_answers(question))}</fieldset>\n"
    )


def _typed(question: Question, words: str) -> str:
    named = escape(words, quote=True)
    if question.kind is Kind.NUMBER:
        bounds = f'min="{question.minimum}" max="{question.maximum}"'
        field = f'<input type="number" name="{question.id}" {bounds} aria-label="{named}">'
        return f'<label class="typed">{field} {escape(question.unit)}</label>'
    if question.kind is Kind.TEXT:
        return f'<textarea name="{question.id}" maxlength="{LONGEST_TEXT}" aria-label="{named}"></textarea>'
    return ""


def _answers(question: Question) -> Iterator[str]:
    labels = sum(len(question.label(one)) for _, one in choices(question))
    shape = "side-by-side" if labels <= _ONE_LINE else "answers places" if question.sites else "answers"
    kind = "checkbox" if question.kind is Kind.MANY else "radio"
    yield f'<div class="{shape}">'
    for heading, one in choices(question):
        if heading:
            yield f'<p class="group">{escape(heading)}</p>'
        box = f'<input type="{kind}" name="{question.id}" value="{one}">'
        yield f"<label>{box} {escape(question.label(one))}</label>"
    yield "</div>"
