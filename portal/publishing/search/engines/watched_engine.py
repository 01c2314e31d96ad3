"""An engine that is watched: where a file of its mapped index was cut, searches are refused before anything is read.

The system ends whoever reads behind the end of a mapped file (SIGBUS). Releases are never written to, so it takes a
full disk or a copy that writes into files in place; then words are refused as where an index is damaged.
"""

from __future__ import annotations

import os
from pathlib import Path

from portal.publishing.search.engine import Hits, SearchEngine, WordSource
from portal.publishing.search.engines.wordless_engine import unavailable
from portal.publishing.search.query import SearchQuery


class WatchedEngine:
    """Answers as *engine* does; see `portal.publishing.search.engine.SearchEngine`."""

    def __init__(self, engine: SearchEngine, folder: Path) -> None:
        """*folder* holds the files of the engine as they are now."""
        self._engine = engine
        self._sizes = [(str(path), path.stat().st_size) for path in sorted(folder.rglob("*")) if path.is_file()]

    @property
    def source(self) -> WordSource:
        """The words behind what may be meant. Raises SearchUnavailable where a file was cut."""
        self._require_whole()
        return self._engine.source

    def search(self, query: SearchQuery) -> Hits:
        """Answer a query. Raises SearchUnavailable where a file was cut."""
        self._require_whole()
        return self._engine.search(query)

    def close(self) -> None:
        """Let go of the index's files."""
        self._engine.close()

    def _require_whole(self) -> None:
        if any(_is_cut(path, size) for path, size in self._sizes):
            raise unavailable()


def _is_cut(path: str, size: int) -> bool:
    """Whether a file is shorter than it was; one that was removed is read on, as it is still mapped."""
    try:
        return os.stat(path).st_size < size  # noqa: PTH116 - asked at every search
    except OSError:
        return False
