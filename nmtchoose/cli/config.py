"""`nmtchoose config`: what the practice has set, and where each value comes from."""

from typing import Annotated

import typer

commands = typer.Typer(help="Show or change what your practice has set up.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of a setting; see `config show`.")]


@commands.command()
def show(
    as_json: Annotated[bool, typer.Option("--json", help="Print the settings as JSON.")] = False,
) -> None:
    """Show every setting, its value and where the value comes from."""
    from nmtchoose.cli import configuring, guard

    with guard.guarded():
        configuring.show(as_json=as_json)


@commands.command("set")
def set_(
    name: Name,
    words: Annotated[list[str], typer.Argument(metavar="VALUE...", help="The value; several for a list.")],
) -> None:
    """Set something for yourself on this computer."""
    from nmtchoose.cli import configuring, guard

    with guard.guarded():
        configuring.set_setting(name, words)


@commands.command()
def unset(name: Name) -> None:
    """Go back to the usual value."""
    from nmtchoose.cli import configuring, guard

    with guard.guarded():
        configuring.unset_setting(name)


@commands.command()
def path() -> None:
    """Print where the files stand: settings and records."""
    from nmtchoose.cli import configuring, guard

    with guard.guarded():
        configuring.paths()
