"""Keys that mean the same in every prompt, and throwing away keys that were typed ahead."""

from __future__ import annotations

from prompt_toolkit.application import Application
from prompt_toolkit.input import Input
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys

from nmtchoose.desk.prompter import Turn
from nmtchoose.prompts.typeahead import forget_waiting_input

ENTER = (Keys.ControlM, Keys.ControlJ)
"""What the Enter key sends; some terminals send a line feed."""

_ESCAPE_WAIT = 0.05
"""Seconds until a lone Esc counts as Esc and not as the start of an arrow key."""


def way_out_keys(*, back: bool) -> KeyBindings:
    """Return bindings for Ctrl-C, Ctrl-D and, where there is a question before, Shift-Tab.

    Going back leaves at once with `Turn.BACK`: nothing is validated.
    """
    keys = KeyBindings()

    @keys.add(Keys.ControlC, eager=True)
    @keys.add(Keys.SIGINT, eager=True)
    def interrupt(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)

    @keys.add(Keys.ControlD, eager=True)
    def end_of_input(event: KeyPressEvent) -> None:
        event.app.exit(exception=EOFError)

    @keys.add(Keys.BackTab, eager=True)
    def go_back(event: KeyPressEvent) -> None:
        if back:
            event.app.exit(result=Turn.BACK)

    return keys


def take_over(app: Application[object], *keys: KeyBindings) -> None:
    """Give `app` further keys, later ones winning over its own, and let it clear its place when it is done."""
    app.key_bindings = merge_key_bindings([*([app.key_bindings] if app.key_bindings else []), *keys])
    app.ttimeoutlen = _ESCAPE_WAIT
    app.erase_when_done = True


def forget_typed_ahead(keyboard: Input) -> None:
    """Throw away keys pressed before the question was on screen: they cannot have been an answer to it."""
    clear_typeahead(keyboard)
    forget_waiting_input(keyboard.fileno())
