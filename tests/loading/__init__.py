"""Tests of reading the two files."""
