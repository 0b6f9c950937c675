"""Body sites in words: the region, and the side where it has two; both sides together count as one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nmtchoose.model.questionnaire import Option, Questionnaire
from nmtchoose.words.sentences import id_words


@dataclass(frozen=True, slots=True)
class NamedSite:
    """A site taken apart. `name` is that of the region; `side` is `left`, `right` or empty."""

    region: str
    side: str
    name: str


def named_site(site: str, questionnaire: Questionnaire) -> NamedSite:
    """Return what `site` is called; the id in words when no question offers it."""
    option = _option(site, questionnaire)
    if option is None:
        return NamedSite(site, "", id_words(site))
    region = option.site or site
    names = {one.id: one.label for one in questionnaire.body}
    return NamedSite(region, option.side or "", names.get(region, option.label))


def sites_in_words(sites: Iterable[str], questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the names of `sites`, in that order."""
    return with_sides((one.name, one.side) for one in (named_site(site, questionnaire) for site in sites))


def with_sides(places: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return (name, side) pairs as words, each name once, such as `Neck`, `Calf (left)` and `Knee (both sides)`.

    A name that says its side itself stays as it is.
    """
    sides: dict[str, list[str]] = {}
    for name, side in places:
        sides.setdefault(name, []).append(side)
    return tuple(_with_side(name, set(these)) for name, these in sides.items())


def _with_side(name: str, sides: set[str]) -> str:
    if "" in sides or any(side in name.lower() for side in sides):
        return name
    return f"{name} ({'both sides' if len(sides) > 1 else sides.pop()})"


def _option(site: str, questionnaire: Questionnaire) -> Option | None:
    found = (question.option(site) for question in questionnaire.questions if question.sites)
    return next((option for option in found if option is not None), None)
