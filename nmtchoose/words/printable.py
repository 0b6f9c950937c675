"""Text made fit to show: nothing in it is obeyed by a terminal, and everything in it can be encoded."""

import re
import unicodedata
from functools import lru_cache

_PLAINER = {
    **dict.fromkeys("‐‑‒–—―−•·", "-"),
    **dict.fromkeys("‘’‚′", "'"),
    **dict.fromkeys("“”„″«»", '"'),
    **dict.fromkeys("✓✔", "+"),
    **dict.fromkeys("✗✘", "x"),
    **{"→": "->", "←": "<-", "⁄": "/", "×": "x", "÷": "/", "≤": "<=", "≥": ">=", "°": "deg ", "±": "+/-"},
    **{"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"},
    **{"€": "EUR ", "£": "GBP ", "©": "(c)", "®": "(R)"},
}

OBEYED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""What a terminal obeys or shows as nothing, beside tabs and the ends of lines."""


def printable(text: str) -> str:
    """Return `text` on one line, without control and format characters, so that no terminal or page obeys it."""
    if not text.isprintable():  # nearly every text is, and is found so thirty times as fast
        text = "".join(map(_harmless, text))
    return " ".join(text.split())


def _harmless(char: str) -> str:
    category = unicodedata.category(char)
    if char.isspace() or category == "Cc":
        return " "
    return "" if category.startswith("C") else char


def encodable(text: str, encoding: str) -> str:
    """Return `text` with every character that `encoding` lacks replaced by its nearest plain form, or by `?`."""
    if can_encode(text, encoding):
        return text
    return "".join(_nearest(char, encoding) for char in text)


def can_encode(text: str, encoding: str) -> bool:
    """Return whether `encoding` holds every character of `text`; an unknown encoding holds only ASCII."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    except LookupError:
        return text.isascii()
    return True


@lru_cache(maxsize=1024)
def _nearest(char: str, encoding: str) -> str:
    if can_encode(char, encoding):
        return char
    parts = [part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)]
    plain = "".join(_PLAINER.get(part, part) for part in parts)
    return plain if plain and can_encode(plain, encoding) else "?"
