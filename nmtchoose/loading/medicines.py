"""`medicines`: the names that people type, what each of them is, and which answer that is."""

from __future__ import annotations

from typing import Any

from nmtchoose.errors import Code
from nmtchoose.loading.comparisons import EACH, YES, sign_id
from nmtchoose.loading.keyed import ById, ByName, Entry, Record, may, need
from nmtchoose.loading.names import Labels
from nmtchoose.loading.nodes import Mapping, Node, Scalar
from nmtchoose.loading.scope import Scope
from nmtchoose.loading.shapes import NAME, TEXT, TEXTS, Value
from nmtchoose.loading.values import wrong_type
from nmtchoose.model.questionnaire import Medicine


def _read_answer(node: Node, scope: Scope, what: str) -> tuple[str, str] | None:
    """Return the question and the option that `{question: option}` names, a line with its "yes", or None."""
    key, value = node.entries[0] if isinstance(node, Mapping) and len(node.entries) == 1 else (None, None)
    if key is None or not isinstance(value, Scalar):
        wrong_type(scope.log, node, what, "a question with one option")
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
