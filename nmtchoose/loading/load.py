"""Loading: from paths (or bytes) to a questionnaire and a rule table, or to all faults at once, and the reviews."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec.structs import replace

from nmtchoose.errors import Code, ContentError, Fault, FileError, fault, unreadable
from nmtchoose.loading import questions as questions_file
from nmtchoose.loading import rules as rules_file
from nmtchoose.loading.keyed import Record
from nmtchoose.loading.locate import QUESTIONS_FILE, REVIEWS_FILE, RULES_FILE, read_ordinary
from nmtchoose.loading.nodes import FaultLog, Node, Place
from nmtchoose.loading.yaml_nodes import LARGEST_FILE, read_nodes
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables
from nmtchoose.signatures.reviews import Review, by_hand, reviewed_by, standings


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
    asked_log, decided_log = FaultLog(_name(questions, QUESTIONS_FILE)), FaultLog(_name(rules, RULES_FILE))
    asked, decided = _contents(((asked_log.file, questions), (decided_log.file, rules)))
    roots = _root(asked, questions_file.FILE, asked_log), _root(decided, rules_file.FILE, decided_log)
    questionnaire, table = None, None
    if roots[0] is not None:
        questionnaire = questions_file.read_questionnaire(roots[0], hashlib.sha256(asked).hexdigest(), asked_log)
    if questionnaire is not None and roots[1] is not None:
        sha256 = hashlib.sha256(decided).hexdigest()
        table = rules_file.read_rule_table(roots[1], sha256, questionnaire, decided_log)
    return Reading(
        (asked_log.file, decided_log.file), questionnaire, table, roots, asked_log.faults + decided_log.faults
    )


def _name(file: Path | bytes, usual: str) -> str:
    return usual if isinstance(file, bytes) else str(file)


def _contents(files: Sequence[tuple[str, Path | bytes]]) -> list[bytes]:
    contents: list[bytes] = []
    missing: list[Fault] = []
    for name, file in files:
        try:
            contents.append(file if isinstance(file, bytes) else read_ordinary(file, LARGEST_FILE + 1))
        except FileNotFoundError:
            missing.append(fault(Code.FILE_MISSING, name))
        except IsADirectoryError:
            missing.append(fault(Code.FILE_IS_FOLDER, name))
        except OSError as error:
            missing.append(unreadable(name, error))
    if missing:
        raise FileError(missing)
    return contents


def _root(content: bytes, shape: Record, log: FaultLog) -> Node | None:
    """Return what stands in a file, with nothing in short."""
    root = read_nodes(content, log)
    if root is None and not log.faults:
        log.add(Code.YAML_NOTHING, Place(1, 1), wanted=shape.keys["format"].shape.schema()["const"])
    return None if root is None else shape.in_full(root)


HEAD = """\
# Written by `nmtchoose review`: what clinicians say about the questions and rules. Lines are only ever added; what is
# changed by hand does not count, and `nmtchoose check` names it.
format: nmtchoose/reviews/1
reviews:
"""
_HEAD_LINES = frozenset(HEAD.splitlines())
_START = "- "


def read_reviews(content: bytes, log: FaultLog) -> tuple[Review, ...]:
    """Return the reviews in `content`. `log` gets a fault for each line that is none, or that was changed by hand."""
    found: list[Review] = []
    for number, line in enumerate(content.decode("utf-8", "replace").split("\n"), start=1):
        told = line.rstrip("\r")
        if not told or told in _HEAD_LINES:
            continue
        try:
            found.append(replace(msgspec.json.decode(told.removeprefix(_START), type=Review), line=number))
        except (msgspec.MsgspecError, RecursionError):
            log.add(Code.REVIEW_LINE, Place(number, 1))
    for one in by_hand(found):
        log.add(Code.REVIEW_BY_HAND, Place(one.line, 1), name=one.item)
    return tuple(found)


def review_lines(reviews: Sequence[Review], before: str) -> str:
    """Return the lines that add `reviews`, each sealed, after one with the seal `before`."""
    lines = []
    for one in reviews:
        before = one.sealed(before)
        told = {name: value for name, value in msgspec.to_builtins(replace(one, seal=before, line=0)).items() if value}
        lines.append(f"{_START}{msgspec.json.encode(told).decode()}\n")
    return "".join(lines)


def with_reviews(tables: Tables, content: bytes) -> Tables:
    """Return `tables` with who reviewed all of it, by `content`, that of the file of reviews."""
    reviews = read_reviews(content, FaultLog(REVIEWS_FILE))
    if not reviews:
        return tables
    return replace(tables, rules=replace(tables.rules, reviewed=reviewed_by(standings(tables, reviews))))
