"""The therapies that may be named, and how well they fit compared with each other."""

from collections.abc import Iterable, Mapping, Sequence

from nmtchoose.meaning.circuit import FALSE, Wire
from nmtchoose.meaning.outcome import Outcome
from nmtchoose.meaning.sums import Terms, difference, sum_at_least
from nmtchoose.model.rules import Therapy

Named = Mapping[str, Wire]
"""By therapy id, whether it is named."""


class Fits:
    """The fit of every therapy of a table; `candidates` says which may be named. Families stand in file order."""

    def __init__(self, outcome: Outcome, candidates: Named) -> None:
        self.circuit = outcome.circuit
        self.candidates = candidates
        self.decision = outcome.table.decision
        places = {one.id: place for place, one in enumerate(outcome.table.therapies)}
        known = (one for one in outcome.table.therapies if one.id in candidates)
        self.therapies = tuple(sorted(known, key=lambda one: places[_family(one)]))
        self._terms = {one.id: _fit(one, outcome) for one in self.therapies}

    def family(self, family_id: str) -> tuple[Therapy, ...]:
        """Return the therapy with that id and its forms; at most one of them is a candidate."""
        return tuple(one for one in self.therapies if _family(one) == family_id)

    def at_least(self, therapy: Therapy, points: int) -> Wire:
        """Return whether the fit of `therapy` is at least `points`."""
        return sum_at_least(self.circuit, self._terms[therapy.id], points)

    def ahead(self, one: Therapy, other: Therapy, lead: int) -> Wire:
        """Return whether `one` fits better than `other` by at least `lead` points."""
        if self.therapies.index(one) > self.therapies.index(other):
            return -self.ahead(other, one, 1 - lead)
        return sum_at_least(self.circuit, difference(self._terms[one.id], self._terms[other.id]), lead)

    def enough(self) -> Wire:
        """Return whether the best fit of all therapies, also of those ruled out, is enough to go by."""
        families = (one for one in self.therapies if one.form_of is None)
        return self.circuit.any_of(self.at_least(one, self.decision.enough_points) for one in families)

    def best(self, therapy: Therapy, among: Sequence[Therapy]) -> Wire:
        """Return whether `therapy` is the first candidate with the best fit, in the order of `among`."""
        better = (
            self.circuit.all_of((self.candidates[rival.id], self._comes_before(rival, therapy, among)))
            for rival in self._rivals(therapy, among)
        )
        return self.circuit.all_of((self.candidates[therapy.id], -self.circuit.any_of(better)))

    def leads(self, therapy: Therapy, lead: int) -> Wire:
        """Return whether `therapy` is ahead of every other candidate by at least `lead` points."""
        near = (
            self.circuit.all_of((self.candidates[rival.id], -self.ahead(therapy, rival, lead)))
            for rival in self._rivals(therapy, self.therapies)
        )
        return -self.circuit.any_of(near)

    def level(self) -> dict[str, Wire]:
        """Return which therapies are candidates that no other leads by enough to win."""
        lead = self.decision.winner_lead
        if lead <= 0:
            return {one.id: FALSE for one in self.therapies}
        level = {}
        for one in self.therapies:
            rivals = ((rival, self.ahead(rival, one, lead)) for rival in self._rivals(one, self.therapies))
            led = self.circuit.any_of(self.circuit.all_of((self.candidates[it.id], ahead)) for it, ahead in rivals)
            level[one.id] = self.circuit.all_of((self.candidates[one.id], -led))
        return level

    def ranked(self, named: Named) -> tuple[Named, ...]:
        """Return which of `named`, at most one of each family, comes first, second and so on, the best fit first."""
        most = sum(one.form_of is None for one in self.therapies)
        places: list[dict[str, Wire]] = [{} for _ in range(most)]
        for one in self.therapies:
            before = self.circuit.counted(most, self._named_before(one, named))
            for place, named_there in enumerate(places):
                named_there[one.id] = self.circuit.all_of((named[one.id], before[place], -before[place + 1]))
        return tuple(places)

    def _named_before(self, therapy: Therapy, named: Named) -> list[Wire]:
        return [
            self.circuit.all_of((named[rival.id], self._comes_before(rival, therapy, self.therapies)))
            for rival in self._rivals(therapy, self.therapies)
        ]

    def _comes_before(self, one: Therapy, other: Therapy, order: Sequence[Therapy]) -> Wire:
        return self.ahead(one, other, 0 if order.index(one) < order.index(other) else 1)

    def _rivals(self, therapy: Therapy, among: Iterable[Therapy]) -> tuple[Therapy, ...]:
        return tuple(one for one in among if _family(one) != _family(therapy))


def _family(therapy: Therapy) -> str:
    return therapy.form_of or therapy.id


def _fit(therapy: Therapy, outcome: Outcome) -> Terms:
    ids = {therapy.id, therapy.form_of}
    terms: dict[Wire, int] = {}
    for rule in outcome.table.rules:
        fired = outcome.fired[rule.id]
        terms[fired] = terms.get(fired, 0) + sum(points for one, points in rule.then.fit.items() if one in ids)
    return terms
