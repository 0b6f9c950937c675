"""Portions of the input done side by side, counted, and joined to one result."""
