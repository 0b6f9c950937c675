"""Two years of a made-up practice: 600 clients, 2,000 intakes, bookings, departures and what clients said afterwards.

    python benchmarks/practice.py [INTAKES] [CLIENTS]

The records are made here and taken in by `records import`; everything after that is the real commands, timed from
start to end: bookings noted one by one, the report in its forms, what is given to one client, and the deletion of that
client, after which all files of the practice are searched for the reference. Numbers are drawn with a fixed seed: they
say how long it takes and how it looks, and nothing about massage.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from msgspec.structs import replace

from benchmarks.clients import clients, shipped_pair
from benchmarks.measuring import machine, write
from nmtchoose.desk.interview import result_of
from nmtchoose.desk.recording import new_intake
from nmtchoose.model.answers import Answers
from nmtchoose.model.tables import Tables
from nmtchoose.records.entries import Consent, Outcome, Record, booked, new_id, to_lines
from nmtchoose.words.terms import REASONS, STEPS

_FIRST = datetime(2024, 11, 1, 9, tzinfo=UTC)
_DAYS = 730
_DEPARTURES, _COMES_BACK = 0.12, 0.6
_NOTED_BY_HAND = 10


def records(tables: Tables, intakes: int, people: int) -> Iterator[Record]:
    """Yield the records; about one in eight bookings departs, and six of ten clients say how it went."""
    chance = random.Random(18)
    made = clients(tables.questionnaire)
    for _ in range(intakes):
        answers = dict(chance.choice(list(made.values())))
        if "pain_now" in answers:
            answers["pain_now"] = chance.randint(1, 9)
        taken = _FIRST + timedelta(days=chance.uniform(0, _DAYS))
        yield _record(tables, answers, f"client-{chance.randrange(people):04}", taken, chance)


def _record(tables: Tables, answers: Answers, client: str, taken: datetime, chance: random.Random) -> Record:
    consent = Consent("2026-11", taken, "Sam")
    intake = new_intake(
        result_of(tables, answers), consent, client=client, asked_by="Sam", full=True, taken_at=taken, seconds=240
    )
    suggested = booked(intake.assessment)[1]
    others = [one.id for one in tables.rules.therapies if one.id not in suggested]
    departs = chance.random() < _DEPARTURES
    taken_up = (chance.choice(others),) if departs else suggested
    noted = Outcome(
        id=new_id(), made_at=taken, by="Sam", booked=taken_up, why=chance.choice(list(REASONS)) if departs else ""
    )
    if not taken_up:
        noted = replace(noted, doctor="Nothing serious was found." if chance.random() < _COMES_BACK else "")
    before = answers.get("pain_now")
    if not isinstance(before, int) or chance.random() > _COMES_BACK:
        return Record(intake, outcomes=(noted,))
    later = taken + timedelta(days=21)
    now = min(max(round(chance.gauss(before - 1.5, 2)), 0), 10)
    step = list(STEPS)[min(max(round(3 + (now - before) * 0.7), 0), 6)]
    said = Outcome(id=new_id(), made_at=later, by="client", problem=now, change=step)
    return Record(intake, outcomes=(noted, said))


class Practice:
    """A home of its own, in which the real commands are run and timed."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.seconds: dict[str, float] = {}

    def run(self, name: str, *words: str) -> str:
        """Run one command and return what it prints."""
        began = time.perf_counter()
        environment = {
            **os.environ,
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": "",
            "XDG_DATA_HOME": "",
            "XDG_STATE_HOME": "",
        }
        command = [sys.executable, "-m", "nmtchoose", *words]
        done = subprocess.run(command, env=environment, cwd=self.home, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        self.seconds[name] = round(time.perf_counter() - began, 2)
        return done.stdout


def main(intakes: int = 2_000, people: int = 600) -> None:
    """Make the practice, run the commands, and write the times and what was found."""
    tables = Tables(*shipped_pair())
    with tempfile.TemporaryDirectory() as folder:
        practice = Practice(Path(folder))
        made = list(records(tables, intakes, people))
        (practice.home / "made.jsonl").write_text("".join(to_lines(made)), encoding="utf-8")
        practice.run("import", "records", "import", "made.jsonl")
        (practice.home / "made.jsonl").unlink()
        for number, record in enumerate(made[:_NOTED_BY_HAND]):
            words = ("--by", "Sam", "--booked", *(booked(record.intake.assessment)[1][:1] or ("nothing",)))
            practice.run("outcome", "records", "outcome", made[number].intake.id, *words)
        report = practice.run("report", "records", "report", "--plain")
        practice.run("report since", "records", "report", "--plain", "--since", "2026-01-01")
        departures = practice.run("departures", "records", "report", "--departures", "--plain")
        practice.run("report as a page", "records", "report", "-o", "report.html")
        practice.run("report as a table", "records", "report", "-o", "report.csv")
        client = made[0].intake.client
        practice.run("give", "records", "give", client, "-o", "given.html", "--yes")
        (practice.home / "given.html").unlink()
        deleted = practice.run("delete", "records", "delete", "--client", client, "--yes")
        left = [one.name for one in practice.home.rglob("*") if one.is_file() and client.encode() in one.read_bytes()]
        told = {"intakes": intakes, "clients": people, "seconds": practice.seconds, "still_naming_the_deleted": left}
        path = write("practice", {"machine": machine(), **told})
    print(
        report,
        departures,
        deleted,
        f"Files that still name {client}: {left}",
        practice.seconds,
        f"Written: {path}",
        sep="\n",
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
