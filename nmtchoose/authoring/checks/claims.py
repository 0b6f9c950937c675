"""Claims that nobody can stand behind, and words that promise safety, in any text that people read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.authoring.checks.prose import prose
from nmtchoose.errors import Code, Fault

_EVIDENCE = "Say what studies found and how sure they are, without a promise."
_ASSESS = "Say 'assess': therapists do not diagnose."
_CLAIMS = [
    (r"\bcur(?:es?|ed|ing)\b", _EVIDENCE),
    (r"\bproven\b", _EVIDENCE),
    (r"\bmiracles?\b", _EVIDENCE),
    (r"\b(?:lasting|permanent) relief\b", "Say that effects are mostly short."),
    (r"\b(?:toxins?|detox\w*)\b", "Leave it out: massage is not known to remove anything of the kind."),
    (r"\bnegative energy\b", "Leave it out."),
    (r"\btreats? the (?:root )?cause\b", "Say what is done, without a promise."),
    (r"\b(?:speeds?|speeding)(?: up)? healing\b", _EVIDENCE),
    (r"\b(?:boosts?|enhances?|improves?) (?:\w+ )?performance\b", _EVIDENCE),
    (r"\bprevents? injur(?:y|ies)\b", _EVIDENCE),
    (r"\d+ ?(?:%|per ?cent) (?:(?:less|more|better|fewer|of|in|the|your|chronic) )*(?:pain|relief|stress)", _EVIDENCE),
    (r"\b(?:pain|relief)(?: \w+){0,3} (?:by )?(?:up to )?\d+ ?(?:%|per ?cent)", _EVIDENCE),
    (r"\b(?:therapists?|specialists?|practitioners?|massage|nmt|we)(?: \w+){0,3} diagnos\w+", _ASSESS),
]  # fmt: skip
_PROMISES = [
    (r"\bsafe to\b", "Say what may be done and with which limits, without calling it safe."),
    (r"\b(?:completely|perfectly|entirely) safe\b", "Say what may be done and with which limits."),
    (r"\bcleared\b", "Say who has to agree, and to what."),
]
_DENIED = re.compile(r"\b(?:not|never|no|nobody|nothing|cannot|without|neither)\b(?:\W+\w+){0,3}\W*$", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:not|never|cannot)\b", re.IGNORECASE)


def check(pair: Pair) -> Iterator[Fault]:
    """Yield an error for the first claim in each text. A claim that is denied ("does not cure") is none."""
    for side in (pair.asked, pair.decided):
        for text in prose(side.places):
            found = _claim_in(text.words)
            if found:
                word, mend = found
                yield side.error(Code.CLAIM, *text.path, word=word, mend=mend)


def _claim_in(words: str) -> tuple[str, str] | None:
    """Return the claim in `words` and what to write instead, or None."""
    for pattern, mend in _PROMISES:
        found = re.search(pattern, words, re.IGNORECASE)
        if found:
            return found[0], mend
    for pattern, mend in _CLAIMS:
        for found in re.finditer(pattern, words, re.IGNORECASE):
            if not _DENIED.search(words[: found.start()]) and not _DENIES.search(found[0]):
                return found[0], mend
    return None
