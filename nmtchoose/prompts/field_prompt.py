"""A typed answer on the stage: questionary's field, with the refusal right under what was typed."""

from collections.abc import Callable

import questionary
from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Size
from prompt_toolkit.filters import to_filter
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout import BufferControl, Dimension, FormattedTextControl, HSplit, Layout, Window

from nmtchoose.desk.prompter import Screen, Turn, Typed
from nmtchoose.desk.told import typed_answer
from nmtchoose.engine.answering import LONGEST_TEXT
from nmtchoose.errors import AnswerError, Code, fault
from nmtchoose.model.answers import Answer, special
from nmtchoose.model.questionnaire import Kind
from nmtchoose.prompts.listing_keys import Leaving, Reply
from nmtchoose.prompts.lists import keeps_early
from nmtchoose.prompts.terminal_frame import (
    LEAVING,
    STYLE,
    WAY_OUT,
    Look,
    Paragraphs,
    help_lines,
    joined,
    paragraphs,
    width_of,
)
from nmtchoose.prompts.wording import explanation, range_hint, refusal, special_typed, specials_hint

BACK_TYPED = "<"
"""For those who cannot press Shift-Tab. Not a word: "back" may well be somebody's answer."""


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

    def __init__(self, screen: Screen, above: Callable[[Size], Paragraphs], look: Look, typed: str = "") -> None:
        self.keeps_early = keeps_early(screen)
        self._screen = screen
        self._above = above
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
            self._insert(" ".join(data.split()) if key == "paste" else data)
        return None

    def settle(self, now: float) -> None:
        """Nothing typed answers without Enter."""

    def _insert(self, text: str) -> None:
        if len(self._buffer.text) + len(text) > 2 * LONGEST_TEXT:  # drawing it would take seconds
            self._refusal = refusal(AnswerError([fault(Code.ANSWER_TOO_LONG, limit=LONGEST_TEXT)]))
        else:
            self._buffer.insert_text(text)

    def _forget_refusal(self, buffer: Buffer) -> None:
        self._refusal = ""

    def _over(self, size: Size) -> Paragraphs:
        question = self._screen.question
        about = [range_hint(question)] if question.kind is Kind.NUMBER else []
        if question.kind is Kind.TEXT and self._screen.parts:
            about.append("You may leave this empty.")
        about.append(specials_hint(question))
        return [*self._above(size), ("note", " ".join(part for part in about if part))]

    def _under(self, size: Size) -> Paragraphs:
        refused = [("refusal", self._refusal)] if self._refusal else []
        shown = [*refused, *(help_lines(self._screen) if self._explained else [])]
        if self._leaving:
            return [*shown, *LEAVING]
        ways = ["Enter goes on", *(["? why"] if explanation(self._screen.question) else [])]
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
