"""A small practice, made by hand: a few questions, three therapies, and one assessment for every way to end."""

from __future__ import annotations

from msgspec.structs import replace

from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.assessment import (
    Assessment,
    AssessmentStamp,
    Firing,
    Note,
    Reason,
    Recommendation,
    RecommendationKind,
    SiteNote,
    Status,
    Strength,
    TherapyResult,
    Undecided,
)
from nmtchoose.model.condition import AllOf, Fact, InRange, Is
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import (
    DECLINED,
    NONE,
    UNSURE,
    Kind,
    Option,
    Purpose,
    Question,
    Questionnaire,
    Section,
    Stamp,
    Voices,
)
from nmtchoose.model.rules import (
    Checked,
    Decision,
    DispositionText,
    Effects,
    Firmness,
    Grade,
    Region,
    Row,
    Rule,
    RuleTable,
    Sign,
    SiteLimit,
    Sites,
    Source,
    Stage,
    Therapy,
)
from nmtchoose.model.tables import Tables

LABELS = {NONE: "None of these", UNSURE: "Not sure", DECLINED: "Prefer not to say"}


def question(question_id: str, kind: Kind, ask: str, purpose: Purpose, **more: object) -> Question:
    client = Voices(ask, ask.replace("you", "the client"))
    shape = Question(question_id, "all", kind, client, purpose, "It matters.", special_labels=LABELS)
    return replace(shape, **more)


QUESTIONNAIRE = Questionnaire(
    stamp=Stamp("2026.11", "a" * 64),
    title="Massage intake",
    sections=(Section("all", "Everything"), Section("pain", "Your pain")),
    questions=(
        question(
            "right_now",
            Kind.MANY,
            "Is any of this happening now, or in the last 24 hours?",
            Purpose.EMERGENCY,
            options=(
                Option("chest_pressure", "Chest pain, pressure or tightness that lasts or comes and goes"),
                Option("face_arm_speech", "Sudden drooping face, weak arm or slurred speech"),
            ),
            specials=(NONE, UNSURE),
        ),
        question("age", Kind.NUMBER, "How old are you?", Purpose.SAFETY, minimum=1, maximum=120, unit="years"),
        question(
            "pain_sites",
            Kind.MANY,
            "Where does it hurt?",
            Purpose.SAFETY,
            section="pain",
            sites=True,
            options=(
                Option("neck", "Neck", site="neck"),
                Option("jaw", "Jaw", site="jaw"),
                Option("calf_left", "Calf", site="calf", side="left"),
                Option("calf_right", "Calf", site="calf", side="right"),
                Option("foot_left", "Left foot", site="foot", side="left"),
                Option("foot_right", "Right foot", site="foot", side="right"),
            ),
            groups={"legs": ("calf_left", "calf_right", "foot_left", "foot_right")},
            specials=(NONE, UNSURE),
        ),
        question(
            "pain_weeks",
            Kind.NUMBER,
            "How long has it hurt?",
            Purpose.FIT,
            section="pain",
            minimum=0,
            maximum=5200,
            unit="weeks",
        ),
        question(
            "medicines",
            Kind.MANY,
            "Do you take any of these medicines?",
            Purpose.SAFETY,
            options=(Option("blood_thinner", "A blood thinner"), Option("steroids", "Steroid tablets")),
            specials=(NONE, UNSURE, DECLINED),
            private=True,
        ),
        question(
            "pregnant",
            Kind.ONE,
            "Are you pregnant?",
            Purpose.SAFETY,
            options=(Option("yes", "Yes"), Option("no", "No", reassuring=True)),
            specials=(UNSURE, DECLINED),
        ),
        question(
            "pressure",
            Kind.ONE,
            "What pressure do you like?",
            Purpose.FIT,
            options=(Option("light", "Light"), Option("firm", "Firm")),
        ),
        question("notes", Kind.TEXT, "Is there anything else?", Purpose.COMFORT),
    ),
)

FOCAL = Fact("focal_pain", Is("pain_sites", ("neck", "jaw")))

