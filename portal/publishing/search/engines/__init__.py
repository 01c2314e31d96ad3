"""Engines of the search: what finds and ranks datasets by words, and lists, facets and orders over columns.

Public things are `search_index.write_index` and `search_index.open_engine`; the contract is `search.engine`.
"""
