"""Words that promise, diagnose or frighten, and therapies named where none may be, in any text that people read.

Each claim stands in a table with what to write instead, to be longer for every language. A practice adds its own in
`claims.yaml` beside its two files: `{phrases: {no side effects: Say what may happen.}}`.
"""

import re
from collections.abc import Iterator, Mapping

from nmtchoose.authoring.checks.pair import Pair, at_rule
from nmtchoose.errors import Code, Fault
from nmtchoose.loading.nodes import Path, Places
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import Therapy

Claims = tuple[tuple[re.Pattern[str], str], ...]
"""Patterns, and what to write instead."""

_EVIDENCE = "Say what studies found and how sure they are, without a promise."
_ASSESS = "Say 'assess': therapists do not diagnose."
_LIMITS = "Say what may be done and with which limits, without calling it safe."
_SIGN = "Say that it 'can be a sign of' something, and what to do now."
_HELPED = r"pain|injur\w+|muscles?|nerves?|back|neck|body|problem"
_CALM = "Say what to do now; leave the fright out."
_DOCTOR = "Say who else can help; never that a doctor is not needed."
_ILLNESSES = (
    r"(?:blood )?clot|stroke|heart attack|cancer|tumou?r|fracture|broken \w+|infection|meningitis|sepsis|aneurysm"
    r"|slipped disc|torn \w+|pinched nerve"
)

WHEREVER: Mapping[str, str] = {
    r"safe to": _LIMITS,
    r"(?:completely|perfectly|entirely|totally|absolutely|always) safe": _LIMITS,
    r"(?:100|hundred) ?(?:%|per ?cent) (?:safe|effective|natural|successful)": _LIMITS,
    r"(?:risk|danger)[- ]free": _LIMITS,
    r"(?:no|zero|without any) (?:risks?|side effects)": _LIMITS,
    r"(?:completely|entirely|perfectly|always) harmless": _LIMITS,
    r"cleared": "Say who has to agree, and to what.",
    r"(?:do not|don't|no) need (?:a|any|to see a|to call a|for a) doctor": _DOCTOR,
    r"(?:this|it) is nothing serious|no need to worry": _DOCTOR,
    r"(?:instead of|better than|replaces?) (?:a|your|any|seeing a) doctor": _DOCTOR,
}
"""Claims also where they are denied: who says "not cleared" has said too much already."""

UNLESS_DENIED: Mapping[str, str] = {
    r"cur(?:es?|ed|ing)": _EVIDENCE,
    r"proven": _EVIDENCE,
    r"miracles?": _EVIDENCE,
    r"guaranteed?s?(?: \w+)? (?:to|relief|results?|success)|(?:is|are|we) guaranteed?": _EVIDENCE,
    r"(?:always|never fails to) (?:works?|helps?|heals?)": _EVIDENCE,
    r"(?:works?|helps?) (?:every time|for everyone|for everybody)": _EVIDENCE,
    rf"(?:heals?|fixe?s|repairs?|eliminates?) (?:\w+ )?(?:{_HELPED})": _EVIDENCE,
    r"(?:instant|immediate|complete|total|lasting|permanent) relief": "Say that effects are mostly short.",
    r"pain[- ]free (?:for ever|forever|after|within|in)": _EVIDENCE,
    r"(?:toxins?|detox\w*)": "Leave it out: massage is not known to remove anything of the kind.",
    r"negative energy": "Leave it out.",
    r"treats? the (?:root )?cause": "Say what is done, without a promise.",
    r"(?:speeds?|speeding)(?: up)? healing": _EVIDENCE,
    r"(?:boosts?|enhances?|improves?) (?:\w+ )?(?:performance|immunity|immune system)": _EVIDENCE,
    r"prevents? injur(?:y|ies)": _EVIDENCE,
    r"(?:therapists?|specialists?|practitioners?|massage|nmt|we)(?: \w+){0,3} diagnos\w+": _ASSESS,
    rf"(?<!do )(?<!if )(?<!that )you (?:\w+ )?(?:have|suffer from) (?:got )?(?:an? )?(?:{_ILLNESSES})": _SIGN,
    rf"this (?:is|means|must be) (?:an? )?(?:{_ILLNESSES})": _SIGN,
    r"(?:can|could|may|might|will) (?:kill|paralyse|paralyze|cripple) (?:you|them|the client)": _CALM,
    r"you (?:\w+ )?(?:can|could|may|might|will) (?:die|be paralysed|be paralyzed)": _CALM,
    r"(?:deadly|fatal|lethal|life[- ]threatening)": _CALM,
}  # fmt: skip
"""Claims unless they are denied, as in "does not cure"."""

_BARE = (
    (r"\d+ ?(?:%|per ?cent) (?:(?:less|more|better|fewer|of|in|the|your|chronic) )*(?:pain|relief|stress)", _EVIDENCE),
    (r"\b(?:pain|relief)(?: \w+){0,3} (?:by )?(?:up to )?\d+ ?(?:%|per ?cent)", _EVIDENCE),
)


def _whole_words(claims: Mapping[str, str]) -> Claims:
    """Return `claims` to look for as whole words, whatever their capitals."""
    return tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), mend) for words, mend in claims.items())


CLAIMS_WHEREVER = _whole_words(WHEREVER)
CLAIMS_UNLESS_DENIED: Claims = (
    *_whole_words(UNLESS_DENIED),
    *((re.compile(words, re.IGNORECASE), mend) for words, mend in _BARE),
)


_DENIED = re.compile(r"\b(?:not|never|no|nobody|nothing|cannot|without|neither)\b(?:\W+\w+){0,3}\W*$", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:not|never|cannot)\b", re.IGNORECASE)


def claims(pair: Pair) -> Iterator[Fault]:
    """Yield an error for the first claim in each text. A claim that is denied ("does not cure") is none."""
    own = _whole_words({re.escape(words): mend for words, mend in pair.own_claims})
    for side in (pair.asked, pair.decided):
        for path, words in _prose(side.places):
            found = _claim_in(words, own)
            if found:
                word, mend = found
                yield side.error(Code.CLAIM, *path, word=word, mend=mend)


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
    for path, words, disposition in _where_none_may_be(pair):
        found = next((match for pattern in patterns if (match := pattern.search(words))), None)
        if found:
            yield pair.decided.error(Code.THERAPY_NAMED, *path, word=found[0].strip(), disposition=disposition)


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


def _where_none_may_be(pair: Pair) -> Iterator[tuple[Path, str, Disposition]]:
    """Yield what is said in rules that forbid any therapy, and on the cards of their dispositions."""
    named: dict[Path, Disposition | None] = {at_rule(rule): rule.then.disposition for rule in pair.table.rules}
    named |= {("dispositions", str(one)): one for one in pair.table.dispositions}
    for path, words in pair.decided.places.texts.items():
        size = 2 if path[:1] == ("dispositions",) else 3
        disposition = named.get(path[:size])
        if disposition and disposition.forbids_therapy and not _SAID.isdisjoint(path[size:]):
            yield path, words, disposition


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


def _prose(places: Places) -> Iterator[tuple[Path, str]]:
    """Yield every text that a client, staff or a therapist may read."""
    for path, words in places.texts.items():
        # In a therapy, `facts` are the cells of the comparison; at the top of the file they are conditions.
        cell = path[:1] == ("therapies",) and "facts" in path
        if not _NOT_READ & set(path) and (cell or _READ & set(path[-2:])):
            yield path, words