RULES = (
    Rule(
        "chest-pressure",
        Stage.EMERGENCY,
        Is("right_now", ("chest_pressure",)),
        Effects(disposition=Disposition.CALL_EMERGENCY),
        ("heart-page",),
        tell_client="Chest pressure needs an ambulance crew now.",
        tell_therapist="Note the time it started.",
    ),
    Rule(
        "new-weakness",
        Stage.EMERGENCY,
        Is("right_now", ("face_arm_speech",)),
        Effects(disposition=Disposition.EMERGENCY_TODAY),
        ("heart-page",),
    ),
    Rule(
        "calf-pain-with-steroids",
        Stage.MEDICAL,
        AllOf((Is("pain_sites", ("calf_left", "calf_right")), Is("medicines", ("steroids",)))),
        Effects(disposition=Disposition.MEDICAL_URGENT, next_step="Call your doctor today and describe the calf."),
        ("clot-page",),
        tell_client="A doctor should look at this calf before anyone works on it.",
        tell_therapist="No hands on this leg.",
    ),
    Rule(
        "blood-thinner",
        Stage.CONTRAINDICATION,
        Is("medicines", ("blood_thinner",)),
        Effects(
            pressure_limit=3,
            exclude=("nmt", "deep_tissue"),
            avoid=Sites(named=("calf_left",)),
            site_limits=(SiteLimit(Sites(marked_in=("pain_sites",)), 2),),
            caution="Blood thinners make bruising under the skin more likely.",
        ),
        ("nccih", "mayo"),
        tell_client="You take a blood thinner, so only light to medium pressure is offered.",
        tell_therapist="Ask which one, and look for bruises.",
    ),
    Rule(
        "one-place",
        Stage.FIT,
        AllOf((FOCAL, InRange("pain_weeks", 6, None))),
        Effects(fit={"nmt": 3}),
        ("articles",),
        reason="You can point to one or two places that hurt.",
        evidence=Grade.NONE,
    ),
    Rule(
        "likes-firm",
        Stage.FIT,
        Is("pressure", ("firm",)),
        Effects(fit={"deep_tissue": 3, "swedish": -1}),
        ("articles",),
        reason="You asked for firm pressure.",
        evidence=Grade.NONE,
    ),
    Rule(
        "wants-rest",
        Stage.FIT,
        Is("pressure", ("light",)),
        Effects(fit={"swedish": 3}),
        ("articles",),
        reason="You like light pressure.",
    ),
)


def therapy(therapy_id: str, name: str, short: str, lightest: int, usual: int, **more: object) -> Therapy:
    return replace(
        Therapy(
            id=therapy_id,
            name=name,
            short=short,
            lightest=lightest,
            usual=usual,
            facts={
                "focus": f"What {short} works on – in a sentence that needs more than one line.",
                "feel": f"How {short} feels.",
                "length": "30 to 90 minutes",
            },
            summary=f"{name} in one sentence.",
            evidence=Grade.LOW,
            evidence_text=f"Small trials of {short} with short follow-up.",
            sources=("articles",),
            expect=(f"{short} starts with a talk.", "You can stop at any time."),
            ask_therapist=(f"Ask how often you do {short}.",),
            qualifications=(f"Extra training in {short}.",),
            aftercare=("Drink when you are thirsty.", f"Rest a little after {short}."),
            visits=f"{short}: three to six visits, then look again.",
        ),
        **more,
    )


