"""Asking: one question at a time, in a terminal, in plain lines, or from a script in tests."""
