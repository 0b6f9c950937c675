"""`therapies:` the rows of the comparison."""

from typing import Any

from nmtchoose.errors import Code
from nmtchoose.loading.conditions import CONDITION
from nmtchoose.loading.keyed import ById, ByKnown, Entry, Record, may, need
from nmtchoose.loading.named import PRESSURE, SOURCES, THERAPY
from nmtchoose.loading.shapes import FLAG, TEXT, TEXTS, word
from nmtchoose.model.rules import Grade, Therapy


def _check(therapy: Entry, said: dict[str, Any]) -> None:
    if said["lightest"] > said["usual"] > 0:
        low, high = said["lightest"], said["usual"]
        therapy.refuse(Code.WRONG_ORDER, "lightest", low=low, other="usual", high=high)
    at = therapy.node("form_of")
    if at is not None and said.get("form_of") in therapy.scope.forms:
        therapy.scope.log.add(Code.FORM_OF_FORM, at, name=said["form_of"])
    if not therapy.has("form_of"):
        therapy.refuse(Code.KEY_NOT_WITHOUT, "choose_when", other="'form_of'")
    if not (therapy.has("form_of") and therapy.has("choose_when")):
        therapy.refuse(Code.KEY_NOT_WITHOUT, "sole_form", other="'form_of' and 'choose_when'")


_CELLS = ByKnown(TEXT, lambda scope: scope.rows, Code.UNKNOWN_ROW, whole=True)
THERAPY_RECORD = Record(
    "a therapy",
    Therapy,
    {
        "name": need(TEXT),
        "short": need(TEXT),
        "summary": need(TEXT),
        "lightest": need(PRESSURE, "Under this pressure it is no longer this therapy."),
        "usual": need(PRESSURE, "The most pressure it ordinarily uses."),
        "works_on_pain": may(FLAG, "Makes sense only where a painful site may be pressed."),
        "form_of": may(THERAPY, "The therapy that this one is a form of."),
        "choose_when": may(CONDITION, "When a form takes the place of its therapy."),
        "sole_form": may(FLAG, "Then nothing else of its family is offered, and otherwise this is not."),
        "facts": need(_CELLS, "One text for each row of the comparison."),
        "expect": may(TEXTS),
        "ask_therapist": may(TEXTS),
        "qualifications": may(TEXTS),
        "aftercare": may(TEXTS),
        "visits": may(TEXT),
        "because": may(TEXT, "Why it is less strict than the pair that was started from."),
        "evidence": need(word(Grade)),
        "evidence_text": need(TEXT),
        "sources": need(SOURCES, missing=Code.NO_SOURCES),
    },
    check=_check,
)
THERAPIES = ById(THERAPY_RECORD)
