"""What a change of the two files does to an archive of answers."""
