"""Reading settings: from a file, with the line of every fault, and from an environment variable or a command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from nmtchoose.errors import Code, ContentError, FileError, fault, suggestion
from nmtchoose.practice.settings import BY_NAME, Kind, Setting, Value

if TYPE_CHECKING:
    from nmtchoose.content.fields import Fields

_OFF = ("0", "no", "off", "false")
LONGEST_TEXT = 2_000


class Written(Struct, frozen=True):
    """A value as it stands in a file."""

    value: Value
    line: int


def read_file(path: Path) -> Mapping[str, Written]:
    """Return the settings in the file at `path`; none when there is no such file.

    Raises ContentError with every fault, and FileError when the file cannot be read.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        detail = error.strerror or "unknown reason"
        raise FileError([fault(Code.FILE_CANNOT_READ, str(path), detail=detail)]) from None
    return read_bytes(content, str(path))


def read_bytes(content: bytes, name: str) -> Mapping[str, Written]:
    """Return the settings in `content`, the content of a file called `name`; raises ContentError with every fault."""
    from nmtchoose.content.fault_log import FaultLog
    from nmtchoose.content.fields import Fields
    from nmtchoose.content.yaml_nodes import read_nodes

    log = FaultLog(name)
    node = read_nodes(content, log)
    found: dict[str, Written] = {}
    if node is not None:
        with Fields(node, log, "the configuration") as fields:
            for setting in BY_NAME.values():
                value = _from_fields(setting, fields)
                key = fields.key(setting.name)
                if value is not None and key is not None:
                    found[setting.name] = Written(value, key.line)
    if log.faults:
        raise ContentError(log.faults)
    return found


def _from_fields(setting: Setting, fields: Fields) -> Value | None:
    """Return the value of `setting` in a file, or None where it is not there or faulty."""
    name = setting.name
    match setting.kind:
        case Kind.NUMBER:
            return fields.number(name, setting.low, setting.high)
        case Kind.FLAG:
            flag = fields.flag(name)
            return flag if fields.has(name) else None
        case Kind.NAMES:
            return fields.texts(name) or None
        case Kind.TEXT:
            text = fields.text(name) or None
            if text is not None and setting.words and text not in setting.words:
                at = fields.key(name)
                if at is not None:
                    fields.log.add(Code.UNKNOWN_WORD, at, near=setting.words, what=f"'{name}'", name=text)
            return text


def read_words(setting: Setting, words: Sequence[str], place: str = "") -> Value:
    """Return the value that `words` of a command line or an environment variable say; raises ContentError.

    `place` names the variable in the fault.
    """
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
        known, close = ", ".join(BY_NAME), suggestion(name, list(BY_NAME))
        raise ContentError([fault(Code.USAGE_UNKNOWN, what="setting", name=name[:60], suggestion=close, known=known)])
    return BY_NAME[name]
