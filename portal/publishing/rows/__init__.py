"""Rows of published tables, asked for one page at a time: indexed stores (SQLite), filters, sorting, aggregates.

A store is written at build time beside the site, never below it; the API, the CKAN face and the tools for agents
ask it by `row_query.RowQuery` alone, so no text from outside ever becomes a part of a statement.
"""
