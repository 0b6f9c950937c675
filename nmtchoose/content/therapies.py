"""`therapies:` the rows of the comparison."""

from __future__ import annotations

from nmtchoose.content.catalogue import Catalogue
from nmtchoose.content.conditions import read_condition
from nmtchoose.content.fields import Fields
from nmtchoose.content.names import Ids
from nmtchoose.content.nodes import Mapping, Node, Scalar
from nmtchoose.content.values import text_of
from nmtchoose.errors import Code
from nmtchoose.model.condition import Condition
from nmtchoose.model.rules import MOST_PRESSURE, Grade, Therapy


def read_therapies(items: tuple[Node, ...], catalogue: Catalogue) -> tuple[Therapy, ...]:
    """Return the therapies in `items`, in the order of the file."""
    ids = Ids(catalogue.log, "a therapy")
    forms = frozenset(_forms_in(items))
    return tuple(_read_therapy(item, catalogue, ids, forms) for item in items)


def _forms_in(items: tuple[Node, ...]) -> list[str]:
    forms = (item["id"] for item in items if isinstance(item, Mapping) and item["form_of"] is not None)
    return [node.text for node in forms if isinstance(node, Scalar)]


def _read_therapy(node: Node, catalogue: Catalogue, ids: Ids, forms: frozenset[str]) -> Therapy:
    with Fields(node, catalogue.log, "a therapy") as fields:
        lightest = fields.need_number("lightest", 1, MOST_PRESSURE)
        usual = fields.need_number("usual", 1, MOST_PRESSURE)
        at = fields.key("lightest")
        if lightest > usual and at is not None and fields.has("usual"):
            catalogue.log.add(Code.WRONG_ORDER, at, name="lightest", low=lightest, other="usual", high=usual)
        return Therapy(
            id=ids.claim(fields.need("id")),
            name=fields.need_text("name"),
            short=fields.need_text("short"),
            lightest=lightest,
            usual=usual,
            facts=_read_cells(fields, catalogue),
            summary=fields.need_text("summary"),
            evidence=fields.need_word("evidence", Grade),
            evidence_text=fields.need_text("evidence_text"),
            sources=catalogue.need_sources(fields),
            form_of=_read_form_of(fields, catalogue, forms),
            choose_when=_read_choose_when(fields, catalogue),
            sole_form=_read_sole_form(fields),
            works_on_pain=fields.flag("works_on_pain"),
            expect=fields.texts("expect"),
            ask_therapist=fields.texts("ask_therapist"),
            qualifications=fields.texts("qualifications"),
            aftercare=fields.texts("aftercare"),
            visits=fields.text("visits"),
        )


def _read_cells(fields: Fields, catalogue: Catalogue) -> dict[str, str]:
    """Return one text for each row of the comparison."""
    cells: dict[str, str] = {}
    for key, value in fields.need_entries("facts"):
        if key.text not in catalogue.rows:
            catalogue.log.add(Code.UNKNOWN_ROW, key, near=catalogue.rows, name=key.text)
        cells[key.text] = text_of(value, catalogue.log, f"'{key.text}'")
    for row in catalogue.rows if fields.has("facts") else ():
        if row not in cells:
            catalogue.log.add(Code.MISSING_KEY, fields.key("facts") or fields.node, what="'facts'", name=row)
    return cells


def _read_form_of(fields: Fields, catalogue: Catalogue, forms: frozenset[str]) -> str | None:
    node = fields.node_at("form_of")
    name = catalogue.therapy(node)
    if node is not None and name in forms:
        catalogue.log.add(Code.FORM_OF_FORM, node, name=name)
    return name or None


def _read_choose_when(fields: Fields, catalogue: Catalogue) -> Condition | None:
    key, node = fields.key("choose_when"), fields.node_at("choose_when")
    if key is None or node is None:
        return None
    if not fields.has("form_of"):
        catalogue.log.add(Code.KEY_NOT_WITHOUT, key, name="choose_when", other="'form_of'")
    return read_condition(node, catalogue.scope)


def _read_sole_form(fields: Fields) -> bool:
    key = fields.key("sole_form")
    if key is not None and not (fields.has("form_of") and fields.has("choose_when")):
        fields.log.add(Code.KEY_NOT_WITHOUT, key, name="sole_form", other="'form_of' and 'choose_when'")
    return fields.flag("sole_form")
