"""Building only the command that is called: a command costs about a millisecond, and a start needs one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typer import Typer
    from typer.models import CommandInfo

_NEEDS_NONE = "--version"


def leave_out_uncalled(app: Typer, arguments: Sequence[str]) -> None:
    """Take out of `app` the commands that `arguments` do not call.

    All of them stay where the first argument is no command: help and mistakes are answered with the whole list.
    """
    first = arguments[0] if arguments else ""
    if first == _NEEDS_NONE or first in _names(app):
        _keep(app, first)


def _names(app: Typer) -> set[str]:
    """Return what commands and groups are called, also those that an unnamed group adds to `app`."""
    names = {_name(command) for command in app.registered_commands}
    for group in app.registered_groups:
        inner = group.typer_instance
        names |= {str(group.name)} if group.name else _names(inner) if inner else set()
    return names


def _keep(app: Typer, name: str) -> None:
    app.registered_commands = [command for command in app.registered_commands if _name(command) == name]
    app.registered_groups = [group for group in app.registered_groups if not group.name or group.name == name]
    for group in app.registered_groups:
        if not group.name and group.typer_instance:
            _keep(group.typer_instance, name)


def _name(command: CommandInfo) -> str:
    from typer.main import get_command_name

    return command.name or get_command_name(getattr(command.callback, "__name__", ""))
