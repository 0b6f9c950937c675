"""How hard a text is to read: the Flesch-Kincaid school grade, with syllables counted by their vowels.

The formula is from Kincaid and others, 1975 (US Navy Research Branch Report 8-75). It is rough for short texts.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_SENTENCE = re.compile(r"[.!?:;]+(?:\s|$)")
_SILENT_E = re.compile(r"(?:[^laeiouycgsxz]es|[^laeiouydt]ed|[^laeiouy]e)$")
_VOWELS = re.compile(r"[aeiouy]+")


def grade(text: str) -> float:
    """Return the school grade at which `text` reads easily; 0 for a text without words."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len([part for part in _SENTENCE.split(text) if _WORD.search(part)]))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def word_count(text: str) -> int:
    """Return the number of words in `text`."""
    return len(_WORD.findall(text))


def syllables(word: str) -> int:
    """Return about how many syllables `word` has: its groups of vowels, without a silent e at the end."""
    plain = _SILENT_E.sub("", word.lower()) or word.lower()
    return max(1, len(_VOWELS.findall(plain)))
