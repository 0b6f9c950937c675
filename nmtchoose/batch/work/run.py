"""Many clients from start to end: sources in, one result out, in parts that outlive being stopped."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from nmtchoose import __version__
from nmtchoose.batch.reading.portions import Portion, check_columns, portions
from nmtchoose.batch.reading.sources import REJECTS, UNFINISHED, Source
from nmtchoose.batch.work.crew import cores, do_all
from nmtchoose.batch.work.portion_work import Done, Job
from nmtchoose.batch.work.tally import Tally
from nmtchoose.batch.writing.finishing import cannot_write, join_rejects, join_results
from nmtchoose.batch.writing.parts import PartsFolder
from nmtchoose.batch.writing.writers import Output
from nmtchoose.errors import AnswerError, Code, UsageError, fault
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.records.draft_claim import claim

_RUN = "run.json"
_FORMAT = "nmtchoose/unfinished/1"

_SHOWN = 10
"""Rejects that are shown where no file is named for them."""

Watch = Callable[[Portion, Tally], None]
"""Is told of every portion that is done, and of what was counted in it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done. `rejects` is where to write what was left out; None: beside the output.

    `resume` goes on with a run that was stopped. `most_rejects` stops a run with more; None: never. `master` is that
    of the Spark cluster that does the work; without one, up to `processes` processes of this machine do.
    """

    sources: tuple[Source, ...]
    output: Output
    rejects: Path | None = None
    full: bool = False
    ignored: Collection[str] = ()
    processes: int = 0
    resume: bool = False
    most_rejects: int | None = None
    master: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """What was counted, where the rejects are (None: nowhere), and how long it took.

    `first_rejects` are some of the rejects, where they are nowhere else.
    """

    tally: Tally
    rejects: Path | None
    seconds: float
    first_rejects: Sequence[str] = ()


def run_to_file(questionnaire: Questionnaire, rules: RuleTable, wanted: Wanted, target: Path, watch: Watch) -> Finished:
    """Screen `wanted.sources` and write the result to `target`, a file; for a folder see `run_to_folder`.

    Finished parts stand in a folder beside it until all is done. Raises UsageError when a run that was stopped is in
    the way or was a different one, FileError when something cannot be read or written (the parts stay), and
    AnswerError when there are more rejects than wanted.
    """
    rejects = wanted.rejects or Path(f"{target}{REJECTS}")

    def finish(parts: PartsFolder, count: int) -> None:
        join_rejects(parts, count, rejects)
        join_results(parts, count, wanted.output, target)

    return _run_beside(questionnaire, rules, wanted, target, rejects, wanted.output.stage, finish, watch)


def run_to_folder(
    questionnaire: Questionnaire, rules: RuleTable, wanted: Wanted, target: Path, watch: Watch
) -> Finished:
    """Do the same with the parts as the result, in a folder `target` that must not be there yet."""
    if target.exists():
        raise UsageError([fault(Code.FILE_EXISTS, str(target))])
    rejects = wanted.rejects or Path(f"{target}{REJECTS}")

    def finish(parts: PartsFolder, count: int) -> None:
        join_rejects(parts, count, rejects)
        with whole_folder(target) as folder:
            for number in range(count):
                parts.result(number).rename(folder / parts.result(number).name)

    return _run_beside(questionnaire, rules, wanted, target, rejects, wanted.output, finish, watch)


def run_to_stream(
    questionnaire: Questionnaire, rules: RuleTable, wanted: Wanted, stream: BinaryIO, watch: Watch
) -> Finished:
    """Screen `wanted.sources` and write the results to `stream` in their order, as soon as they are there."""
    began = time.monotonic()
    tally, given = Tally(), 0
    check_columns(wanted.sources, questionnaire, wanted.ignored)
    with tempfile.TemporaryDirectory(prefix="nmtchoose-") as folder:
        parts = PartsFolder(Path(folder), wanted.output.ending, lasting=False)
        job = Job(questionnaire, rules, wanted.output, parts, wanted.full, wanted.ignored)
        waiting: set[int] = set()
        for done in _watched(job, portions(wanted.sources), wanted, watch):
            tally += done.tally
            waiting.add(done.number)
            while given in waiting:
                waiting.remove(given)
                with parts.result(given).open("rb") as part:
                    shutil.copyfileobj(part, stream)
                parts.result(given).unlink()
                given += 1
            _not_too_many(tally, wanted)
        if wanted.rejects is not None:
            join_rejects(parts, given, wanted.rejects)
        shown = () if wanted.rejects is not None else tuple(_some_rejects(parts, given))
    return Finished(tally, wanted.rejects if tally.rejected else None, time.monotonic() - began, shown)


def _some_rejects(parts: PartsFolder, count: int) -> Iterator[str]:
    """Yield the first rejects as they are written to a file of rejects."""
    left = _SHOWN
    for number in range(count):
        if parts.rejects(number).exists():
            with parts.rejects(number).open(encoding="utf-8") as lines:
                for line in islice(lines, left):
                    left -= 1
                    yield line.rstrip("\n")


Finish = Callable[[PartsFolder, int], None]


def _run_beside(
    questionnaire: Questionnaire,
    rules: RuleTable,
    wanted: Wanted,
    target: Path,
    rejects: Path,
    form: Output,
    finish: Finish,
    watch: Watch,
) -> Finished:
    """Write parts in `form` into a folder beside `target`, let `finish` make the result of them, remove the folder."""
    began = time.monotonic()
    check_columns(wanted.sources, questionnaire, wanted.ignored)
    with _unfinished(target, _identity(questionnaire, rules, wanted), wanted, form) as parts:
        job = Job(questionnaire, rules, form, parts, wanted.full, wanted.ignored)
        tallies = parts.finished()
        counted = _Counted()
        left = counted.skipping(portions(wanted.sources), tallies, watch)
        tally = sum(tallies.values(), Tally())
        for done in _watched(job, left, wanted, watch):
            tally += done.tally
            _not_too_many(tally, wanted)
        finish(parts, counted.count)
    return Finished(tally, rejects if tally.rejected else None, time.monotonic() - began)


class _Counted:
    """Counts the portions that pass by."""

    count = 0

    def skipping(self, everything: Iterator[Portion], done: Mapping[int, Tally], watch: Watch) -> Iterator[Portion]:
        """Yield the portions that are not done yet."""
        for portion in everything:
            self.count += 1
            if portion.number in done:
                watch(portion, done[portion.number])
            else:
                yield portion


def _watched(job: Job, left: Iterator[Portion], wanted: Wanted, watch: Watch) -> Iterator[Done]:
    """Do the portions that are left, and tell `watch` of each."""
    begun: dict[int, Portion] = {}

    def noted() -> Iterator[Portion]:
        for portion in left:
            begun[portion.number] = portion
            yield portion

    for done in _done(job, noted(), wanted):
        watch(begun.pop(done.number), done.tally)
        yield done


def _done(job: Job, left: Iterator[Portion], wanted: Wanted) -> Iterator[Done]:
    if wanted.master:
        from nmtchoose.batch.spark.crew import do_all_on_spark

        return do_all_on_spark(job, left, wanted.master)
    return do_all(job, left, wanted.processes or cores())


def _not_too_many(tally: Tally, wanted: Wanted) -> None:
    limit = wanted.most_rejects
    if limit is not None and tally.rejected > limit:
        raise AnswerError([fault(Code.TOO_MANY_REJECTS, count=tally.rejected, limit=limit)])


def _identity(questionnaire: Questionnaire, rules: RuleTable, wanted: Wanted) -> dict[str, object]:
    """Return what makes a run the same run, as JSON gives it back."""
    identity = {
        "format": _FORMAT,
        "app": __version__,
        "inputs": [_stamp(one) for one in wanted.sources],
        "questions": questionnaire.stamp.sha256,
        "rules": [rules.stamp.sha256, sorted(rules.not_offered)],
        "options": {"output": wanted.output.value, "full": wanted.full, "ignore": sorted(wanted.ignored)},
    }
    same: dict[str, object] = json.loads(json.dumps(identity))
    return same


def _stamp(source: Source) -> Sequence[object]:
    if source.is_standard_input:
        return [source.name, source.form.value]
    found = Path(source.path).stat()
    return [source.name, source.form.value, found.st_size, found.st_mtime_ns]


@contextmanager
def _unfinished(target: Path, identity: Mapping[str, object], wanted: Wanted, form: Output) -> Iterator[PartsFolder]:
    """Give the folder for parts, new or that of the run that is gone on with; it goes when all went well."""
    folder = Path(f"{str(target).rstrip('/')}{UNFINISHED}")
    parts = PartsFolder(folder, form.ending)
    once = any(one.is_standard_input for one in wanted.sources)
    try:
        new = not folder.exists()
        folder.mkdir(mode=0o700, exist_ok=True)
        claimed = claim(folder, "run")
    except BlockingIOError:
        raise UsageError([fault(Code.RUN_GOING_ON, str(folder))]) from None
    except OSError as error:
        raise cannot_write(folder, error) from None
    try:
        if not new:
            _same_run(folder, parts, identity, resume=wanted.resume and not once)
        with parts.written(folder / _RUN) as stream:
            stream.write(json.dumps(identity).encode())
        yield parts
    except BaseException:
        if once and new:
            # What came on standard input cannot be read again: there is nothing to go on with.
            shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        claimed.free()
    shutil.rmtree(folder)


def _same_run(folder: Path, parts: PartsFolder, identity: Mapping[str, object], *, resume: bool) -> None:
    """Raise UsageError unless the run in `folder` may and can be gone on with."""
    if not resume:
        raise UsageError([fault(Code.RUN_UNFINISHED, str(folder), count=len(parts.finished()))])
    if not (folder / _RUN).exists():
        return
    before = json.loads((folder / _RUN).read_bytes())
    different = [name for name in identity if before.get(name) != identity[name]]
    if different:
        raise UsageError([fault(Code.RUN_DIFFERS, str(folder), what=" and ".join(different))])


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Give a folder that gets the name `target` when all went well."""
    folder = target.with_name(f".{target.name}.tmp")
    folder.mkdir(mode=0o700, exist_ok=True)
    yield folder
    folder.rename(target)
