"""The settings there are, each described once: reading, writing and showing follow. And the words of consent."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from nmtchoose.errors import Code, ContentError, fault, unknown
from nmtchoose.files.atomic import write_with_folder
from nmtchoose.loading.locate import content_of

if TYPE_CHECKING:
    from nmtchoose.loading.shapes import Shape

Value = str | int | bool | tuple[str, ...]

_PERSONAL = ("records", "keep_months", "draft_days", "consent", "store", "key_file", "key_command")
_OFF = ("0", "no", "off", "false")
LONGEST_TEXT = 2_000


class Kind(Enum):
    """What a setting wants."""

    TEXT = "some words"
    NUMBER = "a whole number"
    FLAG = "true or false"
    NAMES = "a list of names"


class Setting(Struct, frozen=True):
    """One setting. A text may have to be one of `words`; a number lies between `low` and `high`."""

    name: str
    kind: Kind
    default: Value
    about: str
    example: str
    words: tuple[str, ...] = ()
    low: int = 0
    high: int = 0

    @property
    def personal(self) -> bool:
        """Whether it is about records, which only the user decides, never a folder that somebody was sent."""
        return self.name in _PERSONAL

    @property
    def variable(self) -> str:
        """The environment variable that sets it too."""
        return f"NMTCHOOSE_{self.name.upper()}"

    @property
    def wanted(self) -> str:
        """In words, what value it takes."""
        if self.words:
            return f"one of: {', '.join(self.words)}"
        return f"{self.kind.value} from {self.low} to {self.high}" if self.kind is Kind.NUMBER else self.kind.value


SETTINGS = (
    Setting("clinic", Kind.TEXT, "", "The name of your practice, for pages that are handed over.", "'Quiet Hands'"),
    Setting("signature", Kind.FLAG, False, "Whether pages to hand over have lines for a name and a signature.", "true"),
    Setting("region", Kind.TEXT, "us", "Whose telephone numbers are shown.", "uk"),
    Setting("therapies", Kind.NAMES, (), "The therapies you offer; without it, all.", "nmt swedish"),
    Setting("voice", Kind.TEXT, "client", "Who reads the questions.", "staff", words=("client", "staff")),
    Setting("plain", Kind.FLAG, False, "Plain lines, for screen readers.", "true"),
    Setting("records", Kind.TEXT, "asked", "Whether intakes are saved.", "always", words=("asked", "always")),
    Setting("valid_months", Kind.NUMBER, 12, "After how many months a full intake is due.", "12", low=1, high=120),
    Setting("keep_months", Kind.NUMBER, 0, "After how many months `purge` removes records; 0: never.", "84", high=1200),
    Setting("draft_days", Kind.NUMBER, 7, "For how many days unfinished interviews are kept.", "2", high=36_500),
    Setting("consent", Kind.TEXT, "", "Your own words to ask for consent; without it, ours.", "'May we keep ...?'"),
    Setting("require_review", Kind.FLAG, False, "Let `check` fail while a clinician has not signed all.", "true"),
    Setting("store", Kind.TEXT, "", "Where records are kept: a file, or postgresql://...", "~/records.db"),
    Setting("key_file", Kind.TEXT, "", "A file that holds the passphrase of an encrypted store.", "~/.nmtchoose-key"),
    Setting("key_command", Kind.TEXT, "", "A command that prints the passphrase.", "'pass nmtchoose'"),
)

BY_NAME = {setting.name: setting for setting in SETTINGS}


class Settings(Struct, frozen=True):
    """The value of every setting; see `SETTINGS` for what they mean."""

    clinic: str
    signature: bool
    region: str
    therapies: tuple[str, ...]
    voice: str
    plain: bool
    records: str
    valid_months: int
    keep_months: int
    draft_days: int
    consent: str
    require_review: bool
    store: str
    key_file: str
    key_command: str


CONSENT_VERSION = "2026-11"
CONSENT_WORDS = (
    "May this practice keep your answers and the result, so that the therapist can read them and we need not ask"
    " everything again? They stay with us. You can ask to see them, to have them corrected or deleted, at any time."
    " If you say no, nothing is kept, and you still get the result."
)


def consent_words(settings: Settings) -> tuple[str, str]:
    """Return the version and the words to ask with; a practice's own words are known by their fingerprint."""
    own = settings.consent
    if not own:
        return CONSENT_VERSION, CONSENT_WORDS
    return f"own-{hashlib.sha256(own.encode()).hexdigest()[:12]}", own


