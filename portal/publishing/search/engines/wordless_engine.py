"""The search of a release whose index is damaged or missing: lists, facets and orders go on, words are refused."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from portal.model.errors import ReleaseError
from portal.publishing.search.engine import Hits
from portal.publishing.search.engines.facet_columns import Columns, ColumnsWriter, read_columns
from portal.publishing.search.engines.facets import FacetedList
from portal.publishing.search.engines.query_tree import EVERYTHING, parse_query
from portal.publishing.search.query import SearchQuery
from portal.publishing.search.search_documents import SearchDocument


class SearchUnavailable(ReleaseError):
    """Words cannot be looked for, as the index is damaged or missing; lists can be read."""


class WordlessEngine:
    """Answers lists without words over *columns*; see `portal.publishing.search.engine.SearchEngine`."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._list = FacetedList(columns)

    @property
    def source(self) -> NoReturn:
        """There are no words. Raises SearchUnavailable."""
        raise unavailable()

    def search(self, query: SearchQuery) -> Hits:
        """Answer a list without words. Raises SearchUnavailable where words are asked for."""
        if parse_query(query.text) != EVERYTHING:
            raise unavailable()
        return self._list.hits(query)

    def close(self) -> None:
        """Let go of the files."""
        self._columns.close()


def unavailable() -> SearchUnavailable:
    """Return the error that says that words cannot be looked for now."""
    return SearchUnavailable(
        "检索暂时不可用：这个版本的索引已损坏或缺失，重新构建后恢复。目录仍可浏览和筛选。",
        "Searching by words is not possible now: the index of this release is damaged or missing, and the next build "
        "makes it anew. Lists can still be read and narrowed.",
    )


def columns_anew(documents: Iterable[SearchDocument]) -> Columns:
    """Return the columns of *documents*, which come in their order, where those of the release cannot be read."""
    writer = ColumnsWriter()
    for document in documents:
        writer.add(document)
    with tempfile.TemporaryDirectory(prefix="kaifang-columns-") as folder:
        writer.write(Path(folder) / "columns")
        return read_columns(Path(folder) / "columns")
