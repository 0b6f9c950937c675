"""A clinician goes through what the two files decide, and signs it."""
