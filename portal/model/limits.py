"""Limits on size of files, rows, columns, cells, archives, seconds: ``limits:`` in catalog.yaml.

Those on descriptors stand here too, and cannot be set, because they hold before there are settings. Every other limit
stands beside the rule it belongs to; docs/reference/limits.md lists all.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on data files and questions; each can be set under ``limits:`` in catalog.yaml, as a positive number."""

    file_bytes_max: int = 2 * 1024**3
    """A data file larger than this is refused."""
    unpacked_bytes_max: int = 4 * 1024**3
    """An archive or workbook that unpacks to more than this is refused."""
    unpacked_ratio_max: int = 200
    """An archive or workbook that unpacks to more than this many times its size is refused."""
    archive_members_max: int = 10_000
    """An archive with more members than this is refused."""
    rows_max: int = 20_000_000
    """A table with more rows than this is refused."""
    columns_max: int = 2_000
    """A table with more columns than this is refused."""
    cell_characters_max: int = 131_072
    """A table with a longer cell than this is refused; Python's reader of CSV ends there too."""
    dataset_seconds_max: int = 600
    """A dataset that takes longer to check or to write is refused; a pattern may otherwise hold up a build for ever."""
    errors_max: int = 1000
    """Errors listed for one resource; validation of the resource stops there."""
    xlsx_rows_max: int = 1_048_575
    """Tables with more rows get no XLSX file: a sheet ends at 1,048,576 rows with the header."""
    query_seconds_max: int = 10
    """A question about rows that takes longer is stopped; of what is streamed each piece may take so long."""
    query_rows_max: int = 10_000
    """A page of rows has no more than these."""
    whoosh_datasets_max: int = 10_000
    """A larger catalogue is indexed for searches with tantivy, where it is installed (extra ``tantivy``)."""
    named_rows_table_max: int = 50_000
    """Rows of a table with more rows than this are not found by their names."""
    named_rows_portal_max: int = 500_000
    """Tables whose rows are found by their names have no more rows than this together; the smallest come first."""


DESCRIPTOR_BYTES_MAX = 5 * 1024 * 1024
"""A YAML or JSON file of settings or metadata larger than this is refused."""
DESCRIPTOR_DEPTH_MAX = 40
"""How deep mappings and lists may stand in each other there."""
DESCRIPTOR_NODES_MAX = 200_000
"""How many values it may hold, each use of an alias counted."""
JSON_DEPTH_MAX = 64
"""How deep lists and objects may stand in each other in JSON that is data, or that others send."""
