"""Commands whose modules are imported when they are called: help and completion need a name and a line of each.

A command is a plain function with typer's annotations. No module that holds one has `from __future__ import
annotations`: typer would have to evaluate each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import typer
from msgspec import Struct
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from nmtchoose.cli.guard import guarded

HELP_BY = {"help_option_names": ["-h", "--help"]}
_ANY = "Commands"


class Command(Struct, frozen=True):
    """A function in a module of this room; `help` is what the command line says about it, in one line.

    `panel` is the group of commands that it stands in, and `examples` are words that may follow the program's name.
    Without `module` and `function`, both are called like the command.
    """

    help: str
    panel: str = _ANY
    examples: tuple[str, ...] = ()
    module: str = ""
    function: str = ""

    def loaded(self, name: str) -> TyperCommand:
        """Return the command with its flags; errors inside become messages and exit codes."""
        function = getattr(import_module(f"nmtchoose.cli.{self.module or name}"), self.function or name)
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        epilog = (
            "\b\nFor instance:\n" + "\n".join(f"  nmtchoose {one}" for one in self.examples) if self.examples else None
        )
        app.command(name, help=self.help, epilog=epilog, context_settings=HELP_BY)(guarded()(function))
        command = get_command(app)
        assert isinstance(command, TyperCommand)
        return command


class Branch(Struct, frozen=True):
    """Commands under one name."""

    commands: Commands
    help: str
    panel: str = _ANY

    def loaded(self, name: str) -> TyperGroup:
        """Return the group."""
        return group_of(self.commands)(
            name=name, help=self.help, no_args_is_help=True, rich_markup_mode=None, context_settings=HELP_BY
        )


Commands = Mapping[str, Command | Branch]


def group_of(commands: Commands) -> type[TyperGroup]:
    """Return a group that knows `commands` by name and panel, in this order, and loads the one that is called."""

    class Group(TyperGroup):
        def __init__(self, **how: Any) -> None:
            super().__init__(**how)
            self.commands = {name: TyperCommand(name, help=one.help) for name, one in commands.items()}

        def format_commands(self, ctx: Any, formatter: Any) -> None:
            for panel in dict.fromkeys(one.panel for one in commands.values()):
                with formatter.section(panel):
                    formatter.write_dl([(name, one.help) for name, one in commands.items() if one.panel == panel])

        def resolve_command(self, ctx: Any, args: list[str]) -> Any:
            name, found, rest = super().resolve_command(ctx, args)
            return name, commands[name].loaded(name) if name and found else None, rest

    return Group
