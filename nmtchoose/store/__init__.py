"""The store of records: finished intakes, kept with consent, corrected only by adding, and really removed when deleted."""
