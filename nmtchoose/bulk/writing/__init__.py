"""Rows of results as JSON Lines, CSV or Parquet, in parts that are whole or not there."""
