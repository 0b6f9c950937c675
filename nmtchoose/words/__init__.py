"""English for what the two files and the answers to them say: each thing worded once, whoever reads it."""
