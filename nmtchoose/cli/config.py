"""`nmtchoose config`: what the practice has set, and where each value comes from."""

from typing import Annotated

import typer

from nmtchoose.cli.delivery import Delivery, say
from nmtchoose.files.atomic import usual_place
from nmtchoose.practice.current import current_settings, find_values, load_tables, project_file, user_file, with_offered
from nmtchoose.practice.settings import SETTINGS, Value, known_setting, read_words, set_value, unset_value
from nmtchoose.records.database import without_password

FORMAT = "nmtchoose/config/1"

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of a setting; see `config show`.")]


def show(as_json: Annotated[bool, typer.Option("--json", help="Print the settings as JSON.")] = False) -> None:
    """Print all settings. A password in an address is never shown."""
    found = find_values()
    if as_json:
        settings = {name: {"value": _shown(name, one.value), "from": one.origin} for name, one in found.items()}
        Delivery().record({"format": FORMAT, "settings": settings})
        return
    for setting in SETTINGS:
        one = found[setting.name]
        place = f" ({one.place})" if one.place else ""
        say([f"{setting.name}: {_told(setting.name, one.value)}", f"    {setting.about} From: {one.origin}{place}."])


def set_setting(
    name: Name, words: Annotated[list[str], typer.Argument(metavar="VALUE...", help="The value; several for a list.")]
) -> None:
    """Write a setting to the user's file; raises ContentError for a name or a value that does not fit."""
    wanted = read_words(known_setting(name), words)
    if name in ("region", "therapies"):  # only what the rules in use have
        tables = load_tables(None, None, offered=())
        if isinstance(wanted, tuple):
            with_offered(tables, wanted)
        else:
            Delivery(region=str(wanted)).numbers(tables.rules)
    value = set_value(user_file(), name, words)
    say([f"{name}: {_told(name, value)}"])
    counts = find_values()[name]
    if counts.value != value:
        say([f"Another place comes first: {counts.place} says {_told(name, counts.value)}."])


def unset(name: Name) -> None:
    """Take a setting out of the user's file; raises ContentError when it does not stand there."""
    unset_value(user_file(), name)
    counts = find_values()[name]
    say([f"{name}: {_told(name, counts.value)} ({counts.origin})"])


def path() -> None:
    """Print where the files stand, whether or not they exist yet; those of the settings even when they are faulty."""
    say([f"your settings: {user_file()}", f"this project's settings: {project_file().absolute()}"])
    store = current_settings().store
    say([f"records: {without_password(store) if store else usual_place()}"])


def _told(name: str, value: Value) -> str:
    match _shown(name, value):
        case bool():
            return "true" if value else "false"
        case tuple() as words:
            return ", ".join(words) or "-"
        case shown:
            return str(shown) if shown != "" else "-"


def _shown(name: str, value: Value) -> Value:
    return without_password(value) if name == "store" and isinstance(value, str) else value
