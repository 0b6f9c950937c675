"""Intakes to export: the examples of the project, and any answers at all."""

from __future__ import annotations

from hypothesis import strategies as st

from nmtchoose.engine.assess import assess
from nmtchoose.engine.interview import state
from nmtchoose.files.answers_file import read_answers
from nmtchoose.loading.load import load_pair
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake, Practice
from tests.shipped import ROOT, shipped_pair

MINIMAL = ROOT / "tests" / "loading" / "minimal"


def practice_with(tables: Tables) -> Practice:
    return Practice(tables, tables.rules.regions["us"])


PRACTICE = practice_with(Tables(*shipped_pair()))
SMALL = practice_with(Tables(*load_pair(MINIMAL / "questions.yaml", MINIMAL / "rules.yaml")))
EXAMPLES = sorted(path.stem for path in (ROOT / "examples").glob("*.json"))


def intake(answers: Answers, practice: Practice = PRACTICE, name: str = "") -> Intake:
    """Return what an interview with these answers comes to."""
    kept = state(practice.tables.questionnaire, practice.tables.rules, answers).kept
    return Intake(kept, assess(practice.tables.questionnaire, practice.tables.rules, answers), name)


def example(name: str) -> Intake:
    return intake(read_answers(str(ROOT / "examples" / f"{name}.json"), PRACTICE.tables.questionnaire))


def any_answers(questionnaire: Questionnaire) -> st.SearchStrategy[dict[str, Answer]]:
    """Answers to any of the questions, whether they would be asked or not."""
    return st.fixed_dictionaries({}, optional={one.id: any_answer(one) for one in questionnaire.questions})


def any_answer(question: Question) -> st.SearchStrategy[Answer]:
    ids = [option.id for option in question.options]
    match question.kind:
        case Kind.ONE:
            return st.sampled_from([*ids, *question.specials])
        case Kind.MANY:
            some = st.sets(st.sampled_from(ids), min_size=1).map(lambda found: tuple(i for i in ids if i in found))
            return st.one_of(some, *(st.just((name,)) for name in question.specials))
        case Kind.NUMBER:
            number = st.integers(question.minimum or 0, question.maximum or 10_000)
            return st.one_of(number, *(st.just(name) for name in question.specials))
        case Kind.TEXT:
            words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
            return st.lists(words, min_size=1, max_size=8).map(" ".join)
