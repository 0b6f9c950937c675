"""Reading answers back from whatever leaves this program with answers in it: answers files, FHIR and filled sheets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from nmtchoose.files.answers_file import check_answers, name_of, parsed, raw_answers_in, read_source
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Questionnaire

_RESOURCE_TYPE = "resourceType"


@dataclass(frozen=True, slots=True)
class Given:
    """Checked answers, with what identifies them and when they were given, where the file says so."""

    answers: dict[str, Answer]
    identifier: str = ""
    authored: datetime | None = None


def read_given(source: str, questionnaire: Questionnaire) -> dict[str, Answer]:
    """Return the checked answers in the file `source`, or on standard input for `-`.

    It may be an answers file (JSON or YAML), a FHIR QuestionnaireResponse or a filled text sheet. Raises AnswerError
    with every fault when it cannot be read or something in it does not fit.
    """
    return answers_given(read_source(source), questionnaire, name_of(source))


def answers_given(content: bytes, questionnaire: Questionnaire, name: str = "") -> dict[str, Answer]:
    """Return the checked answers in the bytes of a file; raises as `read_given` does."""
    from nmtchoose.formats.sheet_reading import answers_in_sheet, is_sheet

    text = content.decode("utf-8-sig", "replace")
    if is_sheet(text):
        return answers_in_sheet(text, questionnaire, name)
    resource = _resource(content, name)
    if resource is not None:
        from nmtchoose.formats.fhir import answers_in_response

        return answers_in_response(resource, questionnaire, name)
    return check_answers(raw_answers_in(content, name), questionnaire, name)


def intakes_given(content: bytes, questionnaire: Questionnaire, name: str = "") -> tuple[Given, ...]:
    """Return every intake in the bytes of a file: several in a FHIR Bundle, otherwise one. Raises as `read_given`."""
    resource = _resource(content, name)
    if resource is None:
        return (Given(answers_given(content, questionnaire, name)),)
    from nmtchoose.formats.fhir import answers_in_response, authored_at, identifier_of, responses_in

    return tuple(
        Given(answers_in_response(one, questionnaire, name), identifier_of(one), authored_at(one))
        for one in responses_in(resource, name)
    )


def _resource(content: bytes, name: str) -> Mapping[str, object] | None:
    document = parsed(content, name) if _RESOURCE_TYPE.encode() in content else None
    return document if isinstance(document, Mapping) and _RESOURCE_TYPE in document else None
