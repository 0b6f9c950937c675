"""What became of the pair that a practice started from: which changes make a result less strict, and how much."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from nmtchoose.authoring.differences import Change, Kind, differences
from nmtchoose.engine.fired import marked_in
from nmtchoose.model.condition import questions_of
from nmtchoose.model.questionnaire import Question, Questionnaire, Voices
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables
from nmtchoose.proof.less_strict import Comparison, LessStrict, find_less_strict
from nmtchoose.words.sentences import counted
from nmtchoose.words.terms import FOR_A_CLIENT

MOST_ALONE = 80
"""Changes that are looked at one by one; of more, only all of them together."""


@dataclass(frozen=True, slots=True)
class Way:
    """What one changed rule, question or therapy does by itself, with all else as it is now: the worst of each.

    `reason` is what its author wrote about it since; `line` that of a rule, in its file.
    """

    noun: str
    id: str
    less: LessStrict | None = None
    stricter: LessStrict | None = None
    reason: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Since:
    """All changes. `worst` is what they do to somebody together; `same` says that nothing at all happens to anybody."""

    changes: tuple[Change, ...]
    ways: tuple[Way, ...]
    worst: LessStrict | None
    same: bool

    @property
    def less(self) -> tuple[Way, ...]:
        """What is less strict, the largest step first."""
        found = [one for one in self.ways if one.less is not None]
        return tuple(sorted(found, key=lambda one: -(one.less.drop if one.less else 0)))

    @property
    def stricter(self) -> tuple[Way, ...]:
        """What is stricter, and nowhere less strict."""
        return tuple(one for one in self.ways if one.less is None and one.stricter is not None)

    @property
    def others(self) -> tuple[Change, ...]:
        """The changes that are neither."""
        told = {(one.noun, one.id) for one in (*self.less, *self.stricter)}
        return tuple(one for one in self.changes if (one.noun, one.id) not in told)

    @property
    def less_in(self) -> int:
        """In how many ways it is less strict; changes that are so only together count as one."""
        return len(self.less) or int(self.worst is not None)

    @property
    def without_reason(self) -> int:
        """How many of these ways nobody gave a reason for."""
        return sum(not one.reason for one in self.less) if self.less else self.less_in


def since(old: Tables, new: Tables) -> Since:
    """Return what became of `old`. Raises UsageError when no solver is installed."""
    changes = tuple(differences(old, new))
    if not changes:
        return Since((), (), None, same=True)
    beside = Comparison(old, new)
    if beside.is_same(old.rules, new.rules):
        return Since(changes, (), None, same=True)
    ways = tuple(one for one in _ways(old, new) if one.less or one.stricter)
    return Since(changes, ways, beside.worst(old.rules, new.rules), same=False)


def _ways(old: Tables, new: Tables) -> Iterator[Way]:
    """Yield each change that can be taken back by itself, with what it does."""
    rules = [*_rules_taken_back(old.rules, new), *_therapies_taken_back(old.rules, new.rules)]
    asked = list(_questions_taken_back(old.questionnaire, new))
    if len(rules) + len(asked) > MOST_ALONE:
        return
    if rules:
        every = replace(new.rules, rules=tuple(rule for _, table in rules for rule in table.rules))
        beside = Comparison(Tables(new.questionnaire, every), new)
        for way, before in rules:
            yield dataclasses.replace(
                way, less=beside.worst(before, new.rules), stricter=beside.worst(new.rules, before)
            )
    for way, questionnaire in asked:
        before_it = Tables(questionnaire, new.rules)
        yield dataclasses.replace(way, less=find_less_strict(before_it, new), stricter=find_less_strict(new, before_it))


def _rules_taken_back(old: RuleTable, new: Tables) -> Iterator[tuple[Way, RuleTable]]:
    """Yield each changed rule with the new table in which it is as it was, where it can still be read."""
    before, after = ({one.id: one for one in table.rules} for table in (old, new.rules))
    for name in dict.fromkeys((*after, *before)):
        was, now = before.get(name), after.get(name)
        alike = was and now and (was.stage, was.when, was.then) == (now.stage, now.when, now.then)
        reads = questions_of(was.when) | marked_in(was.then) if was else frozenset[str]()
        if alike or not reads <= new.questionnaire.by_id.keys():
            continue
        others = tuple(one for one in new.rules.rules if one.id != name)
        reason = now.because if now else new.rules.removed.get(name, "")
        known = was.because if was and now else old.removed.get(name, "")
        way = Way("rule", name, reason=reason if reason != known else "", line=now.line if now else 0)
        yield way, replace(new.rules, rules=(*others, was) if was else others)


def _therapies_taken_back(old: RuleTable, new: RuleTable) -> Iterator[tuple[Way, RuleTable]]:
    """Yield each changed or new therapy with the new table in which it is as it was."""
    before = {one.id: one for one in old.therapies}
    for now in new.therapies:
        was = before.get(now.id)
        if was is None or any(getattr(was, name) != getattr(now, name) for name in _OF_A_THERAPY):
            known = was.because if was else ""
            others = (was if one is now else one for one in new.therapies)
            way = Way("therapy", now.id, reason=now.because if now.because != known else "")
            yield way, replace(new, therapies=tuple(one for one in others if one is not None))


_OF_A_THERAPY = ("lightest", "usual", "form_of", "choose_when", "sole_form", "works_on_pain")


def _questions_taken_back(old: Questionnaire, new: Tables) -> Iterator[tuple[Way, Questionnaire]]:
    """Yield each changed question with the new questionnaire in which it is as it was.

    Nothing is yielded for a new one, since rules may read it, nor for one that is gone: what read it has changed too.
    """
    for now in new.questionnaire.questions:
        was = old.by_id.get(now.id)
        if was is None or _asking(was) == _asking(now):
            continue
        if not frozenset().union(*map(questions_of, was.gates)) <= new.questionnaire.by_id.keys():
            continue
        reason = now.because if now.because != was.because else ""
        kept = tuple(was if one is now else one for one in new.questionnaire.questions)
        yield Way("question", now.id, reason=reason), replace(new.questionnaire, questions=kept)


def _asking(question: Question) -> Question:
    """Return `question` without its words."""
    options = tuple(replace(one, label="", help="", heading="", words=(), staff="") for one in question.options)
    bare = {"why": "", "help": "", "staff_hint": "", "special_labels": {}, "because": "", "section": "", "groups": {}}
    return replace(question, ask=Voices("", ""), options=options, **bare)


_MOST_EXAMPLES = 5
_MOST_NAMES = 12


def since_lines(found: Since, span: str) -> Iterator[str]:
    """Yield how much is less strict in `span`, and each way with the worst client of it."""
    if not found.changes:
        yield f"{span}: no change in meaning."
        return
    counts = f"stricter in {len(found.stricter)}, other changes {len(found.others)}"
    yield f"{span}: less strict in {counted(found.less_in, 'way')}, {counts}."
    if found.same:
        yield "Every possible set of answers leads to the same booking, therapies and pressure."
    for number, way in enumerate(found.less):
        yield from _way_lines(way, brief=number >= _MOST_EXAMPLES)
    if found.worst is not None and not found.less:
        yield f"LESS STRICT by several changes together: at worst {found.worst.problems[0]}"
        yield from _example(found.worst)
    for way in found.stricter:
        yield f"stricter: {way.noun} {way.id}"


def other_lines(found: Since) -> Iterator[str]:
    """Yield the names of what changed and is neither less strict nor stricter."""
    for one in found.others[:_MOST_NAMES]:
        yield f"also {one.kind}: {one.noun} {one.id}{_labels(one)}{_for_a_client(one)}"
    if len(found.others) > _MOST_NAMES:
        yield f"... and {len(found.others) - _MOST_NAMES} more; nmtchoose diff tells them all."


def _labels(change: Change) -> str:
    labels = [one.label for one in change.details if one.old != one.new]
    if change.kind is not Kind.CHANGED or not labels:
        return ""
    more = f" and {len(labels) - 3} more" if len(labels) > 3 else ""
    return f" ({'; '.join(labels[:3])}{more})"


def _for_a_client(change: Change) -> str:
    if change.kind is Kind.REMOVED and change.noun == "question":
        return ": nobody is asked it any more"
    changed = (one.label for one in change.details if one.old != one.new)
    told = dict.fromkeys(FOR_A_CLIENT[label] for label in changed if label in FOR_A_CLIENT)
    return f": {'; '.join(told)}" if told and change.kind is Kind.CHANGED else ""


def _way_lines(way: Way, *, brief: bool) -> Iterator[str]:
    place = f" (line {way.line})" if way.line else ""
    step = way.less.problems[0] if way.less else ""
    yield f"LESS STRICT: {way.noun} {way.id}{place}: at worst {step}"
    if way.less is not None and not brief:
        yield from _example(way.less)
    if way.reason:
        yield f"  because: {way.reason}"


def _example(found: LessStrict) -> Iterator[str]:
    yield "  for somebody with:"
    yield from (f"    {line}" for line in found.words or ("nothing but plain answers",))
