"""`nmtchoose pack`: the answers of many clients in one small file."""

from typing import Annotated

import typer

from nmtchoose.cli.flags import Questions, Rules
from nmtchoose.cli.many import ManyFlags, pack_many
from nmtchoose.cli.many_flags import Continue, From, Ignore, Jobs, LimitRejects, PackedFile, Rejects


def pack(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Answers of many clients, as `screen` reads them.")
    ],
    archive: PackedFile,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
    questions: Questions = None,
    rules: Rules = None,
    jobs: Jobs = None,
    rejects: Rejects = None,
    limit_rejects: LimitRejects = None,
    source_form: From = None,
    ignore: Ignore = None,
    resume: Continue = False,
) -> None:
    """Write the answers of every record of `files` to `archive`."""
    flags = ManyFlags(source_form, False, jobs, rejects, limit_rejects, tuple(ignore or ()), resume)
    pack_many(files, archive, flags, questions, rules, as_json=as_json)
