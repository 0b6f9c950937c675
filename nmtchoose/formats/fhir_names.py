"""Names that the questionnaire and the responses of FHIR share: addresses, link ids and codes."""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby
from uuid import NAMESPACE_URL, uuid5

from nmtchoose.model.questionnaire import Kind, Question, Questionnaire

Json = dict[str, object]

URL = uuid5(NAMESPACE_URL, "nmtchoose/questions/1").urn
"""The canonical address of every questionnaire of this program; the version tells them apart."""

CODES = f"{URL}:answers"
"""The system of answer codes: the ids of options, and `none`, `unsure`, `declined`."""

INSTEAD = "/instead"
"""Ends the link id of the choice that stands beside a number or a text, for "not sure" and the like."""

SHORT_SHA = 12


class Release(StrEnum):
    """The releases of FHIR that are written."""

    R4 = "r4"
    R5 = "r5"


def form_version(questionnaire: Questionnaire) -> str:
    """Return the version of the questionnaire with the start of its fingerprint."""
    return f"{questionnaire.stamp.version}+{questionnaire.stamp.sha256[:SHORT_SHA]}"


def canonical(questionnaire: Questionnaire) -> str:
    """Return the address with its version, as responses name the form that they answer."""
    return f"{URL}|{form_version(questionnaire)}"


def coding(question: Question, answer: str) -> Json:
    """Return an option or a special answer as a Coding."""
    return {"system": CODES, "code": answer, "display": question.label(answer)}


def has_instead(question: Question) -> bool:
    """Return whether `question` needs a choice beside it for its special answers."""
    return question.kind in (Kind.NUMBER, Kind.TEXT) and bool(question.specials)


def screens(questions: tuple[Question, ...]) -> Iterator[tuple[str, tuple[Question, ...]]]:
    """Yield the questions of a section by the screen that they share, with its link id; no id for one alone."""
    for screen_id, shared in groupby(questions, key=lambda question: question.screen_id):
        lines = tuple(shared)
        yield (f"{screen_id.rstrip('/')}/lines" if lines[0].stem else "", lines)


def section_ids(questionnaire: Questionnaire) -> tuple[tuple[str, tuple[Question, ...]], ...]:
    """Return link id and questions of each run of questions that stand in the same section, in order."""
    runs: list[tuple[str, tuple[Question, ...]]] = []
    times: Counter[str] = Counter()
    for section, questions in groupby(questionnaire.questions, key=lambda question: question.section):
        times[section] += 1
        again = f"/{times[section]}" if times[section] > 1 else ""
        runs.append((f"section/{section}{again}", tuple(questions)))
    return tuple(runs)
