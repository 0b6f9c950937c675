"""What the two files say, thing by thing, in words: labels with short texts that can be compared."""

from __future__ import annotations

from collections.abc import Mapping

from nmtchoose.model.questionnaire import Option, Question, Questionnaire
from nmtchoose.model.rules import DispositionText, Guarantee, Rule, RuleTable, Therapy
from nmtchoose.model.tables import Tables
from nmtchoose.words.conditions import by_name
from nmtchoose.words.effects import booking_effects, therapy_effects

Words = dict[str, str]
Described = Mapping[str, Words]


def questions(tables: Tables) -> Described:
    """Return what each question is, without those made to ask one sign by itself."""
    written = (question for question in tables.questionnaire.questions if question.sign_of is None)
    return {question.id: _question(question, tables.questionnaire) for question in written}


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


def contradictions(tables: Tables) -> Described:
    """Return what each contradiction says."""
    return {
        one.id: {"when": by_name(one.when, tables.questionnaire), "says": one.say, "about": ", ".join(one.about)}
        for one in tables.questionnaire.contradictions
    }


def settings(tables: Tables) -> Described:
    """Return the value of each setting."""
    return {name: {"value": str(value).lower()} for name, value in tables.rules.settings.items()}


def facts(tables: Tables) -> Described:
    """Return when each fact is so."""
    return {name: {"when": by_name(body, tables.questionnaire)} for name, body in tables.rules.facts.items()}


def rules(tables: Tables) -> Described:
    """Return when each rule fires, what it does and what it says."""
    return {rule.id: _rule(rule, tables.questionnaire, tables.rules) for rule in tables.rules.rules}


def _rule(rule: Rule, questionnaire: Questionnaire, table: RuleTable) -> Words:
    effects = (*booking_effects(rule.then, Tables(questionnaire, table)), *therapy_effects(rule.then, table))
    does = {label: words or "yes" for label, _, words in (effect.partition(": ") for effect in effects)}
    return _said(
        {
            "stage": str(rule.stage),
            "fires when": by_name(rule.when, questionnaire),
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


def therapies(tables: Tables) -> Described:
    """Return what each therapy is."""
    return {therapy.id: _therapy(therapy, tables.questionnaire) for therapy in tables.rules.therapies}


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


def decision(tables: Tables) -> Described:
    """Return how points become a recommendation."""
    one = tables.rules.decision
    enough = f"{one.enough_answers} of {', '.join(one.enough_of)}, and {one.enough_points} points"
    words = {"lead to win": str(one.winner_lead), "lead for a clear win": str(one.clear_lead)}
    return {"points": {**words, "enough information": enough, "without it": one.fallback}}


def sequences(tables: Tables) -> Described:
    """Return each plan of one therapy first and another later."""
    return {
        one.id: {
            "first": one.first,
            "later": ", ".join(one.later),
            "points": str(one.min_fit),
            "when": by_name(one.when, tables.questionnaire),
            "says": one.text,
        }
        for one in tables.rules.decision.sequences
    }


def guarantees(tables: Tables) -> Described:
    """Return what each guarantee promises."""
    return {one.id: _guarantee(one, tables.questionnaire) for one in tables.rules.guarantees}


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


def dispositions(tables: Tables) -> Described:
    """Return how each disposition is said."""
    return {str(name): _card(words) for name, words in tables.rules.dispositions.items()}


def _card(words: DispositionText) -> Words:
    said = {"title": words.title, "to the client": words.client, "to staff": words.staff}
    return _said({**said, "on the telephone": "; ".join(words.tell_them)})


def texts(tables: Tables) -> Described:
    """Return the named sentences, and the signs to get help for later."""
    named = {name: {"says": text} for name, text in tables.rules.texts.items()}
    return {**named, "safety_net": {"says": "; ".join(tables.rules.safety_net)}}


def sources(tables: Tables) -> Described:
    """Return what each source is."""
    return {
        name: _said({"title": one.title, "firmness": str(one.firmness), "checked": str(one.checked), "at": one.url})
        for name, one in tables.rules.sources.items()
    }


def _said(words: Words) -> Words:
    return {label: text for label, text in words.items() if text}
