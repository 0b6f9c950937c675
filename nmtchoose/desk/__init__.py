"""An interview as a conversation: start, resume, ask, back, review, consent, hand over, keep, amend, return, stop.

Nothing here knows a terminal or a command line. `prompter.py` says what is needed of whoever asks.
"""
