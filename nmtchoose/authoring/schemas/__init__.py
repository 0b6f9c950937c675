"""JSON Schemas (draft-07 vocabulary) for editors of the two files and of case files, from the shapes that are read.

A schema knows keys, types and closed lists of words. Names across the files, and what they mean together, are the
business of `nmtchoose check`.
"""
