"""Any set of answers that somebody could give, the odd ones included."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire


def any_answers(questionnaire: Questionnaire) -> st.SearchStrategy[Answers]:
    """Sets of checked answers: missing, unsure and declined ones, and options that are not offered among them."""
    return st.fixed_dictionaries({}, optional={one.id: _any_answer(one) for one in questionnaire.questions})


def _any_answer(question: Question) -> st.SearchStrategy[Answer]:
    specials = [(one,) if question.kind is Kind.MANY else one for one in question.specials]
    alone: list[st.SearchStrategy[Answer]] = [st.sampled_from(specials)] if specials else []
    ids = [option.id for option in question.options]
    match question.kind:
        case Kind.ONE:
            return st.one_of(*alone, st.sampled_from(ids))
        case Kind.MANY:
            several = st.sets(st.sampled_from(ids), min_size=1, max_size=5)
            return st.one_of(*alone, several.map(lambda chosen: tuple(one for one in ids if one in chosen)))
        case Kind.NUMBER:
            return st.one_of(*alone, st.integers(question.minimum, question.maximum))
        case Kind.TEXT:
            return st.one_of(*alone, st.sampled_from(["", "a few words"]))


def random_answers(questionnaire: Questionnaire, random: Random) -> Answers:
    """One set of answers, quickly: how many questions are left out and how many answers are bland is random too."""
    answered, healthy = random.choice((1.0, 0.99, 0.9, 0.5)), random.choice((0.0, 0.5, 0.9, 0.97, 0.99))
    given: dict[str, Answer] = {}
    for question in questionnaire.questions:
        bland = healthy if question.purpose.is_safety else 0.3
        if random.random() < answered:
            given[question.id] = _bland(question) if random.random() < bland else _random(question, random)
    return given


def _bland(question: Question) -> Answer:
    match question.kind:
        case Kind.MANY:
            return ("none",) if "none" in question.specials else (question.options[-1].id,)
        case Kind.ONE:
            quiet = [option.id for option in question.options if option.reassuring]
            return quiet[0] if quiet else question.options[-1].id
        case Kind.NUMBER:
            return min(max(40, question.minimum or 0), question.maximum or 40)
        case Kind.TEXT:
            return ""


def _random(question: Question, random: Random) -> Answer:
    if question.specials and random.random() < 0.2:
        special = random.choice(question.specials)
        return (special,) if question.kind is Kind.MANY else special
    match question.kind:
        case Kind.MANY:
            chosen = random.sample(question.options, min(len(question.options), random.choice((1, 1, 2, 3, 6))))
            return tuple(option.id for option in question.options if option in chosen)
        case Kind.ONE:
            return random.choice(question.options).id
        case Kind.NUMBER:
            low, high = question.minimum or 0, question.maximum or 100
            return random.randint(low, random.choice((high, min(high, low + 60))))
        case Kind.TEXT:
            return random.choice(("", "a few words"))
