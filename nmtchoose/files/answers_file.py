"""Reading answers files, JSON or YAML, from a path or standard input, checked before anything is done with them."""

import errno
import json
import sys
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from nmtchoose.engine.answering import check_answer
from nmtchoose.errors import AnswerError, Code, Fault, NmtchooseError, fault, of_the_first, suggestion, unreadable
from nmtchoose.files.earlier_answers import in_todays_terms
from nmtchoose.loading.locate import read_ordinary
from nmtchoose.loading.nodes import DEEPEST, place_after, too_deep_at
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.words.printable import printable

FORMAT = "nmtchoose/answers/1"
LARGEST = 2_000_000
"""Bytes. A full intake is about 4,000; anything much larger is not an answers file."""

_AROUND = frozenset(("questionnaire", "answers"))
"""What may stand in a file without a format or any answer; with other keys, it belongs to another program."""

_MOST_DIGITS = 640  # as many digits every Python turns into a number, whatever limit it is given

STANDARD_INPUT = "-"


def read_answers(source: str, questionnaire: Questionnaire) -> dict[str, Answer]:
    """Return the checked answers in the file `source`, or on standard input for `-`.

    It holds `{"format": ..., "answers": {...}}`, or only the answers. Raises AnswerError with every fault when it
    cannot be read, is no such file, or an answer does not fit.
    """
    return check_answers(raw_answers(source), questionnaire, name_of(source))


def raw_answers(source: str) -> Mapping[str, object]:
    """Return the answers in the file `source` as they stand there, unchecked; raises as `read_answers` does."""
    return raw_answers_in(read_source(source), name_of(source))


def name_of(source: str) -> str:
    """Return what messages call `source`."""
    return "standard input" if source == STANDARD_INPUT else source


def standard_input() -> BinaryIO:
    """Return standard input to be read as bytes; raises OSError where it was closed before the program started."""
    stream = cast("TextIO | None", sys.stdin)
    if stream is None:
        raise OSError(errno.EBADF, "it is closed")
    return stream.buffer


def read_source(source: str) -> bytes:
    """Return what the file `source` holds; raises AnswerError when it cannot be read or is too large."""
    try:
        if source == STANDARD_INPUT:
            content = standard_input().read(LARGEST + 1)
        else:
            content = read_ordinary(Path(source), LARGEST + 1)
    except OSError as error:
        raise AnswerError([unreadable(name_of(source), error)]) from None
    if len(content) > LARGEST:
        raise AnswerError([fault(Code.FILE_TOO_LARGE, file=name_of(source), limit=f"{LARGEST:,} bytes")])
    return content


def raw_answers_in(content: bytes, name: str) -> Mapping[str, object]:
    """Return the answers that the bytes of a file hold, unchecked; raises as `read_answers` does."""
    document = parsed(content, name)
    answers, foreign = document, False
    if isinstance(document, dict) and ("format" in document or "answers" in document):
        if document.get("format", FORMAT) != FORMAT:
            raise AnswerError([fault(Code.ANSWERS_OTHER_FORMAT, file=name, wanted=FORMAT)])
        answers = document.get("answers")
        foreign = not answers and "format" not in document and not _AROUND.issuperset(document)
    if foreign or not isinstance(answers, dict):
        raise AnswerError([fault(Code.ANSWERS_NO_MAPPING, file=name)])
    return answers


def check_answers(raw: Mapping[str, object], questionnaire: Questionnaire, name: str = "") -> dict[str, Answer]:
    """Return `raw` as checked answers in the order of the questionnaire, or raise AnswerError with every fault.

    An option that is not offered with these answers is let through: the replay leaves it out of the result.
    """
    raw, left = in_todays_terms(raw, questionnaire)
    strange = [one for one in raw if one not in questionnaire.by_id]
    faults = of_the_first(strange, lambda one: _unknown_question(one, questionnaire, name))
    faults += [fault(Code.ANSWER_NO_PLACE, name, question=one) for one in dict.fromkeys(earlier for earlier, _ in left)]
    answers: dict[str, Answer] = {}
    for question in questionnaire.questions:
        if question.id not in raw:
            continue
        try:
            answers[question.id] = check_answer(question, question.options, raw[question.id])
        except AnswerError as error:
            faults += [Fault(one.code, f"{question.id}: {one.problem}", one.mend, name) for one in error.faults]
    if faults:
        raise AnswerError(faults)
    return answers


def parsed(content: bytes, name: str) -> object:
    """Return JSON or YAML as plain values; raises AnswerError when it is neither."""
    try:
        text = content.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError:
        raise AnswerError([fault(Code.ANSWERS_NOT_TEXT, file=name)]) from None
    if not text or text.isspace():
        raise AnswerError([fault(Code.ANSWERS_EMPTY, file=name)])
    if text.lstrip()[0] in "{[":
        return _parsed_json(text, name)
    from nmtchoose.loading.yaml_nodes import read_plain

    try:
        return read_plain(content, name)
    except NmtchooseError as error:
        raise AnswerError(error.faults) from None


def _parsed_json(text: str, name: str) -> object:
    deep = too_deep_at(text)
    if deep is not None:
        at = place_after(text[:deep])
        raise AnswerError([fault(Code.TOO_DEEP, name, at.line, at.column, limit=DEEPEST)])
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise AnswerError(
            [fault(Code.ANSWERS_NOT_READABLE, name, error.lineno, error.colno, detail=error.msg)]
        ) from None
    except ValueError as error:  # one of those below
        raise AnswerError([fault(Code.ANSWERS_NOT_READABLE, file=name, detail=str(error))]) from None


def _whole_number(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError("a number with too many digits")
    return int(digits)


def _refuse_constant(constant: str) -> object:
    raise ValueError(f"{constant} is no answer")


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    document = dict(pairs)
    if len(document) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise ValueError(f"'{twice[:60]}' stands there twice")
    return document


_DECODER = json.JSONDecoder(
    parse_int=_whole_number, parse_constant=_refuse_constant, object_pairs_hook=_without_duplicates
)


def _unknown_question(question_id: str, questionnaire: Questionnaire, name: str) -> Fault:
    shown = printable(question_id[:60])
    close = suggestion(shown, list(questionnaire.by_id))
    return fault(Code.ANSWER_UNKNOWN_QUESTION, file=name, name=shown, suggestion=close)
