"""Everything wrong or doubtful about the two files, in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from nmtchoose.authoring.checks import claims, safety, solved, unread, wording
from nmtchoose.authoring.checks.pair import Pair, Side, at_rule
from nmtchoose.errors import Code, Fault
from nmtchoose.loading.load import read_pair
from nmtchoose.loading.locate import OLDER
from nmtchoose.loading.nodes import FaultLog, Mapping, Scalar, places_of
from nmtchoose.loading.yaml_nodes import read_nodes
from nmtchoose.meaning.solver import is_installed
from nmtchoose.model.tables import Tables
from nmtchoose.proof.encoded import Encoded, encode
from nmtchoose.proof.results import CLAIMS, Counterexample, Problem, ProofReport, Property, Thing, problem_words


def older_form(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for each file whose format is the older one."""
    for side in (pair.asked, pair.decided):
        written = side.root["format"] if isinstance(side.root, Mapping) else None
        if isinstance(written, Scalar) and written.text.endswith(OLDER):
            yield side.warning(Code.OLDER_FORM, "format", folder=Path(side.file).parent)


Check = Callable[[Pair], Iterable[Fault]]

WORDING: tuple[Check, ...] = (
    claims.claims,
    claims.therapies_named,
    wording.same_voice,
    wording.look_alikes,
    wording.said_twice,
    wording.long_texts,
    wording.long_lines,
    wording.hard_to_read,
    wording.no_help,
    older_form,
)
"""Checks that judge words and form alone: they also make sense while the files have faults."""

MEANING: tuple[Check, ...] = (
    unread.never_reached,
    safety.milder_than_stage,
    safety.unnamed_therapies,
    safety.reassured_alarms,
    safety.lasting_and_new,
    safety.wrong_numbers,
    safety.other_thresholds,
    safety.fires_on_none,
    unread.no_consequence,
    safety.no_reason,
    safety.idle_effects,
    safety.against_themselves,
    unread.unread_questions,
    unread.unread_options,
    unread.unused_facts,
    unread.unused_groups,
    unread.unused_settings,
    unread.unused_sources,
)
"""Checks that need both files to be sound."""

SOLVED: tuple[Callable[[Pair, Encoded], Iterable[Fault]], ...] = (
    solved.never_asked,
    solved.never_offered,
    solved.never_fires,
    solved.never_suggested,
    solved.never_guaranteed,
    solved.against_each_other,
    solved.always_covered,
)
"""Checks that look at all possible answers, so that they need the solver too."""


MOST_FINDINGS = 100
"""Of one check: after so many of one kind, more say nothing new."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was found, from the top of each file to its end. `tables` is None while the files do not load.

    `solved` says whether the solver looked for what no answers lead to. `pair` knows where everything stands.
    """

    errors: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    tables: Tables | None
    solved: bool
    pair: Pair | None = None

    def with_refuted(self, proofs: ProofReport) -> CheckReport:
        """Return this report with what `proofs` refuted as further errors; what is an error already counts once."""
        assert self.pair is not None
        known = {(one.file, one.line) for one in self.errors}
        more = (one for one in _refuted(proofs, self.pair) if (one.file, one.line) not in known)
        return replace(self, errors=(*self.errors, *more))


def check_pair(questions: Path | bytes, rules: Path | bytes) -> CheckReport:
    """Return all findings about the two files (or their bytes). Raises FileError when one cannot be read.

    While a file has faults that keep it from loading, only the wording is judged beyond them.
    """
    reading = read_pair(questions, rules)
    found, tables, pair = [*reading.faults], None, None
    if reading.questionnaire is not None and reading.table is not None:
        read = Tables(reading.questionnaire, reading.table)
        asked, decided = (
            Side(file, root, places_of(root)) for file, root in zip(reading.files, reading.roots, strict=True)
        )
        pair = Pair(read, asked, decided, _own_claims(rules))
        found += _some_of_each(check(pair) for check in WORDING)
        if not reading.faults:
            tables = read
            found += _some_of_each(check(pair) for check in MEANING)
    solved = tables is not None and is_installed()
    if pair is not None and solved:
        encoded = encode(pair.tables)
        found += _some_of_each(check(pair, encoded) for check in SOLVED)
    placed = sorted(dict.fromkeys(found), key=lambda one: (reading.files.index(one.file), one.line, one.column))
    return CheckReport(
        errors=tuple(one for one in placed if not one.warning),
        warnings=tuple(one for one in placed if one.warning),
        tables=tables,
        solved=solved,
        pair=pair if tables else None,
    )


def _some_of_each(findings: Iterable[Iterable[Fault]]) -> Iterator[Fault]:
    return chain.from_iterable(islice(some, MOST_FINDINGS) for some in findings)


CLAIMS_FILE = "claims.yaml"
"""Beside the two files: phrases that a practice does not want to read."""


def _own_claims(rules: Path | bytes) -> tuple[tuple[str, str], ...]:
    """Return the phrases in `claims.yaml` beside the file `rules`; what is no phrase with a text is left out."""
    path = rules.parent / CLAIMS_FILE if isinstance(rules, Path) else None
    if path is None or not path.is_file():
        return ()
    root = read_nodes(path.read_bytes(), FaultLog(str(path)))
    written = root["phrases"] if isinstance(root, Mapping) else None
    entries = written.entries if isinstance(written, Mapping) else ()
    return tuple((key.text, value.text) for key, value in entries if isinstance(value, Scalar))


_SUBJECTS = {
    Property.NO_THERAPY_IN_AN_EMERGENCY: Thing.RULE,
    Property.MORE_RISK_NEVER_MILDER: Thing.QUESTION,
}
"""What a counterexample to a property is about; to the guarantees, a guarantee."""


def _refuted(report: ProofReport, pair: Pair) -> Iterator[Fault]:
    """Yield an error for each problem that a proof found."""
    for finding in report.findings:
        for problem in finding.problems:
            side, path = _about(finding.property, problem, pair)
            claim = CLAIMS[finding.property].rstrip(".")
            yield side.error(Code.REFUTED, *path, claim=claim, problem=problem_words(problem))


def _about(proved: Property, problem: Problem, pair: Pair) -> tuple[Side, tuple[str, ...]]:
    """Return the file and the path of what `problem` is about."""
    if isinstance(problem, Counterexample):
        thing, name = _SUBJECTS.get(proved), problem.subject
    else:
        thing, name = problem.thing, problem.id
    if thing in (Thing.QUESTION, Thing.OPTION):
        question, _, option = name.partition("=")
        return pair.asked, ("questions", question.partition(".")[0], "options", option)
    if thing is Thing.RULE:
        rule = next(one for one in pair.table.rules if one.id == name)
        return pair.decided, at_rule(rule)
    heading = {Thing.THERAPY: "therapies", Thing.DISPOSITION: "dispositions", None: "guarantees"}
    return pair.decided, (heading.get(thing, "decision"), name)
