"""Questions, answers and body sites in words: as the client saw them, each site with its side where it has two."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nmtchoose.model.answers import Answer, chosen, special
from nmtchoose.model.questionnaire import SPECIAL_ANSWERS, Kind, Option, Question, Questionnaire
from nmtchoose.words.sentences import id_words

WEEKS = "weeks"
"""The unit of a length of time."""

YEARS = "years"
"""The unit of an age."""

PAIN_LIMITS = "pain_limits"
"""How much pain holds back from what matters."""

_WEEKS_TO_PICTURE = 9


@dataclass(frozen=True, slots=True)
class NamedSite:
    """A site taken apart. `name` is that of the region; `side` is `left`, `right` or empty."""

    region: str
    side: str
    name: str


def named_site(site: str, questionnaire: Questionnaire) -> NamedSite:
    """Return what `site` is called; the id in words when no question offers it."""
    offered = (question.option(site) for question in questionnaire.questions if question.sites)
    option = next((one for one in offered if one is not None), None)
    if option is None:
        return NamedSite(site, "", id_words(site))
    region = option.site or site
    names = {one.id: one.label for one in questionnaire.body}
    return NamedSite(region, option.side or "", names.get(region, option.label))


def sites_in_words(sites: Iterable[str], questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the names of `sites`, in that order."""
    return with_sides((one.name, one.side) for one in (named_site(site, questionnaire) for site in sites))


def with_sides(places: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return (name, side) pairs as words, each name once: `Neck`, `Calf (left)`, `Knee (both sides)`."""
    sides: dict[str, set[str]] = {}
    for name, side in places:
        sides.setdefault(name, set()).add(side)
    return tuple(
        name
        if "" in these or any(side in name.lower() for side in these)
        else f"{name} ({'both sides' if len(these) > 1 else next(iter(these))})"
        for name, these in sides.items()
    )


def short_label(question_id: str) -> str:
    """Return the id of a question as a label, such as `Pain now`, where there is no room for the question."""
    if question_id == PAIN_LIMITS:
        return "Holds back"
    return id_words(question_id).capitalize()


def option_words(question: Question, option_id: str) -> str:
    """Return the label of an option, of a body site with its side; special answers in quotes, unknown ids as words."""
    if option_id in SPECIAL_ANSWERS:
        return f'"{question.label(option_id)}"'
    option = question.option(option_id)
    return option_label(option) if option else id_words(option_id)


def apart(words: str) -> str:
    """Return `words` in quotes where a comma or an "or" in them could be read as the end of them."""
    return f'"{words}"' if "," in words or " or " in words else words


def option_label(option: Option) -> str:
    """Return the words of an option; a body site always says its side."""
    told = not option.side or option.side in option.label.lower()
    return option.label if told else f"{option.label} ({option.side})"


def answer_words(question: Question, answer: Answer) -> str:
    """Return an answer in words: labels, a number with its unit, or the text that was typed."""
    if isinstance(answer, int):
        return _number_words(answer, question.unit)
    alone = special(answer)
    if alone:
        return question.label(alone)
    if question.kind is Kind.TEXT:
        return str(answer)
    return "; ".join(option_words(question, option) for option in chosen(answer))


def told_alone(question: Question, answer: Answer) -> str:
    """Return an answer in words that need no question: what was ticked in a list; else the question comes with them."""
    words = answer_words(question, answer)
    return words if isinstance(answer, tuple) and special(answer) is None else together(question.ask.staff, words)


def together(asked: str, words: str) -> str:
    """Return an answer behind its question, or behind the line of a screen: `Chest pain or tightness: yes`."""
    return f"{asked} {words}" if asked.endswith(("?", ".", ":", "!")) else f"{asked}: {words[:1].lower()}{words[1:]}"


def _number_words(number: int, unit: str) -> str:
    """Return a number with its unit; weeks that are hard to picture also as months or years."""
    if unit == WEEKS and number == 0:
        return "less than a week"
    words = f"{number} {unit.removesuffix('s') if number == 1 else unit}".strip()
    if unit != WEEKS or number < _WEEKS_TO_PICTURE:
        return words
    months = round(number * 12 / 52)
    return f"{words} (about {months} months)" if months < 24 else f"{words} (about {round(number / 52)} years)"


def answered(because: Iterable[Mapping[str, Answer]], questionnaire: Questionnaire) -> tuple[tuple[str, str], ...]:
    """Return (question, answer) in words for all the answers of `because`, each question once with all it was given."""
    told: dict[str, dict[str, None]] = {}
    for answers in because:
        for question_id, answer in answers.items():
            parts = [(one,) for one in answer] if isinstance(answer, tuple) else [answer]
            words = (answer_words(questionnaire[question_id], part) for part in parts)
            told.setdefault(question_id, {}).update(dict.fromkeys(words))
    return tuple((questionnaire[one].ask.client, "; ".join(words)) for one, words in told.items())
