"""Changing one line of a configuration file and leaving all others, with their comments, as they are."""

import json
from collections.abc import Sequence
from pathlib import Path

from nmtchoose.errors import Code, ContentError, fault, while_writing
from nmtchoose.files.atomic import write_atomically
from nmtchoose.loading.ordinary_file import content_of
from nmtchoose.practice.settings import Value, known_setting, read_bytes, read_words


def set_value(path: Path, name: str, words: Sequence[str]) -> Value:
    """Write the setting `name` to the file at `path`, which may be new, and return its value.

    Raises ContentError for a name or value that does not fit, or a file that is faulty already: it is then untouched.
    """
    setting = known_setting(name)
    value = read_words(setting, words)
    lines = _without(_lines(path), name)
    _write(path, [*lines, f"{name}: {json.dumps(value, ensure_ascii=False)}"])
    return value


def unset_value(path: Path, name: str) -> None:
    """Take the setting `name` out of the file at `path`; raises ContentError when it does not stand there."""
    known_setting(name)
    lines = _lines(path)
    kept = _without(lines, name)
    if kept == lines:
        raise ContentError([fault(Code.SETTING_NOT_SET, str(path), name=name)])
    _write(path, kept)


def _lines(path: Path) -> list[str]:
    content = content_of(path)
    read_bytes(content, str(path))
    return content.decode("utf-8-sig").splitlines()


def _without(lines: Sequence[str], name: str) -> list[str]:
    """Return `lines` without the key `name` and the indented or listed lines that belong to it."""
    kept: list[str] = []
    inside = False
    for line in lines:
        if inside and line.startswith((" ", "\t", "-", "]")):
            continue
        inside = line.startswith((f"{name}:", f'"{name}":', f"'{name}':"))
        if not inside:
            kept.append(line)
    return kept


def _write(path: Path, lines: Sequence[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    read_bytes(text.encode(), str(path))
    with while_writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text)
