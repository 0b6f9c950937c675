"""How long and how plain the interview is: `make stats`. Exits 1 when a limit of the project is broken."""

from __future__ import annotations

import sys
from pathlib import Path

import textstat

from nmtchoose.authoring.cases import read_cases
from nmtchoose.authoring.run_cases import run_case
from nmtchoose.engine.interview import state
from nmtchoose.files.answers_file import read_answers
from nmtchoose.model.answers import Answers
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.tables import Tables
from nmtchoose.practice.tables import load_tables

ROOT = Path(__file__).parents[1]
CLIENTS = {"swedish": 16, "nmt": 24, "low-back": 24, "shoulder": 24, "emergency": 4}
"""Example client and the most screens it may take."""

MOST_GRADE, MOST_AVERAGE = 10.0, 8.0
MOST_REFERRED = 0.05


def main() -> int:
    """Print the counts and return 1 when one of them is over its limit."""
    tables = load_tables(ROOT / "questions.yaml", ROOT / "rules.yaml")
    kept = [_screens(tables), _grades(tables), _benign(tables)]
    return 0 if all(kept) else 1


def _screens(tables: Tables) -> bool:
    print("Screens answered")
    kept = True
    for client, most in CLIENTS.items():
        answers = read_answers(str(ROOT / "examples" / f"{client}.json"), tables.questionnaire)
        count = screens(tables, answers)
        kept = kept and count <= most
        print(f"  {client:<12} {count:>3}  (at most {most})")
    return kept


def screens(tables: Tables, answers: Answers) -> int:
    """Return how many questions the person with these answers is asked, in the order of a live interview."""
    given: dict[str, object] = {}
    while True:
        current = state(tables.questionnaire, tables.rules, given).current  # type: ignore[arg-type]
        if current is None:
            return len(given)
        if current.id not in answers:
            raise SystemExit(f"the example lacks an answer to {current.id}")
        given[current.id] = answers[current.id]


def _grades(tables: Tables) -> bool:
    asked = [one for one in tables.questionnaire.questions if one.sign_of is None]
    texts = {f"{one.id} ({voice})": text for one in asked for voice, text in _voices(one)}
    grades = {name: max(0.0, textstat.flesch_kincaid_grade(text)) for name, text in texts.items()}
    average = sum(grades.values()) / len(grades)
    hardest = sorted(grades, key=grades.__getitem__, reverse=True)[:5]
    print(f"Reading grade (Flesch-Kincaid): {average:.1f} on average (at most {MOST_AVERAGE:.0f}); the hardest:")
    for name in hardest:
        print(f"  {grades[name]:>4.1f}  {name}")
    return bool(average <= MOST_AVERAGE and grades[hardest[0]] <= MOST_GRADE)


def _voices(question: object) -> list[tuple[str, str]]:
    return [("client", question.ask.client), ("staff", question.ask.staff)]  # type: ignore[attr-defined]


def _benign(tables: Tables) -> bool:
    cases = read_cases([ROOT / "tests" / "cases" / "benign.yaml"], tables.questionnaire)
    outcomes = [run_case(case, tables) for case in cases]
    sent = [one for one in outcomes if one.assessment.disposition.severity >= Disposition.MEDICAL_SOON.severity]
    emergencies = [one for one in sent if one.assessment.disposition.is_emergency]
    share = len(sent) / len(outcomes)
    print(
        f"Benign cases: {len(outcomes)}, sent to a doctor: {len(sent)} ({share:.1%}), emergencies: {len(emergencies)}"
    )
    for one in sent:
        print(f"  {one.assessment.disposition}: {one.case.id}")
    return share <= MOST_REFERRED and not emergencies


if __name__ == "__main__":
    sys.exit(main())
