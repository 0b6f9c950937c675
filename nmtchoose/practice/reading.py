"""Reading settings: from a file, with the line of every fault, and from an environment variable or a command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from nmtchoose.errors import Code, ContentError, fault, unknown
from nmtchoose.loading.ordinary_file import content_of
from nmtchoose.practice.settings import BY_NAME, Kind, Setting, Value

if TYPE_CHECKING:
    from nmtchoose.loading.shapes import Shape

_OFF = ("0", "no", "off", "false")
LONGEST_TEXT = 2_000


class Written(Struct, frozen=True):
    """A value as it stands in a file."""

    value: Value
    line: int


def read_file(path: Path) -> Mapping[str, Written]:
    """Return the settings in a file, none without one; raises ContentError with every fault, and FileError."""
    content = content_of(path)
    return read_bytes(content, str(path)) if content else {}


def read_bytes(content: bytes, name: str) -> Mapping[str, Written]:
    """Return the settings in `content`, the content of a file called `name`; raises ContentError with every fault."""
    from nmtchoose.loading.fault_log import FaultLog
    from nmtchoose.loading.keyed import Record, may
    from nmtchoose.loading.scope import Scope
    from nmtchoose.loading.yaml_nodes import read_nodes

    log = FaultLog(name)
    node = read_nodes(content, log)
    found: dict[str, Written] = {}
    if node is not None:
        shape = Record("the configuration", dict, {one.name: may(_shape(one)) for one in BY_NAME.values()})
        entry = shape.open(node, Scope(log))
        found = {key: Written(value, entry.key(key).line) for key, value in entry.read_all().items()}
    if log.faults:
        raise ContentError(log.faults)
    return found


def _shape(setting: Setting) -> Shape:
    from nmtchoose.loading.shapes import FLAG, TEXT, TEXTS, Value, whole
    from nmtchoose.loading.values import one_of

    match setting.kind:
        case Kind.NUMBER:
            return whole(setting.low, setting.high)
        case Kind.FLAG:
            return FLAG
        case Kind.NAMES:
            return TEXTS
        case Kind.TEXT if setting.words:
            return Value(lambda node, scope, what: one_of(node, scope.log, what, setting.words), {})
    return TEXT


def read_words(setting: Setting, words: Sequence[str], place: str = "") -> Value:
    """Return the value that `words` of a command line, or of the variable `place`, say; raises ContentError."""
    text = " ".join(words).strip()
    value: Value | None = text
    match setting.kind:
        case Kind.NUMBER:
            number = int(text[:9]) if text.isascii() and text.isdigit() else -1
            value = number if setting.low <= number <= setting.high else None
        case Kind.FLAG:
            value = text.lower() not in _OFF
        case Kind.NAMES:
            value = tuple(name for word in words for name in word.replace(",", " ").split()) or None
        case Kind.TEXT:
            fits = text.isprintable() and 0 < len(text) <= LONGEST_TEXT and (not setting.words or text in setting.words)
            value = text if fits else None
    if value is None:
        wanted, example = setting.wanted, setting.example
        raise ContentError([fault(Code.SETTING_VALUE, place, name=setting.name, wanted=wanted, example=example)])
    return value


def known_setting(name: str) -> Setting:
    """Return the setting called `name`; raises ContentError when there is none."""
    if name not in BY_NAME:
        raise ContentError([unknown("setting", name, list(BY_NAME))])
    return BY_NAME[name]
