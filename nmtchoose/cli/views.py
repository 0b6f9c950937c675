"""Whose page of a result is shown: the client's or the therapist's, and the desk's after it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING

from nmtchoose.model.answers import Answers
from nmtchoose.model.tables import Tables

if TYPE_CHECKING:
    from nmtchoose.model.assessment import Assessment
    from nmtchoose.model.disposition import Disposition
    from nmtchoose.pages.page import Page


class View(Enum):
    """Who reads a page."""

    CLIENT = "client"
    THERAPIST = "therapist"
    DESK = "desk"


def wanted_views(*, therapist: bool, staff: bool = False) -> tuple[View, ...]:
    """Return the views that the flags ask for, in the order in which they are shown."""
    first = View.THERAPIST if therapist else View.CLIENT
    return (first, View.DESK) if staff else (first,)


def page_for(views: tuple[View, ...], tables: Tables, kept: Answers, assessment: Assessment) -> Page:
    """Return one page with all `views` of `assessment`, and the clinic's name; `kept` are the answers that count."""
    from nmtchoose.pages.page import Page

    pages = tuple(_pages(views, tables, kept, assessment))
    page = Page(pages[0].title, tuple(block for page in pages for block in page.blocks))
    return with_clinic(page, assessment.disposition)


def with_clinic(page: Page, *dispositions: Disposition) -> Page:
    """Return `page` under the name that is configured for the practice, unless one of `dispositions` cannot wait."""
    from nmtchoose.pages.page import page_of_clinic
    from nmtchoose.practice.current import current_settings

    return page_of_clinic(page, current_settings().clinic, *dispositions)


def _pages(views: tuple[View, ...], tables: Tables, kept: Answers, assessment: Assessment) -> Iterator[Page]:
    from nmtchoose.pages.intake import Intake

    for view in views:
        match view:
            case View.CLIENT:
                from nmtchoose.pages.result import result_page as build
            case View.THERAPIST:
                from nmtchoose.pages.therapist import therapist_page as build
            case View.DESK:
                from nmtchoose.pages.staff import staff_page as build
        yield build(Intake(kept, assessment), tables)
