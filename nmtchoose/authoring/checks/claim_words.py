"""Words that promise, diagnose or frighten, each with what to write instead: a table, to be longer for every language.

A practice adds its own in `claims.yaml` beside its two files: `{phrases: {no side effects: Say what may happen.}}`.
"""

import re
from collections.abc import Iterable, Mapping

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


def patterns(claims: Mapping[str, str]) -> Claims:
    """Return `claims` to look for as whole words, whatever their capitals."""
    return tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), mend) for words, mend in claims.items())


def phrases(own: Iterable[tuple[str, str]]) -> Claims:
    """Return phrases as a practice writes them: plain words, and what to write instead."""
    return patterns({re.escape(words): mend for words, mend in own})


CLAIMS_WHEREVER = patterns(WHEREVER)
CLAIMS_UNLESS_DENIED: Claims = (
    *patterns(UNLESS_DENIED),
    *((re.compile(words, re.IGNORECASE), mend) for words, mend in _BARE),
)
