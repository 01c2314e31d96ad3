"""Metadata formats, one standard a file: DCAT, CKAN, schema.org, Data Package, Croissant; pure functions.

How a published dataset is said in the words of others, without input or output.
"""
