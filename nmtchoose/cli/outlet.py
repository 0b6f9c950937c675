"""Where the result of an interview goes, as the flags say."""

import sys
from datetime import datetime
from pathlib import Path

import typer
from msgspec import Struct

from nmtchoose.cli.delivery import Delivery
from nmtchoose.desk.desk import Desk
from nmtchoose.desk.interview import Result


class ResultOutlet(Struct, frozen=True, kw_only=True):
    """What the flags say about the result; see `nmtchoose.desk.intake.Outlet`."""

    desk: Desk
    delivery: Delivery
    save_answers: Path | None
    therapist: bool
    staff: bool
    full: bool = False

    def keep(self, result: Result) -> None:
        """Write the answers to the file that `--save-answers` names."""
        if self.save_answers is not None:
            from nmtchoose.cli.results import answers_of

            Delivery(output=self.save_answers).record(answers_of(result))

    def show(self, result: Result, *, seen: bool) -> None:
        """Show the page, or export; JSON has to wait until all is known. A terminal is shown nothing twice."""
        if self.delivery.as_json or (seen and self.delivery.on_screen and sys.stdout.isatty()):
            return
        from nmtchoose.cli.results import export, page_of  # no question waits for it

        named = [("", result)]
        if self.delivery.format is not None:
            now = datetime.now().astimezone()
            export(self.delivery, self.delivery.format, named, therapist=self.therapist, answered=now)
        else:
            short = None if self.full or self.therapist else self.delivery
            page = page_of(named, therapist=self.therapist, staff=self.staff, short=short)
            self.delivery.page(page, self.desk.region)

    def stays_in_view(self, result: Result) -> bool:
        """Return whether the short form stands on a terminal and somebody can press keys there."""
        emergency = result.assessment.disposition.is_emergency
        shown = self.delivery.on_screen and not (self.full or self.therapist or emergency)
        return shown and sys.stdout.isatty() and sys.stdin.isatty()

    def finish(self, result: Result, record_id: str) -> None:
        """Say under which id the record stands, and print the JSON."""
        if record_id:
            typer.echo(f"Saved as {record_id}.", err=True)
        if result.help and self.delivery.on_screen and sys.stdout.isatty():
            typer.echo("To see it again: nmtchoose last", err=True)
        if self.delivery.as_json:
            from nmtchoose.cli.results import record_of

            self.delivery.record(record_of(result, self.desk.region))
