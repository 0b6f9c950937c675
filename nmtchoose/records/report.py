"""What happened after many intakes, counted from stored records."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import RuleTable
from nmtchoose.records.entries import Document, Outcome, Record, booked

PROBLEM = "pain_now"
"""The question that says how the problem was before."""


@dataclass
class Afterwards:
    """What became of those who had booked one therapy: `pain` holds how it changed (below 0 is better)."""

    booked: int = 0
    pain: list[int] = field(default_factory=list)
    steps: Counter[str] = field(default_factory=Counter)

    @property
    def came_back(self) -> int:
        """How many said at the next visit how it went."""
        return max(len(self.pain), self.steps.total())


@dataclass
class Overridden:
    """How often a rule decided where a booking was noted, how often staff booked otherwise, and why."""

    decided: int = 0
    departed: int = 0
    why: Counter[str] = field(default_factory=Counter)


@dataclass
class Report:
    """Counts over records. `noted` are those where it is known what was booked, `doctor` where a doctor was seen."""

    records: int = 0
    clients: set[str] = field(default_factory=set)
    dispositions: Counter[Disposition] = field(default_factory=Counter)
    noted: int = 0
    not_booked: int = 0
    departed: int = 0
    why: Counter[str] = field(default_factory=Counter)
    came_back: int = 0
    doctor: int = 0
    rules: dict[str, Overridden] = field(default_factory=dict)
    therapies: dict[str, Afterwards] = field(default_factory=dict)


def report_on(records: Iterable[Record], rules: RuleTable) -> Report:
    """Return the numbers of `records`; `rules` are those in use, by which the deciding rule of each is found."""
    report = Report()
    for record in records:
        report.records += 1
        report.clients.add(record.intake.client.casefold() or record.intake.id)
        report.dispositions[booked(record.assessment)[0]] += 1
        report.doctor += any(one.doctor for one in record.outcomes)
        report.came_back += record.followed_up is not None
        if record.booking is not None:
            _count_booking(report, record, record.booking, rules)
    return report


def _count_booking(report: Report, record: Record, taken: Outcome, rules: RuleTable) -> None:
    otherwise = bool(departed(record))
    report.noted += 1
    report.not_booked += not taken.booked
    report.departed += otherwise
    report.why[taken.why] += otherwise
    for rule in deciding(record, rules):
        overridden = report.rules.setdefault(rule, Overridden())
        overridden.decided += 1
        overridden.departed += otherwise
        overridden.why[taken.why] += otherwise
    said, before = record.followed_up, record.answers.get(PROBLEM)
    for therapy in taken.booked or ():
        after = report.therapies.setdefault(therapy, Afterwards())
        after.booked += 1
        if said and said.problem is not None and isinstance(before, int):
            after.pain.append(said.problem - before)
        if said and said.change:
            after.steps[said.change] += 1


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
