"""The search index of a release: which engine writes it, and which opens it (`open_engine`).

A release has a folder for the engine that it was indexed with, and that folder says which engine opens it. Another
engine is a line in `ENGINES`, and passes the tests that run over all of them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from portal.model.errors import ReleaseError
from portal.publishing.search.engine import SearchEngine
from portal.publishing.search.engines.embedded_engine import EmbeddedEngine
from portal.publishing.search.engines.facet_columns import Columns, ColumnsWriter, read_columns
from portal.publishing.search.engines.facets import FacetedList
from portal.publishing.search.engines.watched_engine import WatchedEngine
from portal.publishing.search.engines.whoosh_engine import WhooshWords, write_words
from portal.publishing.search.engines.wordless_engine import WordlessEngine, columns_anew, unavailable
from portal.publishing.search.search_documents import SearchDocument, standing

COLUMNS_FOLDER = "columns"


@dataclass(frozen=True)
class EngineKind:
    """An engine: *name* is that of its folder in a release, *write* makes its files, *open* reads them.

    *write* gets the documents, their columns and the folder, and writes equal files of equal documents; *open* gets the
    folder and the columns.
    """

    name: str
    write: Callable[[Iterable[SearchDocument], Columns, Path], None]
    open: Callable[[Path, Columns], SearchEngine]


def _open_whoosh(folder: Path, columns: Columns) -> SearchEngine:
    words = WhooshWords(folder)
    if words.size != columns.size:
        raise ValueError(f"The words and the columns in {folder} do not belong together")
    return EmbeddedEngine(words, columns)


def _write_tantivy(documents: Iterable[SearchDocument], columns: Columns, folder: Path) -> None:
    from portal.publishing.search.engines.tantivy_engine import write_tantivy

    write_tantivy(documents, columns, folder)


def _open_tantivy(folder: Path, columns: Columns) -> SearchEngine:
    require_tantivy()
    from portal.publishing.search.engines.tantivy_engine import TantivyEngine

    return TantivyEngine(folder, columns)


WHOOSH = EngineKind("whoosh", write_words, _open_whoosh)
TANTIVY = EngineKind("tantivy", _write_tantivy, _open_tantivy)
ENGINES = (WHOOSH, TANTIVY)
"""The engines there are."""


def chosen_engine(datasets: int, whoosh_datasets_max: int) -> EngineKind:
    """Return the engine for so many datasets: tantivy for more than *whoosh_datasets_max*, if it is installed."""
    return TANTIVY if datasets > whoosh_datasets_max and find_spec("tantivy") else WHOOSH


def require_tantivy() -> None:
    """Raise ReleaseError where an index was written with tantivy, and it is not installed here."""
    if not find_spec("tantivy"):
        raise ReleaseError(
            "这个版本的检索索引是用 tantivy 建的：请运行 pip install 'kaifang[tantivy]'。",
            "The search index of this release was made with tantivy: run pip install 'kaifang[tantivy]'.",
        )


def write_index(documents: Iterable[SearchDocument], folder: Path, kind: EngineKind = WHOOSH) -> FacetedList:
    """Write the index of *documents* into *folder*, where there is none yet; return them as a list of all.

    The documents come by `standing`; equal ones give equal files. Raises TypeError for a generator, before anything is
    written: they are read more than once, and the second reading would find none.
    """
    if iter(documents) is documents:
        raise TypeError("The documents are read more than once")
    place = folder / kind.name
    place.mkdir(parents=True)
    writer = ColumnsWriter()
    for document in _in_order(documents):
        writer.add(document)
    writer.write(place / COLUMNS_FOLDER)
    columns = read_columns(place / COLUMNS_FOLDER)
    kind.write(documents, columns, place)
    return FacetedList(columns)


def open_engine(folder: Path, kinds: Iterable[EngineKind] = ENGINES) -> SearchEngine:
    """Open the index in *folder* with the engine that wrote it.

    Raises ReleaseError where none of *kinds* did, where its engine is not installed, and where it cannot be read.
    """
    for kind in kinds:
        place = folder / kind.name
        if place.is_dir():
            try:
                return WatchedEngine(kind.open(place, read_columns(place / COLUMNS_FOLDER)), place)
            except ReleaseError:
                raise
            except Exception as error:  # each engine has errors of its own for files that are none
                raise unavailable() from error
    raise ReleaseError(
        f"{folder} 中没有可用的检索索引。请先运行 portal build。",
        f"{folder} holds no index that can be searched. Run portal build first.",
    )


def open_columns(folder: Path) -> Columns:
    """Open the columns of the index in *folder*, whichever engine wrote it. Raises ReleaseError where it has none."""
    for kind in ENGINES:
        if (folder / kind.name).is_dir():
            return read_columns(folder / kind.name / COLUMNS_FOLDER)
    raise unavailable()


def open_lists(folder: Path, documents: Iterable[SearchDocument], damaged: Iterable[str] = ()) -> SearchEngine:
    """Return what answers lists without words where the index in *folder*, of which files are *damaged*, is of no use.

    *documents* are read where the columns are damaged, too; that takes a while.
    """
    if not any(f"/{COLUMNS_FOLDER}/" in path for path in damaged):
        for kind in ENGINES:
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                return WordlessEngine(read_columns(folder / kind.name / COLUMNS_FOLDER))
    return WordlessEngine(columns_anew(documents))


def _in_order(documents: Iterable[SearchDocument]) -> Iterator[SearchDocument]:
    """Yield *documents*, which stand in order: their numbers are their places by it."""
    last = None
    for document in documents:
        place = standing(document)
        if last is not None and place < last:
            raise ValueError(f"{document.name} does not stand where it belongs")
        last = place
        yield document
