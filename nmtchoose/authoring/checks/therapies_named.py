"""A therapy named in the words for an emergency or an urgent referral."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair, at_rule
from nmtchoose.errors import Code, Fault
from nmtchoose.loading.places import Path
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import DispositionText, Therapy


def check(pair: Pair) -> Iterator[Fault]:
    """Yield an error for every name of a therapy in texts that may be shown where no therapy may be named."""
    names = {name for therapy in pair.table.therapies for name in _names(therapy)}
    patterns = [re.compile(_pattern(name)) for name in sorted(names, key=len, reverse=True)]
    for path, text, disposition in _texts(pair):
        found = next((match for pattern in patterns if (match := pattern.search(text))), None)
        if found:
            yield pair.decided.error(Code.THERAPY_NAMED, *path, word=found[0].strip(), disposition=disposition)


def _names(therapy: Therapy) -> Iterator[str]:
    yield from (part.strip() for part in re.split(r"[()]", therapy.name) if part.strip())
    yield therapy.short
    yield therapy.id.replace("_", " ")


def _pattern(name: str) -> str:
    """Return a pattern for `name`. One ordinary word (Chair, Sports) counts only as a name: capital, inside a sentence.

    Names in capitals and names of several words count wherever they stand.
    """
    if " " in name:
        return rf"(?i)\b{re.escape(name)}\b"
    if name.isupper():
        return rf"\b{re.escape(name)}\b"
    named = rf"(?<=[a-z,;] ){re.escape(name.capitalize())}\b"
    return rf"(?i:\b{re.escape(name)} (?:massage|therapy|session))|{named}"


def _texts(pair: Pair) -> Iterator[tuple[Path, str, Disposition]]:
    for rule in pair.table.rules:
        disposition = rule.then.disposition
        if disposition is not None and disposition.forbids_therapy:
            yield (*at_rule(rule), "tell_client"), rule.tell_client, disposition
            yield (*at_rule(rule), "tell_therapist"), rule.tell_therapist, disposition
            yield (*at_rule(rule), "then", "next_step"), rule.then.next_step, disposition
            if rule.then.card is not None:
                yield from _card((*at_rule(rule), "then", "card"), rule.then.card, disposition)
    for disposition, words in pair.table.dispositions.items():
        if disposition.forbids_therapy:
            yield from _card(("dispositions", disposition), words, disposition)


def _card(at: Path, words: DispositionText, disposition: Disposition) -> Iterator[tuple[Path, str, Disposition]]:
    yield (*at, "title"), words.title, disposition
    yield (*at, "client"), words.client, disposition
    yield (*at, "staff"), words.staff, disposition
    yield from (((*at, "tell_them", str(number)), one, disposition) for number, one in enumerate(words.tell_them))
