"""Opening the store that an address names: a file, or a PostgreSQL server."""

from pathlib import Path

from nmtchoose.files.atomic import usual_place
from nmtchoose.records.connection import Connection, is_server
from nmtchoose.records.store import Passphrase, Store, is_encrypted


def open_store(address: str, passphrase: Passphrase) -> Store:
    """Return the store at `address` (empty: the usual place), created when it is not there; raises StoreError."""
    connection = _connect(address)
    try:
        return Store(connection, passphrase)
    except BaseException:
        connection.close()
        raise


def _connect(address: str) -> Connection:
    if is_server(address):
        from nmtchoose.records.postgres import open_postgres

        return open_postgres(address)
    from nmtchoose.records.sqlite import open_sqlite

    return open_sqlite(Path(address).expanduser() if address else usual_place())


def exists(address: str) -> bool:
    """Return whether there is a store to look into; a server is taken to have one."""
    return is_server(address) or (Path(address).expanduser() if address else usual_place()).exists()


def keeps_encrypted(address: str) -> bool:
    """Return whether there is a store that is encrypted; nobody is asked for the passphrase. Raises StoreError."""
    if not exists(address):
        return False
    connection = _connect(address)
    try:
        return is_encrypted(connection)
    finally:
        connection.close()
