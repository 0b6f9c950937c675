"""Where a result goes and how it looks: the terminal, plain lines, JSON or a file."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from nmtchoose.cli.lines import standard_output, wrote
from nmtchoose.errors import Code, UsageError, fault, unknown

if TYPE_CHECKING:
    from nmtchoose.formats.registry import Format
    from nmtchoose.model.rules import Region, RuleTable
    from nmtchoose.pages.page import Page


_ON_SCREEN = ("text", "plain", "json")
"""Formats that `Delivery` shows by itself, since they also have a look on the screen."""


class Delivery(Struct, frozen=True):
    """Where the result goes and how it looks; `format` is set where it is exported and not shown as a page."""

    plain: bool = False
    no_color: bool = False
    as_json: bool = False
    output: Path | None = None
    region: str = "us"
    format: Format | None = None

    @property
    def on_screen(self) -> bool:
        """True where a page is shown, and not written to a file or replaced by another format."""
        return self.output is None and not self.as_json and self.format is None

    def numbers(self, rules: RuleTable) -> Region:
        """Return the telephone numbers of the region; raises UsageError for a region that `rules` does not have."""
        region = rules.regions.get(self.region.lower())
        if region is None:
            raise UsageError([unknown("region", self.region, list(rules.regions))])
        return region

    def page(self, page: Page, region: Region | None = None) -> None:
        """Show `page` on stdout, or write it as it would look there, without colour, to the output file."""
        from nmtchoose.formats.viewing import choose_viewing, show
        from nmtchoose.pages.page import page_with_numbers

        filled = page_with_numbers(page, region)
        if self.output is None:
            with standard_output() as out:
                show(filled, out, choose_viewing(out, os.environ, plain=self.plain, no_color=self.no_color))
            return
        text = io.StringIO()
        show(filled, text, choose_viewing(text, {}, plain=self.plain, no_color=True))
        self._write(text.getvalue())

    def record(self, record: object) -> None:
        """Print `record` as JSON, or write it to the output file."""
        import json

        from nmtchoose.formats.registry import ascii_json

        self.text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", ascii_json)

    def text(self, text: str, to_ascii: Callable[[str], str]) -> None:
        """Print `text`, or write it to the output file; `to_ascii` rewrites it for an output without Unicode."""
        if self.output is not None:
            self._write(text)
            return
        with standard_output() as out:
            out.write(text if (out.encoding or "").lower().startswith("utf") else to_ascii(text))

    def _write(self, text: str) -> None:
        from nmtchoose.files.atomic import write_atomically

        if self.output is not None:
            write_atomically(self.output, text)
            wrote(self.output)


def delivery_of(
    name: str | None, output: Path | None, region: str, *, as_json: bool, plain: bool, no_color: bool
) -> Delivery:
    """Return the form and the place of the result that the flags ask for.

    The name counts before `--json`, and that before the ending of the output file. Raises UsageError for an unknown
    name, and for `--json` together with another.
    """
    if name is None and (as_json or output is None):
        return Delivery(plain, no_color, as_json, output, region)
    from nmtchoose.formats.registry import format_named, format_of

    found = format_named(name) if name is not None else format_of(output) if output is not None else None
    if as_json and found is not None and found.name != "json":
        raise UsageError([fault(Code.USAGE_TOGETHER, one="--json", other=f"--format {found.name}")])
    chosen = found.name if found else "text"
    form = None if chosen in _ON_SCREEN else found
    return Delivery(plain or chosen == "plain", no_color, chosen == "json", output, region, form)
