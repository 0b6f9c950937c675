"""Proofs: what holds for every possible set of answers, found by a SAT solver instead of by samples.

The two files become Boolean formulas (`encoded`), properties are questions to the solver (`prove` and its neighbours),
and every set of answers that the solver finds is run through the real engine before anyone sees it. The solver comes
with the extra `prove`.
"""
