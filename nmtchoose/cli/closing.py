"""The end of an interview at a terminal: the answer stays in view, and one key leads to everything else."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path

import typer
from msgspec import Struct

from nmtchoose.cli.delivery import Delivery
from nmtchoose.cli.results import export, page_of
from nmtchoose.desk.interview import Result
from nmtchoose.desk.prompter import Prompter
from nmtchoose.formats.registry import format_named
from nmtchoose.formats.viewing import choose_viewing, drawn
from nmtchoose.model.disposition import Disposition
from nmtchoose.pages.compare import choices_page, compare_page
from nmtchoose.pages.page import Page, page_with_numbers
from nmtchoose.prompts.choosing import ending_signals, wants_plain
from nmtchoose.prompts.keyboard import one_key

_KEYS = {
    "": "Enter whole page",
    "c": "c compare",
    "w": "w why, what would change it",
    "p": "p save or print",
    "t": "t therapist's page",
    "n": "n next client",
    "q": "q leave",
}
_CLEAR = "\x1b[H\x1b[2J\x1b[3J"  # takes everything off the screen and out of its memory
_FORGET_LINE = "\r\x1b[K"
_NOTHING = "none"
_PRINTS = (
    ("html", "The client's page"),
    ("html-large", "The client's page in large print"),
    ("html-letter", "A letter to the doctor"),
    ("html-therapist", "The therapist's page, private answers included"),
    (_NOTHING, "Nothing"),
)

_LESS = {
    "LESSHISTFILE": "-",
    "LESSSECURE": "1",
    "LESS": "-R -Ps?eThe end - q goes back:Space shows more - q goes back.$",
}
"""What was said stays in no history, no other program is started from within, and the last row says which keys."""


class Closing(Struct, frozen=True):
    """A result that stands on the screen, of `client` where one was named; `more` says that a next one can come."""

    delivery: Delivery
    staff: bool
    result: Result
    client: str
    more: bool

    def follow(self, prompter: Callable[[], Prompter]) -> bool:
        """Do what the keys ask for, and return whether the next client comes; leaving is Ctrl-C too."""
        plain = wants_plain(plain=self.delivery.plain, environment=os.environ)
        keys = {key: words for key, words in _KEYS.items() if self.more or key != "n"}
        with ending_signals():
            try:
                while (key := one_key(tuple(keys.values()), tuple(keys), plain=plain)) not in ("n", "q"):
                    self._do(key, prompter)
                if key == "n" and plain:
                    prompter().wipe()
                elif key == "n":
                    _show(_CLEAR)
            except (KeyboardInterrupt, EOFError):
                return False
        return key == "n"

    def _do(self, key: str, prompter: Callable[[], Prompter]) -> None:
        result, staff = self.result, self.staff
        match key:
            case "c":
                assessment, rules = result.assessment, result.tables.rules
                silent = assessment.disposition.forbids_therapy or not assessment.therapies
                self._through(compare_page(rules) if silent else choices_page(assessment, rules))
            case "w":
                from nmtchoose.cli.explain import why_page  # no result waits for it

                typer.echo("Looking for what would change it ...", err=True, nl=False)
                page = why_page(result, private=not staff)
                typer.echo(_FORGET_LINE if sys.stderr.isatty() else "\n", err=True, nl=False)
                self._through(page)
            case "p":
                self._print(prompter())
            case _:
                self._through(page_of([("", result)], therapist=key == "t", staff=staff and not key))

    def _print(self, prompter: Prompter) -> None:
        doctor = self.result.assessment.disposition in (Disposition.MEDICAL_URGENT, Disposition.MEDICAL_SOON)
        pages = tuple(one for one in _PRINTS if doctor or one[0] != "html-letter")
        chosen = prompter.choose("Which page do you want to save, to print it or to hand it over?", pages)
        prompter.release()
        if chosen != _NOTHING:
            now = datetime.now().astimezone()
            ending = ".".join(reversed(chosen.split("-")))
            # The name says which page and when, and nothing about the client.
            names = (Path(f"result-{now:%Y-%m-%d-%H%M}{'' if at == 1 else f'-{at}'}.{ending}") for at in count(1))
            free = next(path for path in names if not path.exists())
            delivery = Delivery(output=free, region=self.delivery.region)
            export(delivery, format_named(chosen), [(self.client, self.result)], therapist=False, answered=now)

    def _through(self, page: Page) -> None:
        """Show `page` in `less`, which leaves the screen as it was; print it where there is none, or plain lines."""
        viewing = choose_viewing(sys.stdout, os.environ, plain=self.delivery.plain, no_color=self.delivery.no_color)
        lines = drawn(page_with_numbers(page, self.delivery.numbers(self.result.tables.rules)), viewing)
        text = "".join(f"{line}\n" for line in lines)
        pager = None if viewing.plain else shutil.which("less")
        if pager is None:
            _show(text)
            return
        encoded = text.encode(sys.stdout.encoding or "utf-8", "replace")
        subprocess.run([pager], input=encoded, env={**os.environ, **_LESS}, check=False)  # noqa: S603 - the one argument is where `less` stands


def _show(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
