"""The command line: reads flags, calls one function, prints its result. Each command imports what it needs itself."""
