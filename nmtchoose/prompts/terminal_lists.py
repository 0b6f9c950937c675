"""Lists in a terminal: a questionary question with our keys and our drawing of a `Listing`.

questionary's `select` and `checkbox` make three applications for a list and show one of them, of which nothing would
be left here but its frame; making just that one takes a quarter of the time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Dimension, FormattedTextControl, ScrollOffsets, Window

from nmtchoose.desk.prompter import Turn
from nmtchoose.prompts.listing import Listing
from nmtchoose.prompts.look import Look
from nmtchoose.prompts.terminal_frame import STYLE, Lines, color_depth, framed, height, paragraphs, rows
from nmtchoose.prompts.terminal_keys import ENTER, take_over, way_out_keys
from nmtchoose.prompts.terminal_rows import drawn_rows, lines_below_pointer, lines_under

_FEWEST_ROWS = 3
_STEPS = {Keys.Up: -1, Keys.Down: 1, Keys.ControlP: -1, Keys.ControlN: 1}
_STEPS |= {Keys.PageUp: -5, Keys.PageDown: 5, Keys.Home: -1000, Keys.End: 1000}

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
        window = self._window()
        app = Application[object](
            framed(window, window, self._above, self._under, self._look), color_depth=color_depth(self._look)
        )
        app.renderer.style = STYLE  # merging it with prompt_toolkit's 250 rules, unused here, takes 1 ms a list
        take_over(app, way_out_keys(back=back), self._keys(back=back))
        return questionary.Question(app)

    def _window(self) -> Window:
        """Return a window with our rows, in which the terminal's own cursor follows the pointer.

        Magnifiers and screen readers follow that cursor.
        """
        return Window(
            FormattedTextControl(lambda: drawn_rows(self._listing, self._look), focusable=True),
            height=Dimension(min=min(_FEWEST_ROWS, len(self._listing.rows))),
            dont_extend_height=True,
            scroll_offsets=ScrollOffsets(top=1, bottom=lambda: lines_below_pointer(self._listing, self._look)),
        )

    def _hint(self) -> str:
        if self._listing.sought:
            takes = "Tab or Enter ticks" if self._listing.many else "Enter chooses"
            return f"{self._look.up_down} · {takes} · Esc ends the search"
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
        keys.add(" ", eager=True)(self._becomes(Listing.spaced))
        keys.add(Keys.ControlI, eager=True)(self._becomes(Listing.taken))
        keys.add("?", eager=True)(self._becomes(Listing.explaining))
        keys.add(Keys.Backspace, eager=True)(self._becomes(Listing.erased))
        for key, step in _STEPS.items():
            keys.add(key, eager=True)(self._becomes(partial(Listing.moved, by=step)))
        # Ctrl-Q stops, as in all lists of questionary.
        keys.add(Keys.ControlQ, eager=True)(lambda event: event.app.exit(exception=KeyboardInterrupt))
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
