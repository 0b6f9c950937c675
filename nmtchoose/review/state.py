"""How a pair stands with those who review it, in words, and signatures that a proof carries over.

Carried over is what was written in another way and means the same for everybody.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict, replace

from nmtchoose.errors import Fault
from nmtchoose.loading.load import read_reviews
from nmtchoose.loading.locate import content_of, reviews_beside
from nmtchoose.loading.nodes import FaultLog
from nmtchoose.meaning.solver import is_installed
from nmtchoose.model.condition import ALWAYS, Condition, Is, leaves
from nmtchoose.model.questionnaire import Option, Questionnaire
from nmtchoose.model.tables import Tables
from nmtchoose.proof.encoded import Encoded, encode
from nmtchoose.signatures.items import is_condition, same_but_for_conditions
from nmtchoose.signatures.reviews import (
    MEANING,
    Review,
    Standing,
    State,
    Verdict,
    as_signed,
    review_of,
    reviewed_by,
    standings,
)
from nmtchoose.words.terms import review_words

_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The items as they stand, the file of reviews, `kept` signatures that it lacks, and what is wrong in it."""

    path: Path
    standings: tuple[Standing, ...]
    kept: tuple[Review, ...]
    faults: tuple[Fault, ...]

    @property
    def open(self) -> tuple[Standing, ...]:
        """The items that are not signed as they stand."""
        return tuple(one for one in self.standings if one.state is not State.SIGNED)


def today() -> str:
    """Return the date here."""
    return date.today().isoformat()


def reviewed(tables: Tables, rules: Path) -> Reviewed:
    """Return how `tables` stand, whose rules stand in the file `rules`; raises FileError."""
    path = reviews_beside(rules)
    log = FaultLog(str(path))
    reviews = read_reviews(content_of(path), log)
    kept = carried_over(tables, standings(tables, reviews), today())
    return Reviewed(path, standings(tables, reviews, kept), kept, log.faults)


def state_lines(found: Reviewed) -> Iterator[str]:
    """Yield who signed it, how many items stand how, and the names of those that changed or that somebody rejects."""
    counts = Counter(one.state for one in found.standings)
    yield review_words(reviewed_by(found.standings))
    if len(found.open) == len(found.standings) == counts[State.UNSIGNED]:
        yield f"None of {len(found.standings)} items is signed. A clinician signs them with: nmtchoose review"
        return
    yield f"Of {len(found.standings)} items: {', '.join(f'{counts[one]} {one}' for one in State if counts[one])}."
    for state in (State.OBJECTED, State.CHANGED):
        yield from _named(state, [one for one in found.standings if one.state is state])
    if found.kept:
        yield f"{len(found.kept)} written in another way and proved to mean the same; `nmtchoose review` keeps that."


def _named(state: State, standing: Sequence[Standing]) -> Iterator[str]:
    for one in standing[:_MOST_NAMED]:
        comment = f": {one.last.comment}" if one.last and state is State.OBJECTED else ""
        yield f"  {one.item.id}: {one.told}{comment}"
    if len(standing) > _MOST_NAMED:
        yield f"  and {len(standing) - _MOST_NAMED} more {state}."


_Conditions = Mapping[str, Condition]


def carried_over(tables: Tables, standings: Sequence[Standing], today: str) -> tuple[Review, ...]:
    """Return a review for each item whose meaning was signed in another form, proved for all; none without a solver."""
    found = [(one, *pair) for one in standings for pair in _pairs(one, tables.questionnaire)]
    if not found or not is_installed():
        return ()
    encoded = encode(tables, [condition for _, before, _ in found for condition in before.values()])
    return tuple(_kept(one, today) for one, before, now in found if _alike(encoded, before, now))


def _pairs(standing: Standing, questionnaire: Questionnaire) -> Iterator[tuple[_Conditions, _Conditions]]:
    """Yield the conditions as they were signed and as they are, where only they may differ."""
    last = standing.last
    if last is None or last.verdict is Verdict.OBJECTED or MEANING not in standing.opened:
        return
    before = as_signed(last)
    if before is not None and same_but_for_conditions(before.value, standing.item.value):
        then, now = (_conditions(one.value) for one in (before, standing.item))
        if all(_is_known(one, questionnaire) for one in then.values()):
            yield then, now


def _conditions(value: Struct) -> dict[str, Condition]:
    """Return the conditions of an item by their place; no condition means always."""
    told: dict[str, Condition] = {}
    for name, one in asdict(value).items():
        if is_condition(one):
            told[name] = one
        elif name == "options":
            options: tuple[Option, ...] = one
            told |= {f"options {option.id}": option.show_when for option in options if option.show_when}
    return told


def _is_known(condition: Condition, questionnaire: Questionnaire) -> bool:
    for leaf in leaves(condition):
        question = questionnaire.by_id.get(leaf.question)
        if question is None:
            return False
        offered = {*question.specials, *(one.id for one in question.options)}
        if isinstance(leaf, Is) and not offered.issuperset(leaf.options):
            return False
    return True


def _alike(encoded: Encoded, before: _Conditions, now: _Conditions) -> bool:
    truth = encoded.sheet.truth
    pairs = ((truth(before.get(place, ALWAYS)), truth(now.get(place, ALWAYS))) for place in {*before, *now})
    return not any(encoded.solver.possible(encoded.circuit.unlike(*pair)) for pair in pairs)


def _kept(standing: Standing, today: str) -> Review:
    """Return the last acceptance for the item as it is written now; words that changed stay open."""
    last = standing.last
    assert last is not None
    kept = review_of(standing.item, Verdict.KEPT, last.signer, today, "Means the same as what was signed: proved.")
    return replace(kept, words=last.words)
