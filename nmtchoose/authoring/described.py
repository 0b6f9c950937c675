"""What the two files say, thing by thing, in words: labels with short texts that can be compared."""

from __future__ import annotations

from collections.abc import Mapping

from nmtchoose.model.questionnaire import Option, Question, Questionnaire
from nmtchoose.model.rules import Decision, DispositionText, Guarantee, Rule, SequencePlan, Therapy
from nmtchoose.model.tables import Tables
from nmtchoose.words.conditions import by_name
from nmtchoose.words.effects import booking_effects, therapy_effects

Words = dict[str, str]
Described = Mapping[str, Words]


def described(tables: Tables) -> Mapping[str, Described]:
    """Return what each thing is, by what it is called and its id, in the order of the files.

    Questions made to ask one sign by itself are left out.
    """
    asked, rules = tables.questionnaire, tables.rules
    return {
        "question": {one.id: _question(one, asked) for one in asked.questions if one.sign_of is None},
        "contradiction": {
            one.id: {"when": by_name(one.when, asked), "says": one.say, "about": ", ".join(one.about)}
            for one in asked.contradictions
        },
        "setting": {name: {"value": str(value).lower()} for name, value in rules.settings.items()},
        "fact": {name: {"when": by_name(body, asked)} for name, body in rules.facts.items()},
        "rule": {one.id: _rule(one, tables) for one in rules.rules},
        "therapy": {one.id: _therapy(one, asked) for one in rules.therapies},
        "decision": {"points": _points(rules.decision)},
        "sequence": {one.id: _sequence(one, asked) for one in rules.decision.sequences},
        "guarantee": {one.id: _guarantee(one, asked) for one in rules.guarantees},
        "disposition": {str(name): _card(words) for name, words in rules.dispositions.items()},
        "text": {
            **{name: {"says": text} for name, text in rules.texts.items()},
            "safety_net": {"says": "; ".join(one.say for one in rules.safety_net)},
        },
        "source": {
            name: _said({"title": one.title, "firmness": str(one.firmness), "checked": str(one.checked), "at": one.url})
            for name, one in rules.sources.items()
        },
    }


def _question(question: Question, questionnaire: Questionnaire) -> Words:
    asked = "always" if question.ask_when is None else by_name(question.ask_when, questionnaire)
    words = {
        "to the client": question.ask.client,
        "to staff": question.ask.staff,
        "purpose": str(question.purpose),
        "kind": "sites" if question.sites else str(question.kind),
        "asked when": asked,
        "help": question.help,
        "why": question.why,
        "hint for staff": question.staff_hint,
        "numbers": "" if question.minimum is None else f"{question.minimum} to {question.maximum} {question.unit}",
        "'not sure' counts as": question.unsure_as or "",
        "private": "yes" if question.private else "",
        **{f"'{name}'": label for name, label in question.special_labels.items()},
        **{f"group {name}": ", ".join(members) for name, members in question.groups.items() if not question.sites},
    }
    options = question.options if not question.sites else ()
    words |= {f"option {option.id}": _option(option, questionnaire) for option in options}
    if question.sites:
        words["places"] = ", ".join(option.id for option in question.options)
    return _said(words)


def _option(option: Option, questionnaire: Questionnaire) -> str:
    shown = "" if option.show_when is None else f" (offered when {by_name(option.show_when, questionnaire)})"
    return f"{option.label}{shown}{f' - {option.help}' if option.help else ''}"


def _rule(rule: Rule, tables: Tables) -> Words:
    effects = (*booking_effects(rule.then, tables), *therapy_effects(rule.then, tables.rules))
    does = {label: words or "yes" for label, _, words in (effect.partition(": ") for effect in effects)}
    return _said(
        {
            "stage": str(rule.stage),
            "fires when": by_name(rule.when, tables.questionnaire),
            **does,
            **({} if rule.then.card is None else {f"card, {one}": text for one, text in _card(rule.then.card).items()}),
            "tells the client": rule.tell_client,
            "tells the therapist": rule.tell_therapist,
            "reason": rule.reason,
            "evidence": str(rule.evidence or ""),
            "firmness": str(rule.firmness or ""),
            "sources": ", ".join(rule.sources),
            "covers": ", ".join(rule.covers),
        }
    )


def _therapy(therapy: Therapy, questionnaire: Questionnaire) -> Words:
    chosen = "" if therapy.choose_when is None else by_name(therapy.choose_when, questionnaire)
    return _said(
        {
            "name": therapy.name,
            "short": therapy.short,
            "summary": therapy.summary,
            "pressure": f"{therapy.lightest} to {therapy.usual}",
            "form of": therapy.form_of or "",
            "takes its place when": chosen,
            "sole form": "yes" if therapy.sole_form else "",
            "works on pain": "yes" if therapy.works_on_pain else "",
            **{f"row {row}": text for row, text in therapy.facts.items()},
            "expect": "; ".join(therapy.expect),
            "questions for the therapist": "; ".join(therapy.ask_therapist),
            "qualifications": "; ".join(therapy.qualifications),
            "aftercare": "; ".join(therapy.aftercare),
            "visits": therapy.visits,
            "evidence": f"{therapy.evidence}: {therapy.evidence_text}",
            "sources": ", ".join(therapy.sources),
        }
    )


def _points(one: Decision) -> Words:
    return {
        "lead to win": str(one.winner_lead),
        "lead for a clear win": str(one.clear_lead),
        "enough information": f"{one.enough_answers} of {', '.join(one.enough_of)}, and {one.enough_points} points",
        "without it": one.fallback,
    }


def _sequence(one: SequencePlan, questionnaire: Questionnaire) -> Words:
    return {
        "first": one.first,
        "later": ", ".join(one.later),
        "points": str(one.min_fit),
        "when": by_name(one.when, questionnaire),
        "says": one.text,
    }


def _guarantee(one: Guarantee, questionnaire: Questionnaire) -> Words:
    return _said(
        {
            "when": by_name(one.when, questionnaire),
            "says": one.say,
            "never suggests": ", ".join(one.never_suggest),
            "disposition at least": str(one.disposition_at_least or ""),
            "pressure at most": str(one.pressure_at_most or ""),
        }
    )


def _card(words: DispositionText) -> Words:
    said = {"title": words.title, "to the client": words.client, "to staff": words.staff}
    return _said({**said, "on the telephone": "; ".join(words.tell_them)})


def _said(words: Words) -> Words:
    return {label: text for label, text in words.items() if text}
