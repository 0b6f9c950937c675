"""The store of records: finished intakes, kept with consent, corrected only by adding, really removed when deleted."""
