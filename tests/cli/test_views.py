"""Three readers of one result: the client, the desk and the therapist."""

from __future__ import annotations

from pathlib import Path

from tests.cli.clients import EXAMPLES
from tests.cli.conftest import Run

WITH_A_BLOOD_THINNER = EXAMPLES / "adapted-session.json"


def test_the_clients_page_holds_nothing_for_the_desk_or_the_therapist(run: Run) -> None:
    out = run("intake", "--answers", WITH_A_BLOOD_THINNER, "--plain", "--full").out
    assert "What to mind" in out
    assert "For the desk" not in out
    assert "For the therapist" not in out


def test_staff_see_their_page_after_the_clients(run: Run) -> None:
    out = run("intake", "--answers", WITH_A_BLOOD_THINNER, "--plain", "--staff", "--full").out
    assert out.index("What to mind") < out.index("For the desk") < out.index("Flags, and the answers behind")


def test_the_short_form_is_what_is_shown_without_more(run: Run) -> None:
    out = run("screen", WITH_A_BLOOD_THINNER).out
    assert len(out.splitlines()) <= 17
    assert "What to mind" not in out
    assert "What to mind" in run("screen", WITH_A_BLOOD_THINNER, "--full").out


def test_staff_read_what_to_do_and_what_to_say(run: Run) -> None:
    out = run("intake", "--answers", WITH_A_BLOOD_THINNER, "--plain", "--staff").out
    assert out.index("At the desk:") < out.index("Say aloud:")


def test_no_line_ends_in_blanks(run: Run) -> None:
    for flags in ((), ("--full",), ("--therapist",)):
        lines = run("screen", WITH_A_BLOOD_THINNER, *flags).out.splitlines()
        assert [line for line in lines if line != line.rstrip()] == []


def test_the_therapists_page_takes_the_place_of_the_clients(run: Run) -> None:
    for command in (("intake", "--answers"), ("screen",)):
        out = run(*command, WITH_A_BLOOD_THINNER, "--plain", "--therapist").out
        assert out.startswith("For the therapist\n")
        assert "What to mind" not in out


def test_a_file_holds_both_pages(run: Run, tmp_path: Path) -> None:
    run("intake", "--answers", WITH_A_BLOOD_THINNER, "--plain", "--staff", "--full", "-o", "result.txt")
    text = (tmp_path / "result.txt").read_text(encoding="utf-8")
    assert "What to mind" in text
    assert "For the desk" in text


def test_in_an_emergency_the_therapists_view_is_the_emergency_card(run: Run) -> None:
    emergency = EXAMPLES / "emergency.json"
    assert (
        run("screen", emergency, "--plain", "--therapist").out
        == run("screen", emergency, "--plain", "--full").out.split("\nMade with")[0]
    )
