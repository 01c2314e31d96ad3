"""Rows over HTTP: the filter grammar of requests, JSON questions, answers as JSON, CSV, NDJSON and XLSX, streamed.

A request is read into a `RowQuery` and checked against the columns of its table before anything runs; the store behind
`portal.publishing.rows.row_table` answers it. What is wrong is refused with the parameter, the value and what to write.
"""
