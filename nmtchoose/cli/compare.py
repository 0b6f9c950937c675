"""`nmtchoose compare`: the therapies side by side, without an intake."""

from typing import Annotated

import typer

from nmtchoose.cli.delivery import Delivery, known_name
from nmtchoose.cli.flags import NoColor, Output, Plain, Questions, Rules
from nmtchoose.pages.compare import compare_page
from nmtchoose.practice.current import load_tables


def compare(
    therapies: Annotated[
        list[str] | None, typer.Argument(metavar="[THERAPY...]", help="Which to compare; the main three without names.")
    ] = None,
    plain: Plain = False,
    no_color: NoColor = False,
    output: Output = None,
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Deliver the comparison of `therapies`; raises UsageError for one that does not exist."""
    table = load_tables(questions, rules).rules
    known = [therapy.id for therapy in table.therapies]
    wanted = [known_name("therapy", name.lower().replace("-", "_"), known) for name in therapies or ()]
    Delivery(plain=plain, no_color=no_color, output=output).page(compare_page(table, tuple(wanted)))