TABLE = RuleTable(
    stamp=Stamp("2026.11", "b" * 64),
    therapies=(
        therapy("nmt", "Neuromuscular therapy (NMT)", "NMT", 3, 5, works_on_pain=True),
        therapy("deep_tissue", "Deep tissue massage", "Deep tissue", 4, 5),
        therapy("swedish", "Swedish massage", "Swedish", 1, 3),
        therapy("sports", "Sports massage", "Sports", 2, 4),
        therapy("prenatal", "Prenatal massage", "Prenatal", 1, 2, form_of="swedish"),
    ),
    rows=(Row("focus", "What it works on"), Row("feel", "How it feels"), Row("length", "Length")),
    facts={"focal_pain": FOCAL.body},
    rules=RULES,
    decision=Decision(2, 4, 3, ("pain_sites", "pain_weeks", "pressure"), 3, "swedish", ()),
    dispositions={
        Disposition.CALL_EMERGENCY: DispositionText(
            "Call {emergency} now",
            "These answers need emergency help now. Please sit down; do not drive.",
            "Call {emergency}, stay with the client, and send someone to the door.",
            ("Where you are", "What is happening and when it started"),
        ),
        Disposition.EMERGENCY_TODAY: DispositionText(
            "Emergency department today",
            "Please go to an emergency department now. Do not drive yourself.",
            "Help the client get there. Call {emergency} if they cannot travel.",
            ("What changed, and when",),
        ),
        Disposition.MEDICAL_URGENT: DispositionText(
            "See a doctor first, today or tomorrow",
            "A doctor should look at this before any hands-on work. When you have been seen, we will happily book you.",
            "Do not book. Offer to print these answers.",
        ),
        Disposition.MEDICAL_SOON: DispositionText(
            "See a doctor soon", "Please see a doctor within two weeks.", "Offer to print these answers."
        ),
        Disposition.DEFER: DispositionText("Book for later", "Let's book a later date.", "Offer a later date."),
        Disposition.CLEARANCE: DispositionText(
            "Hold the booking", "The therapist needs a word with you first.", "Ask the therapist to call back."
        ),
        Disposition.PROCEED_WITH_CARE: DispositionText(
            "Book, with changes", "A session is possible with some changes.", "Book, and print the notes."
        ),
        Disposition.PROCEED: DispositionText(
            "Book", "Nothing in your answers stops a booking.", "Book the suggested session."
        ),
    },
    regions={
        "us": Region("us", "United States", "911", "911", "Suicide and Crisis Lifeline", "988"),
        "gb": Region("gb", "United Kingdom", "999", "111", "Samaritans", "116 123"),
    },
    sources={
        "heart-page": Source(
            "heart-page", "Warning signs", Firmness.HEALTH_SERVICE, Checked.READ, "https://heart.example/signs", "S22"
        ),
        "clot-page": Source("clot-page", "Clots in the leg", Firmness.GUIDELINE, Checked.SECOND_HAND),
        "nccih": Source("nccih", "Massage: what you need to know", Firmness.HEALTH_SERVICE, Checked.READ),
        "mayo": Source("mayo", "Who should be careful", Firmness.REVIEW, Checked.NOT_READ),
        "articles": Source("articles", "Articles on NMT", Firmness.ARTICLE, Checked.READ),
    },
    grades={grade: f"The evidence is {grade.value.replace('_', ' ')}." for grade in Grade},
    texts={"not_a_diagnosis": "This is not a diagnosis; it helps with booking."},
    safety_net=(
        Sign("Sudden breathlessness: call {emergency}"),
        Sign("Numbness that spreads", Is("pain_sites", ("calf_left",))),
    ),
    settings={"subacute_from_weeks": 6, "chronic_from_weeks": 13},
)

TABLES = Tables(QUESTIONNAIRE, TABLE)
US = TABLE.regions["us"]
THERAPY_NAMES = tuple(word for one in TABLE.therapies for word in (one.name, one.short))

ANSWERS: Answers = {
    "right_now": (NONE,),
    "age": 44,
    "pain_sites": ("neck",),
    "pain_weeks": 26,
    "medicines": (NONE,),
    "pregnant": "no",
    "pressure": "firm",
    "notes": "I sit a lot",
}

POINTS_TO_IT = Reason("one-place", "You can point to one or two places that hurt.")
LIKES_FIRM = Reason("likes-firm", "You asked for firm pressure.")
BRUISES = Reason("blood-thinner", "Blood thinners make bruising under the skin more likely.")


def result(therapy_id: str, status: Status, fit: int, *reasons: Reason, **more: object) -> TherapyResult:
    base = TherapyResult(therapy_id, status, fit, TABLE.therapy(therapy_id).usual, reasons, ())
    return replace(base, **more)


