"""What rules refer to: settings, sources, grades, regions, and the words of the result."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from nmtchoose.content.fault_log import FaultLog
from nmtchoose.content.fields import Fields
from nmtchoose.content.names import Ids
from nmtchoose.content.nodes import Node, Scalar
from nmtchoose.content.scope import Setting
from nmtchoose.content.values import text_of, wrong_type
from nmtchoose.errors import Code
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import Checked, DispositionText, Firmness, Grade, Region, Row, Source

Word = TypeVar("Word", bound=StrEnum)


def read_settings(top: Fields) -> dict[str, Setting]:
    """Return the choices of the clinical owner: whole numbers, or true and false."""
    ids = Ids(top.log, "a setting")
    settings: dict[str, Setting] = {}
    for key, value in top.entries("settings"):
        ids.claim_name(key.text, key)
        settings[key.text] = _read_setting(key, value, top.log)
    return settings


def _read_setting(key: Scalar, node: Node, log: FaultLog) -> Setting:
    if isinstance(node, Scalar) and node.truth is not None:
        return node.truth
    if isinstance(node, Scalar) and node.number is not None:
        return node.number
    wrong_type(log, node, f"'{key.text}'", "a whole number, true or false")
    return False


def read_sources(top: Fields) -> dict[str, Source]:
    """Return all sources by id."""
    ids = Ids(top.log, "a source", dashed=True)
    sources = [_read_source(item, top.log, ids) for item in top.need_items("sources")]
    return {source.id: source for source in sources}


def _read_source(node: Node, log: FaultLog, ids: Ids) -> Source:
    with Fields(node, log, "a source") as fields:
        return Source(
            id=ids.claim(fields.need("id")),
            title=fields.need_text("title"),
            firmness=fields.need_word("firmness", Firmness),
            checked=fields.need_word("checked", Checked),
            url=fields.text("url"),
            code=fields.text("code"),
        )


def read_grades(top: Fields) -> dict[Grade, str]:
    """Return how each grade of evidence is said; all of them have to be there."""
    entries = _one_for_each(top, "grades", Grade)
    return {grade: text_of(node, top.log, f"'{grade}'") for grade, node in entries.items()}


def read_dispositions(top: Fields) -> dict[Disposition, DispositionText]:
    """Return the words for each disposition; all eight have to be there."""
    entries = _one_for_each(top, "dispositions", Disposition)
    return {disposition: read_card(node, top.log) for disposition, node in entries.items()}


def _one_for_each(top: Fields, name: str, words: type[Word]) -> dict[Word, Node]:
    node = top.need(name)
    if node is None:
        return {}
    with Fields(node, top.log, f"'{name}'") as fields:
        found = {word: fields.need(word) for word in words}
    return {word: value for word, value in found.items() if value is not None}


def read_card(node: Node, log: FaultLog) -> DispositionText:
    """Return the words of a disposition, or those that a rule brings along in its place."""
    with Fields(node, log, "a disposition") as fields:
        return DispositionText(
            title=fields.need_text("title"),
            client=fields.need_text("client"),
            staff=fields.need_text("staff"),
            tell_them=fields.texts("tell_them"),
        )


def read_regions(top: Fields) -> dict[str, Region]:
    """Return the telephone numbers of each region by its id."""
    ids = Ids(top.log, "a region")
    regions: dict[str, Region] = {}
    for key, value in top.need_entries("regions"):
        ids.claim_name(key.text, key)
        regions[key.text] = _read_region(key.text, value, top.log)
    return regions


def _read_region(region_id: str, node: Node, log: FaultLog) -> Region:
    with Fields(node, log, "a region") as fields:
        return Region(
            id=region_id,
            name=fields.need_text("name"),
            emergency=fields.need_text("emergency"),
            urgent=fields.need_text("urgent"),
            crisis_name=fields.need_text("crisis_name"),
            crisis=fields.need_text("crisis"),
        )


def read_texts(top: Fields) -> dict[str, str]:
    """Return the named sentences of the result."""
    ids = Ids(top.log, "a text")
    texts: dict[str, str] = {}
    for key, value in top.entries("texts"):
        ids.claim_name(key.text, key)
        texts[key.text] = text_of(value, top.log, f"'{key.text}'")
    return texts


def read_rows(top: Fields) -> tuple[Row, ...]:
    """Return the rows of the comparison."""
    ids = Ids(top.log, "a row")
    return tuple(_read_row(item, top.log, ids) for item in top.need_items("rows"))


def _read_row(node: Node, log: FaultLog, ids: Ids) -> Row:
    with Fields(node, log, "a row") as fields:
        return Row(ids.claim(fields.need("id")), fields.need_text("label"))


PLACEHOLDERS = ("emergency", "urgent", "crisis", "crisis_name")
"""What texts may hold in braces; it becomes the number of the client's region."""


def require_some(fields: Fields, names: tuple[str, ...]) -> None:
    """Log when none of the keys `names` stands in `fields`."""
    if not any(fields.has(name) for name in names):
        fields.log.add(Code.NO_EFFECT, fields.node, near=names, what=fields.what)
