"""A PostgreSQL of our own: a fresh cluster in a temporary folder, on a socket, run by a user without rights."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

DEBIAN = "/usr/lib/postgresql/*/bin"
QUICK = "-c listen_addresses= -c fsync=off -c shared_buffers=16MB -c max_connections=20"


def postgres_folder() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest version, or None."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/").glob(DEBIAN.lstrip("/")))
    return folders[-1] if folders else None


@contextmanager
def running_postgres(programs: Path) -> Iterator[str]:
    """Run a server and yield its address. PostgreSQL refuses to run as root, so root runs it as `nobody`."""
    folder = Path(tempfile.mkdtemp(prefix="nmtpg-"))
    as_user: Mapping[str, object] = {}
    user = "desk"
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        as_user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    def run(program: str, *words: str) -> None:
        subprocess.run(
            [programs / program, *words],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(folder)},
            **as_user,  # type: ignore[call-overload]
        )

    cluster, log = str(folder / "cluster"), str(folder / "log")
    try:
        run("initdb", "-D", cluster, "-U", user, "-A", "trust", "-E", "UTF8", "--no-sync")
        run("pg_ctl", "-D", cluster, "-l", log, "-w", "-o", f"-k {folder} {QUICK}", "start")
        try:
            yield f"postgresql://{user}@{quote(str(folder), safe='')}/postgres"
        finally:
            run("pg_ctl", "-D", cluster, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