def fired(rule_id: str, **because: Answer) -> Firing:
    return Firing(rule_id, because)


PROCEED = Assessment(
    complete=True,
    disposition=Disposition.PROCEED,
    recommendation=Recommendation(
        RecommendationKind.THERAPY, ("nmt",), Strength.SLIGHT, "Neuromuscular therapy (NMT) fits best."
    ),
    therapies=(
        result("nmt", Status.SUGGESTED, 6, POINTS_TO_IT),
        result("deep_tissue", Status.SUITABLE, 3, LIKES_FIRM),
        result("swedish", Status.SUITABLE, -1, against=(LIKES_FIRM,)),
        result("sports", Status.SUITABLE, 0),
        result("prenatal", Status.NOT_SUITABLE, -1, against=(Reason("sole-form", "Only in pregnancy."),)),
    ),
    pressure_limit=5,
    site_notes=(),
    cautions=(),
    tell_client=(),
    tell_therapist=(),
    next_steps=(),
    until=(),
    expect=(),
    aftercare=(),
    ask_therapist=(),
    missing=(),
    undecided=(),
    trace=(
        fired("one-place", pain_sites=("neck",), pain_weeks=26),
        fired("likes-firm", pressure="firm"),
    ),
    stamp=AssessmentStamp("0.1.0", QUESTIONNAIRE.stamp, TABLE.stamp),
)

NOTHING = Recommendation(RecommendationKind.NONE, (), Strength.NONE, "")

EMERGENCY = replace(
    PROCEED,
    disposition=Disposition.CALL_EMERGENCY,
    recommendation=NOTHING,
    therapies=(),
    tell_client=(Note("chest-pressure", "Chest pressure needs an ambulance crew now.", ("heart-page",)),),
    tell_therapist=(
        Note("chest-pressure", "Note the time it started."),
        Note("blood-thinner", "No deep tissue massage; Swedish at most."),
    ),
    trace=(fired("chest-pressure", right_now=("chest_pressure",)), fired("likes-firm", pressure="firm")),
)

EMERGENCY_TODAY = replace(
    EMERGENCY,
    disposition=Disposition.EMERGENCY_TODAY,
    tell_client=(),
    tell_therapist=(),
    trace=(fired("new-weakness", right_now=(UNSURE,)),),
)

DOCTOR_FIRST = replace(
    EMERGENCY,
    disposition=Disposition.MEDICAL_URGENT,
    tell_client=(Note("calf-pain-with-steroids", "A doctor should look at this calf before anyone works on it."),),
    tell_therapist=(Note("calf-pain-with-steroids", "No hands on this leg."),),
    next_steps=(Note("calf-pain-with-steroids", "Call your doctor today and describe the calf."),),
    trace=(
        fired("calf-pain-with-steroids", pain_sites=("calf_left",), medicines=("steroids",)),
        fired("likes-firm", pressure="firm"),
    ),
)

LATER = replace(
    PROCEED,
    disposition=Disposition.DEFER,
    therapies=tuple(replace(one, status=Status.NOT_NOW) for one in PROCEED.therapies[:3]),
    until=(Note("new-tattoo", "the tattoo has healed, about four weeks"),),
    next_steps=(Note("new-tattoo", "Book for a day after that."),),
)

ON_HOLD = replace(
    LATER,
    disposition=Disposition.CLEARANCE,
    until=(),
    undecided=(Undecided("blood-thinner", ("medicines",)),),
)
ON_HOLD_ANSWERS: Answers = {**ANSWERS, "medicines": (UNSURE,)}

SEQUENCE = replace(
    PROCEED,
    recommendation=Recommendation(
        RecommendationKind.SEQUENCE,
        ("nmt", "swedish"),
        Strength.CLEAR,
        "Start with focused sessions; when the problem settles, go on with restful ones.",
        "focused-then-restful",
    ),
    therapies=(
        PROCEED.therapies[0],
        PROCEED.therapies[1],
        result("swedish", Status.SUGGESTED, 3, Reason("wants-rest", "You like light pressure.")),
    ),
)

