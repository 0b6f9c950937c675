"""Words that promise, and therapies named where none may be, in any text that people read."""

import re
from collections.abc import Iterator

from nmtchoose.authoring.checks.claim_words import CLAIMS_UNLESS_DENIED, CLAIMS_WHEREVER, Claims, phrases
from nmtchoose.authoring.checks.pair import Pair, at_rule
from nmtchoose.errors import Code, Fault
from nmtchoose.loading.nodes import Path, Places, Text
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import Therapy

_DENIED = re.compile(r"\b(?:not|never|no|nobody|nothing|cannot|without|neither)\b(?:\W+\w+){0,3}\W*$", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:not|never|cannot)\b", re.IGNORECASE)


def claims(pair: Pair) -> Iterator[Fault]:
    """Yield an error for the first claim in each text. A claim that is denied ("does not cure") is none."""
    own = phrases(pair.own_claims)
    for side in (pair.asked, pair.decided):
        for text in _prose(side.places):
            found = _claim_in(text.words, own)
            if found:
                word, mend = found
                yield side.error(Code.CLAIM, *text.path, word=word, mend=mend)


def _claim_in(words: str, own: Claims) -> tuple[str, str] | None:
    """Return the claim in `words` and what to write instead, or None; `own` are those of the practice."""
    for pattern, mend in (*CLAIMS_WHEREVER, *own):
        found = pattern.search(words)
        if found:
            return found[0], mend
    for pattern, mend in CLAIMS_UNLESS_DENIED:
        for found in pattern.finditer(words):
            if not _DENIED.search(words[: found.start()]) and not _DENIES.search(found[0]):
                return found[0], mend
    return None


def therapies_named(pair: Pair) -> Iterator[Fault]:
    """Yield an error for every name of a therapy in texts that may be shown where no therapy may be named."""
    names = {name for therapy in pair.table.therapies for name in _names_of(therapy)}
    patterns = [re.compile(_pattern(name)) for name in sorted(names, key=len, reverse=True)]
    for text, disposition in _where_none_may_be(pair):
        found = next((match for pattern in patterns if (match := pattern.search(text.words))), None)
        if found:
            yield pair.decided.error(Code.THERAPY_NAMED, *text.path, word=found[0].strip(), disposition=disposition)


def _names_of(therapy: Therapy) -> Iterator[str]:
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


_SAID = frozenset(("tell_client", "tell_therapist", "next_step", "card", "title", "client", "staff", "tell_them"))


def _where_none_may_be(pair: Pair) -> Iterator[tuple[Text, Disposition]]:
    """Yield what is said in rules that forbid any therapy, and on the cards of their dispositions."""
    named: dict[Path, Disposition | None] = {at_rule(rule): rule.then.disposition for rule in pair.table.rules}
    named |= {("dispositions", str(one)): one for one in pair.table.dispositions}
    for text in pair.decided.places.texts:
        size = 2 if text.path[:1] == ("dispositions",) else 3
        disposition = named.get(text.path[:size])
        if disposition and disposition.forbids_therapy and not _SAID.isdisjoint(text.path[size:]):
            yield text, disposition


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


def _prose(places: Places) -> Iterator[Text]:
    """Yield every text that a client, staff or a therapist may read."""
    for text in places.texts:
        # In a therapy, `facts` are the cells of the comparison; at the top of the file they are conditions.
        cell = text.path[:1] == ("therapies",) and "facts" in text.path
        if not _NOT_READ & set(text.path) and (cell or _READ & set(text.path[-2:])):
            yield text
