"""Guarantees that say what the safety rules of today do, so that none of them can be weakened unseen.

They are written into `rules.yaml` as a list to review: one for each level, each therapy and each limit, with the
answers that lead to it, one for what is asked of whom, and one for what the facts mean that stand in it. Groups are
written out: one that is made smaller later would weaken a promise that named it, too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

import yaml

from nmtchoose.authoring.plain_conditions import Plain, PlainConditions, any_of
from nmtchoose.errors import ContentError, while_writing
from nmtchoose.files.atomic import write_atomically
from nmtchoose.loading.load import Reading, read_pair
from nmtchoose.loading.nodes import Mapping as MappingNode
from nmtchoose.loading.nodes import Node, plain_value
from nmtchoose.model.condition import facts_of
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import RuleTable
from nmtchoose.words.terms import FLAG

FIRST_LINE = "  # Written by `nmtchoose init DIR --guarantees` from the rules of that day. Review them as a list."
LAST_LINE = "  # End of what was written by the program."
_WIDTH = 120
_UNBROKEN = 1_000_000
_END = "...\n"


@dataclass(frozen=True, slots=True)
class Written:
    """One guarantee: its id, what it says and promises, and when: any of some conditions."""

    id: str
    say: str
    promise: Mapping[str, Plain]
    when: tuple[Plain, ...] = ("always",)


def add_guarantees(questions: Path, rules: Path) -> tuple[Written, ...]:
    """Write the guarantees into the file `rules`, in place of those written before, and return them.

    Raises ContentError when the pair does not load, and FileError when a file cannot be read or written.
    """
    reading = read_pair(questions, rules)
    if reading.faults or reading.table is None:
        raise ContentError(reading.faults)
    table, inner = reading.table, PlainConditions(reading)
    stated = {
        rule.id: inner.written_out(_at(reading.roots[1], "rules", rule.stage, rule.id, "when"))
        for rule in table.rules
        if rule.stage.is_safety
    }
    every = (*_of_rules(table, stated), *_of_questions(reading, inner), *_of_facts(table, inner))
    found = tuple(one for one in every if one.when)
    with while_writing(rules):
        text = rules.read_text(encoding="utf-8")
        write_atomically(rules, _put(text, "\n".join(_lines(found))), mode=0o644)
    return found


def _of_rules(table: RuleTable, stated: Mapping[str, Plain]) -> Iterator[Written]:
    """Yield one guarantee for each level, for each therapy that is ruled out, and for each limit.

    `stated` holds the conditions of the rules about safety, by their id.
    """
    rules = [rule for rule in table.rules if rule.id in stated]
    booked = [one for one in rules if one.then.disposition is None or not one.then.disposition.forbids_therapy]
    for level in Disposition:
        if level.severity >= Disposition.CLEARANCE.severity:
            said, promise = f"Each of these is never less than '{FLAG[level]}'", {"disposition_at_least": str(level)}
            if level.forbids_therapy:
                said, promise = f"{said}, and nothing is suggested", {**promise, "never_suggest": "all"}
            when = [stated[rule.id] for rule in rules if rule.then.disposition is level]
            yield Written(f"kept-{_dashed(str(level))}", f"{said}.", promise, any_of(when))
    for therapy in table.therapies:
        said = f"{therapy.short} is never suggested with any of these."
        when = [stated[rule.id] for rule in booked if therapy.id in rule.then.exclude]
        yield Written(f"never-{_dashed(therapy.id)}", said, {"never_suggest": [therapy.id]}, any_of(when))
    for limit, word in enumerate(table.pressure[:-1], start=1):
        said = f"There is never more than {word} pressure with any of these."
        when = [stated[rule.id] for rule in booked if rule.then.pressure_limit == limit]
        yield Written(f"at-most-{_dashed(word)}", said, {"pressure_at_most": limit}, any_of(when))


def _of_questions(reading: Reading, inner: PlainConditions) -> Iterator[Written]:
    """Yield when questions about safety are asked, and when their options are offered."""
    assert reading.questionnaire is not None
    root, lines = reading.roots[0], reading.questionnaire.lines
    asked: dict[str, Plain] = {}
    offered: list[Written] = []
    for question in reading.questionnaire.questions:
        if not question.purpose.is_safety or question.at_visit or question.noted_of is not None:
            continue
        stem, _, line = question.id.partition(".")
        of_all = _at(root, "questions", stem, "ask_when")
        own = _at(root, "questions", stem, "options", line, "show_when") if line else None
        when = inner.all_of([of_all, own])
        if not question.options or any(option.show_when is None for option in question.options):
            # Without an option to offer a question is not asked: then what is said of its options says it all.
            asked[question.id] = when
        for option in question.options:
            shown = _at(root, "questions", question.id, "options", option.id, "show_when")
            if shown is not None:
                promise = {"always_offered": {question.id: [option.id]}}
                name = f"offered-{_dashed(question.id)}-{_dashed(option.id)}"
                offered.append(Written(name, "This is always offered then.", promise, (inner.all_of([of_all, shown]),)))
    for stem, names in lines.items():
        if len({str(asked.get(name)) for name in names}) == 1 and names[0] in asked:
            asked = {stem if name == names[0] else name: when for name, when in asked.items() if name not in names[1:]}
    if asked:
        said = "Each is asked where that is so, unless the interview has ended before with a doctor or an emergency."
        yield Written("asked-for-safety", said, {"always_asked": asked})
    yield from offered


def _of_facts(table: RuleTable, inner: PlainConditions) -> Iterator[Written]:
    """Yield what the facts mean that safety rests on."""
    used = frozenset[str]().union(*(facts_of(rule.when) for rule in table.rules if rule.stage.is_safety))
    means = {name: meaning for name, meaning in inner.facts.items() if name in used}
    if means:
        yield Written("what-facts-mean", "Each of these names means just this.", {"means": means})


def _dashed(name: str) -> str:
    return name.replace("_", "-").replace(".", "-")


def _at(node: Node | None, *path: str) -> Plain:
    """Return what stands at `path` below `node` as a plain value, or None."""
    for name in path:
        node = node[name] if isinstance(node, MappingNode) else None
    return None if node is None else plain_value(node)


def _lines(found: Iterable[Written]) -> Iterator[str]:
    yield FIRST_LINE
    for one in found:
        yield f"  {one.id}:"
        yield from _line(4, "say: ", one.say)
        for key, value in one.promise.items():
            if key in ("always_asked", "means") and isinstance(value, dict):
                yield f"    {key}:"
                for question, when in value.items():
                    yield from _line(6, f"{question}: ", when)
            else:
                yield from _line(4, f"{key}: ", value)
        if len(one.when) == 1:
            yield from _line(4, "when: ", one.when[0])
        else:
            yield "    when:"
            for when in one.when:
                yield from _line(6, "- ", when)
    yield LAST_LINE


def _line(indent: int, before: str, value: Plain) -> Iterator[str]:
    text = yaml.safe_dump(value, allow_unicode=True, width=_UNBROKEN, default_flow_style=True, sort_keys=False)
    plain = re.sub(r"'(yes|no)'", r"\1", text.removesuffix(_END).strip())
    further = " " * (indent + 2)
    yield from wrap(
        " " * indent + before + plain,
        _WIDTH,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _put(text: str, written: str) -> str:
    """Return `text` with `written` at the end of its guarantees, in place of what was written there before."""
    start, end = text.find(FIRST_LINE), text.find(LAST_LINE)
    if start >= 0 and end > start:
        return text[:start] + written + text[end + len(LAST_LINE) :]
    found = re.search(r"^guarantees:.*\n", text, re.MULTILINE)
    if found is None:
        after = re.search(r"^dispositions:", text, re.MULTILINE)
        place = after.start() if after else len(text)
        return f"{text[:place]}guarantees:\n{written}\n\n{text[place:]}"
    following = re.compile(r"^[^\s#]", re.MULTILINE).search(text, found.end())
    block = text[: following.start() if following else len(text)].rstrip()
    comments = re.search(r"(\n(?:#.*|\s*))*\Z", block)
    kept = block[: comments.start() if comments else len(block)]
    return f"{kept}\n\n{written}\n{text[len(kept) :]}"
