"""For those who edit the two files: cases, coverage and the written clinical basis."""
