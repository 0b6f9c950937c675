"""What happened after an intake, in words."""

from __future__ import annotations

REASONS = {
    "client_wished": "The client wanted something else",
    "therapist_judged": "The therapist judged otherwise",
    "nobody_free": "Nobody who does it was free",
    "price_or_time": "Price or time",
    "does_not_fit": "The rule does not fit this client",
    "other": "Something else",
}
"""Why the desk departed from a suggestion."""

STEPS = {
    "very_much_better": "Very much better",
    "much_better": "Much better",
    "a_little_better": "A little better",
    "the_same": "The same",
    "a_little_worse": "A little worse",
    "much_worse": "Much worse",
    "very_much_worse": "Very much worse",
}
"""The usual seven steps of how a problem changed."""
