"""Guarantees that say what the safety rules of today do, so that none of them can be weakened unseen.

They are written into `rules.yaml` with every fact written out: a fact that is weakened later would weaken a promise
that named it, too. Rules that read one question and promise the same share a guarantee.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

from nmtchoose.errors import ContentError, while_writing
from nmtchoose.files.atomic import write_atomically
from nmtchoose.loading.load import Reading, read_pair
from nmtchoose.loading.nodes import Mapping as MappingNode
from nmtchoose.loading.nodes import Node, plain_value
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Question
from nmtchoose.model.rules import Rule, RuleTable
from nmtchoose.words.sentences import joined
from nmtchoose.words.terms import FLAG

FIRST_LINE = "  # Written by `nmtchoose init DIR --guarantees` from the rules of that day. Review them as a list."
LAST_LINE = "  # End of what was written by the program."
_WIDTH = 120
_UNBROKEN = 1_000_000
_END = "...\n"

Plain = object
"""A condition as it stands in the file: words, numbers, lists and mappings."""


@dataclass(frozen=True, slots=True)
class Written:
    """One guarantee: its id, when it applies, and what it promises."""

    id: str
    when: Plain
    promise: Mapping[str, Plain]


def add_guarantees(questions: Path, rules: Path) -> tuple[Written, ...]:
    """Write the guarantees into the file `rules`, in place of those written before, and return them.

    Raises ContentError when the pair does not load, and FileError when a file cannot be read or written.
    """
    reading = read_pair(questions, rules)
    if reading.faults or reading.table is None:
        raise ContentError(reading.faults)
    found = tuple(_merged([*_of_rules(reading), *_of_questions(reading)]))
    with while_writing(rules):
        text = rules.read_text(encoding="utf-8")
        write_atomically(rules, _put(text, "\n".join(_lines(found, reading.table))), mode=0o644)
    return found


def _of_rules(reading: Reading) -> Iterator[Written]:
    assert reading.table is not None
    inner = _Conditions(reading)
    for rule in reading.table.rules:
        promise = _promised(rule, reading.table)
        if rule.stage.is_safety and promise:
            written = _at(reading.roots[1], "rules", rule.stage, rule.id, "when")
            yield Written(f"kept-{rule.id}", inner.written_out(written), promise)


def _promised(rule: Rule, table: RuleTable) -> Mapping[str, Plain]:
    said, promise = rule.then.disposition, dict[str, Plain]()
    if said is not None and said.severity >= Disposition.CLEARANCE.severity:
        promise["disposition_at_least"] = str(said)
    if said is not None and said.forbids_therapy:
        return promise | {"never_suggest": "all"}
    if rule.then.exclude:
        promise["never_suggest"] = list(rule.then.exclude)
    if rule.then.pressure_limit < table.most_pressure:
        promise["pressure_at_most"] = rule.then.pressure_limit
    return promise


def _of_questions(reading: Reading) -> Iterator[Written]:
    """Yield when questions about safety are asked, and when their options are offered."""
    assert reading.questionnaire is not None
    inner, root = _Conditions(reading), reading.roots[0]
    for question in reading.questionnaire.questions:
        if not question.purpose.is_safety or question.at_visit:
            continue
        asked = _at(root, "questions", question.id, "ask_when")
        when = "always" if asked is None else inner.written_out(asked)
        if not question.options or any(option.show_when is None for option in question.options):
            # Without an option to offer a question is not asked: then what is said of its options says it all.
            yield Written(f"asked-{_dashed(question.id)}", when, {"always_asked": [question.id]})
        for option in question.options:
            shown = _at(root, "questions", question.id, "options", option.id, "show_when")
            if shown is not None:
                both = inner.written_out(shown) if asked is None else {"all": [when, inner.written_out(shown)]}
                name = f"offered-{_dashed(question.id)}-{_dashed(option.id)}"
                yield Written(name, both, {"always_offered": {question.id: [option.id]}})


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def _at(node: Node | None, *path: str) -> Plain:
    """Return what stands at `path` below `node` as a plain value, or None."""
    for name in path:
        node = node[name] if isinstance(node, MappingNode) else None
    return None if node is None else plain_value(node)


class _Conditions:
    """Writes conditions out: facts and number settings as what they mean, body groups as their regions."""

    def __init__(self, reading: Reading) -> None:
        assert reading.table is not None
        assert reading.questionnaire is not None
        facts, groups = _at(reading.roots[1], "facts"), _at(reading.roots[0], "body_groups")
        self._facts = facts if isinstance(facts, dict) else {}
        self._groups = groups if isinstance(groups, dict) else {}
        self._settings = {name: value for name, value in reading.table.settings.items() if not isinstance(value, bool)}
        self._questions: Mapping[str, Question] = reading.questionnaire.by_id

    def written_out(self, condition: Plain) -> Plain:
        """Return `condition` without names whose meaning can change."""
        match condition:
            case str() if condition in self._facts:
                return self.written_out(self._facts[condition])
            case list():
                return {"any": [self.written_out(part) for part in condition]}
            case dict():
                parts = [self._entry(str(key), value) for key, value in condition.items()]
                return parts[0] if len(parts) == 1 else {"all": parts}
        return condition

    def _entry(self, key: str, value: Plain) -> Plain:
        match key, value:
            case (("all" | "any"), list()):
                return {key: [self.written_out(part) for part in value]}
            case "not", _:
                return {"not": self.written_out(value)}
            case "fact", str():
                return self.written_out(self._facts[value])
            case "at_least", {"count": count, "of": list() as several}:
                return {"at_least": {"count": count, "of": [self.written_out(part) for part in several]}}
        return {key: self._compared(value) if key in self._questions else value}

    def _compared(self, value: Plain) -> Plain:
        match value:
            case str():
                regions = self._groups.get(value)
                return regions if isinstance(regions, list) else self._settings.get(value, value)
            case list():
                return list(dict.fromkeys(one for part in value for one in self._several(part)))
            case dict():
                return {key: part if key == "all_of" else self._compared(part) for key, part in value.items()}
        return value

    def _several(self, part: Plain) -> list[Plain]:
        found = self._compared(part)
        return found if isinstance(found, list) else [found]


def _merged(found: list[Written]) -> Iterator[Written]:
    """Yield `found` with those that read one question and promise the same made one."""
    groups: dict[str, list[Written]] = {}
    for one in found:
        groups.setdefault(_what_it_shares(one), []).append(one)
    for first, *others in groups.values():
        several = [first, *others]
        if not others:
            yield first
        elif _asked(first):
            yield Written(first.id, first.when, {"always_asked": [name for one in several for name in _asked(one)]})
        else:
            reads = [read for one in several if (read := _one_question(one.when))]
            options = dict.fromkeys(name for _, names in reads for name in names)
            yield Written(first.id, {reads[0][0]: list(options)}, first.promise)


def _what_it_shares(one: Written) -> str:
    """Return what is equal for guarantees that can be one."""
    if _asked(one):
        return f"{one.when} asked"
    read = _one_question(one.when)
    return f"{read[0]} {one.promise}" if read else f"{one.when} {one.id}"


def _asked(one: Written) -> list[str]:
    return _names(one.promise.get("always_asked"))


def _one_question(when: Plain) -> tuple[str, list[str]] | None:
    """Return the question and the options of a condition that names nothing else."""
    if not isinstance(when, dict) or len(when) != 1:
        return None
    ((question, value),) = when.items()
    names = _names(value)
    return (str(question), names) if names and question not in ("all", "any", "not") else None


def _names(value: Plain) -> list[str]:
    """Return one name or several as a list; nothing where something else stands."""
    several = value if isinstance(value, list) else [value]
    names = [one for one in several if isinstance(one, str)]
    return names if len(names) == len(several) else []


def _lines(found: tuple[Written, ...], table: RuleTable) -> Iterator[str]:
    import yaml

    yield FIRST_LINE
    for one in found:
        yield f"  {one.id}:"
        for key, value in {"when": one.when, "say": _say(one.promise, table), **one.promise}.items():
            text = yaml.safe_dump(value, allow_unicode=True, width=_UNBROKEN, default_flow_style=True)
            said = f"    {key}: {text.removesuffix(_END).strip()}"
            yield from wrap(said, _WIDTH, subsequent_indent=" " * 6, break_long_words=False, break_on_hyphens=False)
    yield LAST_LINE


def _say(promise: Mapping[str, Plain], table: RuleTable) -> str:
    """Return a promise in a sentence."""
    if "always_asked" in promise or "always_offered" in promise:
        return "This is always asked and offered then, unless the interview has ended before."
    said = []
    if "disposition_at_least" in promise:
        level = Disposition(str(promise["disposition_at_least"]))
        said.append(f"the result is never milder than '{FLAG[level]}'")
    never = promise.get("never_suggest")
    if isinstance(never, list):
        said.append(f"{joined([table.therapy(one).short for one in never], 'or')} is never suggested")
    elif never:
        said.append("nothing is suggested")
    most = promise.get("pressure_at_most")
    if isinstance(most, int):
        said.append(f"there is never more than {table.pressure[most - 1]} pressure")
    return f"Then {joined(said, 'and')}."


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
