# ruff: noqa: E501 - one mistake a line
"""More mistakes of a new owner, in the shipped pair and made before it was known how they are looked for.

What is asked is what `nmtchoose check` asks in a folder that `nmtchoose init` made. `after|text` is the first such text below a line that begins with
the words before the bar.
"""

from __future__ import annotations

import re

import pytest

from tests.amounts import TRIES
from tests.authoring.mistakes import noticed_by_check
from tests.shipped import ROOT

Q, R = "questions", "rules"

MISTAKES: tuple[tuple[str, str, str, str, str], ...] = (
    # A number off
    ('the weeks after a small fall asked the other way round', R, 'small-fall-weak-bones-now:|{pain_weeks: {at_most: 4}}', '{pain_weeks: {at_least: 4}}', 'less strict: rule small-fall-weak-bones-now'),
    ('very bad pain from 17 of 10', R, 'severe_pain_now: {pain_now: {at_least: 7}}', 'severe_pain_now: {pain_now: {at_least: 17}}', 'M008'),
    ('lying on the side from week 200', R, 'side_lying_from_week: 20', 'side_lying_from_week: 200', 'M008'),
    ('a whole trimester of 2 weeks', R, 'first_trimester_last_week: 12', 'first_trimester_last_week: 2', 'less strict: rule first-trimester'),
    # Another shape of a condition
    ('two of three ways to the alarm deleted', R, 'when: [{fever_signs: [stiff_neck, confused, fit, light]}, {rash_ill: yes}, {all: [{ill: rash_stays}, has_fever]}]', 'when: [{fever_signs: [stiff_neck, confused, fit, light]}]', 'less strict: rule fever-with-stiff-neck'),
    ('brackets forgotten, so that an or became an and', R, 'stroke-signs:|- [{stroke_checked: [unchecked, checked]}, {head_signs: face_droop}]', '- {stroke_checked: [unchecked, checked], head_signs: face_droop}', 'less strict: rule stroke-signs'),
    ('two risks became six', R, 'two_infection_risks:|count: 2', 'count: 6', 'less strict: rule two-infection-risks'),
    # A wrong name
    ('a fact misspelt', R, '          - leg_clot_more_likely', '          - leg_clot_more_likly', 'N013'),
    ('the label in place of the id', R, 'when: {trunk_signs: tearing}', 'when: {trunk_signs: Tearing}', 'N007'),
    ('yes in place of an option', R, 'when: {swollen_which: one_limb, swollen_signs: warm}', 'when: {swollen_which: yes, swollen_signs: warm}', 'N007'),
    ('only the not sure', R, 'when: {hard_numb: no}', 'when: {hard_numb: unsure}', 'less strict: rule hard-muscle'),
    # Another effect
    ('the arms left alone in place of the legs', R, 'clot-recent:|avoid: legs', 'avoid: arms', 'less strict: rule clot-recent'),
    ('heat only held, no longer ruled out', R, 'heart-failure:|exclude: [nmt, deep_tissue, hot_stone]', 'exclude: [nmt, deep_tissue]\n        ask_first: [hot_stone]', 'less strict: rule heart-failure'),
    ('a limit for the whole body became one for a therapy', R, 'blood-thinner:|pressure_limit: 3', 'therapy_limits: {swedish: 3}', 'less strict: rule blood-thinner'),
    ('deep work sensible before a doctor', R, 'medical:|still_sensible: [swedish]', 'still_sensible: [swedish, deep_tissue]', 'rule weight-loss (still sensible elsewhere on the body): what may be booked until a doctor has looked'),
    ('until when is missing', R, 'heart-event-recent:|until: About 12 weeks have passed and your doctor has written that massage is fine.', 'aftercare: Rest.', 'rule heart-event-recent (wait until; aftercare): when a session is possible again'),
    ('thirty points', R, 'one-or-two-places:|then: {fit: {nmt: 3}}', 'then: {fit: {deep_tissue: 30}}', 'S008'),
    # Who is asked
    ('fainting offered from 50 only', Q, 'fainted: {label: Fainted, words: [blackout, passed out]}', 'fainted: {label: Fainted, words: [blackout, passed out], show_when: {age: {at_least: 50}}}', 'less strict: question head_signs.fainted'),
    ('left for the visit', Q, 'pregnancy_care:|private: true', 'private: true\n    at_visit: true', 'question pregnancy_care (left for the visit): asked after the booking'),
    ('asked before what opens it', Q, 'ask_when: {right_now: racing_heart}', 'ask_when: {knocks: collapse}', 'M001'),
    # What a question is
    ('lines became a list', Q, 'right_now:\n    section: first\n    kind: each', 'right_now:\n    section: first\n    kind: many', 'removed: question right_now.chest_pressure: nobody is asked it any more'),
    ('a sign of an emergency became a matter of comfort', Q, 'rash_ill:\n    section: signs\n    kind: yes_no\n    purpose: emergency', 'rash_ill:\n    section: signs\n    kind: yes_no\n    purpose: comfort', 'M004'),
    ('read out at the desk', Q, 'birth_mind:|    private: true\n', '', 'private): who else may see or hear the question and its answer'),
    # Words
    ('no need to worry, in an emergency', R, 'Very bad pain that began all at once, or pain with faintness and clammy skin, can be a sign of trouble with the\n        large artery of the body. Please lie or sit still while we call.', 'This is nothing serious, and there is no need to worry.', 'rule tearing-pain (tells the client): what a client reads'),
    # Something new
    ('a rule that is to make it milder', R, '  fit:\n    one-or-two-places:', '    regular-client:\n      when: {goals: relax}\n      then: proceed\n      tell_client: You know us.\n      sources: [own-judgement]\n\n  fit:\n    one-or-two-places:', 'stricter: regular-client'),
    # The rest of the table
    ('a guarantee that promises nothing', R, 'pregnancy-never-plain:|never_suggest: [swedish, chair, deep_tissue, sports, hot_stone]', 'never_suggest: []', 'S009'),
    ('a switch in quotation marks', R, 'wait_in_first_trimester: true', 'wait_in_first_trimester: "false"', 'S004'),
    ('prenatal no longer alone', R, '    sole_form: true\n', '', 'less strict: therapy prenatal'),
    ('Eliquis no longer a blood thinner', Q, 'apixaban, Eliquis,', 'apixaban,', 'medicine blood_thinner (names): which typed names lead to it'),
    ('a medicine means nothing', Q, '    means: {medicines: blood_thinner}\n', '', 'medicine blood_thinner (means): what is ticked when it is typed'),
    ('a source that does not exist', R, 'sources: [nhs-meningitis]', 'sources: [nhs-meningites]', 'N012'),
    ('two numbers swapped', R, 'emergency: "999"', 'emergency: "111"', 'region uk (emergency): which number is called'),
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "file", "old", "new", "told"),
    [pytest.param(*one, id=one[0]) for one in MISTAKES[:: 1 if TRIES > 1 else 4]],
)
def test_check_names_the_mistake(name: str, file: str, old: str, new: str, told: str) -> None:
    files = {one: (ROOT / f"{one}.yaml").read_text(encoding="utf-8") for one in (Q, R)}
    after, _, text = old.rpartition("|")
    start = re.search(rf"^ *{re.escape(after)}", files[file], re.MULTILINE)
    assert start is not None, name
    place = files[file].index(text, start.start() if after else 0)
    files[file] = files[file][:place] + new + files[file][place + len(text) :]
    noticed = noticed_by_check(files[Q].encode(), files[R].encode())
    assert any(told in one for one in noticed), noticed
