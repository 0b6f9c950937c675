"""What a practice sets up: files, variables, and which of them counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from nmtchoose.errors import ContentError, NmtchooseError
from nmtchoose.practice import current
from nmtchoose.practice.current import Origin, find_values, read_project, settings_of, trust
from nmtchoose.practice.settings import (
    BY_NAME,
    CONSENT_VERSION,
    SETTINGS,
    Settings,
    Value,
    consent_words,
    read_bytes,
    read_words,
    set_value,
    unset_value,
)


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own configuration file, which is not there yet."""
    path = tmp_path / "config" / "config.yaml"
    monkeypatch.setattr(current, "user_file", lambda: path)
    return path


def project(folder: Path, text: str) -> Path:
    """Write the settings of a project that the user trusts."""
    path = folder / "nmtchoose.d" / "config.yaml"
    path.parent.mkdir()
    path.write_text(text)
    trust(path.parent)
    return path


def test_without_any_file_everything_has_a_value(user: Path, tmp_path: Path) -> None:
    found = find_values({}, tmp_path)
    assert {one.origin for one in found.values()} == {Origin.BUILT_IN}
    assert settings_of(found).region == "us"
    assert settings_of(found).records == "asked"


def test_environment_comes_before_project_before_user(user: Path, tmp_path: Path) -> None:
    set_value(user, "region", ["uk"])
    set_value(user, "valid_months", ["6"])
    set_value(user, "draft_days", ["3"])
    path = project(tmp_path, "# ours\nregion: eu\nvalid_months: 9\n")
    found = find_values({"NMTCHOOSE_REGION": "au"}, tmp_path)
    told = {name: (found[name].value, found[name].place) for name in ("region", "valid_months", "draft_days")}
    assert told == {
        "region": ("au", "NMTCHOOSE_REGION"),
        "valid_months": (9, f"{path}:3"),
        "draft_days": (3, f"{user}:3"),
    }


@pytest.mark.parametrize(
    "line",
    [
        "key_command: touch here",
        "key_file: k",
        "store: postgresql://elsewhere/theirs",
        "records: always",
        "consent: Yes?",
        "keep_months: 1",
        "draft_days: 9",
    ],
)
def test_a_project_never_decides_about_records(tmp_path: Path, line: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(f"region: eu\n{line}\n")
    with pytest.raises(ContentError, match="G003") as raised:
        read_project(path)
    assert [one.line for one in raised.value.faults] == [2]


def test_a_project_that_is_not_trusted_is_refused_and_not_passed_over(user: Path, tmp_path: Path) -> None:
    project(tmp_path, "region: eu\n").write_text("region: au\n")
    with pytest.raises(NmtchooseError) as refused:
        find_values({}, tmp_path)
    assert [one.code.id for one in refused.value.faults] == ["F017"]


def test_the_users_own_file_is_refused_when_others_can_change_it(user: Path, tmp_path: Path) -> None:
    set_value(user, "key_command", ["pass", "nmtchoose"])
    user.chmod(0o666)
    with pytest.raises(NmtchooseError) as refused:
        find_values({}, tmp_path)
    assert [one.code.id for one in refused.value.faults] == ["F014"]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("regoin: uk", "S003", "1:1"),
        ("# a\nvalid_months: soon", "S004", "2:15"),
        ("keep_months: 1000000", "S008", "1:14"),
        ("plain: yes", "S004", "1:8"),
        ("voice: loud", "N005", "1:8"),
        ("therapies: nmt", "S004", "1:12"),
        ("therapies: []", "S009", "1:12"),
        ("region: uk\nregion: us", "Y008", "2:1"),
        ("- region", "S004", "1:1"),
    ],
)
def test_a_faulty_line_is_named(text: str, code: str, place: str) -> None:
    with pytest.raises(ContentError) as faulty:
        read_bytes(text.encode(), "config.yaml")
    assert [(one.code.id, one.place) for one in faulty.value.faults] == [(code, f"config.yaml:{place}")]


def test_all_faults_are_named_at_once(user: Path, tmp_path: Path) -> None:
    user.parent.mkdir()
    user.write_text("plane: true\nvoice: loud\n")
    with pytest.raises(ContentError) as faulty:
        find_values({"NMTCHOOSE_KEEP_MONTHS": "long"}, tmp_path)
    assert [one.code.id for one in faulty.value.faults] == ["S003", "N005", "G001"]


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("clinic", ["Quiet", "Hands"], "Quiet Hands"),
        ("therapies", ["nmt,swedish", "chair"], ("nmt", "swedish", "chair")),
        ("plain", ["off"], False),
        ("plain", ["true"], True),
        ("keep_months", ["84"], 84),
    ],
)
def test_words_of_a_command_line_become_a_value_that_the_file_holds(
    name: str, words: list[str], value: Value, tmp_path: Path
) -> None:
    path = tmp_path / "config.yaml"
    assert set_value(path, name, words) == value
    assert read_bytes(path.read_bytes(), "config.yaml")[name].value == value


@pytest.mark.parametrize(
    ("name", "word"),
    [("voice", "loud"), ("keep_months", "-1"), ("valid_months", "0"), ("clinic", " "), ("therapies", "")],
)
def test_a_word_that_does_not_fit_is_refused(name: str, word: str) -> None:
    with pytest.raises(ContentError) as refused:
        read_words(BY_NAME[name], [word])
    assert refused.value.faults[0].code.id == "G001"


def test_setting_changes_its_own_line_and_no_comment(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("# Our practice\nregion: us\ntherapies:\n  - nmt\n  - swedish\n# until spring\nvoice: staff\n")
    set_value(path, "therapies", ["chair"])
    assert path.read_text() == '# Our practice\nregion: us\n# until spring\nvoice: staff\ntherapies: ["chair"]\n'


def test_unsetting_takes_the_line_out(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("region: us\nvoice: staff\n")
    unset_value(path, "region")
    assert path.read_text() == "voice: staff\n"
    with pytest.raises(ContentError) as missing:
        unset_value(path, "region")
    assert missing.value.faults[0].code.id == "G002"


def test_a_file_that_is_faulty_already_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("regoin: us\n")
    with pytest.raises(ContentError):
        set_value(path, "region", ["uk"])
    assert path.read_text() == "regoin: us\n"


def test_every_setting_has_a_field() -> None:
    assert [setting.name for setting in SETTINGS] == list(Settings.__struct_fields__)


def test_own_words_of_consent_have_a_version_of_their_own(user: Path, tmp_path: Path) -> None:
    usual = settings_of(find_values({}, tmp_path))
    own = settings_of(find_values({"NMTCHOOSE_CONSENT": "May we keep this?"}, tmp_path))
    other = settings_of(find_values({"NMTCHOOSE_CONSENT": "May we keep that?"}, tmp_path))
    assert consent_words(usual)[0] == CONSENT_VERSION
    assert consent_words(own)[1] == "May we keep this?"
    assert len({consent_words(one)[0] for one in (usual, own, other)}) == 3
