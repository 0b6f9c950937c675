"""The name of the practice at the head of a page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nmtchoose.model.disposition import Disposition

if TYPE_CHECKING:
    from nmtchoose.pages.page import Page


def page_of_clinic(page: Page, clinic: str, *dispositions: Disposition) -> Page:
    """Return `page` with the name `clinic` above it; in an emergency nothing comes before what has to be done."""
    emergency = any(one.is_emergency for one in dispositions)
    return page if emergency or not clinic else replace(page, head=clinic)
