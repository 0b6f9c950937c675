"""A list on the stage: holds the listing that is shown now, and moves it on with every key."""

from collections.abc import Callable

from msgspec.structs import replace
from prompt_toolkit.application import get_app
from prompt_toolkit.data_structures import Size
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout import FormattedTextControl, Layout, Window

from nmtchoose.desk.prompter import Turn
from nmtchoose.prompts.listing import Listing
from nmtchoose.prompts.listing_keys import Leaving, Reply, pressed, settled
from nmtchoose.prompts.terminal_frame import Look, joined
from nmtchoose.prompts.terminal_rows import Around, laid_out


class ListPrompt:
    """`enter` gives what Enter gives: another `Listing` when it is refused, else the answer. `keys` does all others.

    `keeps_early` says whether keys count that were pressed before the question was on the screen; nothing is edited.
    """

    editing = False

    def __init__(
        self,
        listing: Listing,
        enter: Callable[[Listing], object],
        around: Callable[[Size], Around],
        look: Look,
        *,
        keeps_early: bool = False,
        keys: Callable[[Listing, str, float], Listing] = pressed,
    ) -> None:
        self.listing = listing
        self.keeps_early = keeps_early
        self._enter = enter
        self._keys = keys
        self._around = around
        self._look = look
        self._leaving = Leaving()
        window = Window(FormattedTextControl(self._drawn, focusable=True))
        self.layout = Layout(window, focused_element=window)

    @property
    def leaving(self) -> bool:
        """Whether it is being asked whether to stop."""
        return self.listing.leaving

    @property
    def left(self) -> object:
        """What was said or ticked, to be there again."""
        return self.listing.ticked if self.listing.said is None else dict(self.listing.said)

    def press(self, key: str, data: str, now: float, size: Size) -> Reply | None:
        """Take a key: its name, or the character itself. Raises KeyboardInterrupt to stop."""
        if self.listing.leaving:
            asked = self._leaving.pressed(key, now)
            if asked is True:
                raise KeyboardInterrupt
            self._leaving = asked or Leaving()
            self.listing = replace(self.listing, leaving=asked is not False, letter=None)
            return None
        self.listing, _ = laid_out(self.listing, self._around(size), self._look, size)
        if key == "back":
            return Reply(Turn.BACK) if self._around(size).back else None
        if key == "enter":
            return self._entered(self.listing, by_one_key=False)
        self.listing = self._keys(self.listing, key, now)
        if self.listing.chosen:
            return self._entered(replace(self.listing, chosen=False), by_one_key=True)
        return None

    def settle(self, now: float) -> Reply | None:
        """Return the answer that a letter has given by staying alone."""
        listing = settled(self.listing, now)
        return self._entered(replace(listing, chosen=False), by_one_key=True) if listing.chosen else None

    def _entered(self, listing: Listing, *, by_one_key: bool) -> Reply | None:
        result = self._enter(listing)
        if not isinstance(result, Listing):
            return Reply(result, by_one_key)
        self.listing = replace(result, letter=None)
        return None

    def _drawn(self) -> StyleAndTextTuples:
        """Return what is on the screen; the terminal's own cursor follows the pointer, as magnifiers want it."""
        size = get_app().output.get_size()
        self.listing, lines = laid_out(self.listing, self._around(size), self._look, size)
        return joined(lines)
