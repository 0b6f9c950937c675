"""`questions.yaml`: from nodes to a questionnaire."""

from __future__ import annotations

from collections.abc import Mapping

from nmtchoose.content.body import read_body
from nmtchoose.content.conditions import read_condition
from nmtchoose.content.fault_log import FaultLog
from nmtchoose.content.fields import Fields
from nmtchoose.content.names import Ids, ids_in, known_names
from nmtchoose.content.nodes import Node, Scalar
from nmtchoose.content.one_question import Around, read_question
from nmtchoose.content.scope import Scope
from nmtchoose.content.specials import read_labels
from nmtchoose.errors import Code
from nmtchoose.model.condition import NEVER
from nmtchoose.model.questionnaire import Contradiction, Question, Questionnaire, Section, Stamp

FORMAT = "nmtchoose/questions/1"


def read_questionnaire(root: Node, sha256: str, log: FaultLog) -> Questionnaire:
    """Return the questionnaire in `root`. When `log` holds faults afterwards, it is only good for finding more."""
    with Fields(root, log, "questions.yaml") as top:
        read_format(top, FORMAT)
        version = top.need_text("version")
        title = top.need_text("title")
        labels = read_labels(top)
        body = read_body(top)
        sections = _read_sections(top)
        around = Around(labels, tuple(section.id for section in sections), body, Ids(log, "a question"))
        questions = _read_questions(top, around)
        return Questionnaire(
            stamp=Stamp(version, sha256),
            title=title,
            sections=sections,
            questions=questions,
            contradictions=_read_contradictions(top, {question.id: question for question in questions}),
            body=body.regions,
            sites_by_name=body.sites_by_name,
        )


def read_format(top: Fields, wanted: str) -> None:
    """Log when the file does not say that it is in the format `wanted`."""
    node = top.need("format")
    if node is not None and not (isinstance(node, Scalar) and node.text == wanted):
        top.log.add(Code.WRONG_FORMAT, node, wanted=wanted)


def _read_sections(top: Fields) -> tuple[Section, ...]:
    ids = Ids(top.log, "a section")
    return tuple(_read_section(item, top.log, ids) for item in top.need_items("sections"))


def _read_section(node: Node, log: FaultLog, ids: Ids) -> Section:
    with Fields(node, log, "a section") as fields:
        return Section(ids.claim(fields.need("id")), fields.need_text("title"), fields.text("intro"))


def _read_questions(top: Fields, around: Around) -> tuple[Question, ...]:
    items = top.need_items("questions")
    all_ids = frozenset(ids_in(items))
    earlier: dict[str, Question] = {}
    for item in items:
        made = read_question(item, Scope(top.log, earlier, later=all_ids), around)
        earlier |= {question.id: question for question in made if question.id not in earlier}
    return tuple(earlier.values())


def _read_contradictions(top: Fields, questions: Mapping[str, Question]) -> tuple[Contradiction, ...]:
    ids = Ids(top.log, "a contradiction", dashed=True)
    scope = Scope(top.log, questions)
    return tuple(_read_contradiction(item, scope, ids) for item in top.items("contradictions"))


def _read_contradiction(node: Node, scope: Scope, ids: Ids) -> Contradiction:
    with Fields(node, scope.log, "a contradiction") as fields:
        when = fields.need("when")
        about = fields.need_items("about")
        return Contradiction(
            id=ids.claim(fields.need("id")),
            when=NEVER if when is None else read_condition(when, scope),
            say=fields.need_text("say"),
            about=known_names(about, scope.questions, scope.log, "'about'", Code.UNKNOWN_QUESTION),
        )
