"""Lengths of time as people say them, such as "a year and a half"; and which one is meant, where that is open."""

import re
from datetime import date, timedelta

from msgspec import Struct

from nmtchoose.model.answers import DAYS_IN_A_MONTH


class Length(Struct, frozen=True):
    """A length of time, and how to say it again: as it was typed, but for abbreviations."""

    days: float
    words: str

    @property
    def weeks(self) -> int:
        """The whole weeks, rounded down."""
        return int(self.days / _DAYS["week"])


class Which(Struct, frozen=True):
    """Words that may mean several lengths; `question` asks which."""

    question: str


_DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14}
_DAYS |= {"month": DAYS_IN_A_MONTH, "year": 12 * DAYS_IN_A_MONTH, "decade": 120 * DAYS_IN_A_MONTH}
_SHORT = {"min": "minute", "h": "hour", "hr": "hour", "d": "day", "w": "week", "wk": "week", "m": "month"}
_SHORT |= {"mo": "month", "mth": "month", "y": "year", "yr": "year"}
_DAYS_AGO: dict[str, float] = {
    "today": 0,
    "this morning": 0,
    "just now": 0,
    "tonight": 0,
    "last night": 1,
    "yesterday": 1,
}
_DAYS_AGO |= {"last week": _DAYS["week"], "last month": _DAYS["month"], "last year": _DAYS["year"]}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: tuple[str, ...] = ("january", "february", "march", "april", "may", "june")
_MONTHS += ("july", "august", "september", "october", "november", "december")
_NUMBERS = {"a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_NUMBERS |= {"seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15"}
_NUMBERS |= {"eighteen": "18", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60"}
_FILLER = (
    r"about|around|roughly|approximately|approx|circa|ca|nearly|almost|maybe|probably|some|over|more than|at least|for"
    r"|the (?:last|past)|(?:on|off) and (?:on|off)|or so|or more|or longer|plus|now|ago|already|since about"
)
_NUMBER = r"\d{1,4}(?:\.\d{1,2})?"
_HOW_LONG = Which("For how long, in days, weeks, months or years?")
_VAGUE = frozenset(
    ("ages", "forever", "always", "long", "1 long time", "long time", "1 while", "while", "my whole life")
)
_MANY = re.compile(r"(?:1 )?(?:few|several|many|lots of|loads of)? ?([a-z]+)")
_LONGEST = 80


def understood(text: str, today: date | None = None) -> Length | Which | None:
    """Return the length of time that `text` says, what to ask where that is open, or None where it says none.

    `today` is what "since March" is counted up to; without it such words say nothing.
    """
    words, said = re.sub(r"\s*\(.*?\)", "", text).strip(), _plain(text)
    if len(words) > _LONGEST:
        return None
    if said in _VAGUE:
        return _HOW_LONG
    since = re.fullmatch(r"(?:since )?(?:(?:the )?(?:beginning|start) of )?(.+)", said)
    days = _days_since(since[1], today) if since else None
    if days is not None:
        return Length(days, _since_words(words, days) if re.search(r"\d{4}", said) else words)
    if re.fullmatch(_NUMBER, said):
        return Which(f"{said} days, {said} weeks, {said} months or {said} years?")
    return _range(said) or _sum(said, words) or _how_many(said)


def _plain(text: str) -> str:
    """Return `text` with numbers as figures and without what changes no length."""
    said = re.sub(r"\(.*?\)", " ", text.casefold()).replace("½", " 1/2").replace("–", "-").replace("’", "'")
    said = re.sub(r"(\d),(\d)", r"\1.\2", said).replace("+", " ")
    said = re.sub(r"[,;~.!]+(?=\s|$)|~", " ", said)
    said = re.sub(r"[a-z]+", lambda word: _NUMBERS.get(word[0], word[0]), said)
    said = " ".join(re.sub(rf"\b(?:{_FILLER})\b", " ", said).split())
    said = re.sub(r"\b(?:1 )?couple (?:of )?", "2 ", said)
    said = re.sub(r"\b(\d+) (?:and )?(?:1 )?1/2\b|\b(\d+) and (?:1 )?half\b", lambda it: f"{it[1] or it[2]}.5", said)
    said = re.sub(rf"\b({_NUMBER}) ([a-z]+) and (?:1 )?half\b", lambda it: f"{float(it[1]) + 0.5:g} {it[2]}", said)
    return re.sub(r"\b(?:1 )?half (?:of )?(?:1 )?|\b1/2 (?:of )?(?:1 )?", "0.5 ", said).strip()


def _unit(word: str) -> str | None:
    for one in (word, word.removesuffix("s")):
        if one in _SHORT or one in _DAYS:
            return _SHORT.get(one, one)
    return None


def _sum(said: str, words: str) -> Length | None:
    """Return one or several numbers with their units, such as `1 year and 3 months`, as a length."""
    less = said.startswith(("less than ", "under ", "not quite "))
    said = re.sub(r"^(?:less than|under|not quite) ", "", said)
    if not re.fullmatch(rf"(?:{_NUMBER} ?[a-z]+(?: and )? ?)+", said):
        return None
    parts = [(float(number), _unit(word)) for number, word in re.findall(rf"({_NUMBER}) ?([a-z]+)", said)]
    days = 0.0
    for number, unit in parts:
        if unit is None:
            return None
        days += number * _DAYS[unit]
    short = re.fullmatch(rf"({_NUMBER}) ?([a-z]+)", words.casefold())
    if short and short[2].removesuffix("s") in _SHORT:
        return Length(days, _counted(short[1], str(parts[0][1])))
    return Length(max(days - 1, 0) if less else days, words)


def _range(said: str) -> Which | None:
    """Return which of two, for words such as `2-3 weeks` or `3 months to 1 year`."""
    parts = re.fullmatch(rf"({_NUMBER}) ?([a-z]*?) ?(?:-|to|or|/) ?({_NUMBER}) ?([a-z]+)", said)
    if parts is None:
        return None
    last = _unit(parts[4])
    first = _unit(parts[2]) if parts[2] else last
    if first is None or last is None:
        return None
    return Which(f"Do you mean {_counted(parts[1], first)} or {_counted(parts[3], last)}?")


def _how_many(said: str) -> Which | None:
    """Return how many, for a unit without a number, such as `years` or `a few weeks`."""
    unit = _MANY.fullmatch(said)
    named = _unit(unit[1]) if unit and len(unit[1]) > 1 else None
    return Which(f"How many {named}s?") if named else None


def _days_since(said: str, today: date | None) -> float | None:
    """Return the days from what `said` names, such as `march`, `2019` or `last tuesday`, up to `today`."""
    if said in _DAYS_AGO:
        return _DAYS_AGO[said]
    if today is None:
        return None
    word, _, year = said.removeprefix("last ").partition(" ")
    if word in _WEEKDAYS and not year:
        return (today.weekday() - _WEEKDAYS.index(word) - 1) % 7 + 1
    if re.fullmatch(r"(?:19|20)\d\d", said):
        begun = date(int(said), 1, 1)
    elif (month := _month(word)) and re.fullmatch(r"(?:(?:19|20)\d\d)?", year):
        begun = date(int(year) if year else today.year - (month > today.month), month, 1)
    else:
        return None
    return (today - begun) / timedelta(days=1) if begun <= today else None


def _month(word: str) -> int:
    """Return the number of the month that `word` names or begins; 0 for none."""
    return next((at for at, name in enumerate(_MONTHS, 1) if len(word) > 2 and name.startswith(word)), 0)


def _since_words(words: str, days: float) -> str:
    """Return `words` with how many years that is, since a year alone does not say it."""
    years = int(days / _DAYS["year"])
    return f"{words} ({_counted(str(years), 'year')})" if years else words


def _counted(number: str, unit: str) -> str:
    return f"{number} {unit}{'' if number == '1' else 's'}"
