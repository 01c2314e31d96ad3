"""Rows that a search answers with: which columns name things, the index of names, and the rows found by them."""
