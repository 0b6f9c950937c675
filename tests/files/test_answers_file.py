"""Answers files that are read, and answers files that are refused with a sentence that helps."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from nmtchoose.errors import AnswerError, Code
from nmtchoose.files.answers_file import LARGEST, read_answers
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable


@pytest.fixture(scope="session")
def questionnaire(built_in_pair: tuple[Questionnaire, RuleTable]) -> Questionnaire:
    return built_in_pair[0]


def _refused(content: str | bytes, questionnaire: Questionnaire, folder: Path) -> AnswerError:
    path = folder / "answers"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(AnswerError) as caught:
        read_answers(str(path), questionnaire)
    return caught.value


def _told(error: AnswerError) -> str:
    (fault,) = error.faults
    return f"{fault.code.name} {fault.problem}. {fault.mend}"


# ---------------------------------------------------------------- what is read


@pytest.mark.parametrize(
    "content",
    [
        '{"format": "nmtchoose/answers/1", "answers": {"age": 44, "goals": ["relax", "sleep_better"]}}',
        '{"answers": {"goals": ["sleep_better", "relax"], "age": 44}}',
        '{"goals": ["sleep_better", "relax"], "age": 44}',
        '\ufeff  {"age": 44, "goals": ["relax", "sleep_better"]}\r\n',
        "format: nmtchoose/answers/1\nanswers:\n  age: 44\n  goals: [relax, sleep_better]\n",
        "# from the phone\nage: 44\ngoals:\n  - sleep_better\n  - relax\n",
    ],
)
def test_json_and_yaml_say_the_same(content: str, questionnaire: Questionnaire, tmp_path: Path) -> None:
    path = tmp_path / "answers"
    path.write_text(content, encoding="utf-8")
    assert read_answers(str(path), questionnaire) == {"age": 44, "goals": ("relax", "sleep_better")}


def test_yes_and_no_stay_words_in_yaml(questionnaire: Questionnaire, tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("guardian: no\ndiabetes_feet: yes\n", encoding="utf-8")
    assert read_answers(str(path), questionnaire) == {"guardian": "no", "diabetes_feet": "yes"}


def test_a_length_of_time_may_be_written_in_words(questionnaire: Questionnaire, tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text('{"pain_weeks": "5 months"}', encoding="utf-8")
    assert read_answers(str(path), questionnaire) == {"pain_weeks": 21}


def test_a_special_answer_to_a_list_may_stand_with_or_without_brackets(
    questionnaire: Questionnaire, tmp_path: Path
) -> None:
    path = tmp_path / "answers.json"
    path.write_text('{"wishes": "none", "infection_risk": ["unsure"]}', encoding="utf-8")
    assert read_answers(str(path), questionnaire) == {"infection_risk": ("unsure",), "wishes": ("none",)}


def test_a_dash_is_standard_input(questionnaire: Questionnaire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"age": 44}')))
    assert read_answers("-", questionnaire) == {"age": 44}


def test_no_answer_at_all_is_a_file_that_can_be_read(questionnaire: Questionnaire, tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text('{"answers": {}}', encoding="utf-8")
    assert read_answers(str(path), questionnaire) == {}


# ---------------------------------------------------------------- answers that do not fit


def test_an_unknown_question_is_told_with_a_suggestion(questionnaire: Questionnaire, tmp_path: Path) -> None:
    told = _told(_refused('{"pain_site": ["neck"]}', questionnaire, tmp_path))
    assert "ANSWER_UNKNOWN_QUESTION" in told
    assert "'pain_site'" in told
    assert "Did you mean 'pain_sites'?" in told


def test_of_a_hundred_thousand_unknown_questions_ten_are_told_and_the_rest_counted(
    questionnaire: Questionnaire, tmp_path: Path
) -> None:
    many = dict.fromkeys((str(number) for number in range(100_000)), 1)
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"answers": many}), encoding="utf-8")
    with pytest.raises(AnswerError) as raised:
        read_answers(str(path), questionnaire)
    *told, rest = raised.value.faults
    assert len(told) == 10
    assert rest.problem == "there are 99990 more like these"


def test_a_doubled_key_behind_a_hundred_thousand_others_is_found_soon(
    questionnaire: Questionnaire, tmp_path: Path
) -> None:
    keys = ",".join(f'"{number}":1' for number in [*range(100_000), 99_999])
    path = tmp_path / "answers.json"
    path.write_text(f'{{"answers":{{{keys}}}}}', encoding="utf-8")
    with pytest.raises(AnswerError, match="'99999' stands there twice"):
        read_answers(str(path), questionnaire)


def test_an_unknown_option_is_told_with_a_suggestion_and_all_that_exist(
    questionnaire: Questionnaire, tmp_path: Path
) -> None:
    told = _told(_refused('{"pressure": "frm"}', questionnaire, tmp_path))
    assert "ANSWER_UNKNOWN_OPTION" in told
    assert "Did you mean 'firm'?" in told
    assert all(option in told for option in ("light", "medium", "firm", "no_preference"))


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ('{"pressure": ["light", "firm"]}', "wants one option, not a list"),
        ('{"pressure": 3}', "wants one option, not a number"),
        ('{"pressure": null}', "wants one option, not nothing"),
        ('{"guardian": true}', "wants one option, not true or false"),
        ('{"goals": "relax"}', "wants a list of options, not text"),
        ('{"goals": {"relax": true}}', "wants a list of options, not a mapping"),
        ('{"age": 44.5}', "wants a whole number, not a fraction"),
        ('{"age": [44]}', "wants a whole number, not a list"),
        ('{"age": true}', "wants a whole number, not true or false"),
    ],
)
def test_the_wrong_type_is_told_with_what_is_wanted(
    answers: str, told: str, questionnaire: Questionnaire, tmp_path: Path
) -> None:
    error = _refused(answers, questionnaire, tmp_path)
    assert "ANSWER_WRONG_TYPE" in _told(error)
    assert told in _told(error)


def test_a_list_inside_a_list_is_refused(questionnaire: Questionnaire, tmp_path: Path) -> None:
    assert "ANSWER_WRONG_TYPE" in _told(_refused('{"goals": [["relax"]]}', questionnaire, tmp_path))


@pytest.mark.parametrize(
    ("answers", "range_told"),
    [
        ('{"age": 0}', "between 1 and 120"),
        ('{"age": 121}', "between 1 and 120"),
        ('{"pain_now": -1}', "between 0 and 10. Give"),
    ],
)
def test_a_number_out_of_range_is_told_with_the_range(
    answers: str, range_told: str, questionnaire: Questionnaire, tmp_path: Path
) -> None:
    told = _told(_refused(answers, questionnaire, tmp_path))
    assert "ANSWER_OUT_OF_RANGE" in told
    assert range_told in told


@pytest.mark.parametrize("digits", [25, 4_000, 100_000])
@pytest.mark.parametrize("shape", ['{"age": %s}', '{"age": "%s"}', "age: %s\n"])
def test_an_enormous_number_is_refused_and_not_repeated(
    digits: int, shape: str, questionnaire: Questionnaire, tmp_path: Path
) -> None:
    error = _refused(shape % ("9" * digits), questionnaire, tmp_path)
    assert "99999" not in _told(error)


def test_not_a_number_is_no_answer(questionnaire: Questionnaire, tmp_path: Path) -> None:
    assert "NaN is no answer" in _told(_refused('{"age": NaN}', questionnaire, tmp_path))


def test_infinity_is_no_answer(questionnaire: Questionnaire, tmp_path: Path) -> None:
    assert "Infinity is no answer" in _told(_refused('{"age": -Infinity}', questionnaire, tmp_path))
    assert "ANSWER_WRONG_TYPE" in _told(_refused('{"age": 1e999}', questionnaire, tmp_path))


def test_none_of_these_stands_alone(questionnaire: Questionnaire, tmp_path: Path) -> None:
    assert "ANSWER_NOT_ALONE" in _told(_refused('{"heart_blood": ["none", "aneurysm"]}', questionnaire, tmp_path))


def test_an_empty_list_is_no_answer_and_says_what_to_choose_instead(
    questionnaire: Questionnaire, tmp_path: Path
) -> None:
    told = _told(_refused('{"heart_blood": []}', questionnaire, tmp_path))
    assert "ANSWER_EMPTY" in told
    assert "None of these" in told


def test_a_special_answer_that_is_not_offered_is_refused(questionnaire: Questionnaire, tmp_path: Path) -> None:
    assert "ANSWER_UNKNOWN_OPTION" in _told(_refused('{"goals": ["declined"]}', questionnaire, tmp_path))


def test_every_fault_is_told_in_one_go(questionnaire: Questionnaire, tmp_path: Path) -> None:
    error = _refused('{"agge": 4, "age": 400, "goals": "relax", "pressure": "loud"}', questionnaire, tmp_path)
    assert {fault.code for fault in error.faults} == {
        Code.ANSWER_UNKNOWN_QUESTION,
        Code.ANSWER_OUT_OF_RANGE,
        Code.ANSWER_WRONG_TYPE,
        Code.ANSWER_UNKNOWN_OPTION,
    }


def test_every_fault_names_the_file(questionnaire: Questionnaire, tmp_path: Path) -> None:
    error = _refused('{"agge": 4, "age": 400}', questionnaire, tmp_path)
    assert {fault.file for fault in error.faults} == {str(tmp_path / "answers")}


# ---------------------------------------------------------------- files that are no answers files


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.ANSWERS_EMPTY),
        (b" \n\t\n", Code.ANSWERS_EMPTY),
        (b"\xef\xbb\xbf", Code.ANSWERS_EMPTY),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xd8", Code.ANSWERS_NOT_TEXT),
        ("age: 44".encode("utf-16"), Code.ANSWERS_NOT_TEXT),
        (b'{"answers": {"age": 44}', Code.ANSWERS_NOT_READABLE),
        (b'{"age": 44} and more', Code.ANSWERS_NOT_READABLE),
        (b"{'age': 44}", Code.ANSWERS_NOT_READABLE),
        (b"just a few words\n", Code.ANSWERS_NO_MAPPING),
        (b'"age"', Code.ANSWERS_NO_MAPPING),
        (b"[1, 2]", Code.ANSWERS_NO_MAPPING),
        (b'{"answers": ["age", 44]}', Code.ANSWERS_NO_MAPPING),
        (b'{"answers": null}', Code.ANSWERS_NO_MAPPING),
        (b'{"survey": "mood", "answers": {}}', Code.ANSWERS_NO_MAPPING),
        (b'{"format": "nmtchoose/answers/1"}', Code.ANSWERS_NO_MAPPING),
        (b'{"format": "nmtchoose/answers/9", "answers": {}}', Code.ANSWERS_OTHER_FORMAT),
        (b'{"format": "nmtchoose/assessment/1", "answers": {}}', Code.ANSWERS_OTHER_FORMAT),
        (b'{"age": 44, "age": 45}', Code.ANSWERS_NOT_READABLE),
        (b"age: 44\nage: 45\n", Code.YAML_DUPLICATE_KEY),
        (b"age: [44\n", Code.YAML_SYNTAX),
        (b"a: &x [1, 2]\nb: *x\n", Code.YAML_ALIAS),
        (b"age: !!python/object/apply:os.getcwd []\n", Code.YAML_TAG),
        (b"age: \x07\n", Code.YAML_CHARACTER),
    ],
)
def test_each_kind_of_wrong_file_has_its_own_sentence(
    content: bytes, code: Code, questionnaire: Questionnaire, tmp_path: Path
) -> None:
    assert [fault.code for fault in _refused(content, questionnaire, tmp_path).faults] == [code]


def test_a_place_in_the_file_is_named_where_there_is_one(questionnaire: Questionnaire, tmp_path: Path) -> None:
    (json_fault,) = _refused('{\n  "age": 44,,\n}', questionnaire, tmp_path).faults
    assert (json_fault.line, json_fault.column) == (2, 13)
    (yaml_fault,) = _refused("age: 44\nage: 45\n", questionnaire, tmp_path).faults
    assert (yaml_fault.line, yaml_fault.column) == (2, 1)


@pytest.mark.parametrize("levels", [41, 500, 2_000, 100_000])
@pytest.mark.parametrize("level", ["[", '{"a":', "- ", "a: [", "[{a: "])
def test_nested_too_deep_is_the_same_fault_whoever_reads_it(
    level: str, levels: int, questionnaire: Questionnaire, tmp_path: Path
) -> None:
    (fault,) = _refused(level * levels, questionnaire, tmp_path).faults
    assert (fault.code, fault.problem) == (Code.TOO_DEEP, "values are nested more than 40 deep")


def test_brackets_inside_texts_are_no_levels(questionnaire: Questionnaire, tmp_path: Path) -> None:
    told = _told(_refused(json.dumps({"goals": "[" * 50 + '"' + "{" * 50}), questionnaire, tmp_path))
    assert "ANSWER_WRONG_TYPE" in told


def test_a_huge_file_is_refused_after_a_first_look(questionnaire: Questionnaire, tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as stream:
        stream.truncate(4_000_000_000)
    with pytest.raises(AnswerError) as caught:
        read_answers(str(path), questionnaire)
    assert "FILE_TOO_LARGE" in _told(caught.value)


def test_the_largest_file_that_is_read_is_far_above_a_whole_intake(
    questionnaire: Questionnaire, tmp_path: Path
) -> None:
    path = tmp_path / "answers.json"
    content = json.dumps({"answers": {"age": 44}})
    path.write_text(content + " " * (LARGEST - len(content)), encoding="utf-8")
    assert read_answers(str(path), questionnaire) == {"age": 44}
    assert "FILE_TOO_LARGE" in _told(_refused(path.read_bytes() + b" ", questionnaire, tmp_path))


def test_a_file_that_is_not_there_is_told(questionnaire: Questionnaire, tmp_path: Path) -> None:
    with pytest.raises(AnswerError) as caught:
        read_answers(str(tmp_path / "nobody.json"), questionnaire)
    assert "FILE_CANNOT_READ" in _told(caught.value)


def test_a_folder_is_no_answers_file(questionnaire: Questionnaire, tmp_path: Path) -> None:
    with pytest.raises(AnswerError) as caught:
        read_answers(str(tmp_path), questionnaire)
    assert "FILE_CANNOT_READ" in _told(caught.value)


def test_a_file_without_the_right_to_read_is_told(
    questionnaire: Questionnaire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The tests may run as root, whom no permission stops.
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "answers.json").touch()
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(AnswerError) as caught:
        read_answers(str(tmp_path / "answers.json"), questionnaire)
    assert "Permission denied" in _told(caught.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_and_a_device_are_refused_without_waiting(questionnaire: Questionnaire, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", "/dev/zero"):
        with pytest.raises(AnswerError, match=r"a pipe or a device.*F001"):
            read_answers(str(path), questionnaire)


# ---------------------------------------------------------------- text stays text


def test_control_characters_in_names_never_reach_a_message(questionnaire: Questionnaire, tmp_path: Path) -> None:
    content = json.dumps({"\x1b[31mage\x07": 44, "goals": ["\x1b]0;title\x07"]})
    for fault in _refused(content, questionnaire, tmp_path).faults:
        assert str(fault).isprintable()


def test_only_the_start_of_a_long_name_is_repeated(questionnaire: Questionnaire, tmp_path: Path) -> None:
    told = _told(_refused(json.dumps({"x" * 5_000: 44}), questionnaire, tmp_path))
    assert len(told) < 300


def test_free_text_loses_what_a_terminal_obeys_and_keeps_the_rest(
    minimal_pair: tuple[Questionnaire, RuleTable], tmp_path: Path
) -> None:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"notes": "sore [red]since[/red]\x1b[2J\u202e March\nß 5 €"}), encoding="utf-8")
    assert read_answers(str(path), minimal_pair[0]) == {"notes": "sore [red]since[/red] [2J March ß 5 €"}
