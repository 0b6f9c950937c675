"""Typed answers in a terminal: questionary's text, with the refusal right under what was typed."""

from __future__ import annotations

import questionary
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import to_filter
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import BufferControl, Layout

from nmtchoose.desk.prompter import Screen, Turn, Typed
from nmtchoose.desk.typed import typed_answer
from nmtchoose.errors import AnswerError
from nmtchoose.model.answers import Answer, special
from nmtchoose.model.questionnaire import Kind
from nmtchoose.prompts.look import Look
from nmtchoose.prompts.terminal_frame import STYLE, WAY_OUT, Lines, color_depth, framed, head, help_lines
from nmtchoose.prompts.terminal_keys import ENTER, take_over, way_out_keys
from nmtchoose.prompts.wording import explanation, range_hint, refusal, special_typed, specials_hint

BACK_TYPED = "<"
"""For those who cannot press Shift-Tab. Not a word: "back" may well be somebody's answer."""


def read(screen: Screen, typed: str) -> Answer | Typed | Turn:
    """Return what `typed` means: a checked answer or Back. Raises AnswerError."""
    if screen.can_go_back and typed.strip() == BACK_TYPED:
        return Turn.BACK
    one = special_typed(screen.question, typed)
    return typed_answer(screen, one or typed)


class TypedPrompt:
    """One field on screen. The refusal stands right under it until the text changes."""

    def __init__(self, screen: Screen, look: Look) -> None:
        self._screen = screen
        self._look = look
        self._explained = False
        self._refusal = ""

    def question(self) -> questionary.Question:
        """Return a questionary question, ready for `unsafe_ask`; its result is a checked answer, or Back."""
        question = questionary.text(
            self._look.pointer,
            default=_before(self._screen),
            qmark="",
            style=STYLE,
            color_depth=color_depth(self._look),
            reserve_space_for_menu=0,
        )
        app = question.application
        app.current_buffer.on_text_changed += self._forget_refusal
        _keep_low(app.layout)
        app.layout = framed(app.layout.container, app.layout.current_window, self._above, self._under, self._look)
        take_over(app, self._keys(), way_out_keys(back=self._screen.can_go_back))
        return question

    def _forget_refusal(self, buffer: Buffer) -> None:
        self._refusal = ""

    def _on_enter(self, event: KeyPressEvent) -> None:
        try:
            event.app.exit(result=read(self._screen, event.current_buffer.text))
        except AnswerError as error:
            self._refusal = refusal(error)

    def _above(self) -> Lines:
        question = self._screen.question
        ways = ["Enter continues", *(["? why we ask"] if explanation(question) else [])]
        if self._screen.can_go_back:
            ways.append(f"Shift-Tab or {BACK_TYPED} goes back")
        about = [range_hint(question)] if question.kind is Kind.NUMBER else []
        if question.kind is Kind.TEXT and self._screen.parts:
            about.append("You may leave this empty.")
        about.append(specials_hint(question))
        return [
            *head(self._screen),
            ("note", " ".join(part for part in about if part)),
            ("quiet", " · ".join(ways)),
        ]

    def _under(self) -> Lines:
        refused = [("refusal", self._refusal)] if self._refusal else []
        return [*refused, *(help_lines(self._screen) if self._explained else []), ("quiet", WAY_OUT)]

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        is_free = self._screen.question.kind is Kind.TEXT

        def asks_why(event: KeyPressEvent) -> None:
            if is_free and event.current_buffer.text:
                event.current_buffer.insert_text("?")
            else:
                self._explained = not self._explained

        def paste(event: KeyPressEvent) -> None:
            event.current_buffer.insert_text(" ".join(event.data.split()))

        for enter in ENTER:
            keys.add(enter, eager=True)(self._on_enter)
        keys.add("?", eager=True)(asks_why)
        keys.add(Keys.BracketedPaste, eager=True)(paste)
        for key in (Keys.ControlR, Keys.ControlS):
            keys.add(key, eager=True)(lambda event: None)
        return keys


def _before(screen: Screen) -> str:
    """Return the answer given before as it would be typed."""
    if screen.current is None or isinstance(screen.current, tuple):
        return ""
    alone = special(screen.current)
    return screen.question.label(alone).lower() if alone else screen.typed or str(screen.current)


def _keep_low(layout: Layout) -> None:
    """Keep the field as low as its text, else what stands under it would be on the last row of the screen."""
    for window in layout.find_all_windows():
        if isinstance(window.content, BufferControl):
            window.dont_extend_height = to_filter(True)
