"""The "S" of a SOAP note in clinical shorthand, made of what was answered, for a therapist to read and change.

Nothing is concluded and nothing is left out: what was told, whether a sign for a doctor was named, what was answered
with "none of these" or "no" (a screen of lines by its name), and what was left open. Options and questions stand there
by their ids, which are short.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nmtchoose.model.answers import Answer, chosen, special
from nmtchoose.model.questionnaire import DECLINED, NONE, UNSURE, Kind, Question
from nmtchoose.model.rules import Stage
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake, fired_rules
from nmtchoose.words.answers import WEEKS, sites_in_words
from nmtchoose.words.sentences import id_words

_NO = "no"
_NUMBERS = {
    "age": "{} y",
    "pain_weeks": "{} wk",
    "pain_now": "NRS {} now",
    "pain_worst": "NRS {} worst",
    "pain_limits": "limits {}/10",
}
"""How the numbers of the usual questions are written; any other stands with its unit."""


def subjective(intake: Intake, tables: Tables) -> tuple[str, ...]:
    """Return the paragraphs of the subjective part: what the client reports, denies and leaves open.

    Empty paragraphs are left out. Raises nothing.
    """
    given = [(one, intake.answers[one.id]) for one in tables.questionnaire.questions if one.id in intake.answers]
    told = [_shorthand(one, answer, tables) for one, answer in given if _says_something(answer)]
    denied = dict.fromkeys(_denied(given))
    left_open = [
        f"{_name(one)} ({one.label(how).lower()})"
        for one, answer in given
        if (how := special(answer)) in (UNSURE, DECLINED) and how
    ]
    return tuple(
        f"{start}{'; '.join(parts)}".removesuffix(".") + "."
        for start, parts in (
            ("", told),
            ("Red flags: ", _red_flags(intake, tables) or ["none named"]),
            ("Denies: ", denied),
            ("Left open: ", left_open),
        )
        if parts
    )


def _denied(given: Iterable[tuple[Question, Answer]]) -> Iterator[str]:
    """Yield what was answered with no: a whole screen by its name, or else its lines."""
    heads = [one.stem.id if one.stem else one.id for one, _ in given]
    said_no = [special(answer) == NONE or answer == _NO for _, answer in given]
    whole = set(heads) - {head for head, no in zip(heads, said_no, strict=True) if not no}
    for (question, _), head, no in zip(given, heads, said_no, strict=True):
        if no:
            yield id_words(head) if head in whole else _name(question)


def _red_flags(intake: Intake, tables: Tables) -> list[str]:
    medical = (Stage.EMERGENCY, Stage.MEDICAL)
    fired = fired_rules(intake.assessment, tables.rules)
    return [id_words(rule.id) for rule in fired if rule.stage in medical and rule.then.disposition is not None]


def _says_something(answer: Answer) -> bool:
    return special(answer) is None and answer not in (_NO, "")


def _shorthand(question: Question, answer: Answer, tables: Tables) -> str:
    """Return one answer in a few words: a list by its options, one choice after the name of its question."""
    if isinstance(answer, int):
        return _NUMBERS.get(question.id, f"{id_words(question.id)} {{}} {_unit(question.unit)}".strip()).format(answer)
    if question.kind is Kind.TEXT:
        return f'"{answer}"'
    if question.sites:
        places = ", ".join(sites_in_words(chosen(answer), tables.questionnaire))
        return places if question.id == tables.rules.pain_question else f"{id_words(question.id)}: {places}"
    if question.is_line:
        return _name(question)
    options = ", ".join(_option_words(question, chosen(answer)))
    return options if question.kind is Kind.MANY else f"{id_words(question.id)}: {options}"


def _option_words(question: Question, options: Iterable[str]) -> list[str]:
    sides = {option.id: option.side for option in question.options if option.side}
    return [f"{id_words(one)} ({sides[one][0].upper()})" if one in sides else id_words(one) for one in options]


def _name(question: Question) -> str:
    """Return the id of a question in words; that of a line without the screen that it stands on."""
    return id_words(question.id.rpartition(".")[2])


def _unit(unit: str) -> str:
    return "wk" if unit == WEEKS else unit
