"""One entry of `questions:`, with the questions that are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from msgspec.structs import replace

from nmtchoose.content.body import Body
from nmtchoose.content.conditions import read_condition
from nmtchoose.content.fields import Fields
from nmtchoose.content.names import Ids, known_name
from nmtchoose.content.nodes import Node, Scalar
from nmtchoose.content.options import read_choices, read_voices, refuse
from nmtchoose.content.scope import Scope
from nmtchoose.content.signs import signs_of
from nmtchoose.content.specials import read_specials, read_unsure_as
from nmtchoose.errors import Code
from nmtchoose.model.questionnaire import ONE_BY_ONE, Kind, Purpose, Question, Voices

LARGEST_NUMBER = 99_999
WEEKS = "weeks"


class WrittenKind(StrEnum):
    """The kinds as an author writes them."""

    YES_NO = "yes_no"
    ONE = "one"
    MANY = "many"
    SITES = "sites"
    NUMBER = "number"
    DURATION = "duration"
    TEXT = "text"

    @property
    def kind(self) -> Kind:
        """The shape of the answer."""
        return _KINDS[self]


_KINDS = {
    WrittenKind.YES_NO: Kind.ONE,
    WrittenKind.ONE: Kind.ONE,
    WrittenKind.MANY: Kind.MANY,
    WrittenKind.SITES: Kind.MANY,
    WrittenKind.NUMBER: Kind.NUMBER,
    WrittenKind.DURATION: Kind.NUMBER,
    WrittenKind.TEXT: Kind.TEXT,
}


@dataclass(frozen=True, slots=True)
class Around:
    """What the questions of one file share: labels of special answers, section ids, body, and the ids taken."""

    labels: Mapping[str, str]
    sections: tuple[str, ...]
    body: Body
    ids: Ids


def read_question(node: Node, scope: Scope, around: Around) -> tuple[Question, ...]:
    """Return the question at `node`, followed by those that ask its signs one by one."""
    with Fields(node, scope.log, "a question") as fields:
        written = _read_kind(fields)
        question = _read_wording(fields, written, scope, around)
        choices = read_choices(fields, written, question.id, scope, around.body)
        specials = read_specials(fields, written, question.purpose, question.private, around.labels)
        minimum, maximum, unit = _read_bounds(fields, written)
        whole = replace(
            question,
            options=choices.options,
            groups=choices.groups,
            specials=tuple(specials),
            special_labels=specials,
            unsure_as=read_unsure_as(fields, written, question.id, choices, specials),
            minimum=minimum,
            maximum=maximum,
            unit=unit,
        )
    return (whole, *signs_of(whole, choices.asks)) if whole.unsure_as == ONE_BY_ONE else (whole,)


def _read_kind(fields: Fields) -> WrittenKind:
    """Return the kind; for a faulty one, what the other keys look like, so that fewer faults follow from it."""
    fields.need("kind")
    likely = WrittenKind.MANY if fields.has("options") else WrittenKind.YES_NO
    return fields.word("kind", WrittenKind) or (WrittenKind.NUMBER if fields.has("minimum") else likely)


def _read_wording(fields: Fields, written: WrittenKind, scope: Scope, around: Around) -> Question:
    log = scope.log
    ask, section, ask_when = fields.need("ask"), fields.need("section"), fields.node_at("ask_when")
    return Question(
        id=around.ids.claim(fields.need("id")),
        section=known_name(section, around.sections, log, "'section'", Code.UNKNOWN_SECTION) if section else "",
        kind=written.kind,
        ask=read_voices(ask, log) if ask else Voices("", ""),
        purpose=fields.need_word("purpose", Purpose),
        why=fields.need_text("why"),
        help=fields.text("help"),
        staff_hint=fields.text("staff_hint"),
        ask_when=read_condition(ask_when, scope) if ask_when else None,
        private=fields.flag("private"),
        lasting=_read_lasting(fields),
        sites=written is WrittenKind.SITES,
    )


def _read_lasting(fields: Fields) -> bool:
    """Return whether answers are carried over to the next visit; signs of an emergency never are."""
    at = fields.key("lasting")
    lasting = fields.flag("lasting")
    purpose = fields.node_at("purpose")
    if lasting and at and isinstance(purpose, Scalar) and purpose.text == Purpose.EMERGENCY:
        fields.log.add(Code.KEY_NOT_WITHOUT, at, name="lasting", other="a question that is not about emergencies")
    return lasting


def _read_bounds(fields: Fields, written: WrittenKind) -> tuple[int | None, int | None, str]:
    if written.kind is not Kind.NUMBER:
        for name in ("minimum", "maximum", "unit"):
            refuse(fields, name, written)
        return None, None, ""
    if written is WrittenKind.DURATION:
        refuse(fields, "unit", written)
    low, high = _bound(fields, "minimum"), _bound(fields, "maximum")
    at = fields.key("minimum")
    if low is not None and high is not None and at is not None and low > high:
        fields.log.add(Code.BOUNDS_REVERSED, at, low=low, high=high)
        low = high = None
    return low, high, WEEKS if written is WrittenKind.DURATION else fields.need_text("unit")


def _bound(fields: Fields, name: str) -> int | None:
    fields.need(name)
    return fields.number(name, 0, LARGEST_NUMBER)
