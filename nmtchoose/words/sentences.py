"""Sentences of a page, the telephone numbers in them, and lists of words."""

import re
from collections.abc import Sequence

from nmtchoose.model.rules import Region, RuleTable

_SENTENCES = {
    "not_a_diagnosis": "This helps with booking. It is not a diagnosis, and it does not replace a doctor or the"
    " therapist's own check.",
    "not_enough_information": "There is not enough here to choose. Ask the therapist for a short talk first.",
    "tie": "Research has not shown one of these to be better. Choose by how you like to be treated, by price, or by"
    " who is free.",
    "held": "What is suggested here is on hold; nothing is booked yet.",
    "winner": "{therapy} fits best with what you told us.",
    "sequence": "Start with the first; when the problem settles, go on with the second.",
    "what_is_left": "{therapy} is what is left: a better match was ruled out.",
    "nothing_found": "Nothing in these answers stops a booking.",
    "incomplete": "Some questions are still open. Until they are answered, this result can change.",
    "undecided": "These answers leave something open, so the therapist needs a word with you first.",
    "no_therapy": "No kind of massage can be suggested with these answers. The therapist can say more.",
    "for_staff": "This is not a diagnosis. Pass on what it says, and do not guess at an illness.",
    "for_therapists": "What the client said, put in order; not a diagnosis. You assess, and you both decide.",
    "goes_to_call_emergency": "The ambulance service, on {emergency}.",
    "goes_to_emergency_today": "The nearest emergency department, today.",
    "goes_to_medical_urgent": "A doctor, today or tomorrow. Nothing is booked before that.",
    "goes_to_medical_soon": "The client's own doctor, within about two weeks.",
    "goes_to_defer": "A later date.",
    "goes_to_clearance": "The therapist, who talks with the client before anything is confirmed.",
    "goes_to_proceed_with_care": "A therapist who can work within the limits below.",
    "goes_to_proceed": "A therapist who offers what is suggested.",
    "take_along": "These answers on paper, a list of your medicines with their doses, and any letters or"
    " test results about this problem.",
}
"""What is said where `texts` of the rule table lacks a sentence."""

STOP_HERE = "If a sign of an emergency is happening to you right now, stop here and call for help."
"""For whoever fills in a form alone."""

_NUMBER = re.compile(r"\{(emergency|urgent|crisis_name|crisis)\}")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_WITHOUT_REGION = Region(
    id="",
    name="",
    emergency="your local emergency number",
    urgent="your local number for urgent medical help",
    crisis_name="crisis line",
    crisis="your local crisis line",
)


def sentence(rules: RuleTable, key: str, therapies: Sequence[str] = ()) -> str:
    """Return the sentence named `key` of the rule table, or the built-in one, with `therapies` named in it."""
    return (rules.texts.get(key) or _SENTENCES[key]).replace("{therapy}", joined(therapies, "or"))


def with_numbers(text: str, region: Region | None) -> str:
    """Return `text` with `{emergency}`, `{urgent}`, `{crisis}` and `{crisis_name}` of `region`, or words, filled in."""
    numbers = region or _WITHOUT_REGION
    return _NUMBER.sub(lambda place: str(getattr(numbers, place[1])), text)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of `text`."""
    return _SENTENCE_END.split(text)


def joined(words: Sequence[str], last: str) -> str:
    """Return `words` as a list in a sentence, with `last` ("and" or "or") before the last one."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(number: int, one: str) -> str:
    """Return `number` with its noun: `1 error`, `3 errors`."""
    return f"{number} {one}{'' if number == 1 else 's'}"


def id_words(name: str) -> str:
    """Return an id as words, such as `pain now` for `pain_now`."""
    return name.replace("_", " ").replace("-", " ")
