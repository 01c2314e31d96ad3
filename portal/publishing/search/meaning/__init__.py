"""What a citizen means by the words of a search: cutting, question words, slips, kinds of data, the second list.

Nothing here asks more than looking keys up and reading lists of documents, so that a browser can do the same.
"""
