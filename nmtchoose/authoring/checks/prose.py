"""Which texts of the two files people read: everything but ids, conditions, search words and titles of sources."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.loading.places import Places, Text

_READ = frozenset(
    (
        *("title", "intro", "client", "staff", "help", "why", "staff_hint", "label", "heading", "say", "labels"),
        *("none", "unsure", "declined"),
        *("text", "reason", "tell_client", "tell_therapist", "caution", "next_step", "until", "expect", "aftercare"),
        *("ask_therapist", "summary", "evidence_text", "visits", "name", "short", "tell_them", "qualifications"),
        *("safety_net", "texts", "grades"),
    )
)
_NOT_READ = frozenset(("sources", "when", "ask_when", "show_when", "choose_when", "words", "of"))


def prose(places: Places) -> Iterator[Text]:
    """Yield every text that a client, staff or a therapist may read."""
    for text in places.texts:
        # In a therapy, `facts` are the cells of the comparison; at the top of the file they are conditions.
        cell = text.path[:1] == ("therapies",) and "facts" in text.path
        if not _NOT_READ & set(text.path) and (cell or _READ & set(text.path[-2:])):
            yield text
