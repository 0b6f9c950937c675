"""What `nmtchoose check` doubts in files that load: one small module for each check, all listed in `check_pair`."""
