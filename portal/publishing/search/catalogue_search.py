"""The whole search of a release in one place (`open_search`): exact hits, what may be meant, rows, suggestions.

Whoever answers people or programs asks this, and no engine.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import numpy as np

from portal.model.errors import ReleaseError
from portal.publishing.rows.row_stores import RowStores
from portal.publishing.search.engine import Hits, SearchEngine, WordSource
from portal.publishing.search.engines.query_tree import parse_query, wanted_text
from portal.publishing.search.engines.search_index import open_engine
from portal.publishing.search.found import Found, FoundRow, MeantDataset, Suggestion, Understood
from portal.publishing.search.meaning.empty_answers import nearest_broader
from portal.publishing.search.meaning.second_list import second_list
from portal.publishing.search.meaning.understood_query import understand, without_fillers
from portal.publishing.search.named_rows.finding_rows import NamedRows
from portal.publishing.search.named_rows.name_index import FILE_NAME as NAMED_ROWS
from portal.publishing.search.query import SearchQuery
from portal.publishing.search.terms.suggestions import suggest
from portal.publishing.search.terms.terms_file import FILE_NAME, TermsFile


class CatalogueSearch:
    """The search of one release. May be used from several threads at once."""

    def __init__(self, engine: SearchEngine, terms: TermsFile | None, rows: NamedRows | None = None) -> None:
        """Search by *engine*; without *terms* (a release of an earlier version) nothing more is meant."""
        self._engine = engine
        self._terms = terms
        self._rows = rows

    def exact(self, query: SearchQuery) -> Hits:
        """Return the exact hits alone, as the engine gives them."""
        return self._engine.search(query)

    @property
    def source(self) -> WordSource:
        """The words of the release's datasets."""
        return self._engine.source

    def search(self, query: SearchQuery) -> Found:
        """Return the whole answer; see `Found`. The second list stands on the first page alone."""
        hits = self._engine.search(query)
        text = wanted_text(parse_query(query.text))
        if self._terms is None or not text or query.start:
            return Found(hits, Understood())
        understood = understand(text, self._terms.lexicon, self._terms)
        source = self._engine.source
        within = source.passing(query)
        meant = second_list(
            understood,
            source,
            self._terms.kinds,
            without=source.exact(query) if hits.total else None,
            within=within,
            values=self._terms,
        )
        rows = self._rows_for(text, understood)
        if rows and within is not None:
            shown = set(source.names(np.flatnonzero(within).astype(np.int32)))
            rows = tuple(row for row in rows if row.dataset in shown)
        names = source.names([item.number for item in meant])
        also = tuple(MeantDataset(name, item.because) for name, item in zip(names, meant, strict=True))
        return Found(
            hits,
            understood,
            also,
            rows=rows,
            broader=None if hits.total else nearest_broader(understood, source),
        )

    def _rows_for(self, text: str, understood: Understood) -> tuple[FoundRow, ...]:
        """Return the rows that the words asked for name."""
        if self._rows is None or understood.is_personal:
            return ()
        others = {word for thing in understood.things for item in thing.alternatives for word in item.words}
        return self._rows.rows_for(without_fillers(text, understood.dropped), others)

    def suggest(self, text: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """Return completions of what is being typed, the best first."""
        return suggest(text, self._terms.lexicon, self._terms, limit) if self._terms else ()

    def close(self) -> None:
        """Let go of the files."""
        self._engine.close()
        if self._terms:
            self._terms.close()


def open_search(
    folder: Path,
    stores: RowStores | None = None,
    engine: SearchEngine | None = None,
    damaged: Collection[str] = (),
) -> CatalogueSearch:
    """Open the search in *folder*, ``search/`` of a release. Raises ReleaseError where its index cannot be used.

    *stores* are the rows of the release; without them no rows are found. *engine* is one that was opened already.
    *damaged* are paths in the release whose files are not what they were: they are not read.

    A file of terms that is missing or damaged takes nothing from the exact hits.
    """
    engine = engine or open_engine(folder)
    broken = {path.rpartition("/")[2] for path in damaged}
    try:
        terms = TermsFile(folder / FILE_NAME) if _is_whole(folder / FILE_NAME, broken) else None
    except ReleaseError:
        terms = None
    return CatalogueSearch(engine, terms, NamedRows(folder, stores) if stores and NAMED_ROWS not in broken else None)


def _is_whole(path: Path, broken: Collection[str]) -> bool:
    return path.name not in broken and path.is_file()
