"""Statistics and schemas of tables: gaps, distinct values, ranges, and types proposed for drafts.

What is in a table is gathered while its rows pass by.
"""
