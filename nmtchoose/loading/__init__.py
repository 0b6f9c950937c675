"""Reading `questions.yaml` and `rules.yaml` strictly: every fault is named with its file, line and column."""
