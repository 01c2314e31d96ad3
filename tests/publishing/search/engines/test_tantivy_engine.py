"""tantivy as an engine: its files are equal for equal documents, also in several parts; its absence is one sentence."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from portal.model.errors import ReleaseError
from portal.publishing.search.engine import SearchEngine
from portal.publishing.search.engines import tantivy_engine
from portal.publishing.search.engines.search_index import TANTIVY, WHOOSH, chosen_engine, open_engine, write_index
from portal.publishing.search.query import SORTS, SearchQuery
from portal.publishing.search.search_documents import FACETS, SearchDocument, standing

SMALLEST_HEAP_BYTES = 15_000_000
"""tantivy takes no less."""


def made_documents(number: int, words: int) -> list[SearchDocument]:
    """Return documents of words drawn by a fixed dice, every ninth superseded."""
    dice = random.Random(5)
    plain = SearchDocument("", "", "", dict.fromkeys(FACETS, ()), "", "")
    documents = [
        replace(
            plain,
            name=f"d{count:05}",
            title=f"水质 {dice.randrange(9)}",
            body=" ".join(f"w{dice.randrange(20_000)}" for _ in range(words)),
            facets={**plain.facets, "theme": (f"t{dice.randrange(5)}",)},
            updated=f"202{dice.randrange(7)}-01-0{dice.randint(1, 9)}",
            sort_title=f"水质 {dice.randrange(9)}",
            is_superseded=count % 9 == 0,
        )
        for count in range(number)
    ]
    return sorted(documents, key=standing)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder with their bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def opened(folder: Path, documents: list[SearchDocument], kind: object) -> SearchEngine:
    """Write an index and open it."""
    write_index(documents, folder, TANTIVY if kind is TANTIVY else WHOOSH)
    return open_engine(folder)


def test_equal_documents_give_equal_files_without_locks(tmp_path: Path) -> None:
    """Names that tantivy gives by chance are numbers in a release, and no lock stays."""
    documents = made_documents(30, 20)
    for name in "ab":
        write_index(documents, tmp_path / name, TANTIVY)
    some, others = (contents(tmp_path / name / "tantivy") for name in "ab")
    assert some == others
    part = "0" * 32
    endings = ["fast", "fieldnorm", "idx", "pos", "store", "term"]
    own = {name for name in some if not name.startswith("columns/")}
    assert own == {".managed.json", "meta.json", *(f"{part}.{ending}" for ending in endings)}


def test_an_index_in_several_parts_answers_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a catalogue is too large for one part, numbers of datasets are those of the whole."""
    monkeypatch.setattr(tantivy_engine, "HEAP_BYTES", SMALLEST_HEAP_BYTES)
    documents = made_documents(1_000, 60)
    several, one = opened(tmp_path / "several", documents, TANTIVY), opened(tmp_path / "one", documents, WHOOSH)
    assert len(list((tmp_path / "several" / "tantivy").glob("*.term"))) > 1
    for text in ("水质", "w7", "w7 OR w9", "水质 -3"):
        for sort in SORTS[1:]:
            query = SearchQuery(text, sort=sort, per_page=30)
            assert several.search(query) == one.search(query)
        assert several.source.documents("w7").tolist() == one.source.documents("w7").tolist()


def test_pages_go_on_from_current_to_superseded_datasets(tmp_path: Path) -> None:
    """The page on which the one end and the others begin has both, each dataset once."""
    documents = made_documents(50, 3)
    engine = opened(tmp_path / "index", documents, TANTIVY)
    pages = [engine.search(SearchQuery("水质", start=start, per_page=7)) for start in range(0, 63, 7)]
    names = [name for page in pages for name in page.names]
    superseded = {item.name for item in documents if item.is_superseded}
    assert {page.total for page in pages} == {50}
    assert sorted(names) == sorted(item.name for item in documents)
    assert set(names[-len(superseded) :]) == superseded


@pytest.mark.parametrize(("datasets", "kind"), [(10, WHOOSH), (11, TANTIVY)])
def test_larger_catalogues_are_indexed_with_tantivy(datasets: int, kind: object) -> None:
    """Up to the number of the settings Whoosh is enough."""
    assert chosen_engine(datasets, 10) is kind


def test_without_tantivy_whoosh_indexes_and_a_foreign_index_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who builds without it gets Whoosh; who serves what was built with it learns what to install."""
    write_index(made_documents(3, 3), tmp_path, TANTIVY)
    monkeypatch.setitem(sys.modules, "tantivy", None)
    assert chosen_engine(1_000_000, 10) is WHOOSH
    with pytest.raises(ReleaseError) as caught:
        open_engine(tmp_path)
    told = "The search index of this release was made with tantivy: run pip install 'kaifang[tantivy]'."
    assert caught.value.message.en == told
