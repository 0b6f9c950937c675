"""An intake that is saved: consent first, and a client who comes again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from nmtchoose.cli.app import app
from nmtchoose.files.drafts import Draft, save_draft
from nmtchoose.prompts import choosing
from nmtchoose.records.entries import Record, Wanted, new_id
from nmtchoose.records.store import open_store
from tests.cli.clients import as_given, example
from tests.prompts.script import ScriptedPrompter
from tests.records.examples import nobody_asks

Interview = Callable[..., ScriptedPrompter]
NOTHING_SAID = {"problem": "declined", "change": "declined"}
"""About how it went since the last visit."""


@pytest.fixture
def store(desk_home: Path) -> str:
    """A store in a home of its own."""
    return str(desk_home / "records.db")


@pytest.fixture
def interview(store: str, monkeypatch: pytest.MonkeyPatch) -> Interview:
    """Return a function that runs an intake with somebody who answers and chooses from a script."""

    def run(answers: dict[str, Any], choices: Sequence[str], *flags: str) -> ScriptedPrompter:
        prompter = ScriptedPrompter(as_given(answers), choices)
        monkeypatch.setattr(choosing, "choose_prompter", lambda **_: prompter)
        done = CliRunner().invoke(app, ["intake", "--plain", *flags], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return prompter

    return run


def records(store: str) -> tuple[Record, ...]:
    with open_store(store, nobody_asks) as opened:
        return tuple(opened.records(Wanted()))


def make_older(store: str, days: int) -> None:
    """Put the only record back in time, as a record of its own."""
    with open_store(store, nobody_asks) as opened:
        (record,) = opened.records(Wanted())
        opened.delete([record.intake.id])
        taken = record.intake.taken_at - timedelta(days=days)
        opened.save(replace(record.intake, id=new_id(), taken_at=taken))


def test_who_agrees_is_stored_with_the_consent(interview: Interview, store: str) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17", "--by", "Sam", "--staff")
    (record,) = records(store)
    assert record.answers == example("nmt")
    assert (record.intake.client, record.intake.asked_by, record.intake.voice) == ("C-17", "Sam", "staff")
    assert (record.intake.consent.version, record.intake.consent.taken_by) == ("2026-11", "Sam")
    assert record.intake.consent.given_at <= record.intake.taken_at


def test_who_declines_gets_the_result_and_nothing_is_kept(interview: Interview, store: str, tmp_path: Path) -> None:
    asked = interview(example("nmt"), ["decline"], "--save")
    assert "Nothing will be kept." in asked.said
    assert records(store) == ()
    assert list(tmp_path.glob("drafts/*.json")) == []


def test_after_an_emergency_the_record_says_whether_help_was_called(interview: Interview, store: str) -> None:
    interview(example("emergency"), ["agree", "called"], "--save")
    (record,) = records(store)
    assert record.assessment["disposition"] == "call_emergency"
    assert record.intake.help_status == "called"


TROUBLE = ("trouble_area", "pain_sites", "pain_weeks", "pain_character", "pain_course", "tried")
"""What is kept only where the trouble is the same."""

AGE = ("age",)
"""What is kept where a year more makes no difference."""

LIKINGS = ("goals", "pressure", "wishes")
"""What the questionnaire marks as lasting and is not about health."""

HEALTH = [f"health.{one}" for one in ("heart", "vessels", "bones", "nerves", "cancer", "organs")]
"""What it marks as lasting and is."""


def test_a_returning_client_confirms_what_lasts_and_is_asked_the_rest(interview: Interview, store: str) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    asked = interview(example("nmt"), ["agree", "same"], "--save", "--client", "c-17")
    assert set(example("nmt")) - set(asked.asked) == {*TROUBLE, *LIKINGS, *AGE}
    assert any(line.startswith("Last time, on ") and "NMT" in line for line in asked.said)
    _, second = records(store)
    assert second.answers == example("nmt")
    assert not second.intake.full


def test_lines_about_health_are_asked_again_with_the_old_answer_filled_in(interview: Interview, store: str) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    asked = interview(example("nmt"), ["same"], "--client", "C-17")
    filled = {screen.question.id: screen.current for screen in asked.screens if screen.current is not None}
    assert filled == dict.fromkeys(HEALTH, "no")


def test_emergencies_pain_now_and_today_are_always_asked_again(interview: Interview, store: str) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    asked = interview(example("nmt"), ["same"], "--client", "C-17").asked
    again = {"right_now.short_breath", "pregnancy", "belly.lump", "ill.fever", "today.skin", "comfort"}
    again |= {"pain_now", "pain_pattern", "pain_night", "trunk_signs.clumsy"}
    assert again <= set(asked)


def test_the_same_trouble_is_asked_about_after_all_broad_signs(interview: Interview, store: str) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    asked = interview(example("nmt"), ["same"], "--client", "C-17")
    assert asked.asked_before_menus[-1] == "knocks.open_test"
    assert asked.menus[-1].endswith("you told us this. Is it the same, and no worse? If not, choose what has changed.")


def test_an_emergency_ends_it_before_more_of_last_time_counts_than_the_age(interview: Interview, store: str) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    interview(example("emergency"), ["agree", "called"], "--save", "--client", "C-17")
    (record,) = (one for one in records(store) if one.assessment["disposition"] == "call_emergency")
    assert record.answers == example("emergency") | {"age": 41}


@pytest.mark.parametrize("reply", ["worse", "not_sure", "pain_sites"])
def test_trouble_that_may_be_worse_or_elsewhere_is_asked_again_without_the_old_answers(
    interview: Interview, store: str, reply: str
) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    asked = interview(example("nmt"), [reply, "same"], "--client", "C-17")
    assert set(example("nmt")) - set(asked.asked) == {*LIKINGS, *AGE}
    assert all(screen.current is None for screen in asked.screens if screen.question.id in TROUBLE)


def test_how_long_the_same_trouble_has_been_there_grows_with_the_time_that_passed(
    interview: Interview, store: str
) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    make_older(store, days=20)
    interview(example("nmt") | NOTHING_SAID, ["agree", "same"], "--save", "--client", "C-17")
    assert [one.answers["pain_weeks"] for one in records(store)] == [8, 11]


def test_after_a_visit_that_ended_at_a_doctor_the_trouble_is_asked_anew(interview: Interview, store: str) -> None:
    interview(example("doctor-first"), ["agree"], "--save", "--client", "C-17")
    asked = interview(example("doctor-first"), ["same"], "--client", "C-17")
    assert {"trouble_area", "pain_sites", "pain_weeks"} <= set(asked.asked)


def test_who_had_no_trouble_is_asked_anew_where_there_is_some(interview: Interview, store: str) -> None:
    interview(example("swedish"), ["agree"], "--save", "--client", "C-17")
    asked = interview(example("swedish"), ["same"], "--client", "C-17")
    assert "trouble_area" in asked.asked
    assert set(example("swedish")) - set(asked.asked) == {*LIKINGS, *AGE}


def test_the_answers_file_says_what_was_kept_and_from_when(interview: Interview, store: str, tmp_path: Path) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    file = tmp_path / "answers.json"
    interview(example("nmt"), ["pressure", "same"], "--client", "C-17", "--save-answers", str(file))
    day = f"{records(store)[0].intake.taken_at.astimezone():%Y-%m-%d}"
    kept = json.loads(file.read_text(encoding="utf-8"))["kept_from"]
    assert kept == dict.fromkeys({*TROUBLE, *LIKINGS, *AGE} - {"pressure"}, day)


def test_what_is_kept_is_marked_in_the_review_and_can_be_changed(interview: Interview, store: str) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    (sheet,) = interview(example("nmt"), ["same"], "--client", "C-17").sheets
    day = f"{records(store)[0].intake.taken_at.astimezone():%Y-%m-%d}"
    marked = {one.question_id for one in sheet.told if one.answer.endswith(f" (as on {day})")}
    assert marked == {*TROUBLE, *LIKINGS, *AGE}


@pytest.mark.parametrize("course", ["better", "worse", "unsure"])
def test_trouble_that_was_not_just_the_same_is_asked_how_it_is_going(
    interview: Interview, store: str, course: str
) -> None:
    interview(example("nmt") | {"pain_course": course}, ["agree"], "--save", "--client", "C-17")
    asked = interview(example("nmt"), ["same"], "--client", "C-17").asked
    assert "pain_course" in asked
    assert "trouble_area" not in asked


def test_an_age_is_shown_with_what_is_to_be_confirmed_and_can_be_changed_alone(
    interview: Interview, store: str
) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    asked = interview(example("nmt") | {"age": 42}, ["agree", "age", "same"], "--save", "--client", "C-17")
    (screen,) = (one for one in asked.screens if one.question.id == "age")
    assert screen.current == 41
    assert records(store)[1].answers == example("nmt") | {"age": 42}
    assert set(example("nmt")) - set(asked.asked) == {*TROUBLE, *LIKINGS}


@pytest.mark.parametrize("age", [40, 48, 50, 53, 76, 119])
def test_an_age_is_kept_where_a_year_more_is_on_the_same_side_of_every_limit(
    interview: Interview, store: str, age: int
) -> None:
    known = example("swedish") | {"age": age}
    interview(known, ["agree"], "--save", "--client", "C-17")
    assert "age" not in interview(known, ["same"], "--client", "C-17").asked


@pytest.mark.parametrize("age", [39, 49, 54, 59, 64, 120, "declined"])
def test_an_age_is_asked_where_a_year_more_could_be_on_the_other_side_of_a_limit(
    interview: Interview, store: str, age: int | str
) -> None:
    known = example("swedish") | {"age": age}
    interview(known, ["agree"], "--save", "--client", "C-17")
    assert "age" in interview(known, ["same"], "--client", "C-17").asked


def test_the_age_of_a_child_is_always_asked(interview: Interview, store: str) -> None:
    child = example("swedish") | {"age": 10, "guardian": "yes"}
    child |= {f"young_signs.{one}": "no" for one in ("no_weight", "limp", "one_bone", "bone_swelling")}
    interview(child, ["agree"], "--save", "--client", "C-17")
    assert "age" in interview(child, ["same"], "--client", "C-17").asked


def test_an_age_that_was_told_a_year_ago_is_asked_even_where_a_full_intake_is_due_later(
    interview: Interview, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NMTCHOOSE_VALID_MONTHS", "24")
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    make_older(store, 370)
    asked = interview(example("nmt") | NOTHING_SAID, ["same"], "--client", "C-17").asked
    assert "age" in asked
    assert "trouble_area" not in asked


def test_what_has_changed_is_asked_again(interview: Interview, store: str) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    changed = {**example("nmt"), "pressure": "light"}
    asked = interview(changed, ["agree", "pressure", "same"], "--save", "--client", "C-17")
    assert "pressure" in asked.asked
    assert records(store)[1].answers["pressure"] == "light"


def test_after_a_year_everything_is_asked_again(interview: Interview, store: str) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    make_older(store, 400)
    asked = interview(example("nmt") | NOTHING_SAID, ["agree"], "--save", "--client", "C-17")
    assert set(asked.asked) == set(example("nmt") | NOTHING_SAID)
    assert any("more than 12 months old" in line for line in asked.said)


def test_an_intake_with_answers_carried_over_does_not_put_off_the_full_one(interview: Interview, store: str) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    make_older(store, 300)
    interview(example("nmt") | NOTHING_SAID, ["agree", "same"], "--save", "--client", "C-17")
    due = [
        line for line in interview(example("nmt"), ["same"], "--client", "C-17").said if "full intake is due" in line
    ]
    first = records(store)[0].intake.taken_at
    assert due == [f"A full intake is due on {(first + timedelta(days=365.25)).astimezone():%Y-%m-%d}."]


def test_when_the_questions_have_changed_everything_is_asked(interview: Interview, store: str, tmp_path: Path) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    questions = tmp_path / "questions.yaml"
    built_in = Path(__file__).parents[2] / "questions.yaml"
    questions.write_text(built_in.read_text(encoding="utf-8") + "# ours\n", encoding="utf-8")
    asked = interview(example("nmt"), [], "--client", "C-17", "--questions", str(questions))
    assert set(asked.asked) == set(example("nmt"))


def test_a_client_who_was_never_here_is_asked_everything(interview: Interview, store: str) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    asked = interview(example("nmt"), [], "--client", "C-18")
    assert set(asked.asked) == set(example("nmt"))


def test_who_goes_on_with_a_draft_goes_on_for_its_client(interview: Interview, store: str, tmp_path: Path) -> None:
    draft = Draft(id="a1", saved=datetime.now(UTC), voice="staff", client="A-1", by="Sam", raw={"age": 41})
    save_draft(tmp_path / "drafts", draft)
    answers = {one: answer for one, answer in example("nmt").items() if one != "age"}
    asked = interview(answers, ["agree"], "--resume", "--save")
    assert asked.said[0] == "Going on with A-1, asked by Sam: 1 question answered, just now."
    (record,) = records(store)
    assert (record.intake.client, record.intake.asked_by) == ("A-1", "Sam")


@pytest.mark.parametrize("full", [True, False])
def test_what_was_carried_over_before_a_stop_is_no_full_intake_after_it(
    interview: Interview, store: str, tmp_path: Path, full: bool
) -> None:
    save_draft(tmp_path / "drafts", Draft(id="a1", saved=datetime.now(UTC), voice="staff", raw={"age": 41}, full=full))
    interview({one: answer for one, answer in example("nmt").items() if one != "age"}, ["agree"], "--resume", "--save")
    (record,) = records(store)
    assert record.intake.full is full


def test_a_draft_keeps_what_was_typed(interview: Interview, store: str, tmp_path: Path) -> None:
    answers = {one: answer for one, answer in example("nmt").items() if one not in ("age", "pain_weeks")}
    raw = {"age": 41, "pain_weeks": 26}
    typed = {"pain_weeks": "half a year"}
    save_draft(tmp_path / "drafts", Draft(id="a1", saved=datetime.now(UTC), voice="client", raw=raw, typed=typed))
    (sheet,) = interview(answers, [], "--resume").sheets
    assert "half a year" in [one.answer for one in sheet.told]


def test_who_comes_again_says_first_how_it_went(interview: Interview, store: str) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    make_older(store, days=20)
    again = {**example("nmt"), "problem": 3, "change": "much_better"}
    shown = interview(again, ["agree", "same"], "--save", "--client", "C-17")
    assert shown.asked[:2] == ["problem", "change"]
    older, newer = records(store)
    assert [(one.problem, one.change) for one in older.outcomes] == [(3, "much_better")]
    assert newer.outcomes == ()


def test_who_would_rather_not_say_how_it_went_is_not_noted(interview: Interview, store: str) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    make_older(store, days=20)
    interview(example("nmt") | NOTHING_SAID, ["agree", "same"], "--save", "--client", "C-17")
    assert records(store)[0].outcomes == ()


def test_who_keeps_nothing_this_time_is_not_asked_how_it_went(interview: Interview, store: str) -> None:
    interview(example("nmt"), ["agree"], "--save", "--client", "C-17")
    make_older(store, days=20)
    shown = interview(example("nmt"), ["same"], "--client", "C-17")
    assert "problem" not in shown.asked
