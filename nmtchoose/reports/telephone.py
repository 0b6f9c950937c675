"""Telephone numbers of the region, put into texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nmtchoose.model.rules import Region

if TYPE_CHECKING:
    from nmtchoose.reports.page import Page

_PLACE = re.compile(r"\{(emergency|urgent|crisis_name|crisis)\}")
_WITHOUT_REGION = Region(
    id="",
    name="",
    emergency="your local emergency number",
    urgent="your local number for urgent medical help",
    crisis_name="crisis line",
    crisis="your local crisis line",
)


def with_numbers(text: str, region: Region | None) -> str:
    """Return `text` with `{emergency}`, `{urgent}`, `{crisis}` and `{crisis_name}` filled in from `region`.

    Without a region the places are filled with words. Any other braces stay as they are.
    """
    numbers = region or _WITHOUT_REGION
    return _PLACE.sub(lambda place: str(getattr(numbers, place[1])), text)


def page_with_numbers(page: Page, region: Region | None) -> Page:
    """Return `page` with the numbers of `region` filled in wherever a text asks for one."""
    from nmtchoose.reports.page import map_texts

    return map_texts(page, lambda text: with_numbers(text, region))
