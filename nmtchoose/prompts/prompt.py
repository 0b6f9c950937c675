"""What stands on the stage: a list, which every key moves on, or a field of questionary for what is typed."""

from __future__ import annotations

from collections.abc import Callable

import questionary
from msgspec import Struct
from msgspec.structs import replace
from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Size
from prompt_toolkit.filters import to_filter
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout import BufferControl, Dimension, FormattedTextControl, HSplit, Layout, Window

from nmtchoose.desk.prompter import Screen, Turn, Typed, typed_answer
from nmtchoose.engine.answering import LONGEST_TEXT
from nmtchoose.errors import AnswerError, Code, fault
from nmtchoose.model.answers import Answer, special
from nmtchoose.model.questionnaire import Kind
from nmtchoose.prompts.keys import AT_ONCE, pressed, settled
from nmtchoose.prompts.listing import Listing, keeps_early
from nmtchoose.prompts.terminal_layout import (
    LEAVING,
    STYLE,
    WAY_OUT,
    Around,
    Look,
    Paragraphs,
    joined,
    laid_out,
    paragraphs,
    width_of,
)
from nmtchoose.prompts.wording import explanation, range_hint, refusal, special_typed, specials_hint

BACK_TYPED = "<"
"""For those who cannot press Shift-Tab. Not a word: "back" may well be somebody's answer."""


class Leaving(Struct, frozen=True):
    """Whether to stop is being asked: only y or n counts, and neither of them as a letter of a word.

    `at` is when the last letter came that was no answer, None where none did.
    """

    at: float | None = None

    def pressed(self, key: str, now: float) -> bool | Leaving:
        """Return True to stop, False to go on, or what is asked still."""
        typing = self.at is not None and now - self.at < AT_ONCE
        if key.lower() in ("y", "n") and not typing:
            return key.lower() == "y"
        return Leaving(now) if len(key) == 1 else self


class Reply(Struct, frozen=True):
    """What a prompt was answered with; `by_one_key` where no Enter was needed."""

    value: object
    by_one_key: bool = False


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


def read(screen: Screen, typed: str) -> Answer | Typed | Turn:
    """Return what `typed` means: a checked answer or Back. Raises AnswerError."""
    if screen.can_go_back and typed.strip() == BACK_TYPED:
        return Turn.BACK
    one = special_typed(screen.question, typed)
    return typed_answer(screen, one or typed)


class FieldPrompt:
    """One field. The refusal stands right under it until the text changes.

    `typed` is what stood in the field when the question was left without an answer.
    """

    def __init__(self, screen: Screen, around: Callable[[Size], Around], look: Look, typed: str) -> None:
        self.keeps_early = keeps_early(screen)
        self._screen = screen
        self._around = around
        self._look = look
        self._explained = False
        self._refusal = ""
        self._leaving: Leaving | None = None
        default = typed or _before(screen)
        field = questionary.text(look.pointer, default=default, qmark="", style=STYLE, reserve_space_for_menu=0)
        self._buffer = field.application.current_buffer
        self._buffer.on_text_changed += self._forget_refusal
        layout = field.application.layout
        for one in layout.find_all_windows():
            if isinstance(one.content, BufferControl):  # no higher than its text: what stands under it follows at once
                one.dont_extend_height = to_filter(True)
        window = layout.current_window
        parts = [self._window(self._over), layout.container, self._window(self._under)]
        self.layout = Layout(HSplit(parts), focused_element=window)

    @property
    def editing(self) -> bool:
        """False while it is asked whether to stop."""
        return self._leaving is None

    @property
    def leaving(self) -> bool:
        """Whether it is being asked whether to stop."""
        return self._leaving is not None

    @property
    def left(self) -> str:
        """What stands in the field, to be there again."""
        return self._buffer.text

    def press(self, key: str, data: str, now: float, size: Size) -> Reply | None:
        """Take a key that is no editing: its name, or the character itself. Raises KeyboardInterrupt to stop."""
        if self._leaving:
            asked = self._leaving.pressed(key, now)
            if asked is True:
                raise KeyboardInterrupt
            self._leaving = asked or None
        elif key == "back":
            return Reply(Turn.BACK) if self._screen.can_go_back else None
        elif key == "enter":
            try:
                return Reply(read(self._screen, self._buffer.text))
            except AnswerError as error:
                self._refusal = refusal(error)
        elif key == "escape":
            self._leaving = Leaving()
        elif key == "?" and not (self._screen.question.kind is Kind.TEXT and self._buffer.text):
            self._explained = not self._explained
        elif key == "paste" or len(key) == 1:
            text = " ".join(data.split()) if key == "paste" else data
            if len(self._buffer.text) + len(text) > 2 * LONGEST_TEXT:  # drawing it would take seconds
                self._refusal = refusal(AnswerError([fault(Code.ANSWER_TOO_LONG, limit=LONGEST_TEXT)]))
            else:
                self._buffer.insert_text(text)
        return None

    def settle(self, now: float) -> None:
        """Nothing typed answers without Enter."""

    def _forget_refusal(self, buffer: Buffer) -> None:
        self._refusal = ""

    def _over(self, size: Size) -> Paragraphs:
        question = self._screen.question
        about = [range_hint(question)] if question.kind is Kind.NUMBER else []
        if question.kind is Kind.TEXT and self._screen.parts:
            about.append("You may leave this empty.")
        about.append(specials_hint(question))
        around = self._around(size)
        return [*around.before, *around.head, ("note", " ".join(part for part in about if part))]

    def _under(self, size: Size) -> Paragraphs:
        refused = [("refusal", self._refusal)] if self._refusal else []
        helped = explanation(self._screen.question)
        shown = [*refused, *(("quiet", part) for part in helped if self._explained)]
        if self._leaving:
            return [*shown, *LEAVING]
        ways = ["Enter goes on", *(["? why"] if helped else [])]
        ways += [f"Shift-Tab or {BACK_TYPED} back"] if self._screen.can_go_back else []
        return [*shown, ("quiet", " · ".join([*ways, WAY_OUT]))]

    def _window(self, texts: Callable[[Size], Paragraphs]) -> Window:
        def drawn() -> StyleAndTextTuples:
            size = get_app().output.get_size()
            return joined(paragraphs(texts(size), self._look, width_of(size)))

        return Window(FormattedTextControl(drawn), height=Dimension(weight=1), dont_extend_height=True, wrap_lines=True)


def _before(screen: Screen) -> str:
    """Return the answer given before as it would be typed."""
    if screen.current is None or isinstance(screen.current, tuple):
        return ""
    alone = special(screen.current)
    return screen.question.label(alone).lower() if alone else screen.typed or str(screen.current)
