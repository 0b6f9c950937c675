"""Frozen values that every other room shares: no files, no terminal, no clock."""
