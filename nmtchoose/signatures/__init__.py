"""What a clinician signed about the two files, and whether it still holds. No files, no terminal."""
