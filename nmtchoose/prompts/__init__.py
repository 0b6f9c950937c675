"""Asking: one question at a time, in a terminal or in plain lines."""
