"""What leaves the program for other programs and for paper: one function for each format, chosen by name or ending."""
