"""What a sound pair becomes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from nmtchoose.errors import ContentError, FileError
from nmtchoose.loading.load import load_pair
from nmtchoose.model.condition import InRange, Is, Not
from nmtchoose.model.questionnaire import BodyView, Kind, Option, Questionnaire, Stamp
from nmtchoose.model.rules import Firmness, RuleTable, SiteLimit, Sites, Stage
from tests.loading.examples import QUESTIONS, RULES, brief, changed, load_questionnaire

Pair = tuple[Questionnaire, RuleTable]


def test_the_minimal_pair_is_sound(minimal_pair: Pair) -> None:
    questionnaire, table = minimal_pair
    assert (questionnaire.title, len(table.rules)) == ("A small intake", 3)


def test_a_pair_is_stamped_with_version_and_sha256_of_its_bytes(
    minimal_pair: Pair, minimal_paths: tuple[Path, Path]
) -> None:
    stamps = [minimal_pair[0].stamp, minimal_pair[1].stamp]
    assert stamps == [Stamp("2026.11", hashlib.sha256(path.read_bytes()).hexdigest()) for path in minimal_paths]


def test_files_and_their_bytes_load_alike(minimal_pair: Pair) -> None:
    assert load_pair(QUESTIONS.encode(), RULES.encode()) == minimal_pair


def test_questions_can_be_loaded_by_themselves(minimal_pair: Pair) -> None:
    assert load_questionnaire(QUESTIONS.encode()) == minimal_pair[0]


def test_yes_no_is_a_choice_of_two(minimal_pair: Pair) -> None:
    question = minimal_pair[0]["blood_thinner"]
    assert question.kind is Kind.ONE
    assert question.options == (Option("yes", "Yes"), Option("no", "No", reassuring=True))


def test_a_duration_is_a_number_of_weeks(minimal_pair: Pair) -> None:
    question = minimal_pair[0]["pain_weeks"]
    assert (question.kind, question.unit, question.minimum, question.maximum) == (Kind.NUMBER, "weeks", 0, 5000)
    assert question.ask_when == Not(Is("pain_sites", ("none",)))


def test_a_sites_question_offers_every_site_of_the_body(minimal_pair: Pair) -> None:
    question = minimal_pair[0]["pain_sites"]
    assert question.sites
    assert [option.id for option in question.options] == [
        "neck", "shoulder_left", "shoulder_right", "calf_left", "calf_right",
    ]  # fmt: skip
    assert question.option("shoulder_left") == Option(
        "shoulder_left", "Shoulder, left", heading="Arms", site="shoulder", side="left"
    )


def test_regions_and_body_groups_are_groups_of_a_sites_question(minimal_pair: Pair) -> None:
    assert minimal_pair[0]["pain_sites"].groups == {
        "shoulder": ("shoulder_left", "shoulder_right"),
        "calf": ("calf_left", "calf_right"),
        "upper": ("neck", "shoulder_left", "shoulder_right"),
    }


def test_a_region_says_from_where_it_is_seen(minimal_pair: Pair) -> None:
    assert [region.view for region in minimal_pair[0].body] == [BodyView.BOTH, BodyView.BOTH, BodyView.BACK]


@pytest.mark.parametrize(
    ("question", "specials"),
    [
        ("right_now", ("none", "unsure")),
        ("age", ("unsure",)),
        ("blood_thinner", ("unsure", "declined")),
        ("pain_sites", ("none",)),
        ("pressure", ()),
        ("notes", ()),
    ],
)
def test_special_answers_follow_from_kind_purpose_and_privacy(
    question: str, specials: tuple[str, ...], minimal_pair: Pair
) -> None:
    assert minimal_pair[0][question].specials == specials


def test_a_special_answer_has_the_words_of_its_question_or_of_the_file(minimal_pair: Pair) -> None:
    assert minimal_pair[0]["pain_sites"].label("none") == "Nothing hurts"
    assert minimal_pair[0]["right_now"].label("none") == "None of these"


def test_a_special_answer_can_be_switched_off_and_on() -> None:
    text = changed(
        QUESTIONS, "    none: Nothing hurts\n", "    none: false\n    unsure: true\n    declined: Rather not\n"
    )
    question = load_questionnaire(changed(text, "{not: {pain_sites: none}}", "always")
        .replace("pain_sites: none, ", "").encode())["pain_sites"]  # fmt: skip
    assert question.specials == ("unsure", "declined")
    assert question.label("declined") == "Rather not"


def test_rules_keep_their_stage_and_line(minimal_pair: Pair) -> None:
    lines = RULES.splitlines()
    for rule in minimal_pair[1].rules:
        assert lines[rule.line - 1].strip() == f"{rule.id}:"
    assert [rule.stage for rule in minimal_pair[1].rules] == [Stage.EMERGENCY, Stage.CONTRAINDICATION, Stage.FIT]


def test_sites_are_written_by_name_or_as_what_was_marked(minimal_pair: Pair) -> None:
    then = minimal_pair[1].rules[1].then
    assert then.avoid == Sites(named=("calf_left", "calf_right"), marked_in=("pain_sites",))
    assert then.site_limits == (SiteLimit(Sites(("neck", "shoulder_left", "shoulder_right")), 2),)


def test_a_setting_stands_for_its_number(minimal_pair: Pair) -> None:
    _, table = minimal_pair
    assert table.rules[1].then.pressure_limit == 3
    assert table.facts["long_lasting"] == InRange("pain_weeks", 12, None)


def test_facts_may_stand_in_any_order(minimal_pair: Pair) -> None:
    first, second = RULES[RULES.index("  long_lasting:") : RULES.index("\nrules:\n")].splitlines(keepends=True)
    _, table = load_pair(QUESTIONS.encode(), changed(RULES, first + second, second + first).encode())
    assert table.facts == minimal_pair[1].facts


def test_firmness_and_numbers_to_call_are_read_as_written(minimal_pair: Pair) -> None:
    _, table = minimal_pair
    assert table.rules[1].firmness is Firmness.OWN_JUDGEMENT
    assert (table.regions["us"].emergency, table.regions["us"].urgent) == ("911", "911")


def test_rules_without_readable_questions_are_still_read_as_yaml() -> None:
    with pytest.raises(ContentError) as caught:
        load_pair(b"a: b: c", b"b: *c")
    assert brief(caught.value.faults) == ["questions.yaml:1:5 Y001", "rules.yaml:1:4 Y009"]


def test_missing_files_are_all_named(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        load_pair(tmp_path / "questions.yaml", tmp_path)
    assert [fault.code.id for fault in caught.value.faults] == ["F010", "F011"]


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        load_questionnaire(tmp_path / ("q" * 300))
    (fault,) = caught.value.faults
    assert fault.code.id == "F001"


def test_faults_name_the_path_that_was_loaded(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("a: [", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_questionnaire(path)
    assert caught.value.faults[0].file == str(path)
