"""One entry of `questions:`, with the questions made from it: the lines of an `each`, and what is noted of a text.

An `each` itself is no question, but conditions name it as a list, so it is made into one here, for reading them.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from msgspec.structs import replace

from nmtchoose.errors import Code
from nmtchoose.loading.comparisons import EACH, NO, YES, sign_id
from nmtchoose.loading.conditions import CONDITION
from nmtchoose.loading.keyed import ByName, Entry, Record, may, need
from nmtchoose.loading.nodes import Node, Scalar
from nmtchoose.loading.options import OPTIONS, VOICES, WAS, read_choices, read_specials, read_unsure_as
from nmtchoose.loading.scope import Scope, flag_of, flag_or_text, known_name
from nmtchoose.loading.shapes import FLAG, NAME, NAME_SCHEMA, TEXT, ListOf, Value, whole, word
from nmtchoose.model.condition import AllOf
from nmtchoose.model.questionnaire import (
    DECLINED,
    NONE,
    SPECIAL_ANSWERS,
    UNSURE,
    Finds,
    Kind,
    Lasting,
    Option,
    Purpose,
    Question,
    Stem,
    Voices,
)


def noted_of(text: Question) -> Question:
    """Return the question that keeps what was found in the answer to `text` and was not to be asked about."""
    words = Voices("Written, but not to be asked about", "Written, but not to be asked about")
    return replace(text, id=sign_id(text.id, "left_out"), ask=words, finds=(), noted_of=text.id, specials=(), was={})


def lines_of(listed: Question) -> tuple[Question, ...]:
    """Return one yes-or-no question for each option of the `each` that was read as `listed`."""
    return tuple(_line(listed, option) for option in listed.options)


def lists_of(questions: Iterable[Question]) -> dict[str, Question]:
    """Return each `each` among `questions` by its id, as the list of its lines that conditions read."""
    lines: dict[str, list[Question]] = {}
    for question in questions:
        stem = question.stem
        if stem and question.id.startswith(sign_id(stem.id, "")):
            lines.setdefault(stem.id, []).append(question)
    return {one: _list(one, tuple(found)) for one, found in lines.items()}


def _line(listed: Question, option: Option) -> Question:
    """Return the line that asks `option` of `listed` alone; "not sure" counts as the risk."""
    specials = tuple(name for name in listed.specials if name in (UNSURE, DECLINED))
    counts = NO if option.reassuring else YES
    whens = tuple(one for one in (listed.ask_when, option.show_when) if one is not None)
    return replace(
        listed,
        id=sign_id(listed.id, option.id),
        kind=Kind.ONE,
        ask=Voices(option.label, option.staff or option.label),
        help=option.help,
        staff_hint="",
        ask_when=AllOf(whens) if len(whens) > 1 else next(iter(whens), None),
        was=option.was,
        options=(
            replace(option, id=YES, label="Yes", staff="", help="", heading="", show_when=None, was={}),
            Option(NO, "No", reassuring=not option.reassuring),
        ),
        groups={},
        specials=specials,
        special_labels={name: listed.label(name) for name in specials},
        unsure_as=counts if listed.purpose.is_safety and UNSURE in specials else None,
        stem=Stem(listed.id, listed.ask, listed.help, listed.staff_hint, listed.groups),
    )


def _list(list_id: str, lines: tuple[Question, ...]) -> Question:
    first = lines[0]
    return replace(
        first,
        id=list_id,
        kind=Kind.MANY,
        options=tuple(
            Option(line.id.removeprefix(sign_id(list_id, "")), line.ask.client, reassuring=line.options[0].reassuring)
            for line in lines
        ),
        groups=first.stem.groups if first.stem else {},
        specials=(NONE, *first.specials),
        unsure_as=EACH,
    )


LARGEST_NUMBER = 99_999
WEEKS = "weeks"
_MOST_STEPS = 10  # from one end of a row of numbers to the other


class WrittenKind(StrEnum):
    """The kinds as an author writes them."""

    YES_NO = "yes_no"
    ONE = "one"
    MANY = "many"
    EACH = "each"
    SITES = "sites"
    NUMBER = "number"
    DURATION = "duration"
    TEXT = "text"

    @property
    def kind(self) -> Kind:
        """The shape of the answer."""
        return _KINDS.get(self) or Kind(self)


_KINDS = {
    WrittenKind.YES_NO: Kind.ONE,
    WrittenKind.EACH: Kind.MANY,
    WrittenKind.SITES: Kind.MANY,
    WrittenKind.DURATION: Kind.NUMBER,
}
_ONLY_WITH = {
    "reassuring": ("yes_no",),
    "options": ("one", "many", "each"),
    "groups": ("one", "many", "each", "sites"),
    "none": ("many", "sites"),
    "unsure_as": tuple(kind for kind in WrittenKind if kind is not WrittenKind.EACH),
    "screen": ("number",),
    "finds": ("text",),
    "areas": ("sites",),
    "minimum": ("number", "duration"),
    "maximum": ("number", "duration"),
    "unit": ("number",),
}
"""The kinds that a key goes with; any other key goes with all of them."""
_NEEDED = ("options", "minimum", "maximum", "unit")  # those of them that have to be there where they can


def _by_kind(kind: str) -> Mapping[str, object]:
    allowed = {name: kind in kinds for name, kinds in _ONLY_WITH.items()}
    needed = [name for name in _NEEDED if allowed[name]]
    refused = {name: False for name, fits in allowed.items() if not fits}
    return {
        "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
        "then": {"required": needed, "properties": refused},
    }


_SECTION = Value(
    lambda node, scope, what: known_name(node, scope.sections, scope, what, Code.UNKNOWN_SECTION),
    NAME_SCHEMA,
    without="",
)
_SPECIAL = may(
    Value(flag_or_text, {"type": ["boolean", "string"], "minLength": 1}),
    "Offer this special answer, in these words, or not.",
)


def _lasting(node: Node, scope: Scope, what: str) -> Lasting:
    if isinstance(node, Scalar) and node.text == Lasting.IF_SAME:
        return Lasting.IF_SAME
    return Lasting.FILLED_IN if flag_of(node, scope, what) else Lasting.NO


_LASTING = Value(_lasting, {"enum": [True, False, str(Lasting.IF_SAME)]})
QUESTION = Record(
    "a question",
    Question,
    {
        "section": need(_SECTION),
        "kind": need(word(WrittenKind), "What shape the answer has."),
        "reassuring": may(word((YES, NO)), "Which answer speaks against a risk; without it, no."),
        "purpose": need(word(Purpose), "Emergency and safety questions are always answered before a suggestion."),
        "ask": need(VOICES, "The question; one text where it is the same for client and staff."),
        "help": may(TEXT, "More words, shown on request."),
        "why": need(TEXT, "Why we ask, in one sentence."),
        "staff_hint": may(TEXT, "Shown only to staff."),
        "ask_when": may(CONDITION, "Without it the question is always asked; over earlier questions."),
        "options": may(OPTIONS),
        "groups": may(ByName("a group", ListOf(NAME)), "Names for sets of this question's options."),
        **dict.fromkeys(SPECIAL_ANSWERS, _SPECIAL),
        "unsure_as": may(NAME, "The option that 'not sure' counts as."),
        "was": may(WAS, "The earlier question that this one was, or answers to earlier ones that say yes to it."),
        "screen": may(NAME, "Of a number: the screen that it shares with the numbers before or after it."),
        "areas": may(NAME, "Of places: the list of areas; only the places of those chosen are offered."),
        "finds": may(ListOf(word(Finds)), "What is looked for in a text, to be asked about."),
        "private": may(FLAG),
        "at_visit": may(FLAG, "Not asked on the telephone, but left for the visit."),
        "lasting": may(_LASTING, "Filled in on the next visit, or kept if all is the same; not for emergencies."),
        "minimum": may(whole(0, LARGEST_NUMBER)),
        "maximum": may(whole(0, LARGEST_NUMBER)),
        "unit": may(TEXT),
        "because": may(TEXT, "Why less is asked than in the pair that was started from."),
        "asked": may(FLAG, "false: read for faults, and left out until you want it asked."),
    },
    also={"allOf": [_by_kind(kind) for kind in WrittenKind]},
)
_AS_WRITTEN = (
    *("section", "purpose", "ask", "why", "help", "staff_hint", "ask_when"),
    *("private", "at_visit", "lasting", "because", "was", "finds"),
)
"""The keys that are what they say; the others go by the kind of question."""


def read_question(at: Scalar, node: Node, scope: Scope) -> tuple[Question, ...]:
    """Return the question, or the lines of an `each`, with what notes finds in a text; none where it is not asked."""
    entry = QUESTION.open(node, scope, at)
    kind = _likely_kind(entry)
    _check_kind(entry, kind)
    said = entry.read_all(*_AS_WRITTEN)
    if said.get("lasting") and said["purpose"] is Purpose.EMERGENCY:
        entry.refuse(Code.KEY_NOT_WITHOUT, "lasting", other="a question that is not about emergencies")
    options, groups = read_choices(entry, kind, at.text)
    if said.get("lasting") is not Lasting.IF_SAME and any(option.asked_again for option in options):
        entry.scope.log.add(Code.KEY_NOT_WITHOUT, entry.at, name="asked_again", other="'lasting: if_same'")
    specials = read_specials(entry, kind, said["purpose"], said.get("private", False))
    question = Question(
        id=at.text,
        kind=kind.kind,
        options=options,
        groups=groups,
        specials=tuple(specials),
        special_labels=specials,
        unsure_as=read_unsure_as(entry, at.text, options, specials),
        sites=kind is WrittenKind.SITES,
        **said,
        **_bounds(entry, kind),
    )
    if entry.has("screen"):
        question = _on_screen(entry, question)
    if entry.read("asked") is False:
        return ()
    if kind is WrittenKind.EACH:
        return lines_of(question)
    return (question, noted_of(question)) if question.finds else (question,)


def _likely_kind(entry: Entry) -> WrittenKind:
    """Return the kind; for a faulty one, what the other keys look like, so that fewer faults follow from it."""
    node = entry.node("kind")
    known = entry.read("kind")
    if isinstance(known, WrittenKind) and isinstance(node, Scalar) and node.text.strip() == known:
        return known
    likely = WrittenKind.MANY if entry.has("options") else WrittenKind.YES_NO
    return WrittenKind.NUMBER if entry.has("minimum") else likely


def _check_kind(entry: Entry, kind: WrittenKind) -> None:
    for name, kinds in _ONLY_WITH.items():
        if kind not in kinds:
            entry.refuse(Code.KEY_NOT_FOR_KIND, name, kind=kind)
        elif name in _NEEDED and not entry.has(name):
            entry.scope.log.add(Code.MISSING_KEY, entry.at, what=QUESTION.what, name=name)


def _on_screen(entry: Entry, question: Question) -> Question:
    node, screens = entry.node("screen"), entry.scope.screens
    name = known_name(node, screens, entry.scope, "a screen", Code.UNKNOWN_SCREEN) if node else ""
    if not name:
        return question
    before = tuple(entry.scope.questions.values())
    shared = [one for one in before if one.stem and one.stem.id == name]
    steps = (question.maximum or LARGEST_NUMBER) - (question.minimum or 0)
    if steps > _MOST_STEPS:
        entry.refuse(Code.SCREEN_APART, "screen", because="there are too many numbers")
    elif shared and shared[-1] is not before[-1]:
        entry.refuse(Code.SCREEN_APART, "screen", because="another question comes between")
    elif shared and shared[-1].ask_when != question.ask_when:
        entry.refuse(Code.SCREEN_APART, "screen", because="it is asked under another condition")
    return replace(question, stem=screens[name])


def _bounds(entry: Entry, kind: WrittenKind) -> dict[str, Any]:
    if kind.kind is not Kind.NUMBER:
        return {}
    said = entry.read_all("minimum", "maximum")
    if said.get("minimum", 0) > said.get("maximum", LARGEST_NUMBER):
        entry.refuse(Code.BOUNDS_REVERSED, "minimum", low=said["minimum"], high=said["maximum"])
        said = {}
    return {**said, "unit": WEEKS if kind is WrittenKind.DURATION else entry.read("unit") or ""}
