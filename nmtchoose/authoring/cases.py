"""Case files: answers with the result that their author expects, readable by a clinician.

```yaml
format: nmtchoose/cases/1
profiles:                       # answers to start from, by name; also read from `profiles.yaml` beside the file
  healthy: {right_now: [none], age: 40}
cases:
  - id: bladder-trouble
    describe: Low-back pain for 3 days, new difficulty passing urine.
    like: healthy
    answers: {pain_sites: [low_back], nerve_signs: [bladder]}
    expect: {disposition: emergency_today, recommendation: none, fires: [bladder-trouble]}
```

Answers that do not apply are dropped by the replay, so a profile may answer every question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nmtchoose.content.fault_log import FaultLog
from nmtchoose.content.nodes import Mapping as MappingNode
from nmtchoose.content.nodes import Node, Scalar, plain_value
from nmtchoose.content.nodes import Sequence as SequenceNode
from nmtchoose.content.yaml_nodes import read_nodes
from nmtchoose.errors import AnswerError, Code, ContentError, Fault, FileError, fault, unreadable
from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import RecommendationKind, Status
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.records.answers_file import check_answers

FORMAT = "nmtchoose/cases/1"
PROFILES = "profiles.yaml"
_CASE_KEYS = ("id", "describe", "like", "answers", "expect")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a case's author expects; whatever is left out is not looked at.

    `says` and `never_says` are pieces of the client's page as plain lines, compared without regard to case.
    """

    disposition: Disposition | None = None
    recommendation: RecommendationKind | None = None
    therapies: tuple[str, ...] | None = None
    status: Mapping[str, Status] = field(default_factory=dict)
    pressure_limit: int | None = None
    avoids: tuple[str, ...] = ()
    missing: tuple[str, ...] | None = None
    fires: tuple[str, ...] = ()
    not_fires: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    never_says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One case: who it is about, the answers, and what is expected."""

    id: str
    describe: str
    answers: Answers
    expected: Expected
    file: str
    line: int


def read_cases(paths: Sequence[Path], questionnaire: Questionnaire) -> tuple[Case, ...]:
    """Return all cases of the files and folders `paths`, or raise ContentError with every fault."""
    faults: list[Fault] = []
    cases: list[Case] = []
    for path in _files(paths):
        log = FaultLog(str(path))
        cases += _read_file(path, log, questionnaire, faults)
        faults += log.faults
    first: dict[str, Case] = {}
    for case in cases:
        if case.id in first:
            faults.append(fault(Code.CASE_TWICE, case.file, case.line, name=case.id, first=first[case.id].file))
        first.setdefault(case.id, case)
    if faults:
        raise ContentError(faults)
    return tuple(cases)


def raw_case_answers(paths: Sequence[Path]) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """Return (file and id, answers as they stand there) of every case in the files and folders `paths`.

    Raises ContentError when a file is no case file. Nothing is checked against a questionnaire.
    """
    found: list[tuple[str, Mapping[str, object]]] = []
    faults: list[Fault] = []
    for path in _files(paths):
        log = FaultLog(str(path))
        root = _mapping(_nodes(path, log), log)
        profiles = _profiles(path.parent / PROFILES, log) | _entries(root["profiles"] if root else None)
        listed = root["cases"] if root else None
        for node in listed.items if isinstance(listed, SequenceNode) else ():
            entries = _entries(node)
            raw = {**_plain(profiles.get(_text(entries.get("like")))), **_plain(entries.get("answers"))}
            found.append((f"{path}: {_text(entries.get('id'))}", raw))
        faults += log.faults
    if faults:
        raise ContentError(faults)
    return tuple(found)


def _files(paths: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        files += sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    return [path for path in files if path.name != PROFILES]


def _read_file(path: Path, log: FaultLog, questionnaire: Questionnaire, faults: list[Fault]) -> list[Case]:
    root = _mapping(_nodes(path, log), log)
    if root is None:
        return []
    profiles = _profiles(path.parent / PROFILES, log) | _entries(root["profiles"])
    listed = root["cases"]
    if not isinstance(listed, SequenceNode):
        log.add(Code.MISSING_KEY, root, what="a case file", name="cases")
        return []
    cases = (_case(node, profiles, log, questionnaire, faults) for node in listed.items)
    return [case for case in cases if case is not None]


def _nodes(path: Path, log: FaultLog) -> Node | None:
    try:
        return read_nodes(path.read_bytes(), log)
    except OSError as error:
        raise FileError([unreadable(path, error)]) from None


def _profiles(path: Path, log: FaultLog) -> dict[str, Node]:
    if not path.exists():
        return {}
    root = _mapping(_nodes(path, log), log)
    return _entries(root["profiles"]) if root else {}


def _mapping(node: Node | None, log: FaultLog) -> MappingNode | None:
    if not isinstance(node, MappingNode):
        return None
    written = node["format"]
    if not isinstance(written, Scalar) or written.text != FORMAT:
        log.add(Code.WRONG_FORMAT, written or node, wanted=FORMAT)
        return None
    return node


def _entries(node: Node | None) -> dict[str, Node]:
    return {key.text: value for key, value in node.entries} if isinstance(node, MappingNode) else {}


def _case(
    node: Node, profiles: Mapping[str, Node], log: FaultLog, questionnaire: Questionnaire, faults: list[Fault]
) -> Case | None:
    entries = _entries(node)
    for key, _ in node.entries if isinstance(node, MappingNode) else ():
        if key.text not in _CASE_KEYS:
            log.add(Code.UNKNOWN_KEY, key, what="a case", name=key.text, near=_CASE_KEYS)
    case_id, describe = (_text(entries.get(name)) for name in ("id", "describe"))
    if not case_id or not describe:
        log.add(Code.MISSING_KEY, node, what="a case", name="id" if not case_id else "describe")
        return None
    like = _text(entries.get("like"))
    if like and like not in profiles:
        log.add(Code.UNKNOWN_PROFILE, entries["like"], name=like, near=profiles)
        return None
    raw = {**_plain(profiles.get(like)), **_plain(entries.get("answers"))}
    try:
        answers = check_answers(raw, questionnaire, f"{log.file}:{node.line}")
    except AnswerError as error:
        faults += error.faults
        return None
    expected = _expected(entries.get("expect"), log)
    return Case(case_id, describe, answers, expected, log.file, node.line)


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _plain(node: Node | None) -> dict[str, object]:
    value = plain_value(node) if node is not None else {}
    return value if isinstance(value, dict) else {}


def _expected(node: Node | None, log: FaultLog) -> Expected:
    values: dict[str, object] = {}
    for key, value in node.entries if isinstance(node, MappingNode) else ():
        reader = _READERS.get(key.text)
        if reader is None:
            log.add(Code.UNKNOWN_KEY, key, what="what a case expects", name=key.text, near=_READERS)
            continue
        try:
            values[key.text] = reader(plain_value(value))
        except (ValueError, TypeError, AttributeError):
            log.add(Code.UNKNOWN_WORD, value, what=f"'{key.text}'", name=str(plain_value(value)), near=_known(key.text))
    return Expected(**values)  # type: ignore[arg-type]


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)


def _statuses(value: object) -> dict[str, Status]:
    return {therapy: Status(status) for therapy, status in value.items()} if isinstance(value, dict) else {}


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value


def _known(key: str) -> list[str]:
    kinds: dict[str, Sequence[str]] = {"disposition": [*Disposition], "recommendation": [*RecommendationKind]}
    return [str(one) for one in kinds.get(key, [*Status])]


_READERS: dict[str, Callable[[Any], object]] = {
    "disposition": Disposition,
    "recommendation": RecommendationKind,
    "therapies": _texts,
    "status": _statuses,
    "pressure_limit": _number,
    "avoids": _texts,
    "missing": _texts,
    "fires": _texts,
    "not_fires": _texts,
    "says": _texts,
    "never_says": _texts,
}
