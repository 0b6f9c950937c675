"""Many clients at once: answers as columns of small integers, assessed together by the same rules."""
