"""Loading the two files: from paths (or bytes) to a questionnaire and a rule table, or to all faults at once."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from nmtchoose.errors import Code, ContentError, Fault, FileError, fault, unreadable
from nmtchoose.loading import questions as questions_file
from nmtchoose.loading import rules as rules_file
from nmtchoose.loading.fault_log import FaultLog, Place
from nmtchoose.loading.keyed import Record
from nmtchoose.loading.locate import QUESTIONS_FILE, RULES_FILE
from nmtchoose.loading.nodes import Node
from nmtchoose.loading.ordinary_file import read_ordinary
from nmtchoose.loading.yaml_nodes import LARGEST_FILE, read_nodes
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable


@dataclass(frozen=True, slots=True)
class _Document:
    sha256: str
    root: Node | None
    log: FaultLog


def load_pair(questions: Path | bytes, rules: Path | bytes) -> tuple[Questionnaire, RuleTable]:
    """Return what the two files (or their bytes) say.

    Raises FileError when one cannot be read, else ContentError with every fault of both: as long as the questions are
    readable YAML, the rules are checked against them too.
    """
    read = read_pair(questions, rules)
    if read.faults or read.questionnaire is None or read.table is None:
        raise ContentError(read.faults)
    return read.questionnaire, read.table


@dataclass(frozen=True, slots=True)
class Reading:
    """Both files as far as they can be read; while `faults` holds anything, only good for finding more.

    Questionnaire and table are None where a file is not even YAML. `files` are the names of the two files, and `roots`
    what stands in them, with nothing in short.
    """

    files: tuple[str, str]
    questionnaire: Questionnaire | None
    table: RuleTable | None
    roots: tuple[Node | None, Node | None]
    faults: tuple[Fault, ...]


def read_pair(questions: Path | bytes, rules: Path | bytes) -> Reading:
    """Return the two files (or their bytes) with all their faults; raises FileError when one cannot be read."""
    asked, decided = _documents((questions, QUESTIONS_FILE, questions_file.FILE), (rules, RULES_FILE, rules_file.FILE))
    questionnaire, table = None, None
    if asked.root is not None:
        questionnaire = questions_file.read_questionnaire(asked.root, asked.sha256, asked.log)
    if questionnaire is not None and decided.root is not None:
        table = rules_file.read_rule_table(decided.root, decided.sha256, questionnaire, decided.log)
    return Reading(
        files=(asked.log.file, decided.log.file),
        questionnaire=questionnaire,
        table=table,
        roots=(asked.root, decided.root),
        faults=asked.log.faults + decided.log.faults,
    )


def _documents(*files: tuple[Path | bytes, str, Record]) -> tuple[_Document, ...]:
    contents: list[tuple[str, bytes, Record]] = []
    missing: list[Fault] = []
    for file, usual_name, shape in files:
        name = usual_name if isinstance(file, bytes) else str(file)
        try:
            content = file if isinstance(file, bytes) else read_ordinary(file, LARGEST_FILE + 1)
            contents.append((name, content, shape))
        except OSError as error:
            missing.append(_why_unreadable(error, name))
    if missing:
        raise FileError(missing)
    return tuple(_parsed(*content) for content in contents)


def _why_unreadable(error: OSError, name: str) -> Fault:
    if isinstance(error, FileNotFoundError):
        return fault(Code.FILE_MISSING, name)
    if isinstance(error, IsADirectoryError):
        return fault(Code.FILE_IS_FOLDER, name)
    return unreadable(name, error)


def _parsed(name: str, content: bytes, shape: Record) -> _Document:
    log = FaultLog(name)
    root = read_nodes(content, log)
    if root is None and not log.faults:
        log.add(Code.YAML_NOTHING, Place(1, 1), wanted=shape.keys["format"].shape.schema()["const"])
    root = None if root is None else shape.in_full(root)
    return _Document(hashlib.sha256(content).hexdigest(), root, log)
