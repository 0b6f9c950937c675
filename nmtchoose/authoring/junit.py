"""Results of cases as JUnit XML, which build servers read."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from nmtchoose.authoring.case_lines import failure_lines
from nmtchoose.authoring.run_cases import Outcome
from nmtchoose.model.questionnaire import Questionnaire


def junit_xml(outcomes: Sequence[Outcome], questionnaire: Questionnaire) -> str:
    """Return one suite per case file, with the differences and the rules that fired as the text of each failure."""
    failed = sum(bool(one.differences) for one in outcomes)
    root = ElementTree.Element("testsuites", name="nmtchoose", tests=str(len(outcomes)), failures=str(failed))
    for file in dict.fromkeys(one.case.file for one in outcomes):
        _add_suite(root, file, [one for one in outcomes if one.case.file == file], questionnaire)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _add_suite(root: ElementTree.Element, file: str, outcomes: Sequence[Outcome], questionnaire: Questionnaire) -> None:
    failed = sum(bool(one.differences) for one in outcomes)
    suite = ElementTree.SubElement(root, "testsuite", name=file, tests=str(len(outcomes)), failures=str(failed))
    for one in outcomes:
        attributes = {"classname": file, "name": one.case.id, "file": file, "line": str(one.case.line)}
        case = ElementTree.SubElement(suite, "testcase", attributes)
        if one.differences:
            message = "; ".join(map(str, one.differences))
            failure = ElementTree.SubElement(case, "failure", message=_allowed(message))
            failure.text = _allowed("\n".join(failure_lines(one, questionnaire)))


def _allowed(text: str) -> str:
    """Return `text` without the control characters that XML 1.0 cannot hold."""
    return "".join(char if char >= " " or char in "\t\n\r" else "?" for char in text)
