"""`python -m nmtchoose`, for systems where the script is not on the path."""

from nmtchoose.cli.app import main

main()