class Written(Struct, frozen=True):
    """A value as it stands in a file."""

    value: Value
    line: int


def read_file(path: Path) -> Mapping[str, Written]:
    """Return the settings in a file, none without one; raises ContentError with every fault, and FileError."""
    content = content_of(path)
    return read_bytes(content, str(path)) if content else {}


def read_bytes(content: bytes, name: str) -> Mapping[str, Written]:
    """Return the settings in `content`, the content of a file called `name`; raises ContentError with every fault."""
    from nmtchoose.loading.keyed import Record, may
    from nmtchoose.loading.nodes import FaultLog
    from nmtchoose.loading.scope import Scope
    from nmtchoose.loading.yaml_nodes import read_nodes

    log = FaultLog(name)
    node = read_nodes(content, log)
    found: dict[str, Written] = {}
    if node is not None:
        shape = Record("the configuration", dict, {one.name: may(_shape(one)) for one in BY_NAME.values()})
        entry = shape.open(node, Scope(log))
        found = {key: Written(value, entry.key(key).line) for key, value in entry.read_all().items()}
    if log.faults:
        raise ContentError(log.faults)
    return found


def _shape(setting: Setting) -> "Shape":
    from nmtchoose.loading.shapes import FLAG, TEXT, TEXTS, whole, word

    match setting.kind:
        case Kind.NUMBER:
            return whole(setting.low, setting.high)
        case Kind.FLAG:
            return FLAG
        case Kind.NAMES:
            return TEXTS
        case Kind.TEXT if setting.words:
            return word(setting.words)
    return TEXT


def read_words(setting: Setting, words: Sequence[str], place: str = "") -> Value:
    """Return the value that `words` of a command line, or of the variable `place`, say; raises ContentError."""
    text = " ".join(words).strip()
    value: Value | None = text
    match setting.kind:
        case Kind.NUMBER:
            number = int(text[:9]) if text.isascii() and text.isdigit() else -1
            value = number if setting.low <= number <= setting.high else None
        case Kind.FLAG:
            value = text.lower() not in _OFF
        case Kind.NAMES:
            value = tuple(name for word in words for name in word.replace(",", " ").split()) or None
        case Kind.TEXT:
            fits = text.isprintable() and 0 < len(text) <= LONGEST_TEXT and (not setting.words or text in setting.words)
            value = text if fits else None
    if value is None:
        wanted, example = setting.wanted, setting.example
        raise ContentError([fault(Code.SETTING_VALUE, place, name=setting.name, wanted=wanted, example=example)])
    return value


def known_setting(name: str) -> Setting:
    """Return the setting called `name`; raises ContentError when there is none."""
    if name not in BY_NAME:
        raise ContentError([unknown("setting", name, list(BY_NAME))])
    return BY_NAME[name]


def set_value(path: Path, name: str, words: Sequence[str]) -> Value:
    """Write the setting `name` to the file at `path`, which may be new, and return its value.

    Raises ContentError for a name or value that does not fit, or a file that is faulty already: it is then untouched.
    """
    setting = known_setting(name)
    value = read_words(setting, words)
    lines = _without(_lines(path), name)
    _write(path, [*lines, f"{name}: {json.dumps(value, ensure_ascii=False)}"])
    return value


def unset_value(path: Path, name: str) -> None:
    """Take the setting `name` out of the file at `path`; raises ContentError when it does not stand there."""
    known_setting(name)
    lines = _lines(path)
    kept = _without(lines, name)
    if kept == lines:
        raise ContentError([fault(Code.SETTING_NOT_SET, str(path), name=name)])
    _write(path, kept)


def _lines(path: Path) -> list[str]:
    content = content_of(path)
    read_bytes(content, str(path))
    return content.decode("utf-8-sig").splitlines()


def _without(lines: Sequence[str], name: str) -> list[str]:
    """Return `lines` without the key `name` and the indented or listed lines that belong to it."""
    kept: list[str] = []
    inside = False
    for line in lines:
        if inside and line.startswith((" ", "\t", "-", "]")):
            continue
        inside = line.startswith((f"{name}:", f'"{name}":', f"'{name}':"))
        if not inside:
            kept.append(line)
    return kept


def _write(path: Path, lines: Sequence[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    read_bytes(text.encode(), str(path))
    write_with_folder(path, text)
