"""A pair of files in the newer form: written beside copies of the old ones, and only if it means the same.

It is made by small edits of the text: what is not edited keeps every byte. Lists of mappings with an `id` become
mappings by id, what can be written in short is, and the keys of a file come in the order in which it reads best.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import yaml
from msgspec.structs import replace

from nmtchoose.authoring.long_lines import Edit, composed, edited, long_lines_broken, one_line
from nmtchoose.errors import Code, ContentError, FileError, fault
from nmtchoose.files.atomic import write_atomically
from nmtchoose.loading import questions as questions_file
from nmtchoose.loading import rules as rules_file
from nmtchoose.loading.keyed import ById, Record
from nmtchoose.loading.load import load_pair
from nmtchoose.loading.locate import NEWER, OLDER, is_older
from nmtchoose.loading.named import EVERY, GUARDED
from nmtchoose.loading.shapes import ListOf, Shape
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables

KEPT = ".old"
"""What is added to the name of the copy that keeps a file as it was."""


def convert(questions: Path, rules: Path) -> tuple[Path, ...]:
    """Write those of the two files that are in the older form anew, and return the files written, copies first.

    Raises ContentError for files with faults, and for one that would not mean the same or lose a comment; FileError
    when a copy is already there or a file cannot be read or written. Until all of both files is sure, nothing is
    written.
    """
    before = load_pair(questions, rules)
    files = {questions: questions_file.FILE, rules: rules_file.FILE}
    texts = {path: path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n") for path in files}
    newer = {path: _newer(path, texts[path], shape) for path, shape in files.items() if is_older(texts[path])}
    try:
        after = load_pair(*(newer.get(path, texts[path]).encode() for path in files))
    except ContentError:
        after = None
    unsure = [path for path, text in newer.items() if _comments(texts[path]) != _comments(text)]
    if after is None or meaning(*before) != meaning(*after) or unsure:
        raise ContentError([fault(Code.CONVERT_UNSURE, str(path)) for path in unsure or newer])
    copies = {path.with_name(path.name + KEPT): texts[path] for path in newer}
    taken = [path for path in copies if path.exists()]
    if taken:
        raise FileError([fault(Code.FILE_EXISTS, str(path)) for path in taken])
    written = {**copies, **newer}
    for path, text in written.items():
        write_atomically(path, text, mode=0o644)
    return tuple(written)


def meaning(questionnaire: Questionnaire, table: RuleTable) -> Tables:
    """Return all that a pair says, without how it is written: fingerprints and lines."""
    asked, decided = (replace(one.stamp, sha256="") for one in (questionnaire, table))
    rules = tuple(replace(one, line=0) for one in table.rules)
    guarantees = tuple(replace(one, line=0) for one in table.guarantees)
    return Tables(
        replace(questionnaire, stamp=asked), replace(table, stamp=decided, rules=rules, guarantees=guarantees)
    )


def _newer(path: Path, text: str, shape: Record) -> str:
    try:
        return newer_form(text, shape)
    except (ValueError, LookupError, StopIteration):
        raise ContentError([fault(Code.CONVERT_UNSURE, str(path))]) from None


def _comments(text: str) -> Counter[str]:
    """Return all that may be a comment: what follows a `#` at the end of a line."""
    return Counter(re.findall(r"(?:^|\s)(#.*)$", text, re.MULTILINE))


Entries = list[tuple[yaml.ScalarNode, yaml.Node]]


def newer_form(text: str, file: Record) -> str:
    """Return `text`, a whole file of the shape `file` that loads, in the newer form."""
    indented = _indented(text, file)
    root = composed(indented)
    edits = list(_Walk(indented, _therapies(root)).of(root, file))
    return _ordered(long_lines_broken(edited(indented, edits)), file)


def _entries(node: yaml.Node) -> Entries:
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def _under(node: yaml.Node, name: str) -> yaml.Node | None:
    return next((value for key, value in _entries(node) if key.value == name), None)


def _therapies(root: yaml.Node) -> frozenset[str]:
    """Return the ids of all therapies, as a list of either form has them."""
    therapies = _under(root, "therapies")
    if isinstance(therapies, yaml.SequenceNode):
        ids = (_under(one, "id") for one in therapies.value)
        return frozenset(one.value for one in ids if one is not None)
    return frozenset(key.value for key, _ in _entries(therapies)) if therapies else frozenset()


def _parts(node: yaml.Node, shape: Shape) -> Iterator[tuple[yaml.ScalarNode | None, yaml.Node, Shape]]:
    """Yield what `node` holds, with the key it stands at and its shape."""
    if isinstance(shape, Record):
        for key, value in _entries(node):
            if key.value in shape.keys:
                yield key, value, shape.keys[key.value].shape
    elif isinstance(shape, ById):
        for key, value in _entries(node):
            yield key, value, shape.record
        for item in node.value if isinstance(node, yaml.SequenceNode) else ():
            yield None, item, shape.record
    elif isinstance(shape, ListOf) and isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield None, item, shape.item


def _indented(text: str, file: Record) -> str:
    """Return `text` with every list that will be a mapping set in from its key, as a mapping has to be."""
    lines = text.splitlines(keepends=True)
    waiting: list[tuple[yaml.ScalarNode | None, yaml.Node, Shape]] = [(None, composed(text), file)]
    while waiting:
        key, node, shape = waiting.pop()
        waiting += _parts(node, shape)
        listed = isinstance(shape, ById) and isinstance(node, yaml.SequenceNode) and not node.flow_style
        if listed and key is not None and node.start_mark.column <= key.start_mark.column:
            for number in range(node.start_mark.line, node.end_mark.line + (node.end_mark.column > 0)):
                lines[number] = "  " + lines[number] if lines[number].strip() else lines[number]
    return "".join(lines)


@dataclass(frozen=True, slots=True)
class _Walk:
    """Finds the edits for one text; `therapies` are the ids of all of them."""

    text: str
    therapies: frozenset[str]

    def of(self, node: yaml.Node, shape: Shape) -> Iterator[Edit]:
        """Yield the edits inside `node`."""
        if isinstance(shape, ById) and isinstance(node, yaml.SequenceNode):
            yield from self._by_id(node, shape.record)
            return
        for part in _parts(node, shape):
            yield from self._part(*part)

    def _part(self, key: yaml.ScalarNode | None, value: yaml.Node, shape: Shape) -> Iterator[Edit]:
        if key is not None and key.value == "format":
            yield Edit.of(value, value.value.replace(OLDER, NEWER))
        elif shape is GUARDED and {getattr(one, "value", "") for one in value.value} == self.therapies:
            yield Edit.of(value, EVERY)
        elif key is not None and (short := self._short(value, shape)) is not None:
            yield Edit(key.end_mark.index, _end(value), f": {short}")
        else:
            yield from self.of(value, shape)

    def _short(self, node: yaml.Node, shape: Shape, without: str = "") -> str | None:
        """Return the one value that can stand for the mapping `node`, or None; the key `without` does not count."""
        entries = [one for one in _entries(node) if one[0].value != without]
        if not isinstance(shape, Record) or not entries or tuple(key.value for key, _ in entries) != shape.short:
            return None
        texts = {one_line(self.text, value) for _, value in entries}
        keys = [part for entry in node.value for part in entry]
        gaps = (self.text[one.end_mark.index : two.start_mark.index] for one, two in pairwise(keys))
        return texts.pop() if len(texts) == 1 and not any("#" in gap for gap in gaps) else None

    def _by_id(self, node: yaml.SequenceNode, record: Record) -> Iterator[Edit]:
        if node.flow_style:
            yield Edit(node.start_mark.index, node.start_mark.index + 1, "{")
            yield Edit(node.end_mark.index - 1, node.end_mark.index, "}")
        for item in node.value:
            start = item.start_mark.index if node.flow_style else self.text.rindex("-", 0, item.start_mark.index)
            name = _under(item, "id")
            entry = f"{self.text[name.start_mark.index : name.end_mark.index]}:" if name else ""
            short = self._short(item, record, without="id")
            if short is not None:
                yield Edit(start, _end(item), f"{entry} {short}")
                continue
            yield from self._without_id(item, start, entry)
            for part in _parts(item, record):
                yield from self._part(*part)

    def _without_id(self, item: yaml.CollectionNode, start: int, entry: str) -> Iterator[Edit]:
        entries = _entries(item)
        at = next(number for number, (key, _) in enumerate(entries) if key.value == "id")
        key, value = entries[at]
        last = at == len(entries) - 1
        if item.flow_style:
            yield Edit(start, item.start_mark.index, f"{entry} ")
            begin = entries[at - 1][1].end_mark.index if last else key.start_mark.index
            yield Edit(begin, value.end_mark.index if last else entries[at + 1][0].start_mark.index, "")
        elif at == 0:
            yield Edit(start, value.end_mark.index, entry)
        else:
            first = entries[0][0].start_mark
            yield Edit(start, first.index, f"{entry}\n{' ' * first.column}")
            begin = self.text.rindex("\n", 0, key.start_mark.index)
            yield Edit(begin, value.end_mark.index, "")


def _end(node: yaml.Node) -> int:
    """Return where the text of `node` ends; a mapping on lines of its own ends with its last value."""
    while isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        node = node.value[-1][1]
    return int(node.end_mark.index)


def _ordered(text: str, file: Record) -> str:
    """Return `text` with its keys in the order of `file`; each takes along the comments that stand right above it."""
    lines = text.splitlines(keepends=True)
    root = composed(text)
    starts = [_with_comments(lines, key.start_mark.line) for key, _ in _entries(root)]
    names = [key.value for key, _ in _entries(root)]
    blocks = {
        name: "".join(lines[start:end]).strip("\n")
        for name, start, end in zip(names, starts, [*starts[1:], len(lines)], strict=True)
    }
    head = [blocks[name] for name in ("format", "version") if name in blocks]
    rest = [blocks[name] for name in file.keys if name in blocks and name not in ("format", "version")]
    return "".join(lines[: starts[0]]) + "\n".join([*head, ""]) + "".join(f"\n{one}\n" for one in rest)


def _with_comments(lines: list[str], line: int) -> int:
    while line > 0 and lines[line - 1].startswith("#"):
        line -= 1
    return line
