"""Answers of many clients, in whatever form they come, as packed columns."""
