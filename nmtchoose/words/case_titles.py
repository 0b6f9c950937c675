"""What a case is about, as one sentence: what the person says, and what follows."""

from collections.abc import Iterator, Sequence

from nmtchoose.model.answers import Answer, Answers, chosen, special
from nmtchoose.model.condition import questions_of
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import DECLINED, NONE, UNSURE, Kind, Option, Question, Questionnaire
from nmtchoose.words.answers import WEEKS, answer_words, option_label
from nmtchoose.words.sentences import id_words

_FOLLOWS = {
    Disposition.CALL_EMERGENCY: "call an ambulance",
    Disposition.EMERGENCY_TODAY: "emergency care today",
    Disposition.MEDICAL_URGENT: "an urgent visit to a doctor",
    Disposition.MEDICAL_SOON: "a doctor soon",
    Disposition.DEFER: "wait with the session",
    Disposition.CLEARANCE: "talk or ask a doctor first",
    Disposition.PROCEED_WITH_CARE: "a session with care",
    Disposition.PROCEED: "a session as usual",
}

_FEW_WORDS = 2
"""So few say nothing without what they are about."""


def case_title(answers: Answers, telling: Sequence[str], disposition: Disposition, questionnaire: Questionnaire) -> str:
    """Return a sentence on the `answers` to the questions `telling`, and on what follows from all of them."""
    known = (questionnaire[name] for name in telling if name in answers)
    # what everybody has to choose something of says nothing of somebody
    asked = [one for one in known if one.purpose.is_safety or one.kind is Kind.NUMBER or NONE in one.specials]
    opened = [one for one in asked if one.kind is Kind.MANY and one.ask_when is not None]
    broad = {name for one in opened if one.ask_when for name in questions_of(one.ask_when)}
    said = [
        _said(one, answers[one.id])
        for one in asked  # of a list, what the one that it opens says more precisely is left out
        if one.id not in broad or special(answers[one.id]) is not None or one.kind is Kind.NUMBER or one.sites
    ]
    told = "; ".join(said) or "nothing that stands out"
    return f"{told[:1].upper()}{told[1:]}: {_FOLLOWS[disposition]}."


def _said(question: Question, answer: Answer) -> str:
    """Return an answer as a part of a sentence that needs no question."""
    words, about = answer_words(question, answer), id_words(question.id.rpartition(".")[2])
    if question.is_line:
        line = _lower(question.ask.client.rstrip("?.:"))
        return line if answer == "yes" else f"not sure about {line}" if answer == UNSURE else f"without {line}"
    if special(answer) is not None:
        return f"{about} {'not said' if special(answer) == DECLINED else _lower(words)}"
    if isinstance(answer, int):
        number = {"years": f"{words} old", WEEKS: f"for {words}"}
        return number.get(question.unit, f"{about} {words}")
    if question.kind is Kind.MANY:
        return " and ".join(_options(question, chosen(answer)))
    return f"{about} ({_lower(words)})" if words.count(" ") < _FEW_WORDS else f"{_lower(words)} ({about})"


def _options(question: Question, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        option = question.option(name)
        yield id_words(name) if option is None else _site(option) if question.sites else _lower(option_label(option))


def _site(option: Option) -> str:
    """Return a place as it stands in a sentence: `left knee` for `Knee, left`."""
    place = _lower(option.label)
    return f"{option.side} {place.removesuffix(f', {option.side}')}" if option.side else place


def _lower(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}" if words[1:2].islower() or words[1:2] == " " else words
