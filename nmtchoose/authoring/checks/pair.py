"""What a check looks at: both files, read, with the places of everything in them, and what their conditions read."""

from collections.abc import Mapping
from dataclasses import dataclass

from nmtchoose.errors import Code, Fault, fault
from nmtchoose.loading.nodes import Node, Path, Places
from nmtchoose.model.questionnaire import Question, Questionnaire
from nmtchoose.model.rules import Rule, RuleTable
from nmtchoose.model.tables import Tables


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two files: its name, what stands in it, and where."""

    file: str
    root: Node | None
    places: Places

    def error(self, code: Code, *path: str, **values: object) -> Fault:
        """Return an error at `path`."""
        return self._fault(code, path, False, values)

    def warning(self, code: Code, *path: str, **values: object) -> Fault:
        """Return a warning at `path`."""
        return self._fault(code, path, True, values)

    def _fault(self, code: Code, path: Path, warning: bool, values: Mapping[str, object]) -> Fault:
        place = self.places.of(*path)
        return fault(code, self.file, place.line, place.column, warning=warning, **values)


@dataclass(frozen=True, slots=True)
class Pair:
    """Both files. Checks of wording may meet stand-ins: empty texts, and conditions that are never true.

    `own_claims` are phrases that the practice does not want to read, with what to write instead.
    """

    tables: Tables
    asked: Side
    decided: Side
    own_claims: tuple[tuple[str, str], ...] = ()

    @property
    def questionnaire(self) -> Questionnaire:
        """What is asked."""
        return self.tables.questionnaire

    @property
    def table(self) -> RuleTable:
        """What follows from it."""
        return self.tables.rules

    def written_questions(self) -> tuple[Question, ...]:
        """Return the questions that stand in the file, without those made to keep what was found in a text."""
        return tuple(question for question in self.questionnaire.questions if question.noted_of is None)

    def named_in_rules_that_are_off(self) -> frozenset[str]:
        """Return every key and word of the rules that a setting switches off: they are in use, only not now."""
        rules = {rule.id for rule in self.table.rules}
        places = self.decided.places
        off = [path for path in places.at if path[:1] == ("rules",) and len(path) > 2 and path[2] not in rules]
        inside = {path[:3] for path in off}
        words = {words for path, words in places.texts.items() if path[:3] in inside}
        return frozenset(words.union(*off))


def at_question(question: Question, *keys: str) -> Path:
    """Return the path of `keys` of a question in its file; a line stands among the options of its screen."""
    if question.is_line and question.stem:
        line = question.id.removeprefix(f"{question.stem.id}.")
        return "questions", question.stem.id, "options", line, *keys
    return "questions", question.id, *keys


def at_rule(rule: Rule) -> tuple[str, str, str]:
    """Return the path of `rule` in its file."""
    return "rules", rule.stage, rule.id
