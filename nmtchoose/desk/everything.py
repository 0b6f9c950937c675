"""Everything that is kept about a client: records in the store, and interviews on this computer."""

from __future__ import annotations

import json
from dataclasses import dataclass

from msgspec import to_builtins

from nmtchoose.files.drafts import Draft, drafts_folder, last_finished, list_drafts
from nmtchoose.formats.html_page import html_page
from nmtchoose.model.tables import Tables
from nmtchoose.pages.page import Facts, Page, under_names
from nmtchoose.pages.record import record_page
from nmtchoose.records.entries import Record, Wanted, to_lines
from nmtchoose.records.store import Store

FORMAT = "nmtchoose/everything/1"


@dataclass(frozen=True, slots=True)
class Everything:
    """What is kept about one client."""

    client: str
    records: tuple[Record, ...]
    drafts: tuple[Draft, ...]


def about_client(store: Store, client: str) -> Everything:
    """Return what is kept about `client`; records that cannot be read are named by the store."""
    return Everything(client, tuple(store.records(Wanted(client=client))), drafts_of(client))


def drafts_of(client: str) -> tuple[Draft, ...]:
    """Return the interviews of `client` on this computer, unfinished ones and the one finished last."""
    folder = drafts_folder()
    last = last_finished(folder)
    kept = (*list_drafts(folder), *((last,) if last else ()))
    return tuple(one for one in kept if one.client.casefold() == client.casefold())


def give_json(kept: Everything, tables: Tables) -> str:
    """Return it as JSON, for another program."""
    records = [json.loads(line) for line in to_lines(kept.records)]
    whole = {"format": FORMAT, "client": kept.client, "records": records, "interviews": to_builtins(kept.drafts)}
    return json.dumps(whole, indent=2, ensure_ascii=False, default=str) + "\n"


def give_page(kept: Everything, tables: Tables) -> str:
    """Return it as a page to read."""
    named = [(f"Record {one.intake.id}", record_page(one, tables)) for one in kept.records]
    named += [(f"Interview of {one.saved:%Y-%m-%d}", _draft_page(one)) for one in kept.drafts]
    return html_page(Page(f"Everything kept about {kept.client}", under_names(named)))


def _draft_page(draft: Draft) -> Page:
    pairs = tuple((draft.asked.get(one, one), json.dumps(raw, ensure_ascii=False)) for one, raw in draft.raw.items())
    return Page("", (Facts(pairs),))
