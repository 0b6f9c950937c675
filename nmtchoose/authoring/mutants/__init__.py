"""Mutants: the pair with one obvious wrong edit in it, and who notices: a case, a guarantee, a check, or nobody."""
