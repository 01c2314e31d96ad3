"""What a citizen means by the words of a search: lexicon, question words, slips, the second list, suggestions.

Nothing here asks more than looking keys up and reading lists of documents, so that a browser can do the same.
"""
