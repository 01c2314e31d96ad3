"""What do full-text indexes cost: ours in Whoosh's files, the one of Whoosh's own writer, and SQLite's FTS5?

The documents are those of 29,708 records of 17 real portals, where they are on this machine, else of as many made-up
ones (`catalogue.py`). All engines get the same words (`search.tokeniser`) and narrow and count over the same columns,
so what differs is the index alone; the words and columns without any index stand beside them. For each, in processes
of their own: CPU seconds and peak memory of writing, bytes on disk, memory that answering takes besides mapped files,
CPU milliseconds a query with all facets, and how its answers compare with ours: totals and facets that are equal,
hits of the first page that are the same.

``python benchmarks/search_index.py [--entries N] [--queries N]``
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from catalogue import PROJECT, listings

from portal.publishing.publication import PublishedDataset
from portal.publishing.search.engines.search_index import COLUMNS_FILE, EngineKind, open_engine, write_index
from portal.publishing.search.engines.whoosh_engine import TITLE_WEIGHT, WhooshEngine, write_words
from portal.publishing.search.query import SearchQuery
from portal.publishing.search.search_documents import SearchDocument, search_document
from portal.publishing.search.tokeniser import index_words, query_words

QUERIES = 1_000
DATABASE_FILE = "words.sqlite"
FACETS_ASKED = ("publisher", "year", "spatial", "theme")


def main() -> None:
    """Print what each engine costs, and how its answers compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=0)
    parser.add_argument("--queries", type=int, default=QUERIES)
    parser.add_argument("--part", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        part, engine, place = options.part
        (_write if part == "write" else _answer)(engine, Path(place))
        return
    with tempfile.TemporaryDirectory(prefix="kaifang-search-") as name:
        folder = Path(name)
        documents = _documents(folder)[: options.entries or None]
        _write_lines(folder / "documents.ndjson", map(asdict, documents))
        asked = list(_queries(documents, options.queries))
        wanted = [name for name, _ in asked]
        _write_lines(folder / "queries.ndjson", (asdict(query) for _, query in asked))
        print(f"{len(documents):,} documents, {options.queries:,} queries; SQLite {sqlite3.sqlite_version}")
        words = _in_a_process("write", "words alone", folder)
        print(f"{'words alone':>20}: cut in {words['cpu']:.1f} s CPU, peak {words['peak_mb']:.0f} MB")
        ours: list[Any] = []
        for engine in ENGINES:
            written, answered = (_in_a_process(part, engine, folder) for part in ("write", "answer"))
            ours = ours or answered["hits"]
            print(f"{engine:>20}: {_costs(written, answered)}")
            print(f"{'':>20}  {_compared(wanted, ours, answered['hits'])}", flush=True)


def _documents(folder: Path) -> list[SearchDocument]:
    """Return what is searched of every entry that the listings bring."""
    from portal.examining.reading.descriptors.catalog_folder import load_catalog
    from portal.settings import load_settings

    files, mappings = listings(folder)
    datasets = folder / "datasets"
    datasets.mkdir()
    command = [sys.executable, "-m", "portal", "import", "list", *map(str, files), "--mapping", str(mappings)]
    command += ["--datasets", str(datasets), "--add-publishers"]
    subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
    catalog, _ = load_catalog(load_settings(datasets))
    return [search_document(PublishedDataset(dataset)) for dataset in catalog.datasets]


def _queries(documents: Sequence[SearchDocument], number: int) -> Iterator[tuple[str, SearchQuery]]:
    """Yield a dataset and a query for it: one or two pieces of its title, every other one narrowed by a facet."""
    dice = random.Random(7)
    while number:
        document = dice.choice(documents)
        title = document.title.split("\n")[0]
        pieces = []
        for _ in range(dice.randint(1, 2)):
            start = dice.randrange(max(len(title) - 1, 1))
            pieces.append(title[start : start + dice.choice((1, 2, 2, 3, 4, 6))])
        text, facet = " ".join(pieces), dice.choice(FACETS_ASKED)
        values = document.facets[facet][:1] if number % 2 else ()
        if query_words(text):
            yield document.name, SearchQuery(text, {facet: values} if values else {})
            number -= 1


def words_of(documents: Iterable[SearchDocument]) -> Iterator[tuple[str, str]]:
    """Yield the words of each title and body, parted by blanks."""
    for document in documents:
        yield " ".join(index_words(document.title)), " ".join(index_words(document.body))


def write_nothing(documents: Iterable[SearchDocument], folder: Path) -> None:
    """Cut the words and write no index: what all others do, too."""
    deque(words_of(documents), maxlen=0)


def write_by_whoosh(documents: Iterable[SearchDocument], folder: Path) -> None:
    """Write an index as Whoosh's manual does, through ``create_in`` and ``add_document``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        from whoosh import fields, index

    schema = fields.Schema(title=fields.KEYWORD(scorable=True), body=fields.KEYWORD(scorable=True))
    writer = index.create_in(str(folder), schema).writer()
    for title, body in words_of(documents):
        writer.add_document(title=title, body=body)
    writer.commit()


def write_by_fts5(documents: Iterable[SearchDocument], folder: Path) -> None:
    """Write an index of SQLite that keeps no text.

    The tokenizer ``ascii`` parts at blanks and takes every sign beyond ASCII for a letter, so our words stay as they
    are; ``unicode61`` drops accents and parts some words. bm25 counts by positions, so they are kept.
    """
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        with database:
            database.execute("CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize='ascii')")
            for number, texts in enumerate(words_of(documents)):
                database.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", (number, *texts))
            database.execute("INSERT INTO words (words) VALUES ('optimize')")
        database.execute("VACUUM")


class Fts5Engine:
    """An index that `write_by_fts5` wrote; see `WordFinder`."""

    def __init__(self, folder: Path) -> None:
        address = f"{(folder / DATABASE_FILE).as_uri()}?mode=ro&immutable=1"
        self._database = sqlite3.connect(address, uri=True)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def scores(self, words: Sequence[str]) -> dict[int, float]:
        """Return the documents that hold all *words* with their scores; a word in the title counts more."""
        wanted = " AND ".join(f'"{word}"' for word in words)
        statement = f"SELECT rowid, -bm25(words, {TITLE_WEIGHT}, 1.0) FROM words WHERE words MATCH ?"
        return dict(self._database.execute(statement, (wanted,)))


OURS = "Whoosh's codec, ours"
NO_INDEX = EngineKind("no index", write_nothing, WhooshEngine)
ENGINES: Mapping[str, EngineKind] = {
    OURS: EngineKind("whoosh", write_words, WhooshEngine),
    "Whoosh's own writer": EngineKind("whoosh", write_by_whoosh, WhooshEngine),
    "SQLite FTS5": EngineKind("fts5", write_by_fts5, Fts5Engine),
}


def _in_a_process(part: str, engine: str, folder: Path) -> Any:
    arguments = [sys.executable, __file__, "--part", part, engine, str(folder)]
    return json.loads(subprocess.run(arguments, check=True, stdout=subprocess.PIPE).stdout)


def _write(engine: str, folder: Path) -> None:
    kind = ENGINES.get(engine, NO_INDEX)
    documents = (SearchDocument(**item) for item in _read_lines(folder / "documents.ndjson"))
    (folder / engine).mkdir()
    index_words("")  # the table of simplified characters is made once
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
    before = _memory_mb("VmHWM")
    start = time.process_time()
    write_index(documents, folder / engine, kind)
    cpu = time.process_time() - start
    size = sum(path.stat().st_size for path in (folder / engine / kind.name).iterdir() if path.name != COLUMNS_FILE)
    print(json.dumps({"cpu": cpu, "peak_mb": _memory_mb("VmHWM") - before, "bytes": size}))


def _answer(engine: str, folder: Path) -> None:
    queries = [SearchQuery(**item) for item in _read_lines(folder / "queries.ndjson")]
    query_words("")
    before = _memory_mb("RssAnon")
    start = time.process_time()
    opened = open_engine(folder / engine, [ENGINES[engine]])
    seconds = time.process_time() - start
    milliseconds, hits = [], []
    for query in queries:
        start = time.process_time()
        found = opened.search(query)
        milliseconds.append((time.process_time() - start) * 1000)
        hits.append([found.total, zlib.crc32(repr(found.facets).encode()), found.names])
    own = _memory_mb("RssAnon") - before
    print(json.dumps({"opened": seconds, "milliseconds": milliseconds, "own_mb": own, "hits": hits}))


def _costs(written: Any, answered: Any) -> str:
    times = statistics.quantiles(answered["milliseconds"], n=20)
    return (
        f"written in {written['cpu']:.1f} s CPU, peak {written['peak_mb']:.0f} MB, {written['bytes'] / 1e6:.1f} MB on "
        f"disk; opened in {answered['opened']:.2f} s CPU and with {answered['own_mb']:.0f} MB, a query takes "
        f"{times[9]:.1f} ms CPU, 95th percentile {times[18]:.1f}"
    )


def _compared(wanted: Sequence[str], ours: Sequence[Any], theirs: Sequence[Any]) -> str:
    """Say how many answers are as ours, and how often the dataset that was meant is on the first page."""
    number = len(ours)
    equal = sum(our[:2] == their[:2] for our, their in zip(ours, theirs, strict=True))
    pages = [(our[2], their[2]) for our, their in zip(ours, theirs, strict=True)]
    first = sum(our[:1] == their[:1] for our, their in pages)
    shared = statistics.mean(len({*our} & {*their}) / len(our) for our, their in pages if our)
    meant = sum(name in their for name, (_, their) in zip(wanted, pages, strict=True))
    return (
        f"totals and facets as ours for {equal:,} of {number:,}; on the first page {shared:.1%} of our hits, the first "
        f"is ours for {first:,}, the dataset that was meant is on it for {meant:,}"
    )


def _memory_mb(kind: str) -> float:
    """Return memory of this process by Linux' name for it: the peak, or what is no copy of a file."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith(kind))


def _write_lines(path: Path, items: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(item, ensure_ascii=False) + "\n" for item in items)


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield what was written, with tuples where JSON has lists."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            for key in ("facets", "filters"):
                if key in item:
                    item[key] = {name: tuple(values) for name, values in item[key].items()}
            yield item


if __name__ == "__main__":
    main()
