"""How deep values may be nested in YAML and in JSON, counted here: readers stop at limits of their own, or at none."""

from __future__ import annotations

import re

DEEPEST = 40
_BRACKET_OR_TEXT = re.compile(r'[\[\]{}]|"(?:[^"\\]|\\.)*"?', re.DOTALL)


def too_deep_at(text: str) -> int | None:
    """Return where the first bracket stands that opens more than DEEPEST levels; those inside "texts" do not count."""
    levels = 0
    for found in _BRACKET_OR_TEXT.finditer(text):
        if found[0] in "[{":
            levels += 1
        elif found[0] in "]}":
            levels -= 1
        if levels > DEEPEST:
            return found.start()
    return None
