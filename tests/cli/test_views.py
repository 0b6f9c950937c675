"""Three readers of one result: the client, the desk and the therapist."""

from __future__ import annotations

from pathlib import Path

from tests.cli.clients import EXAMPLES
from tests.cli.conftest import Run

WITH_A_BLOOD_THINNER = EXAMPLES / "adapted-session.json"


def test_the_clients_page_holds_nothing_for_the_desk_or_the_therapist(run: Run) -> None:
    out = run("intake", "--answers", WITH_A_BLOOD_THINNER, "--plain").out
    assert "The choices compared" in out
    assert "For the desk" not in out
    assert "For the therapist" not in out


def test_staff_see_their_page_after_the_clients(run: Run) -> None:
    out = run("intake", "--answers", WITH_A_BLOOD_THINNER, "--plain", "--staff").out
    assert out.index("The choices compared") < out.index("For the desk") < out.index("Flags, and the answers behind")


def test_the_therapists_page_takes_the_place_of_the_clients(run: Run) -> None:
    for command in (("intake", "--answers"), ("screen",)):
        out = run(*command, WITH_A_BLOOD_THINNER, "--plain", "--therapist").out
        assert out.startswith("For the therapist\n")
        assert "The choices compared" not in out


def test_a_file_holds_both_pages(run: Run, tmp_path: Path) -> None:
    run("intake", "--answers", WITH_A_BLOOD_THINNER, "--plain", "--staff", "-o", "result.txt")
    text = (tmp_path / "result.txt").read_text(encoding="utf-8")
    assert "The choices compared" in text
    assert "For the desk" in text


def test_in_an_emergency_the_therapists_view_is_the_emergency_card(run: Run) -> None:
    emergency = EXAMPLES / "emergency.json"
    assert (
        run("screen", emergency, "--plain", "--therapist").out
        == run("screen", emergency, "--plain").out.split("\nMade with")[0]
    )
