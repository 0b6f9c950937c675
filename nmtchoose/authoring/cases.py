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

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from nmtchoose.errors import AnswerError, Code, ContentError, Fault, while_reading
from nmtchoose.files.answers_file import check_answers
from nmtchoose.loading.keyed import ByName, Record, may, need
from nmtchoose.loading.locate import read_ordinary
from nmtchoose.loading.nodes import FaultLog, Node, Scalar, plain_value
from nmtchoose.loading.nodes import Mapping as MappingNode
from nmtchoose.loading.nodes import Sequence as SequenceNode
from nmtchoose.loading.scope import Scope, text_of
from nmtchoose.loading.shapes import NAME, TEXT, ListOf, Value, whole, word
from nmtchoose.loading.yaml_nodes import LARGEST_FILE, read_nodes
from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import RecommendationKind, Status
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import MOST_PRESSURE

FORMAT = "nmtchoose/cases/1"
PROFILES = "profiles.yaml"


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
    site_limits: Mapping[str, int] = field(default_factory=dict)
    therapy_limits: Mapping[str, int] = field(default_factory=dict)
    avoids: tuple[str, ...] = ()
    missing: tuple[str, ...] | None = None
    fires: tuple[str, ...] = ()
    not_fires: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    never_says: tuple[str, ...] = ()

    @property
    def looks_closer(self) -> bool:
        """Whether more is expected than a disposition, and rules that fire or do not."""
        return replace(self, disposition=None, fires=(), not_fires=()) != Expected()


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
    first: dict[str, Case] = {}
    for node, profiles, log in _written(paths, faults):
        case = _case(node, profiles, log, questionnaire, faults)
        if case is not None and case.id in first:
            log.add(Code.CASE_TWICE, node, name=case.id, first=first[case.id].file)
        elif case is not None:
            first[case.id] = case
    if faults:
        raise ContentError(faults)
    return tuple(first.values())


def raw_case_answers(paths: Sequence[Path]) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """Return (file and id, answers as they stand there) of every case in the files and folders `paths`.

    Raises ContentError when a file is no case file. Nothing is checked against a questionnaire.
    """
    found: list[tuple[str, Mapping[str, object]]] = []
    faults: list[Fault] = []
    for node, profiles, log in _written(paths, faults):
        entries = _entries(node)
        raw = {**_plain(profiles.get(_text(entries.get("like")))), **_plain(entries.get("answers"))}
        found.append((f"{log.file}: {_text(entries.get('id'))}", raw))
    if faults:
        raise ContentError(faults)
    return tuple(found)


def _written(paths: Sequence[Path], faults: list[Fault]) -> Iterator[tuple[Node, Mapping[str, Node], FaultLog]]:
    """Yield each case with the profiles and the log of its file; what is logged is added to `faults`."""
    for path in _files(paths):
        log = FaultLog(str(path))
        root = _mapping(path, log)
        if root is not None:
            profiles = _profiles(path.parent / PROFILES, log) | _entries(root["profiles"])
            listed = root["cases"]
            if isinstance(listed, SequenceNode):
                yield from ((node, profiles, log) for node in listed.items)
            else:
                log.add(Code.MISSING_KEY, root, what="a case file", name="cases")
        faults += log.faults


def _files(paths: Sequence[Path]) -> list[Path]:
    files = (file for path in paths for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path]))
    return [file for file in files if file.name != PROFILES]


def _profiles(path: Path, log: FaultLog) -> dict[str, Node]:
    root = _mapping(path, log) if path.exists() else None
    return _entries(root["profiles"]) if root else {}


def _mapping(path: Path, log: FaultLog) -> MappingNode | None:
    """Return what stands in a case file, or None after a logged fault."""
    with while_reading(path):
        node = read_nodes(read_ordinary(path, LARGEST_FILE + 1), log)
    if not isinstance(node, MappingNode):
        return None
    written = node["format"]
    if _text(written) != FORMAT:
        log.add(Code.WRONG_FORMAT, written or node, wanted=FORMAT)
        return None
    return node


def _entries(node: Node | None) -> dict[str, Node]:
    return {key.text: value for key, value in node.entries} if isinstance(node, MappingNode) else {}


def _case(
    node: Node, profiles: Mapping[str, Node], log: FaultLog, questionnaire: Questionnaire, faults: list[Fault]
) -> Case | None:
    entry = CASE.open(node, Scope(log))
    said = entry.read_all()
    like = said.get("like", "")
    if like and like not in profiles:
        log.add(Code.UNKNOWN_PROFILE, entry.key("like"), name=like, near=profiles)
        return None
    if not (said["id"] and said["describe"]):
        return None
    raw = {**_plain(profiles.get(like)), **said.get("answers", {})}
    try:
        answers = check_answers(raw, questionnaire, f"{log.file}:{node.line}")
    except AnswerError as error:
        faults += error.faults
        return None
    return Case(said["id"], said["describe"], answers, said.get("expect", Expected()), log.file, node.line)


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _plain(node: Node | None) -> dict[str, object]:
    value = plain_value(node) if node is not None else {}
    return value if isinstance(value, dict) else {}


def _one_or_some(node: Node, scope: Scope, what: str) -> tuple[str, ...]:
    items = node.items if isinstance(node, SequenceNode) else (node,)
    return tuple(text_of(item, scope, what) for item in items)


_QUESTION = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$"}
_SCREEN = {"type": "object", "additionalProperties": {"type": "string"}}
_ANSWER = {"anyOf": [{"type": ["string", "integer"]}, ListOf(NAME).schema(), _SCREEN]}
_ANSWERS = Value(
    lambda node, scope, what: _plain(node),
    {"type": "object", "propertyNames": _QUESTION, "additionalProperties": _ANSWER},
)
_SOME = Value(_one_or_some, {"anyOf": [TEXT.schema(), {"type": "array", "items": TEXT.schema()}]})
_EXPECT = Record(
    "what a case expects",
    Expected,
    {
        "disposition": may(word(Disposition)),
        "recommendation": may(word(RecommendationKind)),
        "therapies": may(_SOME, "The therapies to book, in order."),
        "status": may(ByName("a therapy", word(Status))),
        "pressure_limit": may(whole(0, MOST_PRESSURE)),
        "site_limits": may(ByName("a site", whole(0, MOST_PRESSURE)), "The most pressure there."),
        "therapy_limits": may(ByName("a therapy", whole(0, MOST_PRESSURE)), "The most pressure with it."),
        "avoids": may(_SOME, "Sites to leave alone."),
        "missing": may(_SOME, "Questions that still have to be answered."),
        "fires": may(_SOME, "Rules that fire."),
        "not_fires": may(_SOME, "Rules that do not fire."),
        "says": may(_SOME, "What the client's page says."),
        "never_says": may(_SOME, "What the client's page does not say."),
    },
)
CASE = Record(
    "a case",
    Case,
    {
        "id": need(NAME),
        "describe": need(TEXT, "Who this is about, in one sentence."),
        "like": may(NAME, "A profile to start from."),
        "answers": may(_ANSWERS, "Answers by question."),
        "expect": may(_EXPECT, "What is left out is not looked at."),
    },
)
FILE = Record(
    "a case file",
    dict,
    {
        "format": need(Value(TEXT.reader, {"const": FORMAT})),
        "profiles": may(ByName("a profile", _ANSWERS)),
        "cases": may(ListOf(CASE)),
    },
)
"""The shape of a case file, and of `profiles.yaml` beside it."""
