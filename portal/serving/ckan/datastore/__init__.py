"""CKAN's DataStore over the rows of published tables: datastore_search, datastore_info, /datastore/dump.

A table is asked for by the id of its CSV in UTF-8, the one resource of it that says ``datastore_active``.
"""
