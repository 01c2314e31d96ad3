"""Search: tokeniser, query parameters, facets, the index and its engine, the records that hits lead to.

Every engine follows one protocol.
"""
