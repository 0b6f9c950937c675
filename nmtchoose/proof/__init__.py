"""Proofs: what holds for every possible set of answers, found by a SAT solver instead of by samples.

The two files become Boolean formulas (`circuit` up to `encoded`), properties are questions to the solver (`properties`
and its neighbours), and every set of answers that the solver finds is run through the real engine before anyone sees
it (`witness`). The solver comes with the extra `prove`.
"""
