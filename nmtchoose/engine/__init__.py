"""Pure functions: the same answers and the same two files give the same result, always."""
