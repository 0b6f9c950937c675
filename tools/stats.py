"""How long and how plain the interview is: `make stats`. Exits 1 when a limit of the project is broken."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import textstat

from nmtchoose.authoring.cases import read_cases
from nmtchoose.authoring.run_cases import run_case
from nmtchoose.desk.interview import answered, begun, due
from nmtchoose.desk.prompter import Screen, Voice
from nmtchoose.desk.returning import carried_over, is_time_to_confirm, kept, menu
from nmtchoose.files.answers_file import read_answers
from nmtchoose.model.answers import Answers
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind, Question
from nmtchoose.model.tables import Tables
from nmtchoose.practice.current import load_tables

ROOT = Path(__file__).parents[1]
CLIENTS = {
    "swedish": (16, 455),
    "nmt": (25, 667),
    "low-back": (26, 684),
    "shoulder": (27, 708),
    "four-medicines": (30, 814),
    "emergency": (2, 60),
}
"""Example client, and the most screens and words it may take: what was reached, so that it never grows unseen."""

REGULAR = ("nmt", (16, 585))
"""Who comes again with the same trouble, and the most screens and words that this may take."""

READ_A_MINUTE, READ_ALOUD_A_MINUTE, SECONDS_A_KEY = 238, 183, 1
"""Words in a minute, silent and aloud (Brysbaert 2019), and what a key takes."""

MOST_GRADE, MOST_AVERAGE = 10.0, 8.0
MOST_REFERRED = 0.04


def main() -> int:
    """Print the counts and return 1 when one of them is over its limit."""
    tables = load_tables(ROOT / "questions.yaml", ROOT / "rules.yaml")
    held = [_screens(tables), _grades(tables), _benign(tables)]
    _labels(tables)
    return 0 if all(held) else 1


def _screens(tables: Tables) -> bool:
    print(f"{'Client':<24} screens   words   minutes read / aloud")
    held = True
    for path in sorted((ROOT / "examples").glob("*.json")):
        read = reading_of(tables, read_answers(str(path), tables.questionnaire))
        held = _told(path.stem, read, CLIENTS.get(path.stem)) and held
    name, most = REGULAR
    answers = read_answers(str(ROOT / "examples" / f"{name}.json"), tables.questionnaire)
    return _told(f"{name}, comes again", reading_of(tables, answers, again=True), most) and held


def _told(name: str, read: Reading, most: tuple[int, int] | None) -> bool:
    limit = f"  (at most {most[0]} screens, {most[1]} words)" if most else ""
    silent, aloud = (_minutes(read, speed) for speed in (READ_A_MINUTE, READ_ALOUD_A_MINUTE))
    print(f"  {name:<22} {read.screens:>7} {read.words:>7}   {silent} / {aloud}{limit}")
    return most is None or (read.screens <= most[0] and read.words <= most[1])


@dataclass(frozen=True)
class Reading:
    """What somebody reads and presses: screens, words and keys."""

    screens: int
    words: int
    keys: int


def reading_of(tables: Tables, answers: Answers, *, again: bool = False) -> Reading:
    """Return what the person with these answers reads in a live interview: questions, labels and special answers.

    Help is shown on request, and is not counted. With `again` the same was told at the last visit, and is confirmed.
    """
    interview = begun(tables, {}, Voice.CLIENT)
    if again:
        told = {one: answer for one, answer in answers.items() if tables.questionnaire[one].lasting}
        interview = carried_over(interview, told, visit="2026-11-12")
    screens, words, keys = 0, 0, 0
    while True:
        if is_time_to_confirm(interview):
            text, choices = menu(interview)
            screens, keys = screens + 1, keys + 1
            words += sum(len(one.split()) for one in (text, *(label for _, label in choices)))
            interview = kept(interview)
        screen = due(interview)
        if screen is None:
            break
        screens += 1
        words += _words_on(screen)
        for line in screen.lines or (screen,):
            if line.question.id not in answers:
                raise SystemExit(f"the example lacks an answer to {line.question.id}")
            answer = answers[line.question.id]
            keys += len(str(answer)) if isinstance(answer, int) else len(answer) if isinstance(answer, tuple) else 1
            interview, _ = answered(interview, line, answer)
        keys += bool(screen.lines) or screen.question.kind is not Kind.ONE
    return Reading(screens, words, keys)


def _words_on(screen: Screen) -> int:
    """Return how many words stand on `screen`. What every line may be answered with is said once."""
    told = [screen.headed.text]
    for line in screen.lines or (screen,):
        told += [line.text] if screen.lines else [option.label for option in line.options]
    if screen.lines:
        told += [option.label for option in screen.options]
    told += [screen.question.label(one) for one in screen.question.specials]
    return sum(len(text.split()) for text in told)


def _minutes(read: Reading, words_a_minute: int) -> str:
    seconds = round(read.words / words_a_minute * 60 + read.keys * SECONDS_A_KEY)
    return f"{seconds // 60}:{seconds % 60:02}"


def _labels(tables: Tables) -> None:
    written = [one for one in tables.questionnaire.questions if not one.sites]
    labels = [one.ask.client for one in written if one.is_line]
    labels += [option.label for one in written if not one.is_line for option in one.options]
    longest = max(labels, key=lambda label: len(label.split()))
    ors = sum(f" {label.casefold()} ".count(" or ") for label in labels)
    print(f"Labels: {len(labels)}, with 'or' {ors} times; the longest has {len(longest.split())} words: {longest}")


def _grades(tables: Tables) -> bool:
    """Print how hard the words of a screen are to read; a line alone is no sentence, so it counts with its screen."""
    screens: dict[str, list[Question]] = {}
    for one in tables.questionnaire.questions:
        screens.setdefault(one.screen_id, []).append(one)
    texts = {f"{one.rstrip('/')} ({voice})": text for one, asked in screens.items() for voice, text in _voices(asked)}
    grades = {name: max(0.0, textstat.flesch_kincaid_grade(text)) for name, text in texts.items()}
    average = sum(grades.values()) / len(grades)
    hardest = sorted(grades, key=grades.__getitem__, reverse=True)[:5]
    print(f"Reading grade (Flesch-Kincaid): {average:.1f} on average (at most {MOST_AVERAGE:.0f}); the hardest:")
    for name in hardest:
        print(f"  {grades[name]:>4.1f}  {name}")
    return bool(average <= MOST_AVERAGE and grades[hardest[0]] <= MOST_GRADE)


def _voices(asked: Sequence[Question]) -> Iterator[tuple[str, str]]:
    lines = asked if asked[0].stem else ()
    for voice in ("client", "staff"):
        yield voice, " ".join([getattr(asked[0].screen_ask, voice), *(f"{getattr(one.ask, voice)}." for one in lines)])


def _benign(tables: Tables) -> bool:
    held = [_referred(ROOT / "tests" / "cases" / name, tables) for name in ("benign.yaml", "benign_new.yaml")]
    return all(held)


def _referred(path: Path, tables: Tables) -> bool:
    """Print who of the healthy clients in a file of cases is sent to a doctor; False where these are too many."""
    outcomes = [run_case(case, tables) for case in read_cases([path], tables.questionnaire)]
    sent = [one for one in outcomes if one.assessment.disposition.severity >= Disposition.MEDICAL_SOON.severity]
    emergencies = [one for one in sent if one.assessment.disposition.is_emergency]
    share = len(sent) / len(outcomes)
    print(f"{path.name}: {len(outcomes)}, sent to a doctor: {len(sent)} ({share:.1%}), emergencies: {len(emergencies)}")
    for one in sent:
        print(f"  {one.assessment.disposition}: {one.case.id}")
    return share <= MOST_REFERRED and not emergencies


if __name__ == "__main__":
    sys.exit(main())
