"""Stopping on purpose: after q or Esc only y or n counts, and neither of them as a letter of a word."""

from __future__ import annotations

from msgspec import Struct

from nmtchoose.prompts.listing_keys import AT_ONCE


class Leaving(Struct, frozen=True):
    """Whether to stop is being asked. `at` is when the last letter came that was no answer, None where none did."""

    at: float | None = None

    def pressed(self, key: str, now: float) -> bool | Leaving:
        """Return True to stop, False to go on, or what is asked still."""
        typing = self.at is not None and now - self.at < AT_ONCE
        if key.lower() in ("y", "n") and not typing:
            return key.lower() == "y"
        return Leaving(now) if len(key) == 1 else self
