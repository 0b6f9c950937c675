"""`nmtchoose diff`: what a change of the two files means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nmtchoose.cli.lines import counted, say
from nmtchoose.cli.pair_of import missing_files_are_faulty_content, pair_of
from nmtchoose.content.load import load_pair
from nmtchoose.errors import UsageError

if TYPE_CHECKING:
    from nmtchoose.authoring.differences import Pair

_ANSWERS = ("*.json", "*.yaml", "*.yml")


def run(old: Path, new: Path, answers: Sequence[Path], cases: Sequence[Path], *, prove: bool) -> None:
    """Print what changed from `old` to `new`, folders or files, and which results of `answers` and `cases` change.

    Raises ContentError where a pair does not load, and AnswerError for a file that holds no answers.
    """
    from nmtchoose.authoring.differences import change_lines, differences
    from nmtchoose.authoring.shifts import shift_lines, shifts

    with missing_files_are_faulty_content():
        before, after = load_pair(*pair_of([old])), load_pair(*pair_of([new]))
    changes = list(differences(before, after))
    for change in changes:
        say(change_lines(change))
    say([f"{counted(len(changes), 'change')} from {old} to {new}."])
    pile = list(_pile(answers, cases))
    if pile:
        say(["", *shift_lines(shifts(pile, before, after), len(pile))])
    if prove and changes:
        _search_less_strict(before, after)


def _search_less_strict(old: Pair, new: Pair) -> None:
    """Print answers whose result becomes less strict, or that there are none among all possible ones."""
    from nmtchoose.authoring.proof.less_strict import find_less_strict

    try:
        found = find_less_strict(old, new)
    except UsageError as missing:
        say(["", *(f"not searched: {one}" for one in missing.faults)])
        return
    if found is None:
        say(["", "No possible set of answers gets a less strict result."])
        return
    say(["", "Less strict for these answers:", *(f"  {line}" for line in found.words or ("plain answers",))])
    say(f"  {problem}" for problem in found.problems)


def _pile(answers: Sequence[Path], cases: Sequence[Path]) -> Iterator[tuple[str, Mapping[str, object]]]:
    from nmtchoose.authoring.cases import raw_case_answers
    from nmtchoose.records.answers_file import raw_answers

    for path in answers:
        inside = sorted({file for pattern in _ANSWERS for file in path.glob(pattern)}) if path.is_dir() else [path]
        yield from ((str(file), raw_answers(str(file))) for file in inside)
    yield from raw_case_answers(cases)
