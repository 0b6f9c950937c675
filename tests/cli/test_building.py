"""Only the command that is called is built; whoever does not call one sees all of them."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from nmtchoose.cli.building import leave_out_uncalled


def program() -> typer.Typer:
    """A command of its own, one from an unnamed group, and a named group with one."""
    app, unnamed, named = typer.Typer(), typer.Typer(), typer.Typer()

    @app.callback()
    def start() -> None:
        pass

    @app.command()
    def ask_first() -> None:
        typer.echo("asked")

    @unnamed.command("test")
    def run_tests() -> None:
        typer.echo("tested")

    @named.command()
    def show() -> None:
        typer.echo("shown")

    app.add_typer(unnamed)
    app.add_typer(named, name="config")
    return app


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["ask-first"], "asked"), (["test"], "tested"), (["config", "show"], "shown")],
    ids=["a command", "a command of an unnamed group", "a command of a group"],
)
def test_what_is_called_runs(arguments: list[str], said: str) -> None:
    app = program()
    leave_out_uncalled(app, arguments)
    assert CliRunner().invoke(app, arguments).stdout == f"{said}\n"


def test_what_is_not_called_is_left_out() -> None:
    app = program()
    leave_out_uncalled(app, ["test"])
    assert CliRunner().invoke(app, ["ask-first"]).exit_code == 2
    assert CliRunner().invoke(app, ["config", "show"]).exit_code == 2


@pytest.mark.parametrize("arguments", [[], ["--help"], ["tset"], ["--help", "test"]])
def test_whoever_calls_none_can_still_see_all(arguments: list[str]) -> None:
    app = program()
    leave_out_uncalled(app, arguments)
    told = CliRunner().invoke(app, ["--help"]).stdout
    assert all(name in told for name in ("ask-first", "test", "config"))
