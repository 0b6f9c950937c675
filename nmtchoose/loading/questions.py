"""`questions.yaml`: from nodes to a questionnaire, with the medicines that are looked for in texts."""

from dataclasses import replace
from typing import Any

from nmtchoose.errors import Code
from nmtchoose.loading.comparisons import EACH, YES, sign_id
from nmtchoose.loading.conditions import CONDITION
from nmtchoose.loading.keyed import ById, ByName, Entry, Record, may, need
from nmtchoose.loading.named import QUESTIONS
from nmtchoose.loading.nodes import FaultLog, Mapping, Node, Scalar
from nmtchoose.loading.one_question import QUESTION, lists_of, read_question
from nmtchoose.loading.options import REGIONS, VOICES, read_body
from nmtchoose.loading.scope import Labels, Scope, wrong_type
from nmtchoose.loading.shapes import NAME, TEXT, TEXTS, ListOf, Value, format_line
from nmtchoose.model.questionnaire import (
    SPECIAL_ANSWERS,
    Contradiction,
    Medicine,
    Question,
    Questionnaire,
    Section,
    Stamp,
    Stem,
)


def _read_answer(node: Node, scope: Scope, what: str) -> tuple[str, str] | None:
    """Return the question and the option that `{question: option}` names, a line with its "yes", or None."""
    key, value = node.entries[0] if isinstance(node, Mapping) and len(node.entries) == 1 else (None, None)
    if key is None or not isinstance(value, Scalar):
        wrong_type(node, scope, what, "a question with one option")
        return None
    question = scope.question(key)
    if question is None:
        return None
    if question.option(value.text) is None:
        near = [option.id for option in question.options]
        scope.log.add(Code.UNKNOWN_OPTION, value, near=near, name=value.text, question=question.id)
        return None
    return (sign_id(question.id, value.text), YES) if question.unsure_as == EACH else (question.id, value.text)


def _no_name_twice(entry: Entry, said: dict[str, Any]) -> None:
    labels = Labels(entry.scope.log)
    for name in said.get("names", ()):
        labels.claim(name, said.get("label", ""), entry.key("names"))


_ANSWER = Value(_read_answer, ByName("a question", NAME).schema())
MEDICINE = Record(
    "a medicine",
    Medicine,
    {
        "label": need(TEXT, "What it is, as in 'a blood thinner'."),
        "means": may(_ANSWER, "The answer that taking it is: {question: option}."),
        "names": need(TEXTS, "Names that people type, brands too."),
    },
    check=_no_name_twice,
)
MEDICINES = ById(MEDICINE)


FORMAT = "nmtchoose/questions/2"
_SECTION = Record("a section", Section, {"title": need(TEXT), "intro": may(TEXT)}, short=("title",))
_CONTRADICTION = Record(
    "a contradiction", Contradiction, {"when": need(CONDITION), "say": need(TEXT), "about": need(QUESTIONS)}
)
_SCREEN = Record(
    "a screen",
    Stem,
    {
        "ask": need(VOICES, "What stands above the lines."),
        "help": may(TEXT, "More words, shown on request."),
        "staff_hint": may(TEXT, "Shown only to staff."),
    },
    short=("ask",),
)
_QUESTIONS = ById(QUESTION)
FILE = Record(
    "questions.yaml",
    Questionnaire,
    {
        "format": need(format_line(FORMAT)),
        "version": need(TEXT),
        "title": need(TEXT),
        "labels": need(Record("'labels'", dict, dict.fromkeys(SPECIAL_ANSWERS, need(TEXT)), without={})),
        "body": may(REGIONS),
        "body_groups": may(ByName("a body group", ListOf(NAME)), "Names for sets of body regions."),
        "sections": need(ById(_SECTION)),
        "screens": may(ById(_SCREEN), "What stands above numbers that share a screen."),
        "questions": need(_QUESTIONS),
        "contradictions": may(ById(_CONTRADICTION, dashed=True)),
        "medicines": may(MEDICINES, "Names that are looked for in a text with 'finds: [medicines]'."),
    },
)


def read_questionnaire(root: Node, sha256: str, log: FaultLog) -> Questionnaire:
    """Return the questionnaire in `root`. When `log` holds faults afterwards, it is only good for finding more."""
    top = FILE.open(root, Scope(log))
    said = top.read_all("format", "version", "title", "labels", "sections")
    regions, scope = read_body(top)
    screens = {screen.id: screen for screen in top.read("screens") or ()}
    sections = [section.id for section in said["sections"]]
    questions = _read_questions(top, replace(scope, sections=sections, screens=screens, labels=said["labels"]))
    later = Scope(log, questions, lists_of(questions.values()))
    return Questionnaire(
        stamp=Stamp(said["version"], sha256),
        title=said["title"],
        sections=said["sections"],
        questions=tuple(questions.values()),
        contradictions=top.read("contradictions", later) or (),
        medicines=top.read("medicines", later) or (),
        body=regions,
        sites_by_name=scope.sites_by_name,
    )


def _read_questions(top: Entry, scope: Scope) -> dict[str, Question]:
    node = top.node("questions")
    entries = () if node is None else tuple(_QUESTIONS.entries(node, scope, "'questions'"))
    all_ids = frozenset(key.text for key, _ in entries)
    earlier: dict[str, Question] = {}
    lists: dict[str, Question] = {}
    for key, value in entries:
        made = read_question(key, value, replace(scope, questions=earlier, lists=lists, later=all_ids))
        lists |= lists_of(made)
        earlier |= {question.id: question for question in made if question.id not in earlier}
    return earlier
