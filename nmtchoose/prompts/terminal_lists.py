"""Lists in a terminal: questionary's select and checkbox, with our keys and our drawing of a `Listing`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

import questionary
from prompt_toolkit.filters import to_filter
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Dimension, ScrollOffsets, Window
from questionary.prompts.common import InquirerControl

from nmtchoose.prompts.listing import Listing
from nmtchoose.prompts.look import Look
from nmtchoose.prompts.protocol import Turn
from nmtchoose.prompts.rows import Role
from nmtchoose.prompts.terminal_frame import STYLE, Lines, color_depth, framed, height, paragraphs, rows
from nmtchoose.prompts.terminal_keys import ENTER, take_over, way_out_keys
from nmtchoose.prompts.terminal_rows import drawn_rows, lines_below_pointer, lines_under

_FEWEST_ROWS = 3
_STEPS = {Keys.Up: -1, Keys.Down: 1, Keys.ControlP: -1, Keys.ControlN: 1}
_STEPS |= {Keys.PageUp: -5, Keys.PageDown: 5, Keys.Home: -1000, Keys.End: 1000}
_STOCK_LETTERS = "ai"
"""In questionary's checkbox `a` ticks everything and `i` the rest; here they are letters like any other."""

Enter = Callable[[Listing], object]
"""What Enter gives: another `Listing` when it is refused, else the result of the prompt."""


class ListPrompt:
    """One list on screen: holds the listing that is shown now, and moves it on with every key."""

    def __init__(
        self,
        listing: Listing,
        enter: Enter,
        look: Look,
        head: Callable[[], Lines],
        helped: Callable[[], Lines] | None = None,
    ) -> None:
        self._listing = listing
        self._enter = enter
        self._look = look
        self._head = head
        self._helped = helped

    def question(self, *, back: bool) -> questionary.Question:
        """Return a questionary question, ready for `unsafe_ask`; its result is what `enter` gave, or Back."""
        stock = questionary.checkbox if self._listing.many else questionary.select
        question = stock(
            "",
            choices=[row.label for row in self._listing.rows if row.role is not Role.HEADING],
            qmark="",
            instruction=" ",
            style=STYLE,
            use_jk_keys=False,
            color_depth=color_depth(self._look),
        )
        app = question.application
        window = next(one for one in app.layout.find_all_windows() if isinstance(one.content, InquirerControl))
        self._draw_in(window)
        app.layout = framed(window, window, self._above, self._under, self._look)
        take_over(app, way_out_keys(back=back), self._keys(back=back))
        return question

    def _draw_in(self, window: Window) -> None:
        """Draw our rows in questionary's window, and let the terminal's own cursor follow the pointer.

        Magnifiers and screen readers follow that cursor.
        """
        control = cast(InquirerControl, window.content)
        control.text = lambda: drawn_rows(self._listing, self._look)
        control.focusable = to_filter(True)
        window.height = Dimension(min=min(_FEWEST_ROWS, len(self._listing.rows)))
        window.dont_extend_height = to_filter(True)
        window.scroll_offsets = ScrollOffsets(top=1, bottom=lambda: lines_below_pointer(self._listing, self._look))

    def _hint(self) -> str:
        if self._listing.place[1] == 1:
            return "Enter continues"
        ways = [f"{self._look.up_down} or {'type to search' if self._listing.searchable else 'a number'}"]
        ways += ["Space ticks", "Enter continues"] if self._listing.many else ["Enter chooses"]
        ways += ["? why we ask"] if self._helped else []
        return " · ".join(ways)

    def _above(self) -> Lines:
        return [*self._head(), ("quiet", self._hint())]

    def _under(self) -> Lines:
        above = height(paragraphs(self._above(), self._look))
        helped = [*self._helped()] if self._helped and self._listing.explained else []
        full = [*lines_under(self._listing, self._look, hidden=False), *helped]
        taken = above + height(drawn_rows(self._listing, self._look)) + height(paragraphs(full, self._look))
        return full if taken <= rows() else [*lines_under(self._listing, self._look, hidden=True), *helped]

    def _keys(self, *, back: bool) -> KeyBindings:
        keys = KeyBindings()
        keys.add(" ", eager=True)(self._becomes(Listing.toggled))
        keys.add("?", eager=True)(self._becomes(Listing.explaining))
        keys.add(Keys.Backspace, eager=True)(self._becomes(Listing.erased))
        for key, step in _STEPS.items():
            keys.add(key, eager=True)(self._becomes(partial(Listing.moved, by=step)))
        for letter in _STOCK_LETTERS:
            keys.add(letter, eager=True)(self._on_letter)
        keys.add(Keys.Any)(self._on_letter)
        for enter in ENTER:
            keys.add(enter, eager=True)(self._on_enter)
        keys.add(Keys.Escape, eager=True)(lambda event: self._on_escape(event, back=back))
        return keys

    def _becomes(self, change: Callable[[Listing], Listing]) -> Callable[[KeyPressEvent], None]:
        def on_key(event: KeyPressEvent) -> None:
            self._listing = change(self._listing)

        return on_key

    def _on_letter(self, event: KeyPressEvent) -> None:
        if len(event.data) == 1 and event.data.isprintable():
            self._listing = self._listing.typed(event.data)

    def _on_enter(self, event: KeyPressEvent) -> None:
        result = self._enter(self._listing)
        if isinstance(result, Listing):
            self._listing = result
        else:
            event.app.exit(result=result)

    def _on_escape(self, event: KeyPressEvent, *, back: bool) -> None:
        if self._listing.sought:
            self._listing = self._listing.seeking("")
        elif back:
            event.app.exit(result=Turn.BACK)
