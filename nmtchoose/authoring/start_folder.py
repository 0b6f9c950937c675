"""A folder to start from: the built-in pair, the JSON Schemas (draft-07) that editors use, and what to do next.

A schema is made from the shapes that are read. It knows keys, types and closed lists of words. Names across the files,
and what they mean together, are the business of `nmtchoose check`.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from nmtchoose.authoring import cases
from nmtchoose.errors import Code, FileError, fault, while_writing
from nmtchoose.files.atomic import write_atomically
from nmtchoose.loading import questions, rules
from nmtchoose.loading.conditions import DEFINITIONS
from nmtchoose.loading.keyed import Record
from nmtchoose.loading.load import load_pair
from nmtchoose.loading.locate import QUESTIONS_FILE, RULES_FILE, built_in_folder
from nmtchoose.loading.shapes import Schema
from nmtchoose.model.rules import Stage
from nmtchoose.practice.current import FILE_NAME, trust


def _schema(title: str, shape: Record) -> Schema:
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": title, **shape.schema()}


def _rules_schema() -> Schema:
    """Return the schema of `rules.yaml`, with what all stages share told once."""
    schema = _schema("What follows from the answers of an intake", rules.FILE)
    first, *others = Stage
    alike = {"$ref": f"#/properties/rules/properties/{first}"}
    schema["properties"]["rules"]["properties"].update({str(stage): alike for stage in others})
    return {**schema, "definitions": DEFINITIONS}


SCHEMAS: dict[str, Callable[[], Schema]] = {
    "questions": lambda: {**_schema("The questions of an intake", questions.FILE), "definitions": DEFINITIONS},
    "rules": _rules_schema,
    "cases": lambda: _schema("Cases: answers with the result that their author expects", cases.FILE),
}
"""By name, what makes the schema: that of `cases` is for `profiles.yaml` beside case files, too."""

SCHEMA_FOLDER = "schemas"
BASE_FOLDER = ".nmtchoose-base"
"""Beside the two files: the pair that a practice started from, or agreed to last."""

_README = """\
# Questions and rules of this practice

`questions.yaml` says what is asked, `rules.yaml` says what follows. Both are copies of the pair that nmtchoose comes
with. From here on they are yours, and so is the responsibility for what they say: a clinician has to agree to every
change.

After each change:

1. `nmtchoose check {folder}` names everything that is wrong or doubtful, with its line.
2. `nmtchoose test CASES` runs example clients against the rules. `nmtchoose test --record ANSWERS` writes a first case
   from an answers file.
3. `nmtchoose diff OLD {folder}` says in words what a change means, and which results become less strict. OLD may be
   `{folder}/{base}`, where the pair that you started from is kept; `check` compares with it too. What is less strict
   wants a reason: `because:` beside it.
4. When your clinician has agreed: `nmtchoose init {folder} --agreed` records the pair as it stands now.

To use the two files, do one of these:

- `nmtchoose intake --questions {folder}/questions.yaml --rules {folder}/rules.yaml`
- set the environment variable `NMTCHOOSE_HOME` to this folder
- call this folder `nmtchoose.d`, work in the folder around it, and after each change say `nmtchoose trust`

`schemas/` is for editors that know YAML: they offer keys and mark mistakes while you type.
"""


def base_of(folder: Path) -> tuple[Path, Path] | None:
    """Return the pair that the one in `folder` started from, where it was recorded."""
    pair = (folder / BASE_FOLDER / QUESTIONS_FILE, folder / BASE_FOLDER / RULES_FILE)
    return pair if all(one.is_file() for one in pair) else None


def record_base(folder: Path) -> tuple[Path, ...]:
    """Record the pair in `folder` as the one that later changes are compared with; return the files written.

    Raises ContentError when the pair does not load, and FileError when it cannot be read or kept.
    """
    pair = (folder / QUESTIONS_FILE, folder / RULES_FILE)
    load_pair(*pair)
    base = folder / BASE_FOLDER
    _make_folders(base)
    for path in pair:
        write_atomically(base / path.name, path.read_text(encoding="utf-8"), mode=0o644)
    return tuple(base / path.name for path in pair)


def _make_folders(*folders: Path) -> None:
    for one in folders:
        with while_writing(one):
            if not one.exists():
                one.mkdir(parents=True)
                one.chmod(0o755)


def start_folder(folder: Path) -> tuple[Path, ...]:
    """Write the built-in pair, the schemas and a README into `folder`, trust the pair, and return the files written.

    Raises FileError when one of them is already there, before anything is written, or when writing fails.
    """
    pair = {name: (built_in_folder() / name).read_text(encoding="utf-8") for name in (QUESTIONS_FILE, RULES_FILE)}
    texts = {folder / name: text for name, text in pair.items()}
    texts |= {folder / BASE_FOLDER / name: text for name, text in pair.items()}
    for name, schema in SCHEMAS.items():
        written = json.dumps(schema(), indent=2, ensure_ascii=False)
        texts[folder / SCHEMA_FOLDER / f"{name}.schema.json"] = f"{written}\n"
    texts[folder / "README.md"] = _README.format(folder=folder.name or ".", base=BASE_FOLDER)
    taken = [path for path in texts if path.exists()]
    if taken:
        raise FileError([fault(Code.FILE_EXISTS, str(taken[0]))])
    _make_folders(folder, folder / SCHEMA_FOLDER, folder / BASE_FOLDER)
    for path, text in texts.items():
        write_atomically(path, text, mode=0o644)
    if not (folder / FILE_NAME).exists():  # settings that stood there before are somebody else's
        with suppress(FileError):
            trust(folder)
    return tuple(texts)
