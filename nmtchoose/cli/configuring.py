"""What the commands of `nmtchoose config` do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nmtchoose.cli.delivery import Delivery
from nmtchoose.cli.lines import say
from nmtchoose.practice.current import Found, find_values, project_file, user_file
from nmtchoose.practice.settings import SETTINGS, Value

FORMAT = "nmtchoose/config/1"


def show(*, as_json: bool) -> None:
    """Print all settings. A password in an address is never shown."""
    found = find_values()
    if as_json:
        settings = {name: {"value": _shown(name, one.value), "from": one.origin} for name, one in found.items()}
        Delivery().record({"format": FORMAT, "settings": settings})
    else:
        say(_lines(found))


def _lines(found: Mapping[str, Found]) -> Iterator[str]:
    for setting in SETTINGS:
        one = found[setting.name]
        place = f" ({one.place})" if one.place else ""
        yield f"{setting.name}: {_in_words(_shown(setting.name, one.value))}"
        yield f"    {setting.about} From: {one.origin}{place}."


def _in_words(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return ", ".join(value) or "-"
        case _:
            return str(value) if value != "" else "-"


def _shown(name: str, value: Value) -> Value:
    from nmtchoose.store.opening import without_password

    return without_password(value) if name == "store" and isinstance(value, str) else value


def set_setting(name: str, words: Sequence[str]) -> None:
    """Write a setting to the user's file; raises ContentError for a name or a value that does not fit."""
    from nmtchoose.practice.writing import set_value

    _check(name, words)
    value = set_value(user_file(), name, words)
    say([f"{name}: {_in_words(_shown(name, value))}", *_overruled(name, value)])


def _check(name: str, words: Sequence[str]) -> None:
    """Refuse a region or a therapy that the rules in use do not have."""
    from nmtchoose.practice.reading import known_setting, read_words

    value = read_words(known_setting(name), words)
    if name in ("region", "therapies"):
        from nmtchoose.cli.assessing import load_tables, with_offered

        tables = load_tables(None, None, offered=())
        if isinstance(value, tuple):
            with_offered(tables, value)
        else:
            Delivery(region=str(value)).numbers(tables.rules)


def _overruled(name: str, value: Value) -> Iterator[str]:
    counts = find_values()[name]
    if counts.value != value:
        yield f"Another place comes first: {counts.place} says {_in_words(_shown(name, counts.value))}."


def unset_setting(name: str) -> None:
    """Take a setting out of the user's file; raises ContentError when it does not stand there."""
    from nmtchoose.practice.writing import unset_value

    unset_value(user_file(), name)
    counts = find_values()[name]
    say([f"{name}: {_in_words(_shown(name, counts.value))} ({counts.origin})"])


def paths() -> None:
    """Print where the files stand, whether or not they exist yet; those of the settings even when they are faulty."""
    from nmtchoose.practice.current import current_settings
    from nmtchoose.store.opening import usual_place, without_password

    say([f"your settings: {user_file()}", f"this project's settings: {project_file().absolute()}"])
    store = current_settings().store
    say([f"records: {without_password(store) if store else usual_place()}"])
