"""Whether what was booked followed the suggestion, and which rules the suggestion came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import RuleTable
from nmtchoose.records.entries import Document, Record, booked


def departed(record: Record) -> bool | None:
    """Return whether something was booked that was not suggested; None where nobody noted what was booked."""
    if record.booking is None:
        return None
    return not set(record.booking.booked or ()) <= set(booked(record.assessment)[1])


def deciding(record: Record, rules: RuleTable) -> tuple[str, ...]:
    """Return the rules that decided: what spoke against what was booked, else what set the result, else the fit.

    Reasons of the engine's own, such as that a form of a therapy is not for this client, are no rules.
    """
    disposition, suggested = booked(record.assessment)
    known = {rule.id: rule.then.disposition for rule in rules.rules}
    taken = record.booking.booked if record.booking else ()
    against = dict.fromkeys(one for one in _reasons(record.assessment, taken or (), "against") if one in known)
    if against:
        return tuple(against)
    fired = [str(one.get("rule")) for one in _listed(record.assessment, "trace")]
    severe = tuple(one for one in fired if known.get(one) is disposition)
    if severe and disposition.severity >= Disposition.CLEARANCE.severity:
        return severe
    return tuple(dict.fromkeys(_reasons(record.assessment, suggested, "reasons")))


def _reasons(assessment: Document, therapies: tuple[str, ...], part: str) -> Iterator[str]:
    for therapy in _listed(assessment, "therapies"):
        if therapy.get("id") in therapies:
            yield from (str(one.get("rule")) for one in _listed(therapy, part))


def _listed(document: Document, name: str) -> Iterator[Document]:
    found = document.get(name)
    return (one for one in found if isinstance(one, Mapping)) if isinstance(found, list) else iter(())
