"""The one application of an interview: on the alternate screen from its first question to its last.

It runs as a task that only moves on while a prompt waits for its reply, so the terminal stays as it is between two
questions, and nothing of a client is ever among the lines that can be scrolled back to.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.filters import Condition
from prompt_toolkit.input import Input
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import ColorDepth, Output

from nmtchoose.prompts.keyboard import forget_waiting_input
from nmtchoose.prompts.keys import AT_ONCE
from nmtchoose.prompts.prompt import FieldPrompt, ListPrompt, Reply
from nmtchoose.prompts.terminal_layout import STYLE

_NAMES = {Keys.Up: "up", Keys.ControlP: "up", Keys.Down: "down", Keys.ControlN: "down", Keys.PageUp: "pageup"}
_NAMES |= {Keys.PageDown: "pagedown", Keys.Home: "home", Keys.End: "end", Keys.Backspace: "backspace"}
_NAMES |= {Keys.Left: "left", Keys.Right: "right"}
_ALWAYS = {Keys.ControlM: "enter", Keys.ControlJ: "enter", Keys.ControlI: "tab", Keys.BackTab: "back"}
_ALWAYS |= {Keys.Escape: "escape", Keys.BracketedPaste: "paste"}
_STOPS = (Keys.ControlC, Keys.SIGINT, Keys.ControlQ)
_ESCAPE_WAIT = 0.05
"""Seconds until a lone Esc counts as Esc and not as the start of an arrow key."""

_DEAF = 0.4
"""After a single key has answered, nothing is taken before so long a pause: it is the rest of a word or number."""


Prompt = ListPrompt | FieldPrompt
"""One question on the stage."""


class Stage:
    """Shows prompts one after another. `clock` tells when a key came."""

    def __init__(self, keyboard: Input, display: Output, depth: ColorDepth | None, clock: Callable[[], float]) -> None:
        self._keyboard = keyboard
        self._clock = clock
        self._prompt: Prompt | None = None
        self._early: list[tuple[str, str, float]] = []
        self._deaf_until = self._no_letter_until = float("-inf")
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(lambda _, context: self._fail(context.get("exception") or EOFError()))
        self._reply: asyncio.Future[Reply] = self._loop.create_future()
        self._stopped: BaseException | None = None
        self._app = Application[object](
            key_bindings=self._keys(),
            style=STYLE,
            full_screen=True,
            erase_when_done=True,
            color_depth=depth,
            input=keyboard,
            output=display,
        )
        self._app.ttimeoutlen = _ESCAPE_WAIT
        self._running: asyncio.Task[object] | None = None

    def ask(self, prompt: Prompt) -> Any:
        """Show `prompt` until it is answered. Raises KeyboardInterrupt, and EOFError when the keyboard is gone."""
        self._prompt = prompt
        self._app.layout = prompt.layout
        self._reply = self._loop.create_future()
        early, self._early = self._early, []
        if not prompt.keeps_early:
            early = []
            clear_typeahead(self._keyboard)
            forget_waiting_input(self._keyboard.fileno())
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._played(early))
        except OSError:  # a terminal that has gone away is the end of input
            raise EOFError from None
        return self._reply.result().value

    async def _played(self, early: list[tuple[str, str, float]]) -> None:
        if self._stopped:
            raise self._stopped
        for key in early:
            self._press(*key)
        await self._answered()

    async def _answered(self) -> None:
        """Take keys until one of them answers, or the application ends because the keyboard is gone."""
        self._running = self._running or self._loop.create_task(self._app.run_async(set_exception_handler=False))
        self._app.invalidate()
        waited: set[asyncio.Future[Any]] = {self._reply, self._running}
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        if not self._reply.done():
            await self._running
            raise EOFError

    def clear(self) -> None:
        """Take everything off the screen."""
        if self._running and not self._running.done():
            self._app.renderer.clear()

    def close(self) -> None:
        """Leave the alternate screen, and the terminal as it was before."""
        if self._running:
            if self._app.future and not self._app.future.done():
                self._app.exit()
            with suppress(EOFError, OSError, KeyboardInterrupt):
                self._loop.run_until_complete(self._running)
        asyncio.set_event_loop(None)
        self._loop.close()

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        taken = Condition(lambda: self._reply.done() or not (self._prompt and self._prompt.editing))
        keys.add(Keys.Any, eager=True, filter=taken)(self._on_key)
        for key in _ALWAYS:
            keys.add(key, eager=True)(self._on_key)
        keys.add("?", eager=True)(self._on_key)
        for key in _STOPS:
            keys.add(key, eager=True)(lambda event: self._fail(KeyboardInterrupt()))
        keys.add(Keys.ControlD, eager=True)(lambda event: self._fail(EOFError()))
        keys.add(Keys.ControlZ, eager=True)(lambda event: event.app.suspend_to_background())
        return keys

    def _on_key(self, event: KeyPressEvent) -> None:
        pressed = event.key_sequence[0]
        name = {**_NAMES, **_ALWAYS}.get(pressed.key, "") if isinstance(pressed.key, Keys) else pressed.key
        if name:
            self._press(name, pressed.data, self._clock())

    def _press(self, key: str, data: str, now: float) -> None:
        if self._reply.done() or self._prompt is None:
            self._early.append((key, data, now))
            return
        if now < self._deaf_until:
            self._deaf_until = now + _DEAF
            return
        if now < self._no_letter_until and len(key) == 1:
            self._no_letter_until = now + AT_ONCE
            return
        asked_to_stop = self._prompt.leaving
        try:
            reply = self._prompt.settle(now)
            if reply:
                self._early.append((key, data, now))
            else:
                reply = self._prompt.press(key, data, now, self._app.output.get_size())
        except BaseException as error:  # prompt_toolkit would print it, with a traceback, and wait for Enter
            self._fail(error)
            return
        if asked_to_stop and not self._prompt.leaving:  # a doubled "n", or the rest of "no", is for no question
            self._no_letter_until = now + AT_ONCE
        self._answer(reply, now)
        if reply is None:
            self._loop.call_later(AT_ONCE, self._settle)

    def _settle(self) -> None:
        if self._reply.done() or self._prompt is None:
            return
        now = self._clock()
        self._answer(self._prompt.settle(now), now)

    def _answer(self, reply: Reply | None, now: float) -> None:
        if reply:
            self._deaf_until = now + _DEAF if reply.by_one_key else self._deaf_until
            self._reply.set_result(reply)

    def _fail(self, error: BaseException) -> None:
        """End the question that is asked with `error`; between two of them, the next one ends at once.

        What goes wrong between two keys comes here too, and is reported like any other bug.
        """
        if self._reply.done():
            self._stopped = error
        else:
            self._reply.set_exception(error)
