"""Asking for consent before anything is stored. The words have a version, which is kept with every record."""

from __future__ import annotations

import hashlib

from nmtchoose.practice.settings import Settings

VERSION = "2026-11"
WORDS = (
    "May this practice keep your answers and the result, so that the therapist can read them and we need not ask"
    " everything again? They stay with us. You can ask to see them, to have them corrected or deleted, at any time."
    " If you say no, nothing is kept, and you still get the result."
)


def consent_words(settings: Settings) -> tuple[str, str]:
    """Return the version and the words to ask with; a practice's own words are known by their fingerprint."""
    own = settings.consent
    if not own:
        return VERSION, WORDS
    return f"own-{hashlib.sha256(own.encode()).hexdigest()[:12]}", own