TIE = replace(
    PROCEED,
    recommendation=Recommendation(
        RecommendationKind.EITHER, ("nmt", "deep_tissue"), Strength.EVEN, "Neither has been shown to be better."
    ),
    therapies=(
        PROCEED.therapies[0],
        replace(PROCEED.therapies[1], status=Status.SUGGESTED),
        *PROCEED.therapies[2:],
    ),
)

NOT_ENOUGH = replace(
    PROCEED,
    complete=False,
    missing=("age", "medicines"),
    disposition=Disposition.CLEARANCE,
    recommendation=Recommendation(
        RecommendationKind.NOT_ENOUGH_INFORMATION, ("swedish",), Strength.NONE, "There is not enough here to choose."
    ),
    therapies=tuple(replace(one, status=Status.SUITABLE, reasons=()) for one in PROCEED.therapies[:3]),
    undecided=(Undecided("blood-thinner", ("medicines",)),),
    trace=(),
)
NOT_ENOUGH_ANSWERS: Answers = {"right_now": (NONE,)}

WITH_CARE = replace(
    PROCEED,
    disposition=Disposition.PROCEED_WITH_CARE,
    recommendation=Recommendation(
        RecommendationKind.THERAPY, ("swedish",), Strength.WHAT_IS_LEFT, "Swedish massage is what is left."
    ),
    therapies=(
        result("nmt", Status.NOT_SUITABLE, 3, POINTS_TO_IT, against=(BRUISES,)),
        result("deep_tissue", Status.NOT_SUITABLE, 3, LIKES_FIRM, against=(BRUISES,)),
        result("swedish", Status.SUGGESTED, -1, against=(LIKES_FIRM,)),
        result("sports", Status.NOT_SUITABLE, 0, against=(BRUISES,)),
    ),
    pressure_limit=3,
    site_notes=(
        SiteNote("neck", 2, "Be gentle where it hurts.", "blood-thinner"),
        SiteNote("calf_left", 0, "Leave it alone.", "blood-thinner"),
        SiteNote("calf_right", 0, "Leave it alone.", "blood-thinner"),
    ),
    cautions=(Note("blood-thinner", BRUISES.text, ("nccih", "mayo")),),
    tell_client=(
        Note("blood-thinner", "You take a blood thinner, so only light to medium pressure is offered.", ("nccih",)),
    ),
    tell_therapist=(Note("blood-thinner", "Ask which one, and look for bruises.", ("nccih",)),),
    expect=(Note("blood-thinner", "A shorter first session."),),
    aftercare=(Note("blood-thinner", "Look for bruises the next day."),),
    ask_therapist=(Note("blood-thinner", "Ask how they work with blood thinners."),),
    trace=(
        fired("blood-thinner", medicines=("blood_thinner",)),
        fired("one-place", pain_sites=("neck",), pain_weeks=26),
        fired("likes-firm", pressure="firm"),
    ),
)
WITH_CARE_ANSWERS: Answers = {**ANSWERS, "medicines": ("blood_thinner",)}

ENDINGS: dict[str, tuple[Assessment, Answers]] = {
    "emergency": (EMERGENCY, {"right_now": ("chest_pressure",)}),
    "emergency today": (EMERGENCY_TODAY, {"right_now": (UNSURE,)}),
    "doctor first": (DOCTOR_FIRST, ANSWERS),
    "doctor soon": (replace(WITH_CARE, disposition=Disposition.MEDICAL_SOON), WITH_CARE_ANSWERS),
    "later": (LATER, ANSWERS),
    "on hold": (ON_HOLD, ON_HOLD_ANSWERS),
    "proceed": (PROCEED, ANSWERS),
    "sequence": (SEQUENCE, ANSWERS),
    "tie": (TIE, ANSWERS),
    "not enough": (NOT_ENOUGH, NOT_ENOUGH_ANSWERS),
    "with care": (WITH_CARE, WITH_CARE_ANSWERS),
    "nothing left": (replace(WITH_CARE, recommendation=NOTHING), WITH_CARE_ANSWERS),
}
