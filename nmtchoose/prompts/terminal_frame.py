"""What stands around a questionary prompt: the head above it, messages and help under it, and the colours."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable

from prompt_toolkit.application import get_app_session
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout import AnyContainer, Dimension, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.styles import Style

from nmtchoose.desk.prompter import Screen
from nmtchoose.prompts.look import Look
from nmtchoose.prompts.wording import explanation, notes, progress

WAY_OUT = "Ctrl-C stops"
"""How to leave, under every prompt. What becomes of the answers is said when that happens."""

_NARROWEST, _WIDEST = 20, 100
_ROOMY = 12
"""From this many rows on there is room for a blank line and for how far we are."""

_URGENCY = 6
"""In a terminal of a few rows, a refusal or help gets its lines before the list gets more than its fewest."""

STYLE = Style(
    [
        ("progress", "ansicyan"),
        ("asked", "bold"),
        ("question", "nobold dim"),
        ("answer", "noinherit bold"),
        ("note", "italic"),
        ("pointer", "ansicyan bold"),
        ("pointed", "bold"),
        ("ticked", "ansigreen bold"),
        ("heading", "underline"),
        ("quiet", "dim"),
        ("told", "ansigreen"),
        ("alarm", "ansired bold"),
        ("refusal", "ansired bold"),
        ("validation-toolbar", "bg:default ansired bold noreverse"),
    ]
)

Lines = Iterable[tuple[str, str]]
"""(style class, text) for each paragraph."""


def columns() -> int:
    """Return how many columns text may take; the last one stays free, so that no terminal wraps by itself."""
    return min(max(get_app_session().output.get_size().columns, _NARROWEST), _WIDEST) - 1


def color_depth(look: Look) -> ColorDepth | None:
    """Return how many colours prompt_toolkit may use; None lets it find out, which heeds NO_COLOR."""
    return None if look.color else ColorDepth.DEPTH_1_BIT


def rows() -> int:
    """Return how many rows the terminal has."""
    return get_app_session().output.get_size().rows


def wrapped(text: str, first: str = " ", later: str | None = None) -> list[str]:
    """Return `text` in lines that fit the terminal, split between words; `first` and `later` indent them."""
    after = first if later is None else later
    return textwrap.wrap(text, columns(), initial_indent=first, subsequent_indent=after) or [first]


def paragraphs(lines: Lines, look: Look) -> StyleAndTextTuples:
    """Return paragraphs wrapped to the terminal as it is now."""
    fragments: StyleAndTextTuples = []
    for style, text in lines:
        for line in wrapped(look.fit(text)):
            fragments += [(f"class:{style}", line), ("", "\n")]
    return fragments[:-1]


def height(text: StyleAndTextTuples) -> int:
    """Return how many screen lines `text` takes."""
    return 1 + sum(part[1].count("\n") for part in text)


def head(screen: Screen) -> list[tuple[str, str]]:
    """Return what stands above the answers: how far we are, the question, and notes."""
    place = progress(screen, columns() - 1)
    above = [("", ""), *([("progress", place)] if place else [])] if rows() >= _ROOMY else []
    return [*above, ("asked", screen.text), *(("note", note) for note in notes(screen))]


def help_lines(screen: Screen) -> list[tuple[str, str]]:
    """Return what `?` shows."""
    return [("quiet", part) for part in explanation(screen.question)]


def framed(
    middle: AnyContainer, focused: Window, above: Callable[[], Lines], below: Callable[[], Lines], look: Look
) -> Layout:
    """Return a layout of `middle` with text above and below it, each only as high as its text."""
    parts = [_window(above, look), middle, _window(below, look, weight=_URGENCY)]
    return Layout(HSplit(parts), focused_element=focused)


def _window(lines: Callable[[], Lines], look: Look, weight: int = 1) -> Window:
    control = FormattedTextControl(lambda: paragraphs(lines(), look))
    return Window(control, height=Dimension(weight=weight), dont_extend_height=True, wrap_lines=True)
